"""Tell whoever waits what is being done and how far it is."""

from typing import Protocol

# The kind of audit event that each step leaves, one for all that it made up.
MADE = "demonstration.made"


class Teller(Protocol):
    """Shows a step's beginning and what happens inside it."""

    def step(self, text: str) -> None:
        """Begin the next step."""

    def note(self, text: str) -> None:
        """Tell something about the step that is under way."""
