"""The words of a published case study as searches go through them."""

from dataclasses import dataclass

from casestudies.article import Article
from casestudies.search.marks import without_signs

# In the order in which an article tells them.
TOLD = (
    *("scanning", "analysis", "response", "assessment", "what_to_do", "how_to_do_it", "who_can_help", "when_to_do_it"),
    *("effect_words", "cost", "time_taken", "differently"),
)


@dataclass(frozen=True)
class Wording:
    """Title, summary and everything else that an article says."""

    title: str
    summary: str
    body: str

    @classmethod
    def of(cls, article: Article) -> "Wording":
        """Return the words of an article, and last where it was and what its tags are."""
        told = [text for name in TOLD if (text := getattr(article, name))]
        where = ", ".join([article.partnership_name, article.region])
        told.append(". ".join([where, *(tag.name for tag in article.tags)]))
        return cls(*map(without_signs, (article.title, article.summary, "\n".join(told))))
