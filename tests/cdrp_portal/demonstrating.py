"""What the tests of the demonstration share."""

from pathlib import Path

from cdrp_portal.demonstration import steps

PASSWORD = "a-password-for-tests"
LIMIT = 12

ADDRESSES = {
    "coordinator@amber-valley.example",
    "officer@amber-valley.example",
    "viewer@amber-valley.example",
    "coordinator@derby.example",
    "officer@derby.example",
    "viewer@derby.example",
    "coordinator@erewash.example",
    "reviewer@east-midlands.example",
    "reviewer@south-west.example",
    "admin@portal.example",
}


class Told:
    """Keeps what the steps tell."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def step(self, text: str) -> None:
        self.texts.append(text)

    def note(self, text: str) -> None:
        self.texts.append(text)


def make(password: str) -> Told:
    """Put the demonstration's content into the database, with the first partnerships only."""
    told = Told()
    for step in steps.content_steps(steps.Plan(Path("unused"), password, limit=LIMIT)):
        step(told)
    return told
