"""How far an assessment is."""

from assessments.progress import Item, State, tally

DONE, BEGUN, BLANK = (True, True), (False, True), (False, False)


def items(**sections: list[tuple[bool, bool]]) -> list[Item]:
    return [
        Item(f"{section}.{number}", section, answered, begun)
        for section, states in sections.items()
        for number, (answered, begun) in enumerate(states, start=1)
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
    assert tally(items(A=[DONE, BLANK, BLANK])).percent == 33.3
