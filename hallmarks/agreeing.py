"""Check that the entries of a criteria file agree: nothing twice, nothing missing, no loose ends."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from hallmarks.checking import Record, did_you_mean
from hallmarks.problems import Problem
from hallmarks.reading import shown
from hallmarks.schema import WORDS, fields_of, unique_together
from hallmarks.texts import folded


def disagreements(records: Sequence[Record], *, are_all: bool = True) -> list[Problem]:
    """Return what is wrong between entries that are sound each by itself.

    Where some entries are broken (not `are_all`), nothing is called missing: it may be there and only be broken.
    """
    return [
        *(_missing(records) if are_all else ()),
        *_too_many(records),
        *_repeats(records),
        *(_dangling(records) if are_all else ()),
        *_crowded(records),
        *_dates(records),
    ]


def _missing(records: Iterable[Record]) -> list[Problem]:
    file, count = _("the file"), Counter(record.model for record in records)
    problems = [
        Problem(file, _("It must have one %(model)s. It has 0.") % {"model": WORDS[model]})
        for model in ("framework", "version")
        if not count[model]
    ]
    if not count["criterion"]:
        problems.append(Problem(file, _("There are no criteria in it.")))
    return problems


def _too_many(records: Iterable[Record]) -> list[Problem]:
    file, count = _("the file"), Counter(record.model for record in records)
    one = _("It must have one %(model)s. It has %(count)s.")
    problems = [
        Problem(file, one % {"model": WORDS[model], "count": count[model]})
        for model in ("framework", "version")
        if count[model] > 1
    ]
    if count["criterion"] > settings.CRITERIA_MAX_CRITERIA:
        text = _("It has %(count)s criteria. The limit is %(limit)s.")
        limit = settings.CRITERIA_MAX_CRITERIA
        problems.append(Problem(file, text % {"count": f"{count['criterion']:,}", "limit": limit}))
    return problems


def _dangling(records: Sequence[Record]) -> list[Problem]:
    return [
        *_loose_ends(records),
        *_empty(records, "scale", "level", _("It has no levels. Add one, or remove it.")),
        *_empty(records, "section", "criterion", _("It has no criteria. Add one, or remove it.")),
    ]


def _repeats(records: Iterable[Record]) -> list[Problem]:
    first: dict[tuple[Any, ...], Record] = {}
    problems = []
    for record in records:
        for names in unique_together(record.model):
            key = (record.model, names, folded(tuple(record.values[name] for name in names)))
            earlier = first.setdefault(key, record)
            if earlier is not record:
                problems.append(_repeat(record, earlier, names[-1]))
    return problems


def _repeat(record: Record, earlier: Record, name: str) -> Problem:
    return Problem(
        record.at(name),
        _("“%(value)s” is already taken by %(earlier)s. Give each its own.")
        % {"value": shown(record.values[name]), "earlier": earlier.place},
    )


def _loose_ends(records: Sequence[Record]) -> list[Problem]:
    known: dict[str, set[tuple[Any, ...]]] = {}
    for record in records:
        known.setdefault(record.model, set()).add(record.key)
    return [
        _loose_end(record, field.name, field.refers_to, known)
        for record in records
        for field in fields_of(record.model).values()
        if field.refers_to and record.values[field.name] not in known.get(field.refers_to, set())
    ]


def _loose_end(record: Record, name: str, model: str, known: dict[str, set[tuple[Any, ...]]]) -> Problem:
    wanted = " / ".join(str(part) for part in record.values[name])
    names = sorted(" / ".join(str(part) for part in key) for key in known.get(model, set()))
    text = _("There is no %(model)s “%(name)s” in the file.") % {"model": WORDS[model], "name": shown(wanted)}
    return Problem(record.at(name), f"{text} {did_you_mean(wanted, names)}".strip())


def _empty(records: Sequence[Record], whole: str, part: str, text: str) -> list[Problem]:
    filled = {record.values[whole] for record in records if record.model == part}
    return [Problem(record.place, text) for record in records if record.model == whole and record.key not in filled]


def _crowded(records: Sequence[Record]) -> list[Problem]:
    counts = Counter(record.values["criterion"] for record in records if record.model == "indicator")
    text, limit = _("It has %(count)s indicators. The limit is %(limit)s."), settings.CRITERIA_MAX_INDICATORS
    crowded = {key: count for key, count in counts.items() if count > limit}
    return [
        Problem(record.place, text % {"count": crowded[record.key], "limit": limit})
        for record in records
        if record.model == "criterion" and record.key in crowded
    ]


def _dates(records: Iterable[Record]) -> list[Problem]:
    problems = []
    for record in records:
        begins, ends = record.values.get("in_force_from"), record.values.get("in_force_to")
        if begins and ends and ends < begins:
            problems.append(Problem(record.at("in_force_to"), _("It is before in_force_from.")))
    return problems
