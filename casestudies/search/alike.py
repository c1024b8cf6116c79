"""Words that the trade writes in more than one way: whoever types one of them looks for all.

Stems take care of endings; here are what stems do not see, and what means the same to those who look for it.
"""

from collections.abc import Mapping

Words = tuple[str, ...]

SAME: tuple[tuple[str, ...], ...] = (
    ("asb", "antisocial", "anti social"),
    ("cctv", "cameras"),
    ("car", "vehicle"),
    ("domestic abuse", "domestic violence"),
    ("vandalism", "criminal damage"),
    ("elderly", "older people", "pensioners"),
    ("youths", "young people", "teenagers"),
    ("pubs", "licensed premises", "bars"),
    ("bike", "bicycle", "cycle"),
    ("underage", "under age"),
    ("rubbish", "litter"),
    ("flytipping", "fly tipping"),
    ("shoplifting", "shop theft", "retail theft"),
    ("alleygates", "alley gates"),
    ("alleygating", "alley gating", "alley gates"),
    ("neighborhood", "neighbourhood"),
    # Plurals that no stem makes one with their singular.
    ("knife", "knives"),
    ("thief", "thieves"),
    ("child", "children"),
    ("woman", "women"),
    ("man", "men"),
)
LONGEST = 2


def _ways() -> Mapping[Words, tuple[Words, ...]]:
    found: dict[Words, dict[Words, None]] = {}
    for same in SAME:
        ways = [tuple(way.split()) for way in same]
        for way in ways:
            found.setdefault(way, {}).update(dict.fromkeys(other for other in ways if other != way))
    return {way: tuple(others) for way, others in found.items()}


ALIKE = _ways()
