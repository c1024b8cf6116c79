"""Releases that are decided already: kept in the database's cache, as deciding one takes seconds of processor."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256

from django.core.cache import cache

from reports.release import Answers, Group, Release, decide

# Whoever changes a rule of `release` changes this, so that nothing is shown that older rules decided.
EDITION = 1


def release_of(answers: Mapping[int, Answers], steps: Sequence[int]) -> Release:
    """Return what may be shown of these answers, decided once for all processes; by content, so never stale."""
    key = _key(answers, steps)
    cells = cache.get(key)
    if cells is None:
        found = decide(list(answers.values()), steps)
        cells = [[(*group, counts) for group, counts in shown.items()] for shown in found.cells]
        cache.set(key, cells, timeout=None)
    return Release([{Group(kind, slug): tuple(counts) for kind, slug, counts in shown} for shown in cells])


def _key(answers: Mapping[int, Answers], steps: Sequence[int]) -> str:
    said = [EDITION, list(steps), [asdict(each) for each in answers.values()]]
    return f"release:{sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()}"
