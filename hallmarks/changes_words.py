"""What changes in criteria, in words: the name of each field, its values as a reader knows them, moves as sentences."""

import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hallmarks.comparing import Change, Comparison, Move, SectionChange
from hallmarks.document import Document, ScaleEntry
from hallmarks.levels_compared import LevelChange, ScaleChange
from partnerships.models import Nation, Tier


def field_names() -> dict[str, str]:
    """Return what a reader calls each field of a set or a criterion."""
    return {
        "title": _("Title"),
        "text": _("Statement"),
        "official_text": _("Official wording"),
        "guidance": _("What to show as evidence"),
        "indicators": _("Signs to look for"),
        "kind": _("Kind"),
        "is_key": _("Key criterion"),
        "nation": _("Asked in"),
        "tier": _("Asked of"),
        "in_force_from": _("Counts from"),
        "in_force_to": _("Counts until"),
        "scale": _("Levels to choose from"),
        "source": _("Source"),
        "confidence": _("How sure the source is"),
        "note": _("Note"),
        "framework_title": _("Name of these criteria"),
        "framework_publisher": _("Publisher"),
    }


def counted(found: Comparison) -> str:
    """Return a comparison as one sentence, such as "2 added, 1 reworded, 0 dropped, 46 unchanged"."""
    parts = [
        _("%(n)s added") % {"n": len(found.added)},
        _("%(n)s reworded") % {"n": len(found.reworded)},
        *([_("%(n)s moved") % {"n": len(found.moved)}] if found.moved else []),
        *([_("%(n)s with other settings") % {"n": len(found.reset)}] if found.reset else []),
        _("%(n)s dropped") % {"n": len(found.dropped)},
        _("%(n)s unchanged") % {"n": len(found.unchanged)},
    ]
    return ", ".join(parts)


def short(found: Comparison) -> list[str]:
    """Return a line a kind of change, criteria by their codes; what is unchanged is left out."""
    names = field_names()
    kinds = {
        _("Added"): [criterion.code for criterion in found.added],
        _("Reworded"): [f"{change.after.code} ({rewording_summary(change)})" for change in found.reworded],
        _("Moved"): [_was(change) for change in found.moved],
        _("Other settings"): [
            f"{change.after.code} ({', '.join(names[setting.name].lower() for setting in change.settings)})"
            for change in found.reset
        ],
        _("Dropped"): [criterion.code for criterion in found.dropped],
        _("Renumbered"): [_was(change) for change in found.renumbered],
        _("Sections"): [" ".join(section_sentence(change) for change in found.sections)] * bool(found.sections),
        _("Levels"): [" ".join(_scale_lines(change)) for change in found.scales],
        _("About the set"): [names[setting.name].lower() for setting in found.about],
    }
    return [f"{kind}: {', '.join(lines)}" for kind, lines in kinds.items() if lines]


def _was(change: Change) -> str:
    code, was = change.after.code, change.before.code
    return code if code == was else _("%(code)s (was %(was)s)") % {"code": code, "was": was}


def _scale_lines(change: ScaleChange) -> list[str]:
    whole = scale_sentence(change)
    return ([whole] if whole else []) + [line for level in change.levels for line in level_sentences(level)]


def value(name: str, given: Any, scales: Document) -> str:
    """Return a setting's value as a reader knows it; `scales` is the set that it belongs to."""
    if isinstance(given, bool):
        return _("Yes") if given else _("No")
    if isinstance(given, datetime.date):
        return date_format(given, "j F Y")
    if name == "scale":
        return _scale_named(given, scales)
    known = {"kind": _kinds(), "nation": _nations(), "tier": _tiers()}.get(name, {})
    return known.get(given) or (str(given) if given else _nothing(name))


def _kinds() -> dict[str, str]:
    return {"practice": _("Good practice"), "statutory": _("Statutory requirement")}


def _nations() -> dict[str, str]:
    return {"": _("England and Wales"), **{str(key): str(label) for key, label in Nation.choices}}


def _tiers() -> dict[str, str]:
    return {"": _("All areas"), Tier.TWO_TIER.value: _("Two-tier areas"), Tier.UNITARY.value: _("Unitary areas")}


def _nothing(name: str) -> str:
    return _("No date") if name.startswith("in_force") else _("Nothing")


def _scale_named(slug: str, document: Document) -> str:
    found = next((scale for scale in document.scales if scale.slug == slug), None)
    return span_of(found) if found else slug


