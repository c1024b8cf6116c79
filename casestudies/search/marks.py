"""Found words, marked for the page: everything is escaped first, so that no text can bring markup of its own."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from casestudies.search.engine import BEGIN, BETWEEN, END, LENGTH

SIGNS = str.maketrans(dict.fromkeys((BEGIN, END, BETWEEN), " "))


def without_signs(text: str) -> str:
    """Return a text without the characters that stand around found words."""
    return text.translate(SIGNS)


def marked(text: str) -> SafeString:
    """Return the text escaped, with `<mark>` around what stands between the signs."""
    safe = str(escape(text))
    # Texts are kept without these signs, and each engine closes what it opens.
    return mark_safe(safe.replace(BEGIN, "<mark>").replace(END, "</mark>"))  # noqa: S308


def pieces(found: str, summary: str) -> tuple[SafeString, SafeString]:
    """Return the title and a piece of text: of the summary, or of the body where more of the words were found."""
    title, head, body = (*found.split(BETWEEN), "", "")[:3]
    if _number(body) > _number(head):
        return marked(title), marked(f"… {body.strip(' …')} …")
    return marked(title), marked(head) if BEGIN in head else beginning(summary)


def beginning(text: str) -> SafeString:
    """Return the text escaped, cut after a word where it is long."""
    return escape(Truncator(text).chars(LENGTH) if len(text) > LENGTH else text)


def _number(text: str) -> int:
    return len({part.partition(END)[0].lower() for part in text.split(BEGIN)[1:]})
