"""What partnerships can learn from each other: stories, a library, notes on both, and whom to ask."""

from casestudies.models.helping import QUESTION_LENGTH, Enquiry, HelpOffer
from casestudies.models.library import IndexEntry, LinkState, Listed, Source
from casestudies.models.notebook import FOUND_LENGTH, Item, Note, NoteQuerySet, field_of
from casestudies.models.searching import WORD_LENGTH, SearchEntry, SearchEntryQuerySet, SearchText, SearchWord
from casestudies.models.stories import (
    ANSWER_LENGTH,
    FINGERPRINT_LENGTH,
    PART_LENGTH,
    REASON_LENGTH,
    SUMMARY_LENGTH,
    TITLE_LENGTH,
    Attachment,
    CaseStudy,
    CaseStudyQuerySet,
    CaseStudyVersion,
    Endorsement,
    Tag,
    beside_the_text,
    newest_of,
)

__all__ = [
    "ANSWER_LENGTH",
    "FINGERPRINT_LENGTH",
    "FOUND_LENGTH",
    "PART_LENGTH",
    "QUESTION_LENGTH",
    "REASON_LENGTH",
    "SUMMARY_LENGTH",
    "TITLE_LENGTH",
    "WORD_LENGTH",
    "Attachment",
    "CaseStudy",
    "CaseStudyQuerySet",
    "CaseStudyVersion",
    "Endorsement",
    "Enquiry",
    "HelpOffer",
    "IndexEntry",
    "Item",
    "LinkState",
    "Listed",
    "Note",
    "NoteQuerySet",
    "SearchEntry",
    "SearchEntryQuerySet",
    "SearchText",
    "SearchWord",
    "Source",
    "Tag",
    "beside_the_text",
    "field_of",
    "newest_of",
]
