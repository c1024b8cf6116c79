"""Why a change to criteria was refused; each text says what to do instead."""


class CriteriaError(Exception):
    """A change to criteria that was refused; its text says why and what to do."""


class PublishedError(CriteriaError):
    """Raised when a load or a publication would touch criteria that are already published."""


class InUseError(CriteriaError):
    """Raised when a draft cannot be replaced because something already refers to it."""


class FrameworkDiffersError(CriteriaError):
    """Raised when a file gives a published line of criteria another title or publisher."""


class DraftChangedError(CriteriaError):
    """Raised when somebody changed the draft since it was looked at."""


class LineageError(CriteriaError):
    """Raised when a choice of what continues what does not agree with itself, with the codes that it is about."""

    def __init__(self, text: str, codes: tuple[str, ...]) -> None:
        super().__init__(text)
        self.codes = codes


class LineageNotConfirmedError(CriteriaError):
    """Raised when nobody has confirmed what became of the criteria that came before."""


class DayError(CriteriaError):
    """Raised when criteria cannot be in force from the day that was given."""


class WithdrawalError(CriteriaError):
    """Raised when a version cannot be withdrawn, or not without saying more."""


class TakenError(CriteriaError):
    """Raised when a new version would have the address of another."""
