"""Two reasons for one criterion, written at the same time by two people, as one text that loses nothing of either."""

from django.utils.translation import gettext as _


def can_be_joined(mine: str, theirs: str) -> bool:
    """Say whether the other's text adds anything to the writer's own."""
    return bool(theirs) and theirs not in _one_kind_of_line(mine)


def joined(mine: str, theirs: str, agency: str) -> str:
    """Return both texts, the writer's own first, with a line between them that names the other's agency.

    However long it gets, nothing is cut; a text that holds the other already stays as it is.
    """
    mine = _one_kind_of_line(mine)
    if not can_be_joined(mine, theirs):
        return mine
    between = _("%(agency)s wrote:") % {"agency": agency}
    return f"{mine}\n\n{between}\n{theirs}" if mine else theirs


def _one_kind_of_line(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
