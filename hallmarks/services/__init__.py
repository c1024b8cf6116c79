"""What changes criteria; there is no other way."""

from hallmarks.services.loading import Loaded, Outcome, import_version, rehearse_import
from hallmarks.services.publishing import publish_version
from hallmarks.services.refusals import CriteriaError, FrameworkDiffersError, InUseError, PublishedError

__all__ = [
    "CriteriaError",
    "FrameworkDiffersError",
    "InUseError",
    "Loaded",
    "Outcome",
    "PublishedError",
    "import_version",
    "publish_version",
    "rehearse_import",
]
