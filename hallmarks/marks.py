"""Levels as they are shown everywhere: a word with a mark, in colours that scales of any length share."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

INK, WHITE = "#0b0c0c", "#ffffff"


@dataclass(frozen=True)
class Paint:
    """What an area is filled with and the colour of text on it."""

    fill: str
    ink: str


PRACTICE = (Paint("#fcf1cb", INK), Paint("#76b9b4", INK), Paint("#356f92", WHITE), Paint("#161f50", WHITE))
STATUTORY = (Paint("#7d1a10", WHITE), Paint("#f4d690", INK), Paint("#2a7a57", WHITE))
NOT_APPLICABLE = Paint(WHITE, "#484949")
NO_LEVEL = "na"


@dataclass(frozen=True)
class Label:
    """A level in words, with the style sheets' mark for it (l0 to l3, s0 to s2, na) and what the word means."""

    mark: str
    name: str
    descriptor: str = ""

    @property
    def css_class(self) -> str:
        """The classes that draw the mark on a page."""
        return f"{'app-s' if self.mark[0] == 's' else 'app-level'} app-{self.mark}"

    @property
    def paint(self) -> Paint:
        """The colours of the mark."""
        if self.mark == NO_LEVEL:
            return NOT_APPLICABLE
        return (STATUTORY if self.mark[0] == "s" else PRACTICE)[int(self.mark[1:])]


def label_at(position: int, steps: int, name: str, *, statutory: bool, descriptor: str = "") -> Label:
    """Return how a level is shown, which counts from 0; a scale of another length is spread over the same marks."""
    last = len(STATUTORY if statutory else PRACTICE) - 1
    step = position if steps == last + 1 else round(position * last / max(steps - 1, 1))
    return Label(f"{'s' if statutory else 'l'}{step}", name, descriptor)


def does_not_apply() -> Label:
    """Return what stands in a level's place where a criterion does not apply."""
    return Label(NO_LEVEL, _("Does not apply"))


def in_a_sentence(name: str) -> str:
    """Return a level's name as it stands inside a sentence."""
    return name[:1].lower() + name[1:]
