"""What is wrong with a criteria file: each problem with its place and what to do."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

# A file that is wrong throughout gets this many problems named and the rest counted.
PROBLEMS_NAMED = 200
# Looking further would cost time and tell nobody anything.
PROBLEMS_SOUGHT = 2_000


@dataclass(frozen=True)
class Problem:
    """One thing to put right, and where it stands."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


def at_line(line: int) -> str:
    """Return a place in words, such as "line 12"."""
    return _("line %(line)s") % {"line": line}


def shortened(problems: list[Problem]) -> tuple[Problem, ...]:
    """Return the problems to show: all of them, or the first 200 and how many more there are."""
    left = len(problems) - PROBLEMS_NAMED
    if left <= 0:
        return tuple(problems)
    more = _("There are at least %(count)s more problems. Put these right first.") % {"count": left}
    return (*problems[:PROBLEMS_NAMED], Problem(_("the file"), more))
