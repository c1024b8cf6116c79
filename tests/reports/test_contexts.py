"""What a report says about a document."""

import dataclasses
import datetime

from assessments.documents import ActionEntry, CriterionEntry, EvidenceEntry, IndicatorEntry
from reports import contexts
from reports.parts import ReportContext
from tests.reports import making
from tests.reports.making import criterion

SHA = "cd" * 32


def context(*criteria: CriterionEntry, **changes: object) -> ReportContext:
    return contexts.of_submission(making.small(*criteria, **changes), SHA)


def test_practice_and_the_law_are_summed_apart() -> None:
    found = context()
    assert found.lead == "1 of 2 criteria are at some success or better"
    assert found.lead_rest == "1 is at gap identified. 1 does not apply here."
    assert found.statutory_lead == "1 of 2 requirements are met"
    assert [(section.title, section.proportion) for section in found.sections] == [("Section LEAD", "1 of 2")]
    assert [section.title for section in found.statutory] == ["Section LAW"]


def test_strengths_and_gaps_name_key_criteria_first() -> None:
    found = context(
        *(criterion(f"LEAD.{n}", "doing_well") for n in range(1, 8)), criterion("LEAD.8", "doing_well", is_key=True)
    )
    assert found.summary.strengths.listed[0].title == "Title of LEAD.8"
    assert found.summary.strengths.listed[0].where == "Section LEAD 8, a key criterion"
    assert (len(found.summary.strengths.listed), found.summary.strengths.more) == (6, 2)
    assert (found.summary.gaps.listed, found.summary.gaps.more) == ((), 0)


def test_the_level_and_the_signs_are_in_words() -> None:
    part = context().sections[0].criteria[0]
    assert (part.label.name, part.label.mark, part.in_place) == ("Doing well", "l3", "In place: 1 of 4")
    assert [sign.answer for sign in part.signs] == ["Yes", "Partly", "No", "No answer"]


def test_signs_that_nobody_answered_are_listed_without_saying_so_each_time() -> None:
    signs = tuple(IndicatorEntry(n, f"Sign {n}", "") for n in range(3))
    part = context(criterion("LEAD.1", indicators=signs)).sections[0].criteria[0]
    assert part.in_place == "In place: not answered"
    assert [(sign.text, sign.answer) for sign in part.signs] == [(f"Sign {n}", "") for n in range(3)]


def test_what_does_not_apply_and_what_is_not_rated_differ() -> None:
    parts = context(criterion("LEAD.1", ""), criterion("LEAD.2", "", does_not_apply=False)).sections[0].criteria
    assert [part.label.name for part in parts] == ["Does not apply", "Not rated"]
    assert {part.label.mark for part in parts} == {"na"}


def test_evidence_says_what_kind_it_is() -> None:
    evidence = context().sections[0].criteria[0].evidence
    assert [piece.replace("\xa0", " ") for piece in evidence] == [
        "Attendance (PDF file, 2 KB)",
        "Survey (web address: https://partnership.example/survey)",
        "Joint patrols (case study)",
    ]


def test_a_case_study_is_listed_once_with_all_that_cites_it() -> None:
    cited = EvidenceEntry("case_study", "Joint patrols", "amber-valley/joint-patrols")
    found = context(criterion("LEAD.1", evidence=(cited,)), criterion("LEAD.2", evidence=(cited,)))
    assert [(each.title, each.address, each.criteria) for each in found.citations] == [
        (
            "Joint patrols",
            "/case-studies/amber-valley/joint-patrols/",
            "Title of LEAD.1 (Section LEAD 1); Title of LEAD.2 (Section LEAD 2)",
        )
    ]


def test_a_source_is_named_once_with_all_that_comes_from_it() -> None:
    act = "Crime and Disorder Act 1998"
    found = context(
        *(criterion(f"LEAD.{n}", source=f"Guide, Leadership, criterion {n}") for n in (1, 2, 3)),
        criterion("LEAD.4", source=act),
        criterion("LEAD.5", source="Guide, page 9"),
        criterion("LEAD.6", source=act),
        criterion("LEAD.7", source=act),
        criterion("WORK.1", source=act),
    )
    assert [(each.criteria, each.title, each.source) for each in found.sources] == [
        ("Section LEAD 1 to 3", "", "Guide, Leadership"),
        ("Section LEAD 4, 6, 7; Section WORK 1", "", act),
        ("Section LEAD 5", "Title of LEAD.5", "Guide, page 9"),
    ]


def test_a_criterion_alone_keeps_its_source_whole() -> None:
    (source,) = context(criterion("LEAD.1", source="Guide, Leadership, criterion 1")).sources
    assert source.source == "Guide, Leadership, criterion 1"


def test_the_cover_names_roles_and_london_time() -> None:
    facts = dict(context().facts)
    assert facts["Submitted"] == "31 March 2027, 4:10pm, by Coordinator, Local authority"
    assert facts["Agreed by"] == "Local authority, Police force"
    assert facts["Criteria"] == "Test criteria 2027, 5 criteria"


def test_a_welsh_partnership_is_called_what_it_is_called_there() -> None:
    place = dataclasses.replace(making.small().partnership, nation="wales")
    assert context(partnership=place).kind_of_partnership == "Community Safety Partnership"


def test_a_draft_has_neither_reference_nor_fingerprint() -> None:
    found = contexts.of_draft(making.small(submitted_at="", reference="", agreed_by=()), datetime.date(2027, 3, 31))
    assert (found.is_draft, found.fingerprint, found.foot) == (True, "", "Draft, not submitted. Demonstration data.")
    assert set(dict(found.facts)) == {"As of", "Area", "Criteria"}


def test_bars_in_the_profile_are_in_proportion_to_the_sections() -> None:
    found = context(*(criterion(f"LEAD.{n}") for n in (1, 2, 3, 4)), criterion("WORK.1"))
    assert 'width="330.00"' in found.summary.sections[0].profile
    assert 'width="82.50"' in found.summary.sections[1].profile


def test_other_scales_are_worded_after_their_own_levels() -> None:
    yes_no = making.scale("yes_no", ("No", "Yes"))
    entry = criterion("LEAD.1", "yes", scale="yes_no")
    assert context(entry, scales=(yes_no,)).lead == "1 of 1 criterion is at the top level"


def test_actions_stand_by_day_with_the_title_of_what_they_are_about() -> None:
    later = ActionEntry("LEAD.2", "Share\x00 one audit", "Police force", "2027-12-01", "open")
    sooner = ActionEntry("", "An old promise", "Local authority", "2027-09-30", "open")
    assert [dataclasses.astuple(action) for action in context(actions=(later, sooner)).actions] == [
        ("30 September 2027", "An old promise", "Local authority", "", False),
        ("1 December 2027", "Share one audit", "Police force", "Title of LEAD.2 (Section LEAD 2)", False),
    ]
    assert context().actions == ()


def test_what_is_overdue_is_told_as_of_the_day_of_the_submission_or_of_the_draft() -> None:
    late = ActionEntry("LEAD.2", "Share one audit", "Police force", "2027-03-30", "open")
    sent = context(actions=(late,))
    draft = contexts.of_draft(making.small(actions=(late,), submitted_at=""), datetime.date(2027, 3, 31))
    for found, words in ((sent, "1 was overdue by then."), (draft, "1 is overdue.")):
        assert found.summary.promises is not None
        assert words in found.summary.promises.words
        assert [action.is_overdue for action in found.actions] == [True]
    sooner = contexts.of_draft(making.small(actions=(late,), submitted_at=""), datetime.date(2027, 3, 30))
    assert [action.is_overdue for action in sooner.actions] == [False]
