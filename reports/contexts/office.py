"""What the Government Office says, beside what the partnership says and never in its place."""

from collections.abc import Sequence
from itertools import accumulate

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.documents import CriterionEntry, LevelEntry
from hallmarks.marks import Label, in_a_sentence
from reports import summing
from reports.contexts.cover import day_in_london, in_london
from reports.contexts.matter import Matter
from reports.parts import Asked, Office, Recommended, Remark
from reports.plain_text import shortened
from reviews.documents import QuestionEntry, RecommendationEntry, ReviewDocument, ReviewedEntry

# Recommendations beside one criterion, recommendations and questions in all; in the short form what fits its page.
MOST_BESIDE, MOST_RECOMMENDED, MOST_ASKED, MOST_CHARACTERS = 20, 200, 200, 60_000
SHORT_RECOMMENDED, SHORT_SUMMARY, SHORT_TEXT = 4, 560, 120


def label_of(matter: Matter, entry: CriterionEntry) -> Label | None:
    """Return the level that the Government Office gave, or None where it gave none."""
    seen = matter.seen.get(entry.code)
    if seen is None or not (seen.does_not_apply or _level(matter, entry, seen)):
        return None
    return summing.label(matter.document, _as_seen(entry, seen))


def remark(matter: Matter, entry: CriterionEntry) -> Remark | None:
    """Return what the Government Office says of a criterion; None where there is no review."""
    if matter.review is None:
        return None
    label, seen = label_of(matter, entry), matter.seen.get(entry.code)
    recommended = matter.few((each.text for each in matter.recommended(entry.code)), MOST_BESIDE)
    return Remark(
        label=label,
        beside=_beside(matter, entry, label),
        reason=seen.reason if seen else "",
        recommendations=(*recommended.kept, *([recommended.more] if recommended.more else [])),
    )


def _beside(matter: Matter, entry: CriterionEntry, label: Label | None) -> str:
    if label is None:
        return _("It gave no level of its own.")
    own = summing.label(matter.document, entry)
    if own == label:
        return _("The same as the partnership.")
    return _("The partnership says: %(level)s.") % {"level": in_a_sentence(own.name)}


def office(matter: Matter) -> Office | None:
    """Return the review as a whole; None where there is none."""
    review = matter.review
    if review is None:
        return None
    recommended = matter.few(review.recommendations, SHORT_RECOMMENDED if matter.is_short else MOST_RECOMMENDED)
    asked = matter.few(review.questions, 0 if matter.is_short else _fitting(review.questions))
    return Office(
        name=review.government_office,
        closed=in_london(review.closed_at),
        words=_in_words(matter, review),
        summary=_summary(matter, review),
        returned=_returned(review),
        return_reason=_brief(matter, review.return_reason, SHORT_SUMMARY),
        recommendations=tuple(_recommended(matter, each) for each in recommended.kept),
        more_recommendations=recommended.more,
        questions=tuple(_asked(matter, each) for each in asked.kept),
        more_questions=_questions_in_words(matter, review) if matter.is_short else asked.more,
        fingerprint=matter.review_fingerprint,
    )


def _fitting(questions: Sequence[QuestionEntry]) -> int:
    """Return how many questions with their replies there is room for."""
    sizes = accumulate(len(each.question) + len(each.reply) for each in questions[:MOST_ASKED])
    return sum(size <= MOST_CHARACTERS for size in sizes)


def _summary(matter: Matter, review: ReviewDocument) -> str:
    return _brief(matter, review.summary, SHORT_SUMMARY)


def _brief(matter: Matter, text: str, longest: int) -> str:
    """Return a text on a few lines for the short form, whole for the full one."""
    if not matter.is_short:
        return text
    line = " ".join(text.split())
    return f"{shortened(line, longest)} {_('[The rest is in the full report.]')}" if len(line) > longest else line


def _returned(review: ReviewDocument) -> str:
    # An ordinary closing has the day as well, and no reason.
    if not review.return_reason:
        return ""
    day = in_london(review.returned_at or review.closed_at)
    return _("Returned to the partnership on %(day)s, to be mended and submitted again.") % {"day": day}


def _in_words(matter: Matter, review: ReviewDocument) -> str:
    steps = [step for entry in matter.document.every_criterion() if (step := _step(matter, entry)) is not None]
    other = sum(label_of(matter, entry) is not None for entry in matter.document.every_criterion()) - len(steps)
    of = len(steps) + other
    same, lower, higher = steps.count(0), sum(step < 0 for step in steps), sum(step > 0 for step in steps)
    whole = ngettext(
        "The %(office)s gave %(of)s criterion a level: the same as the partnership for %(same)s, a lower one for"
        " %(lower)s, a higher one for %(higher)s.",
        "The %(office)s gave %(of)s criteria a level: the same as the partnership for %(same)s, a lower one for"
        " %(lower)s, a higher one for %(higher)s.",
        of,
    ) % {"office": review.government_office, "of": of, "same": same, "lower": lower, "higher": higher}
    if not other:
        return whole
    rest = ngettext("%(count)s cannot be compared.", "%(count)s cannot be compared.", other) % {"count": other}
    return f"{whole} {rest}"


def _step(matter: Matter, entry: CriterionEntry) -> int | None:
    """Return by how many levels the two differ, 0 where both say that it does not apply, None if not comparable."""
    seen = matter.seen.get(entry.code)
    if seen is None:
        return None
    if seen.does_not_apply and entry.does_not_apply:
        return 0
    own, theirs = matter.document.level_of(entry), _level(matter, entry, seen)
    return theirs.position - own.position if own and theirs else None


def _level(matter: Matter, entry: CriterionEntry, seen: ReviewedEntry) -> LevelEntry | None:
    return matter.document.level_of(_as_seen(entry, seen))


def _as_seen(entry: CriterionEntry, seen: ReviewedEntry) -> CriterionEntry:
    return CriterionEntry(**{**vars(entry), "level": seen.level, "does_not_apply": seen.does_not_apply})


def _recommended(matter: Matter, each: RecommendationEntry) -> Recommended:
    about, text = matter.about(each.criterion), each.text
    if matter.is_short:
        about, text = shortened(about, SHORT_TEXT // 2), shortened(" ".join(text.split()), SHORT_TEXT)
    return Recommended(about, text, _of(matter, each.submission, day_in_london(each.made_at)))


def _asked(matter: Matter, each: QuestionEntry) -> Asked:
    replied = ""
    if each.reply:
        replied = _("%(day)s, by %(role)s") % {"day": day_in_london(each.replied_at), "role": each.replied_by}
    day = _of(matter, each.submission, day_in_london(each.asked_at))
    return Asked(matter.about(each.criterion), day, each.question, each.reply, replied)


def _of(matter: Matter, number: int, day: str) -> str:
    """Return the day, and of which submission something was said where it was another."""
    if number == matter.document.number:
        return day
    return _("%(day)s, of submission %(number)s") % {"day": day, "number": number}


def _questions_in_words(matter: Matter, review: ReviewDocument) -> str:
    asked: Sequence[QuestionEntry] = review.questions
    if not asked:
        return ""
    words = ngettext(
        "%(count)s question was asked: it is %(where)s with its reply.",
        "%(count)s questions were asked: they are %(where)s with their replies.",
        len(asked),
    )
    return words % {"count": len(asked), "where": matter.where}
