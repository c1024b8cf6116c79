"""How far an assessment is."""

from assessments.progress import Item, State, tally

DONE, BEGUN, CARRIED, BLANK = (True, True, False), (False, True, False), (False, False, True), (False, False, False)


def items(**sections: list[tuple[bool, bool, bool]]) -> list[Item]:
    return [
        Item(f"{section}.{number}", section, *state)
        for section, states in sections.items()
        for number, state in enumerate(states, start=1)
    ]


def test_nothing_is_asked() -> None:
    progress = tally([])
    assert (progress.total, progress.percent, progress.is_complete, progress.next_code) == (
        0,
        0.0,
        True,
        None,
    )


def test_sections_are_done_in_progress_or_not_started() -> None:
    progress = tally(items(A=[DONE, DONE], B=[DONE, BLANK], C=[BEGUN, BLANK], D=[BLANK]))
    assert [section.state for section in progress.sections] == [
        State.DONE,
        State.IN_PROGRESS,
        State.IN_PROGRESS,
        State.NOT_STARTED,
    ]


def test_the_next_question_is_the_first_without_an_answer() -> None:
    progress = tally(items(A=[DONE, DONE], B=[DONE, BLANK], C=[BLANK]))
    assert progress.next_code == "B.2"
    assert progress.missing == ("B.2", "C.1")
    assert [section.next_code for section in progress.sections] == ["A.1", "B.2", "C.1"]


def test_the_share_answered_is_a_percentage() -> None:
    progress = tally(items(A=[DONE, CARRIED, CARRIED]))
    assert (progress.percent, progress.percent_to_confirm) == (33.3, 66.7)


def test_what_was_carried_forward_is_counted_apart_and_is_missing() -> None:
    progress = tally(items(A=[DONE, CARRIED], B=[CARRIED, BEGUN, BLANK], C=[CARRIED]))
    assert (progress.answered, progress.to_confirm, progress.begun, progress.not_started) == (1, 3, 1, 1)
    assert [section.to_confirm for section in progress.sections] == [1, 1, 1]
    assert progress.missing == ("A.2", "B.1", "B.2", "B.3", "C.1")
    assert progress.next_code == "A.2"
    assert not progress.is_complete


def test_a_section_where_all_was_carried_forward_has_not_been_started() -> None:
    section = tally(items(A=[CARRIED, CARRIED])).sections[0]
    assert section.state == State.NOT_STARTED
    assert {item.state for item in section.items} == {State.TO_CONFIRM}
