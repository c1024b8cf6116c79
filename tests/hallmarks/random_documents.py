"""Documents made at random from a seed, with every awkward text in them that the checks let pass."""

import datetime
import random
import string
from collections.abc import Iterator

from hallmarks import texts
from hallmarks.document import (
    CriterionEntry,
    Document,
    FrameworkEntry,
    IndicatorEntry,
    LevelEntry,
    ScaleEntry,
    SectionEntry,
)

AWKWARD = [
    *("# A heading", "## Two", "#none", "- a dash", "* a star", "• a bullet", "-", "---", "***", "- - -"),
    *("\\", '\\"', '\\"quoted"', "\\# marked", '"quoted"', '"', '""', "'", "''=1", "'=1", "=cmd|' /C calc'!A0"),
    *("+44", "@x", "code: LEAD.9", "kind: statutory", "Text: so", "title: x", "number: 3", "scale: a, b"),
    *("wieght: 3", "note:", "1.1", "1.10", "007", "12", "1e5", "1.00E+05", "2-Jan", "Jan-02", "01/02/2003"),
    *("2027-04-01", "1,5", "'12", "''1.1", "TRUE", "yes", "a, b; c\td", "a,b", ";", "_x000D_", "_x005F_"),
    *("<r>&amp;</r>", "]]>", "<!DOCTYPE x>", "{{ x }}", "Ŵy café", "cafe\u0301", "日本語", "😀 and"),
    *("a\u200bb", "\ufeffx", "x\u00a0", " x", "x ", "  x", "row", "set"),
]
LINES = [
    *("a\nb", "a\n\nb", "a\n\n\nb", "a\r\nb", "a\rb", "a\tb", "\na", "a\n", "a\n  b", "a\n- b", "a\n\n# b"),
    *("a\u2028b", "a\n\n- b", "a\n\nnote: b", "a\n---\nb", "a \nb", "a\n\n\\b", "a \n\n b", "a\n\n  b"),
]
SLUGS = ["practice", "statutory", "gap_identified", "2007", "12", "007", "1e5", "2-Jan", "Jan-02", "level", "x_2"]
CODES = ["LEAD", "LEAD.1", "1.1", "1.10", "12", "007", "2-Jan", "MAR-12", "1E5", "H3.S3a", "Ŵ.1", "café", "2027-04-01"]
WORDS = [
    "the",
    "partnership",
    "has",
    "agreed",
    "a",
    "plan,",
    "and",
    "says",
    "so:",
    "every",
    "year",
    "—",
    "it’s",
    "“kept”",
]
LETTERS = string.ascii_letters + string.digits


