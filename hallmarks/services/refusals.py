"""Why a change to criteria was refused; each text says what to do instead."""


class CriteriaError(Exception):
    """A change to criteria that was refused; its text says why and what to do."""


class PublishedError(CriteriaError):
    """Raised when a load or a publication would touch criteria that are already published."""


class InUseError(CriteriaError):
    """Raised when a draft cannot be replaced because something already refers to it."""


class FrameworkDiffersError(CriteriaError):
    """Raised when a file gives a published line of criteria another title or publisher."""
