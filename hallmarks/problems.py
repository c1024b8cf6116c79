"""What is wrong with a criteria file: each problem with its place and what to do."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

# A file that is wrong throughout gets this many problems named and the rest counted.
PROBLEMS_NAMED = 200
# Looking further would cost time and tell nobody anything.
PROBLEMS_SOUGHT = 2_000
# Names of sheets and parts have numbers of their own.
QUOTED, NUMBER = re.compile("“[^”]*”|/[^ ]*"), re.compile(r"\d{1,9}", re.ASCII)


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
    """Return the problems to show, from the top of the file down: all, or the first 200 and how many more there are."""
    problems = sorted(problems, key=_line_of)
    left = len(problems) - PROBLEMS_NAMED
    if left <= 0:
        return tuple(problems)
    more = _("There are at least %(count)s more problems. Put these right first.") % {"count": left}
    return (*problems[:PROBLEMS_NAMED], Problem(_("the file"), more))


def _line_of(problem: Problem) -> int:
    """Return the line or row of a place in words; what is about the whole file comes first."""
    found = NUMBER.search(QUOTED.sub("", problem.place))
    return int(found.group()) if found else 0
