"""What changes criteria; there is no other way."""

from hallmarks.services.confirmed import carry_confirmation, confirmation_of, needs_confirmation
from hallmarks.services.confirming import confirm_lineage
from hallmarks.services.drafting import begin_version, edit_draft, throw_away_draft, undo_draft
from hallmarks.services.loading import Loaded, Outcome, import_version, rehearse_import
from hallmarks.services.publishing import publish_version, refusal_to_withdraw, rounds_that_ask, withdraw_version
from hallmarks.services.refusals import (
    CriteriaError,
    DayError,
    DraftChangedError,
    FrameworkDiffersError,
    InUseError,
    LineageError,
    LineageNotConfirmedError,
    PublishedError,
    TakenError,
    WithdrawalError,
)

__all__ = [
    "CriteriaError",
    "DayError",
    "DraftChangedError",
    "FrameworkDiffersError",
    "InUseError",
    "LineageError",
    "LineageNotConfirmedError",
    "Loaded",
    "Outcome",
    "PublishedError",
    "TakenError",
    "WithdrawalError",
    "begin_version",
    "carry_confirmation",
    "confirm_lineage",
    "confirmation_of",
    "edit_draft",
    "import_version",
    "needs_confirmation",
    "publish_version",
    "refusal_to_withdraw",
    "rehearse_import",
    "rounds_that_ask",
    "throw_away_draft",
    "undo_draft",
    "withdraw_version",
]
