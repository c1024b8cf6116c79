"""What a Government Office's report on its region says: of what was submitted, as of one day; never of a draft."""

from collections.abc import Iterator, Sequence

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.round_progress import State, Tally, tally_of
from hallmarks import charts
from hallmarks.marks import NOT_APPLICABLE, Paint
from reports import heat_map, movement, regional_follow, regional_heat, regional_tables, regional_words, tables
from reports.comparison import Line
from reports.heat_pages import NAMED_MISSING
from reports.movement import Movement
from reports.regional_follow import day
from reports.regional_parts import HeatPart, LevelsPart, MovementPart, RegionalReport, Source, StandoutPart
from reports.regional_queries import Gathered

COVER_WIDTH = 574.0
STYLES = ("report.css", "report_regional.css")


def html_of(report: RegionalReport) -> str:
    """Return the text that the PDF maker gets."""
    return render_to_string(
        "reports/regional.html", {"report": report, "stylesheets": [f"own:{name}" for name in STYLES]}
    )


def of(known: Gathered) -> RegionalReport:
    """Return the report of what was gathered; the same things known of the same day make the same report."""
    tally = tally_of(line.state for line in known.standings)
    moved = _moved(known)
    advice = regional_follow.advice_part(known.advice, known.today)
    before = known.before.name if known.before else ""
    steps = movement.together(_practice(moved))
    is_over = known.round.closes_on < known.today
    return RegionalReport(
        region=known.region.name,
        government_office=known.region.government_office,
        nation=known.nation,
        round=known.round.name,
        heading=_("%(region)s: %(round)s, regional report") % {"region": known.region.name, "round": known.round.name},
        foot=_foot(known),
        as_of=day(known.today),
        made_on=known.today.isoformat(),
        is_demonstration=known.round.is_demonstration,
        facts=tuple(_facts(known, tally)),
        profile=_profile(known.findings.lines),
        sentences=tuple(regional_words.sentences(tally, known.findings, steps, before, advice.lead)),
        state=regional_follow.state_part(tally, known.standings, is_over=is_over),
        has_submissions=any(row.has_submitted for row in known.rows[0]),
        levels=_levels(known),
        standout=_standout(known),
        movement=_movement(known, moved),
        heat=_heat(known),
        advice=advice,
        studies=tuple(regional_follow.studies(known.studies)),
        sources=tuple(_sources(known)),
    )


# Levels


def _levels(known: Gathered) -> LevelsPart:
    nation = known.nation_lines
    practice, law = (_kind(known.findings.lines, is_statutory=kind) for kind in (False, True))
    return LevelsPart(
        practice_labels=regional_tables.labels_of(practice),
        statutory_labels=regional_tables.labels_of(law),
        or_better=regional_tables.or_better(practice[0]) if practice else "",
        practice_shares=regional_tables.shares(practice, nation),
        statutory_shares=regional_tables.shares(law, nation),
        practice=regional_tables.spreads(practice, "practice"),
        statutory=regional_tables.spreads(law, "statutory"),
    )


def _standout(known: Gathered) -> StandoutPart:
    found, nation = known.findings, known.nation_lines
    return StandoutPart(
        is_shared=bool(found.practice),
        strengths=regional_tables.found(found.strengths, nation),
        weaknesses=regional_tables.found(found.weaknesses, nation),
        fewest_met=regional_tables.found(found.statutory, nation),
        differing=regional_tables.differing(found.splits),
    )


def _heat(known: Gathered) -> HeatPart:
    own = regional_heat.submitted(known.rows[0])
    columns = heat_map.columns(known.findings.lines)
    practice, law = (regional_heat.columns_of(columns, is_statutory=kind) for kind in (False, True))
    return HeatPart(regional_heat.heat_tables(practice, own), regional_heat.heat_tables(law, own), _missing(known))


def _kind(lines: Sequence[Line], *, is_statutory: bool) -> list[Line]:
    return [line for line in lines if line.asked.is_statutory == is_statutory]


# The cover


def _foot(known: Gathered) -> str:
    parts = [_("As of %s.") % day(known.today)]
    return " ".join([*parts, *([_("Demonstration data.")] if known.round.is_demonstration else [])])


