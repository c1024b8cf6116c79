"""What changes in criteria, and what an editor would say, for programs: plain names and texts in full."""

import datetime
from typing import Any

from hallmarks.comparing import Change, Comparison, Move, SectionChange, Setting
from hallmarks.editors_eye import Hint
from hallmarks.levels_compared import LevelChange, ScaleChange
from hallmarks.signs_compared import SignChange


def differences(found: Comparison) -> dict[str, Any]:
    """Return all that differs; a criterion is named by its new code, one that was dropped by the code it had."""
    return {
        "added": [criterion.code for criterion in found.added],
        "reworded": [_reworded(change) for change in found.reworded],
        "moved": [_moved(change, change.move) for change in found.moved if change.move],
        "settings": [
            {"code": change.after.code, "changes": [_setting(setting) for setting in change.settings]}
            for change in found.reset
        ],
        "dropped": [criterion.code for criterion in found.dropped],
        "unchanged": [criterion.code for criterion in found.unchanged],
        "renumbered": [{"code": change.after.code, "was": change.before.code} for change in found.renumbered],
        "sections": [_section(change) for change in found.sections],
        "scales": [_scale(change) for change in found.scales],
        "about": [_setting(setting) for setting in found.about],
    }


def told(hint: Hint) -> dict[str, Any]:
    """Return a hint with its place in parts."""
    place = {"code": hint.code, "field": hint.field, "number": hint.number}
    return {"kind": hint.kind.value, **place, "place": hint.place, "text": hint.text}


def _reworded(change: Change) -> dict[str, Any]:
    said: dict[str, Any] = {"code": change.after.code, "differs": [text.name for text in change.texts]}
    said["words"] = [{"name": text.name, "before": text.before, "after": text.after} for text in change.texts]
    if change.signs:
        said["differs"].append("indicators")
    said["indicators"] = [_sign(sign) for sign in change.signs]
    return said


def _sign(change: SignChange) -> dict[str, Any]:
    sides = {"before": change.before, "after": change.after}
    return {
        **{name: {"number": sign.number, "text": sign.text} if sign else None for name, sign in sides.items()},
        "moved": change.is_moved,
    }


def _moved(change: Change, move: Move) -> dict[str, Any]:
    return {
        "code": change.after.code,
        "was": change.before.code,
        "section": {"before": move.section[0], "after": move.section[1]} if move.section else None,
        "place": move.is_reordered,
    }


def _setting(setting: Setting) -> dict[str, Any]:
    return {"name": setting.name, "before": _plain(setting.before), "after": _plain(setting.after)}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _section(change: SectionChange) -> dict[str, Any]:
    sides = {"before": change.before, "after": change.after}
    named = {name: {"code": side.code, "title": side.title} if side else None for name, side in sides.items()}
    return {**named, "moved": change.is_moved}


def _scale(change: ScaleChange) -> dict[str, Any]:
    either = change.after or change.before
    return {
        "slug": either.slug if either else "",
        "added": change.before is None,
        "dropped": change.after is None,
        "levels": [_level(level) for level in change.levels],
    }


def _level(change: LevelChange) -> dict[str, Any]:
    sides = {"before": change.before, "after": change.after}
    told = {
        name: {"slug": side.slug, "name": side.name, "descriptor": side.descriptor} if side else None
        for name, side in sides.items()
    }
    return {**told, "moved": change.is_moved}
