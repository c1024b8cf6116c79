"""What a report says, made from the frozen document alone, so that an old report can never change."""

import datetime
import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.documents import CARRIED_AS_NOT_APPLYING, CriterionEntry, Document, EvidenceEntry, SectionEntry
from casestudies.contents import DOCX, ODT, TEXT, XLSX
from govuk.numbers import file_size
from hallmarks import charts
from hallmarks.marks import does_not_apply, in_a_sentence
from reports import summing
from reports.parts import (
    Action,
    Citation,
    CriterionPart,
    Highlights,
    Listed,
    ReportContext,
    SectionPart,
    Sign,
    Source,
)
from reports.plain_text import printable

LONDON = ZoneInfo("Europe/London")
# What fits on the summary page with titles of two lines: less where statutory requirements are summed up too.
MOST_LISTED, MOST_LISTED_BESIDE_STATUTORY = 6, 4
# Widths in CSS pixels: the cover's box, a bar in the profile, a bar at the head of a section.
COVER_WIDTH, PROFILE_WIDTH, SECTION_WIDTH = 574.0, 330.0, 405.0


def of_submission(document: Document, fingerprint: str) -> ReportContext:
    """Return the report of a submitted document with its SHA-256."""
    return _context(document, fingerprint, is_draft=False)


def of_draft(document: Document) -> ReportContext:
    """Return the report of an assessment that is still being written; it says so on every page."""
    return _context(document, "", is_draft=True)


def _context(document: Document, fingerprint: str, *, is_draft: bool) -> ReportContext:
    practice = [entry for entry in document.every_criterion() if not entry.is_statutory]
    statutory = [entry for entry in document.every_criterion() if entry.is_statutory]
    lead, lead_rest = _lead(document, practice)
    scale = summing.main_scale(document, practice)
    return ReportContext(
        partnership=document.partnership.name,
        kind_of_partnership=_kind_of_partnership(document),
        round=document.round.name,
        heading=f"{document.partnership.name}: {document.round.name}",
        foot=_foot(document, is_draft),
        reference=document.reference,
        fingerprint=fingerprint,
        made_at=document.submitted_at,
        is_draft=is_draft,
        is_demonstration=document.is_demonstration,
        facts=tuple(_facts(document)),
        profile=_cover_profile(document),
        lead=lead,
        lead_rest=lead_rest,
        or_better=summing.or_better(scale),
        practice_labels=summing.labels(document, practice),
        statutory_labels=summing.labels(document, statutory),
        strengths=_highlights(document, practice, from_top=True),
        gaps=_highlights(document, practice, from_top=False),
        top_name=in_a_sentence(scale[-1].name) if scale else "",
        bottom_name=in_a_sentence(scale[0].name) if scale else "",
        sections=tuple(_sections(document, practice)),
        statutory=tuple(_sections(document, statutory)),
        statutory_lead=summing.share(document, statutory),
        statutory_bar=summing.bar(document, statutory, _("Statutory requirements"), SECTION_WIDTH),
        actions=tuple(_actions(document)),
        citations=tuple(_citations(practice + statutory)),
        sources=tuple(_sources(list(document.every_criterion()))),
        criteria_source=document.criteria.source,
    )


# The cover


def _kind_of_partnership(document: Document) -> str:
    is_welsh = document.partnership.nation == "wales"
    return _("Community Safety Partnership") if is_welsh else _("Crime and Disorder Reduction Partnership")


def _foot(document: Document, is_draft: bool) -> str:
    parts = [_("Draft, not submitted.") if is_draft else _("Reference %s.") % document.reference]
    return " ".join([*parts, *([_("Demonstration data.")] if document.is_demonstration else [])])


def _facts(document: Document) -> Iterable[tuple[str, str]]:
    place, count = document.partnership, len(list(document.every_criterion()))
    if document.submitted_at:
        yield (
            _("Submitted"),
            _("%(time)s, by %(role)s")
            % {
                "time": in_london(document.submitted_at),
                "role": document.submitted_by,
            },
        )
    if document.agreed_by:
        yield _("Agreed by"), ", ".join(document.agreed_by)
    yield _("Area"), ", ".join(filter(None, [place.police_force, place.region, place.family_group]))
    counted = ngettext("%(count)s criterion", "%(count)s criteria", count) % {"count": count}
    yield _("Criteria"), f"{document.criteria.title}, {counted}"
    if document.reference:
        yield _("Reference"), document.reference