def _facts(known: Gathered, tally: Tally) -> Iterator[tuple[str, str]]:
    round_, count = known.round, len(known.criteria[0])
    yield _("Government Office"), known.region.government_office
    yield _("As of"), day(known.today)
    yield _("Round"), _("%(opens)s to %(closes)s") % {"opens": day(round_.opens_on), "closes": day(round_.closes_on)}
    yield _("Submitted"), _("%(sent)s of %(total)s partnerships") % {"sent": tally.sent, "total": tally.total}
    closed = tally.of(State.CLOSED)
    yield _("Reviewed"), _("%(closed)s of %(sent)s reviews closed") % {"closed": closed, "sent": tally.sent}
    counted = ngettext("%(count)s criterion", "%(count)s criteria", count) % {"count": count}
    yield _("Criteria"), f"{round_.version.title}, {counted}"


def _profile(lines: Sequence[Line]) -> SafeString:
    sections: dict[str, list[Paint]] = {}
    for line in lines:
        sections.setdefault(line.asked.section, []).append(_middle(line))
    levels = [f"{line.asked.code} {tables.median_words(line)}" for line in lines]
    words = _("The level in the middle, by criterion: %(levels)s") % {"levels": ", ".join(levels)}
    return charts.blocks(sections.values(), words, COVER_WIDTH)


def _middle(line: Line) -> Paint:
    return NOT_APPLICABLE if line.median is None else tables.labels(line)[line.median[0]].paint


# Movement


def _moved(known: Gathered) -> list[Movement]:
    if known.before is None:
        return []
    return movement.movements(known.criteria[0], known.rows[0], known.criteria[1], known.rows[1])


def _practice(moved: Sequence[Movement]) -> list[Movement]:
    return [each for each in moved if not each.asked.is_statutory]


def _movement(known: Gathered, moved: Sequence[Movement]) -> MovementPart:
    if known.before is None:
        return MovementPart("", _("There is no earlier round to compare with."))
    name, practice = known.before.name, _practice(moved)
    comparable = _comparable(known, moved)
    if not movement.together(moved).total:
        nobody = _("No partnership gave a level on any of them in both rounds.")
        return MovementPart(name, f"{comparable} {nobody}" if moved else comparable)
    return MovementPart(
        before=name,
        lead=" ".join([comparable, *regional_words.moved(movement.together(practice), name)]),
        sections=regional_tables.moving_sections(practice),
        most=regional_tables.moving(movement.most_moved(practice)),
        statutory=regional_tables.moving(each for each in moved if each.asked.is_statutory),
    )


def _comparable(known: Gathered, moved: Sequence[Movement]) -> str:
    words = ngettext(
        "%(n)s of %(all)s criterion can be compared with %(before)s, because it kept its meaning and its levels.",
        "%(n)s of %(all)s criteria can be compared with %(before)s, because they kept their meaning and their levels.",
        len(known.criteria[0]),
    )
    before = known.before.name if known.before else ""
    return words % {"n": len(moved), "all": len(known.criteria[0]), "before": before}


# The ends


def _missing(known: Gathered) -> str:
    names = [row.name for row in known.rows[0] if not row.has_submitted]
    if not names:
        return _("Every partnership of the region has submitted.")
    if len(names) > NAMED_MISSING:
        return _("The %(count)s that have not submitted are not in these tables.") % {"count": len(names)}
    words = ngettext(
        "%(names)s is not in these tables: it has not submitted.",
        "%(names)s are not in these tables: they have not submitted.",
        len(names),
    )
    return words % {"names": get_text_list(names, _("and"))}


def _sources(known: Gathered) -> Iterator[Source]:
    version = known.round.version
    yield Source(_("Criteria"), f"{version.title}. {version.source}")
    yield Source(
        _("Ratings"),
        _("What partnerships submitted in %(round)s and did not withdraw, as of %(day)s: their own judgement.")
        % {"round": known.round.name, "day": day(known.today)},
    )
    if known.before:
        yield Source(
            _("Movement"),
            _("The same for %(before)s, of partnerships that gave a level in both rounds.")
            % {"before": known.before.name},
        )
    yield Source(
        known.nation,
        _(
            "Counts of what was submitted in the round. Where numbers could tell what a single partnership outside the"
            " region chose, they are not shown."
        ),
    )
    yield Source(
        _("Recommendations"),
        _(
            "Reviews of the %(office)s that have been closed or returned, in this round and before;"
            " actions as of %(day)s."
        )
        % {"office": known.region.government_office, "day": day(known.today)},
    )
