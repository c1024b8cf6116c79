"""Every refusal names the file and the remedy, and what was taken out is told."""

import pytest

from casestudies import contents, refusals
from casestudies.contents import BadContent, Danger, Limit, Removed, TooMuch, Unsafe

REMEDIES = ("Save it", "save it", "choose it again", "choose the file again", "Replace", "Remove", "Put ")
EVERY: list[BadContent] = [
    *(Unsafe(danger) for danger in Danger),
    *(TooMuch(limit, 100 * 1024 * 1024) for limit in Limit),
    *(kind() for kind in BadContent.__subclasses__() if kind not in (Unsafe, TooMuch)),
]


@pytest.mark.parametrize("problem", EVERY)
def test_every_refusal_names_the_file_and_a_remedy(problem: BadContent) -> None:
    text = refusals.why(problem, "plan.docx")
    assert text.startswith("“plan.docx” ")
    assert any(remedy in text for remedy in REMEDIES)
    assert "{" not in text


def test_a_refusal_names_the_limit() -> None:
    assert "more than 2,000 parts" in refusals.why(TooMuch(Limit.MEMBERS, 2_000), "a.docx")
    assert "more than 100 MB" in refusals.why(TooMuch(Limit.UNPACKED, 100 * 1024 * 1024), "a.docx")


def test_a_refusal_names_the_place_without_what_cannot_be_shown() -> None:
    text = refusals.why(Unsafe(Danger.MACROS, "word/\u202evba\0Project.bin"), "a.docx")
    assert text.endswith("Look for: word/vbaProject.bin")
    assert "macros" in text
    assert len(refusals.why(Unsafe(Danger.OUTSIDE, "x" * 9_000), "a.docx")) < 500


def test_what_was_taken_out_is_told_in_a_sentence() -> None:
    assert refusals.taken_out([]) == ""
    told = refusals.taken_out([Removed.TEMPLATE_LINK, Removed.FONTS])
    assert told == "Taken out of the file: fonts, the link to its template."
    assert all(refusals.REMOVED[each] for each in Removed)


def test_the_browser_offers_every_kind() -> None:
    assert refusals.ACCEPTED == (".pdf", ".docx", ".xlsx", ".odt", ".png", ".jpg", ".jpeg")
    assert [kind.name for kind in contents.BY_MEDIA_TYPE.values()] == ["PDF", "DOCX", "XLSX", "ODT", "PNG", "JPEG"]
