"""How far a report is, and all reports of a region: what a page says while they are made."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports import making, missing, wanted
from reports.stored import Report

READY, WAITING, FAILED, IDLE = "ready", "waiting", "failed", "idle"


@dataclass(frozen=True)
class Progress:
    """One of four states, in words; `of` is what the next look counts from.

    `words` stand under a heading that says what is done; `told` says all where there is none.
    """

    state: str
    words: str
    of: int = 0

    @property
    def told(self) -> str:
        """Say what is done and how far it is."""
        return f"{_('Your report is being made.')} {self.words}" if self.state == WAITING else self.words

    @property
    def is_over(self) -> bool:
        """Whether waiting changes nothing."""
        return self.state in {READY, FAILED, IDLE}


def progress_of(report: Report, of: int = 0) -> Progress:
    """Say how far a report is; `of` is how many were to be made before it when somebody first looked."""
    if report.row() is not None:
        return Progress(READY, _("Your report is ready."))
    if not making.is_anybody_working():
        return Progress(IDLE, _("Your report is made when you open it."))
    if report.failed_path.exists():
        return Progress(FAILED, could_not())
    wanted.want(report)
    ahead = wanted.before(report, missing.failed())
    of = max(of, ahead)
    if not ahead:
        return Progress(WAITING, _("It is next. This takes a few seconds."), of)
    words = ngettext(
        "%(made)s of %(count)s made before yours.",
        "%(made)s of %(count)s made before yours.",
        of,
    )
    return Progress(WAITING, words % {"made": of - ahead, "count": of}, of)


def could_not() -> str:
    """Return what to do where a report cannot be made."""
    return _(
        "Your report could not be made. Nothing is lost: every answer is saved as it was. Tell whoever runs this"
        " portal; they can see why, and have it made again."
    )


@dataclass(frozen=True)
class RegionProgress:
    """How many of a region's reports are made."""

    made: int
    total: int
    is_worked_on: bool

    @property
    def is_whole(self) -> bool:
        """Whether all are there."""
        return self.made == self.total

    @property
    def words(self) -> str:
        """Say it."""
        words = ngettext("%(made)s of %(total)s report made", "%(made)s of %(total)s reports made", self.total)
        return words % {"made": self.made, "total": self.total}