def span_of(scale: ScaleEntry) -> str:
    """Return how a scale is known to readers: by its lowest and highest level."""
    if not scale.levels:
        return scale.slug
    return _("%(lowest)s to %(highest)s") % {"lowest": scale.levels[0].name, "highest": scale.levels[-1].name}


def move_sentences(move: Move) -> list[str]:
    """Return where a criterion went, a sentence each."""
    said = []
    if move.section and move.section[0] == move.section[1]:
        said.append(_("It is in another section of the same title."))
    elif move.section:
        words = {"before": move.section[0], "after": move.section[1]}
        said.append(_("From the section “%(before)s” to “%(after)s”.") % words)
    if move.is_reordered:
        said.append(_("It has another place among the criteria of its section."))
    if move.code:
        said.append(_("Its code was %(was)s.") % {"was": move.code[0]})
    return said


def rewording_summary(change: Change) -> str:
    """Return what of a criterion was reworded, such as "statement, 1 sign added, 2 signs reworded"."""
    names = field_names()
    said = [names[text.name].lower() for text in change.texts]
    came = sum(sign.before is None for sign in change.signs)
    gone = sum(sign.after is None for sign in change.signs)
    other = sum(sign.is_reworded for sign in change.signs)
    moved = sum(sign.is_moved and not sign.is_reworded for sign in change.signs)
    for number, words in (
        (came, ngettext("%(n)s sign added", "%(n)s signs added", came)),
        (gone, ngettext("%(n)s sign dropped", "%(n)s signs dropped", gone)),
        (other, ngettext("%(n)s sign reworded", "%(n)s signs reworded", other)),
        (moved, ngettext("%(n)s sign moved", "%(n)s signs moved", moved)),
    ):
        said += [words % {"n": number}] if number else []
    return ", ".join(said)


def rewording_sentences(change: Change) -> list[str]:
    """Return the same, and what its code was where that followed a neighbour's."""
    was = [_("its code was %(was)s") % {"was": change.before.code}] if change.is_renumbered else []
    return [", ".join([rewording_summary(change), *was])]


def section_sentence(change: SectionChange) -> str:
    """Return what happened to a section."""
    before, after = change.before, change.after
    if before is None and after is not None:
        return _("“%(title)s” (%(code)s) is new.") % {"title": after.title, "code": after.code}
    if before is None or after is None:
        entry = before or after
        return _("“%(title)s” (%(code)s) has gone.") % {"title": entry.title, "code": entry.code} if entry else ""
    said = []
    if before.title != after.title:
        said.append(_("“%(before)s” is now called “%(after)s”.") % {"before": before.title, "after": after.title})
    if before.code != after.code:
        words = {"title": after.title, "before": before.code, "after": after.code}
        said.append(_("The code of “%(title)s” was %(before)s and is now %(after)s.") % words)
    if change.is_moved:
        said.append(_("“%(title)s” stands at another place.") % {"title": after.title})
    return " ".join(said)


def scale_sentence(change: ScaleChange) -> str:
    """Return what happened to a scale as a whole; nothing where only its levels differ."""
    if change.before is None and change.after is not None:
        return _("This scale is new: %(levels)s.") % {"levels": _level_names(change.after)}
    if change.after is None and change.before is not None:
        return _("This scale has gone: %(levels)s.") % {"levels": _level_names(change.before)}
    if change.before and change.after and change.before.is_ordered != change.after.is_ordered:
        if change.after.is_ordered:
            return _("Its levels run from low to high now.")
        return _("Its levels have no order any more.")
    return ""


def _level_names(scale: ScaleEntry) -> str:
    return ", ".join(level.name for level in scale.levels)


def level_sentences(change: LevelChange) -> list[str]:
    """Return what happened to a level, a sentence each; a new descriptor is shown beside them."""
    before, after = change.before, change.after
    if before is None and after is not None:
        return [_("“%(name)s” is new.") % {"name": after.name}]
    if after is None and before is not None:
        return [_("“%(name)s” has gone.") % {"name": before.name}]
    if before is None or after is None:
        return []
    said = []
    if before.name != after.name:
        said.append(_("“%(before)s” is now called “%(after)s”.") % {"before": before.name, "after": after.name})
    if change.is_moved:
        said.append(_("“%(name)s” stands at another place among the levels.") % {"name": after.name})
    if before.descriptor != after.descriptor:
        said.append(_("“%(name)s” is described otherwise.") % {"name": after.name})
    return said