def in_london(moment: str) -> str:
    """Return an ISO 8601 moment as people in London read it, such as "28 March 2026, 4:10pm"."""
    local = datetime.datetime.fromisoformat(moment).astimezone(LONDON)
    return f"{dateformat.format(local, 'j F Y, g:i')}{local.strftime('%p').lower()}"


def _cover_profile(document: Document) -> SafeString:
    groups = [[summing.label(document, entry).paint for entry in section.criteria] for section in document.sections]
    return charts.blocks(groups, _profile_words(document), COVER_WIDTH)


def _profile_words(document: Document) -> str:
    entries = list(document.every_criterion())
    return _("Profile of %(count)s ratings: %(parts)s") % {
        "count": len(entries),
        "parts": summing.in_words(document, entries),
    }


# The summary


def _lead(document: Document, entries: Sequence[CriterionEntry]) -> tuple[str, str]:
    scale = summing.main_scale(document, entries)
    gaps = sum(entry.level == scale[0].slug for entry in entries) if scale else 0
    absent = sum(entry.does_not_apply for entry in entries)
    unrated = sum(not entry.level and not entry.does_not_apply for entry in entries)
    parts = [
        ngettext("%(count)s is at %(level)s.", "%(count)s are at %(level)s.", gaps)
        % {"count": gaps, "level": in_a_sentence(scale[0].name) if scale else ""},
        ngettext("%(count)s does not apply here.", "%(count)s do not apply here.", absent) % {"count": absent},
        ngettext("%(count)s is not rated yet.", "%(count)s are not rated yet.", unrated) % {"count": unrated},
    ]
    shown = [part for part, count in zip(parts, (gaps, absent, unrated), strict=True) if count]
    return summing.share(document, entries), " ".join(shown)


def _highlights(document: Document, entries: Sequence[CriterionEntry], *, from_top: bool) -> Highlights:
    def fits(entry: CriterionEntry) -> bool:
        level, steps = document.level_of(entry), document.levels_of(entry.scale)
        return level is not None and level.position == (len(steps) - 1 if from_top else 0)

    everything_is_practice = len(entries) == len(list(document.every_criterion()))
    most = MOST_LISTED if everything_is_practice else MOST_LISTED_BESIDE_STATUTORY
    sections = {entry.code: section for section in document.sections for entry in section.criteria}
    found = sorted((entry for entry in entries if fits(entry)), key=lambda entry: not entry.is_key)
    listed = tuple(Listed(entry.title, _where(sections[entry.code], entry)) for entry in found[:most])
    return Highlights(listed, len(found) - len(listed))


def _where(section: SectionEntry, entry: CriterionEntry) -> str:
    place = f"{section.title} {entry.number}"
    return _("%(place)s, a key criterion") % {"place": place} if entry.is_key else place


# The sections


def _sections(document: Document, wanted: Sequence[CriterionEntry]) -> Iterable[SectionPart]:
    codes = {entry.code for entry in wanted}
    chosen = [(section, [entry for entry in section.criteria if entry.code in codes]) for section in document.sections]
    longest = max((len(entries) for _section, entries in chosen), default=0)
    for section, entries in chosen:
        if entries:
            yield _section(document, section, entries, longest)


def _section(document: Document, section: SectionEntry, entries: Sequence[CriterionEntry], longest: int) -> SectionPart:
    kind = "law" if entries[0].is_statutory else "section"
    # In the profile a bar's length is the section's number of criteria, so sections are in proportion.
    return SectionPart(
        anchor=f"{kind}-{slugify(section.code)}",
        title=section.title,
        share=summing.share(document, entries),
        proportion=_("%(upper)s of %(of)s")
        % {"upper": summing.upper(document, entries), "of": summing.applying(entries)},
        bar=summing.bar(document, entries, section.title, SECTION_WIDTH),
        profile=summing.bar(document, entries, section.title, PROFILE_WIDTH, whole=longest),
        criteria=tuple(_criterion(document, entry) for entry in entries),
    )


