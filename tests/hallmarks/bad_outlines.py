"""Bad criteria files written as outlines, a case a line: what is the matter, the file, and what is said."""

import json

from tests.hallmarks.sheets import OUTLINE

Case = tuple[str, bytes | str, str]


def marked(before: str, after: str) -> str:
    """The outline with one passage changed."""
    assert before in OUTLINE
    return OUTLINE.replace(before, after, 1)


OUTLINES: list[Case] = [
    (
        "a sign before any criterion",
        marked("# Leadership", "- sign\n\n# Leadership"),
        "line 7: This sign stands before any",
    ),
    (
        "a criterion before any section",
        marked("# Leadership\ncode: LEAD\n", ""),
        "line 8: This criterion stands before any",
    ),
    (
        "a level skipped",
        marked("## Title 1", "### Title 1"),
        "line 10: A heading level is skipped: # begins a section, ## a",
    ),
    (
        "too deep",
        marked("## Title 2", "### Title 2"),
        "line 17: ### means nothing here: # begins a section, ## a criterion",
    ),
    (
        "two of one title",
        OUTLINE + "\n# leadership\n\n## T\n",
        "line 22: “leadership” is already the title of the section at",
    ),
    (
        "an unknown fact",
        marked("code: LEAD.1", "guidence: x"),
        "line 11: “guidence” is not known here. Did you mean “guidan",
    ),
    (
        "an unknown fact in front",
        "titel: x\n" + OUTLINE,
        "line 1: “titel” is not known before the first section. Did you me",
    ),
    ("a fact twice", marked("code: LEAD.1", "code: LEAD.1\ncode: LEAD.9"), "line 12: “code” is given twice. Keep one."),
    (
        "no space",
        marked("# Leadership", "#Leadership"),
        "line 7: Put a space after #. If the line is text, put a backslash",
    ),
    (
        "text of nothing",
        marked("## Title 1", "An introduction.\n\n## Title 1"),
        "line 10: This text belongs to no criterion. Be",
    ),
    (
        "text after signs",
        marked("- A sign.", "- A sign.\n\nMore."),
        "line 17: This text stands after a sign. Put it above the",
    ),
    (
        "a quotation never closed",
        marked("Title 1", '\\"Title'),
        "line 10: The text in quotation marks is not closed. Remove",
    ),
    (
        "a kind unknown",
        marked("code: LEAD.1", "kind: legal"),
        "line 11, kind, criterion LEAD.1: “legal” is not one of: prac",
    ),
    (
        "a place unknown",
        marked("code: LEAD.1", "applies: Mars"),
        "line 11, applies, criterion LEAD.1: “mars” is no place. Wr",
    ),
    (
        "a date",
        marked("code: LEAD.1", "in force from: 1/4/2027"),
        "line 11, in force from, criterion LEAD.1: Write the date as",
    ),
    ("no such day", marked("code: LEAD.1", "in force from: 31 June 2027"), "Write a real date as year, month and day"),
    ("yes or no", marked("code: LEAD.1", "key: perhaps"), "line 11, key, criterion LEAD.1: Write yes or no."),
    (
        "a user",
        json.dumps([{"model": "accounts.user", "fields": {}}]),
        "Only criteria are allowed. This entry is a “accounts.",
    ),
    (
        "none of the formats",
        "Dear colleagues,\nplease find below",
        "line 1: This is no criteria file that can be read here.",
    ),
]
