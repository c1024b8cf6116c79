"""What is made where a file gives none: slugs, codes, lineages and titles, the same from the same file every time."""

import re
from collections.abc import Callable, Collection

from django.utils.text import slugify

LONGEST_CODE, LONGEST_TITLE, LONGEST_SLUG, LONGEST_LINEAGE = 20, 200, 50, 80
LONGEST_WORD = 12
WORD = re.compile(r"[^\W\d_]+")
SCALES = ("practice", "statutory")


def scale_slug(number: int) -> str:
    """Return the slug of a scale by its place: practice first, then what the law asks."""
    return SCALES[number] if number < len(SCALES) else f"scale-{number + 1}"


def level_slug(name: str) -> str:
    """Return the slug of a level by its name."""
    return slugify(name).replace("-", "_")[:LONGEST_SLUG] or "level"


def section_code(title: str, taken: Collection[str]) -> str:
    """Return a code for a section by the first word of its title, such as LEADERSHIP."""
    found = WORD.search(title)
    return free(found.group().upper()[:LONGEST_WORD] if found else "S", taken)


def criterion_code(section: str, number: int, taken: Collection[str]) -> str:
    """Return a code for a criterion by its section's code and the first number from its own on that is free."""
    while (code := f"{section[: LONGEST_CODE - len(str(number)) - 1]}.{number}").casefold() in taken:
        number += 1
    return code


def lineage(framework: str, code: str, taken: Collection[str]) -> str:
    """Return the lineage of a criterion that is new by its code."""
    return free(slugify(f"{framework}-{code.replace('.', '-')}")[: LONGEST_LINEAGE - 4] or "criterion", taken)


def free(wanted: str, taken: Collection[str], joined: Callable[[str, int], str] = "{}-{}".format) -> str:
    """Return a name, with a number behind it where it is taken already (in small letters)."""
    name, number = wanted, 1
    while name.casefold() in taken:
        number += 1
        name = joined(wanted, number)
    return name


def short_title(text: str) -> str:
    """Return the beginning of a text that is too long for a title."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_TITLE:
        return line
    return f"{line[: LONGEST_TITLE - 1].rsplit(' ', 1)[0]}…"