class Maker:
    """Makes documents, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311

    def document(self) -> Document:
        """Return a document that passes every check."""
        scales = tuple(self._scale(slug) for slug in self._names(self._random.randint(1, 3), 12))
        sections = self._numbered(self._random.randint(1, 4), 999)
        codes = iter(self._codes(60))
        self._lineages = iter(self._names(60, 80))
        own = self._dates()
        return Document(
            framework=FrameworkEntry(self._names(1, 50)[0], self._line(200), self._line(200)),
            slug=self._names(1, 50)[0],
            title=self._line(200),
            source=self._line(500),
            in_force_from=own[0],
            in_force_to=own[1],
            scales=scales,
            sections=tuple(self._section(number, codes, scales) for number in sections),
        )

    def _scale(self, slug: str) -> ScaleEntry:
        count = self._random.randint(1, 5)
        names: dict[object, str] = {}
        while len(names) < count:
            name = self._line(60)
            names.setdefault(texts.folded(name), name)
        positions = sorted(self._random.sample(range(10), count)) if self._random.random() < 0.3 else range(count)
        slugs = self._names(count, 50)
        levels = zip(positions, slugs, names.values(), strict=True)
        return ScaleEntry(slug, self._random.random() < 0.8, tuple(self._level(*level) for level in levels))

    def _level(self, position: int, slug: str, name: str) -> LevelEntry:
        return LevelEntry(position, slug, name, self._maybe(self._line(400)))

    def _section(self, number: int, codes: Iterator[str], scales: tuple[ScaleEntry, ...]) -> SectionEntry:
        criteria = self._numbered(self._random.randint(1, 4), 999)
        return SectionEntry(
            number, next(codes), self._line(200), tuple(self._criterion(n, codes, scales) for n in criteria)
        )

    def _criterion(self, number: int, codes: Iterator[str], scales: tuple[ScaleEntry, ...]) -> CriterionEntry:
        begins, ends = self._dates()
        return CriterionEntry(
            number=number,
            code=next(codes),
            lineage=next(self._lineages),
            title=self._line(200),
            text=self._text(2000),
            scale=self._random.choice(scales).slug,
            official_text=self._maybe(self._text(4000)),
            guidance=self._maybe(self._text(2000)),
            kind=self._random.choice(["practice", "statutory"]),
            nation=self._random.choice(["", "england", "wales"]),
            tier=self._random.choice(["", "two-tier", "unitary"]),
            in_force_from=begins,
            in_force_to=ends,
            is_key=self._random.random() < 0.3,
            source=self._line(500),
            confidence=self._random.choice(["", "A", "B", "C", "D"]),
            note=self._maybe(self._text(2000)),
            indicators=tuple(
                IndicatorEntry(n, self._text(1000)) for n in self._numbered(self._random.randint(0, 4), 999)
            ),
        )

    def _numbered(self, count: int, limit: int) -> list[int]:
        if self._random.random() < 0.7:
            return list(range(1, count + 1))
        return sorted(self._random.sample(range(1, limit + 1), count))

    def _dates(self) -> tuple[datetime.date | None, datetime.date | None]:
        first = datetime.date(2000, 1, 1) + datetime.timedelta(days=self._random.randint(0, 20_000))
        last = first + datetime.timedelta(days=self._random.randint(0, 900))
        return self._random.choice([(None, None), (first, None), (None, last), (first, last), (first, first)])

    def _names(self, count: int, limit: int) -> list[str]:
        """Return slugs, some of them such as a spreadsheet or the portal itself would make or spoil."""
        found: dict[str, str] = {}
        while len(found) < count:
            own = "".join(self._random.choices(LETTERS + "-_", k=self._random.randint(1, limit)))
            name = self._random.choice([*SLUGS, *[own] * 3])
            found.setdefault(name.casefold(), name)
        return list(found.values())

    def _codes(self, count: int) -> list[str]:
        found: dict[object, str] = {}
        while len(found) < count:
            own = "".join(self._random.choices(LETTERS + ".-_", k=self._random.randint(0, 19)))
            code = self._random.choice([*CODES, *[f"C{own}"] * 4])
            found.setdefault(texts.folded(code), code)
        return list(found.values())

    def _maybe(self, text: str) -> str:
        return text if self._random.random() < 0.4 else ""

    def _line(self, limit: int) -> str:
        return self._sound([*AWKWARD, self._sentence(limit)], limit, is_one_line=True)

    def _text(self, limit: int) -> str:
        return self._sound([*AWKWARD, *LINES, self._sentence(limit), self._sentence(limit)], limit, is_one_line=False)

    def _sound(self, pool: list[str], limit: int, *, is_one_line: bool) -> str:
        while True:
            joined = self._random.choice(["", " ", ": ", "," if is_one_line else "\n\n"])
            text = joined.join(self._random.choices(pool, k=self._random.choice([1, 1, 2])))
            if not texts.is_blank(text) and not texts.fault_of(text, limit=limit, is_one_line=is_one_line):
                return text

    def _sentence(self, limit: int) -> str:
        words = self._random.choices(WORDS, k=30)
        return " ".join(words)[:limit].strip()