def _criterion(document: Document, entry: CriterionEntry) -> CriterionPart:
    signs = tuple(_sign(sign.text, sign.answer) for sign in entry.indicators)
    in_place = _("In place: %(count)s of %(of)s") % {"count": sum(s.mark == "y" for s in signs), "of": len(signs)}
    return CriterionPart(
        anchor=f"criterion-{slugify(entry.code)}",
        number=entry.number,
        code=entry.code,
        title=entry.title,
        text=printable(entry.text),
        label=summing.label(document, entry),
        carried=_carried(document, entry),
        reason=printable(entry.reason),
        in_place=in_place if entry.has_signs_answered else _("In place: not answered"),
        signs=signs,
        evidence=tuple(_evidence(piece) for piece in entry.evidence),
    )


def _carried(document: Document, entry: CriterionEntry) -> str:
    if not entry.carried:
        return ""
    names = {level.slug: in_a_sentence(level.name) for level in document.levels_of(entry.scale)}
    names[CARRIED_AS_NOT_APPLYING] = in_a_sentence(does_not_apply().name)
    if entry.carried not in names:
        return _("Carried forward, not confirmed")
    return _("Carried forward, not confirmed: %(level)s") % {"level": names[entry.carried]}


def _sign(text: str, answer: str) -> Sign:
    words = {"yes": (_("Yes"), "y"), "partly": (_("Partly"), "p"), "no": (_("No"), "n")}
    word, sign = words.get(answer, (_("No answer"), "u"))
    return Sign(printable(text), word, sign)


def _evidence(piece: EvidenceEntry) -> str:
    title = printable(piece.title)
    if piece.kind == "link":
        return _("%(title)s (web address: %(address)s)") % {"title": title, "address": printable(piece.target)}
    if piece.kind == "case_study":
        return _("%(title)s (case study)") % {"title": title}
    kinds = {
        "application/pdf": _("PDF file"),
        DOCX.media_type: _("DOCX document"),
        XLSX.media_type: _("XLSX workbook"),
        ODT.media_type: _("ODT document"),
        "image/png": _("PNG picture"),
        "image/jpeg": _("JPEG picture"),
        TEXT.media_type: _("text file"),
    }
    kind, size = kinds.get(piece.media_type, _("file")), file_size(piece.size)
    return _("%(title)s (%(kind)s, %(size)s)") % {"title": title, "kind": kind, "size": size}


# The ends


def _actions(document: Document) -> Iterable[Action]:
    titles = {entry.code: f"{entry.title} ({entry.code})" for entry in document.every_criterion()}
    for action in sorted(document.actions, key=lambda each: each.due_on):
        day = dateformat.format(datetime.date.fromisoformat(action.due_on), "j F Y")
        yield Action(day, printable(action.text), action.owner, titles.get(action.criterion, ""))


def _citations(entries: Sequence[CriterionEntry]) -> Iterable[Citation]:
    cited: dict[str, tuple[str, list[str]]] = {}
    for entry in entries:
        for piece in entry.evidence:
            if piece.kind == "case_study":
                cited.setdefault(piece.target, (piece.title, []))[1].append(f"{entry.title} ({entry.code})")
    for target, (title, titles) in cited.items():
        yield Citation(printable(title), f"/case-studies/{target}/", "; ".join(titles))


def _sources(entries: Sequence[CriterionEntry]) -> Iterable[Source]:
    found: dict[str, list[int]] = {}
    for place, entry in enumerate(entries):
        found.setdefault(_shared_source(entry), []).append(place)
    for source, places in found.items():
        first = entries[places[0]]
        if len(places) == 1:
            yield Source(first.code, first.title, first.source)
        else:
            yield Source(", ".join(_runs(entries, places)), "", source)


def _shared_source(entry: CriterionEntry) -> str:
    # The code tells the number already, so criteria of one section share the rest.
    return re.sub(rf",? criterion {entry.number}$", "", entry.source)


def _runs(entries: Sequence[CriterionEntry], places: Sequence[int]) -> Iterable[str]:
    # What follows without a gap has the same distance between its place in the document and its place here.
    for _distance, run in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0]):
        codes = [entries[place].code for _at, place in run]
        if len(codes) > 2:
            yield _("%(first)s to %(last)s") % {"first": codes[0], "last": codes[-1]}
        else:
            yield from codes
