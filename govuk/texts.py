"""Make what people paste into plain text: nothing hidden in it, nothing that a page or a PDF could not print."""

import unicodedata

# Word and email programs leave these marks behind; they can make a sentence read backwards.
DIRECTION_MARKS = dict.fromkeys(
    [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x2060, 0xFEFF]
)
LINE_BREAKS = dict.fromkeys([0x0B, 0x0C, 0x85, 0x2028, 0x2029], "\n")


class BrokenCharacter(ValueError):
    """Raised for a text that holds a character nobody can type; `place` counts from 1."""

    def __init__(self, place: int) -> None:
        super().__init__(f"broken character at {place}")
        self.place = place


def plain(text: str) -> str:
    """Return the text with plain line breaks and without hidden marks; blank if nothing of it can be seen."""
    broken = next((place for place, char in enumerate(text, start=1) if _is_broken(char)), None)
    if broken:
        raise BrokenCharacter(broken)
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(LINE_BREAKS).translate(DIRECTION_MARKS)
    return text.strip() if any(_is_seen(char) for char in text) else ""


def _is_broken(char: str) -> bool:
    kind = unicodedata.category(char)
    return kind == "Cs" or (kind == "Cc" and char not in "\t\n\r\x0b\x0c\x85")


def _is_seen(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char) != "Cf"
