"""Everything that changes a case study or its files."""

from casestudies.services.agreeing import NewerVersion, agree_as_good_practice, withdraw_agreement
from casestudies.services.files import AlreadyAttached, add_attachment, remove_attachment
from casestudies.services.helping import (
    Ask,
    AskedAlready,
    AskerAsksTooMuch,
    HelperIsAskedTooMuch,
    NotOffered,
    StaleOffer,
    TooMany,
    ask_helper,
    offer_help,
    withdraw_help,
)
from casestudies.services.indexing import index, reindex
from casestudies.services.publishing import (
    NotChecked,
    NotPublished,
    publish_case_study,
    retire_case_study,
    set_public,
)
from casestudies.services.rows import Stale
from casestudies.services.writing import Story, create_case_study, save_case_study

__all__ = [
    "AlreadyAttached",
    "Ask",
    "AskedAlready",
    "AskerAsksTooMuch",
    "HelperIsAskedTooMuch",
    "NewerVersion",
    "NotChecked",
    "NotOffered",
    "NotPublished",
    "Stale",
    "StaleOffer",
    "Story",
    "TooMany",
    "add_attachment",
    "agree_as_good_practice",
    "ask_helper",
    "create_case_study",
    "index",
    "offer_help",
    "publish_case_study",
    "reindex",
    "remove_attachment",
    "retire_case_study",
    "save_case_study",
    "set_public",
    "withdraw_agreement",
    "withdraw_help",
]
