"""The sections: each criterion with its level, reason, signs, evidence, what was before, and how others see it."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from django.utils.translation import gettext as _

from assessments.documents import (
    CARRIED_AS_NOT_APPLYING,
    HIGHER,
    LOWER,
    SAME,
    CriterionEntry,
    Document,
    EvidenceEntry,
    SectionEntry,
)
from casestudies.contents import DOCX, ODT, TEXT, XLSX
from govuk.numbers import file_size
from hallmarks.marks import Label, does_not_apply, in_a_sentence
from reports import summing
from reports.contexts import office, spread
from reports.contexts.matter import Matter
from reports.parts import CriterionPart, SectionPart, Sign

# Widths in CSS pixels: a bar in the profile, a bar at the head of a section.
PROFILE_WIDTH, SECTION_WIDTH = 330.0, 405.0
MOST_SIGNS, MOST_EVIDENCE = 60, 60
# 49 criteria with the longest texts that the forms take have half a million characters; a hundred thousand of them take
# two or three seconds to lay out. What is beyond stands in a table: its level is told, its reason is not.
MOST_CHARACTERS, CRITERION_COSTS, LINE_COSTS, PIECE_COSTS = 560_000, 1_500, 60, 120


def sections(matter: Matter, wanted: Sequence[CriterionEntry]) -> tuple[SectionPart, ...]:
    """Return the sections that hold any of these criteria, all practice or all statutory."""
    codes = {entry.code for entry in wanted}
    document = matter.document
    chosen = [(section, [entry for entry in section.criteria if entry.code in codes]) for section in document.sections]
    longest = max((len(entries) for _section, entries in chosen), default=0)
    return tuple(
        _section(matter, place, section, entries, longest)
        for place, (section, entries) in enumerate(chosen, start=1)
        if entries
    )


def _section(
    matter: Matter, place: int, section: SectionEntry, entries: Sequence[CriterionEntry], longest: int
) -> SectionPart:
    document, kind = matter.document, "law" if entries[0].is_statutory else "section"
    # In the profile a bar's length is the section's number of criteria, so sections are in proportion.
    return SectionPart(
        anchor=f"{kind}-{place}",
        title=section.title,
        share=summing.share(document, entries),
        counts=summing.in_words(document, entries),
        proportion=_("%(upper)s of %(of)s")
        % {"upper": summing.upper(document, entries), "of": summing.applying(entries)},
        bar=summing.bar(document, entries, section.title, SECTION_WIDTH),
        profile=summing.bar(document, entries, section.title, PROFILE_WIDTH, whole=longest),
        criteria=tuple(_criterion(matter, entry) for entry in entries),
    )


def kept(parts: Iterable[SectionPart], written: Set[str]) -> tuple[SectionPart, ...]:
    """Return the sections with the criteria that are written out, and no section that has none of them."""
    cut = (replace(part, criteria=tuple(each for each in part.criteria if each.code in written)) for part in parts)
    return tuple(part for part in cut if part.criteria)


def written_out(matter: Matter) -> frozenset[str]:
    """Return the codes of the criteria that are written out: none in the short form, in the full one what fits."""
    left, found = 0 if matter.is_short else MOST_CHARACTERS, set()
    for entry in matter.document.every_criterion():
        left -= _cost(matter, entry)
        if left >= 0:
            found.add(entry.code)
    return frozenset(found)


def _cost(matter: Matter, entry: CriterionEntry) -> int:
    texts = [entry.text, entry.reason, *(sign.text for sign in entry.indicators[:MOST_SIGNS])]
    texts += [text for piece in entry.evidence[:MOST_EVIDENCE] for text in (piece.title, piece.target)]
    if seen := matter.seen.get(entry.code):
        texts += [seen.reason, *(each.text for each in matter.recommended(entry.code)[: office.MOST_BESIDE])]
    lines = sum(text.count("\n") for text in texts)
    return CRITERION_COSTS + sum(map(len, texts)) + lines * LINE_COSTS + len(texts) * PIECE_COSTS


# One criterion


def _criterion(matter: Matter, entry: CriterionEntry) -> CriterionPart:
    document = matter.document
    is_answered = entry.has_signs_answered
    # Where none was answered the heading says so, and no line repeats it.
    signs = tuple(
        _sign(sign.text, sign.answer) if is_answered else Sign(sign.text, "", "") for sign in entry.indicators
    )
    in_place = _("In place: %(count)s of %(of)s") % {"count": sum(s.mark == "y" for s in signs), "of": len(signs)}
    few_signs, evidence = matter.few(signs, MOST_SIGNS), matter.few(entry.evidence, MOST_EVIDENCE)
    return CriterionPart(
        number=entry.number,
        code=entry.code,
        title=entry.title,
        text=entry.text,
        label=summing.label(document, entry),
        carried=_carried(document, entry),
        # What was carried forward says so already.
        before="" if entry.carried else before(entry),
        reason=entry.reason,
        in_place=in_place if is_answered else _("In place: not answered"),
        signs=few_signs.kept,
        evidence=tuple(_evidence(piece) for piece in evidence.kept),
        views=spread.views(document, entry),
        remark=office.remark(matter, entry),
        more_signs=few_signs.more,
        more_evidence=evidence.more,
    )


def _carried(document: Document, entry: CriterionEntry) -> str:
    if not entry.carried:
        return ""
    names = {level.slug: in_a_sentence(level.name) for level in document.levels_of(entry.scale)}
    names[CARRIED_AS_NOT_APPLYING] = in_a_sentence(does_not_apply().name)
    if entry.carried not in names:
        return _("Carried forward, not confirmed")
    return _("Carried forward, not confirmed: %(level)s") % {"level": names[entry.carried]}


def before(entry: CriterionEntry) -> str:
    """Return how the level stands beside that of the round before, in words; nothing where there was none."""
    then = entry.before
    if then is None:
        return ""
    level = in_a_sentence(then.level) if then.level else in_a_sentence(does_not_apply().name)
    words = {
        HIGHER: _("Higher than in “%(round)s”: %(level)s then."),
        LOWER: _("Lower than in “%(round)s”: %(level)s then."),
        SAME: _("The same as in “%(round)s”."),
    }.get(then.change, _("Not to be compared with “%(round)s”: %(level)s then."))
    told = words % {"round": then.round, "level": level}
    return f"{told} {_('It was worded otherwise.')}" if then.is_reworded else told


def label_then(document: Document, entry: CriterionEntry) -> Label:
    """Return the level of the round before with its mark; without one where the scale no longer has it."""
    name = entry.before.level if entry.before else ""
    if not name:
        return does_not_apply()
    found = (level for level in document.levels_of(entry.scale) if level.name == name)
    if (level := next(found, None)) is None:
        return Label("", name)
    return summing.label(document, replace(entry, level=level.slug))


def _sign(text: str, answer: str) -> Sign:
    words = {"yes": (_("Yes"), "y"), "partly": (_("Partly"), "p"), "no": (_("No"), "n")}
    word, sign = words.get(answer, (_("No answer"), "u"))
    return Sign(text, word, sign)


def _evidence(piece: EvidenceEntry) -> str:
    if piece.kind == "link":
        return _("%(title)s (web address: %(address)s)") % {"title": piece.title, "address": piece.target}
    if piece.kind == "case_study":
        return _("%(title)s (case study)") % {"title": piece.title}
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
    return _("%(title)s (%(kind)s, %(size)s)") % {"title": piece.title, "kind": kind, "size": size}
