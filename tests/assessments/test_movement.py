"""What moved since a partnership last submitted, by lineage, from the two documents alone."""

from dataclasses import replace

from assessments.documents import BeforeEntry, Document
from assessments.movement import moved
from tests.reports import making


def earlier(*levels: str, **changes: object) -> Document:
    entries = [making.criterion(f"LEAD.{at}", level, **changes) for at, level in enumerate(levels, 1)]
    document = making.small(*entries)
    return replace(document, round=replace(document.round, name="Last round"))


def test_each_criterion_is_higher_lower_or_the_same() -> None:
    now = making.small(*(making.criterion(f"LEAD.{at}") for at in (1, 2, 3)))
    found = moved(earlier("gap_identified", "some_success", "doing_well"), now)
    assert {code: entry.change for code, entry in found.items()} == {
        "LEAD.1": "higher",
        "LEAD.2": "same",
        "LEAD.3": "lower",
    }
    assert found["LEAD.1"] == BeforeEntry("Last round", "Gap identified", "higher", is_reworded=False)


def test_what_did_not_apply_or_was_not_asked_is_not_compared() -> None:
    now = making.small(making.criterion("LEAD.1"), making.criterion("LEAD.2", ""), making.criterion("LEAD.9"))
    found = moved(earlier("", "some_success"), now)
    assert (found["LEAD.1"].change, found["LEAD.1"].level) == ("", "")
    assert (found["LEAD.2"].change, found["LEAD.2"].level) == ("", "Some success")
    assert "LEAD.9" not in found


def test_a_criterion_is_known_by_its_lineage_whatever_its_code_and_words() -> None:
    now = making.small(making.criterion("LEAD.7", lineage="lead-1", text="Other words."))
    entry = moved(earlier("some_success"), now)["LEAD.7"]
    assert entry.change == "same"
    assert entry.is_reworded


def test_a_level_that_the_scale_has_no_more_is_not_compared() -> None:
    now = making.small(making.criterion("LEAD.1", "met", scale="statutory"))
    entry = moved(earlier("doing_well"), now)["LEAD.1"]
    assert (entry.level, entry.change) == ("Doing well", "")
