"""The tables of a data package: their columns, what each means, and how rows are made of what was gathered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hallmarks.outline import Question
from reports.comparison import Asked
from reports.groups import Named
from reports.heat_map import DOES_NOT_APPLY
from reports.package import Field, Table

REGION, FORCE, FAMILY, AREA = "region", "police_force", "family_group", "kind_of_area"
NATION, NATIONS = "nation", "both_nations"
USUAL_TERMS = gettext_lazy(
    "For the work of the partnership or Government Office that took the data. "
    "Ask those who run the portal before you pass it on or publish it."
)


@dataclass(frozen=True)
class Member:
    """A partnership that may be named."""

    slug: str
    name: str
    region: Named
    force: Named
    family: Named | None
    kind: Named
    nation: str
    has_submitted: bool


@dataclass(frozen=True)
class Rating:
    """One answer of a partnership that may be named: a digit, or a mark where there is no level."""

    partnership: str
    asked: Asked
    mark: str


@dataclass(frozen=True)
class Counted:
    """How many of a group chose a level, or said that a criterion does not apply."""

    kind: str
    group: Named
    asked: Asked
    level: str
    partnerships: int
    is_level: bool = True


def partnerships(members: Iterable[Member]) -> Table:
    """Return the table of partnerships, by the name that addresses have for them."""
    fields = [
        Field("partnership", "string", _("How addresses and the other files name the partnership")),
        Field("name", "string", _("Its name")),
        Field("region", "string", _("How addresses name its region")),
        Field("region_name", "string", _("The region's name")),
        Field("police_force", "string", _("How addresses name its police force")),
        Field("police_force_name", "string", _("The police force's name")),
        Field("family_group", "string", _("How addresses name its family group; empty if it has none"), False),
        Field("family_group_name", "string", _("The family group's name"), False),
        Field("kind_of_area", "string", _("What kind of council area it is")),
        Field("nation", "string", _("England or Wales")),
        Field("has_submitted", "boolean", _("Whether its answers are in this package's numbers")),
    ]
    title = _("Partnerships")
    meaning = _("As they stood on the day they submitted; those that have not, as they stand today.")
    ordered = sorted(members, key=lambda member: member.slug)
    return Table("partnerships", title, meaning, fields, ["partnership"], (_member(member) for member in ordered))


def criteria(questions: Iterable[Question]) -> Table:
    """Return the table of criteria, as published."""
    fields = [
        Field("criterion", "string", _("The criterion's code in this edition"), holds=("Criterion.code",)),
        Field(
            *("lineage", "string", _("What stays the same over editions: by it rounds can be compared")),
            holds=("Criterion.lineage",),
        ),
        Field("number", "integer", _("Its number in its section"), holds=("Criterion.number",)),
        Field("section", "string", _("The section's code"), holds=("Section.code", "Criterion.section")),
        Field("section_number", "integer", _("The section's place"), holds=("Section.number",)),
        Field("section_title", "string", _("The section's title"), holds=("Section.title",)),
        Field("title", "string", _("The criterion's title"), holds=("Criterion.title",)),
        Field("statement", "string", _("What partnerships were asked"), holds=("Criterion.text",)),
        Field("official_wording", "string", _("How the source words it"), False, holds=("Criterion.official_text",)),
        Field("guidance", "string", _("What to show as evidence"), False, holds=("Criterion.guidance",)),
        Field("kind", "string", _("practice, or statutory: asked for by law"), holds=("Criterion.kind",)),
        Field("is_key", "boolean", _("Whether it is one of the key criteria"), holds=("Criterion.is_key",)),
        Field(*("scale", "string", _("The scale on which it is rated")), holds=("Scale.slug", "Criterion.scale")),
        Field("is_ordered", "boolean", _("Whether its levels run from low to high"), holds=("Scale.is_ordered",)),
        Field("nation", "string", _("The one nation in which it is asked, if so"), False, holds=("Criterion.nation",)),
        Field("tier", "string", _("The one kind of council it is asked of, if so"), False, holds=("Criterion.tier",)),
        Field("counts_from", "date", _("The day it counts from"), False, holds=("Criterion.in_force_from",)),
        Field("counted_until", "date", _("The last day it counts"), False, holds=("Criterion.in_force_to",)),
        Field("source", "string", _("Where the criterion comes from"), holds=("Criterion.source",)),
        Field("confidence", "string", _("How sure the source is, A to D"), False, holds=("Criterion.confidence",)),
        Field("note", "string", _("What its publisher noted about it"), False, holds=("Criterion.note",)),
    ]
    rows = (_criterion(question) for question in questions)
    return Table("criteria", _("Criteria"), _("As published, in published order."), fields, ["criterion"], rows)


def levels(questions: Iterable[Question]) -> Table:
    """Return the table of the levels on which each criterion is rated."""
    fields = [
        Field("criterion", "string", _("The criterion's code"), refers_to=("criteria", "criterion")),
        Field(*("position", "integer", _("The level's place from the lowest, which is 0")), holds=("Level.position",)),
        Field("level", "string", _("The level's name"), holds=("Level.name", "Level.scale")),
        Field("level_code", "string", _("How documents name the level"), holds=("Level.slug",)),
        Field("meaning", "string", _("What the level means"), False, holds=("Level.descriptor",)),
    ]
    rows = (
        [question.criterion.code, level.position, level.name, level.slug, level.descriptor]
        for question in questions
        for level in question.levels
    )
    return Table("levels", _("Levels"), _("Of each criterion, lowest first."), fields, ["criterion", "position"], rows)


def signs(questions: Iterable[Question]) -> Table:
    """Return the table of the signs that each criterion asks about."""
    fields = [
        Field(
            *("criterion", "string", _("The criterion's code")),
            refers_to=("criteria", "criterion"),
            holds=("Indicator.criterion",),
        ),
        Field("number", "integer", _("The sign's number"), holds=("Indicator.number",)),
        Field("text", "string", _("What can be seen where it is in place"), holds=("Indicator.text",)),
    ]
    rows = ([asked.criterion.code, sign.number, sign.text] for asked in questions for sign in asked.indicators)
    return Table("signs", _("Signs"), _("What each criterion asks to look for."), fields, ["criterion", "number"], rows)


def ratings(found: Iterable[Rating]) -> Table:
    """Return the table of levels by name; what was not asked has no row."""
    fields = [
        Field("partnership", "string", _("The partnership"), refers_to=("partnerships", "partnership")),
        Field("criterion", "string", _("The criterion's code"), refers_to=("criteria", "criterion")),
        Field("position", "integer", _("The level's place from the lowest; empty where it does not apply"), False),
        Field(
            *("level", "string", _("The level's name; empty where it does not apply"), False),
            holds=(
                *("SubmittedRating.submission", "SubmittedRating.criterion", "SubmittedRating.level"),
                "Submission.levels",
            ),
        ),
        Field("does_not_apply", "boolean", _("Whether the partnership says that the criterion does not apply")),
    ]
    title, meaning = _("Submitted levels"), _("Each partnership's own judgement, of those that may be named.")
    return Table("ratings", title, meaning, fields, ["partnership", "criterion"], _in_order(found))


def counts(found: Iterable[Counted]) -> Table:
    """Return the table of counts by group."""
    kinds = ", ".join((REGION, FORCE, FAMILY, AREA, NATION, NATIONS))
    fields = [
        Field("group_kind", "string", _("What kind of group it is: %(kinds)s") % {"kinds": kinds}),
        Field("group", "string", _("How addresses name the group")),
        Field("group_name", "string", _("The group's name")),
        Field("criterion", "string", _("The criterion's code"), refers_to=("criteria", "criterion")),
        Field(
            "position", "integer", _("The level's place from the lowest; empty: the criterion does not apply"), False
        ),
        Field("level", "string", _("The level's name, or that the criterion does not apply")),
        Field("partnerships", "integer", _("How many partnerships of the group chose it")),
    ]
    rows = (_counted(each) for each in found)
    key = ["group_kind", "group", "criterion", "level"]
    return Table("counts", _("Counts by group"), _("How many chose each level."), fields, key, rows)


def _member(member: Member) -> list[object]:
    family = (member.family.value, member.family.name) if member.family else ("", "")
    places = (member.region, member.force)
    return [
        *(member.slug, member.name),
        *(part for place in places for part in (place.value, place.name)),
        *(*family, member.kind.value, member.nation, member.has_submitted),
    ]


def _criterion(question: Question) -> list[object]:
    asked, section = question.criterion, question.section
    return [
        *(asked.code, asked.lineage, asked.number, section.code, section.number, section.title),
        *(asked.title, asked.text, asked.official_text, asked.guidance, asked.kind, asked.is_key),
        *(asked.scale.slug, asked.scale.is_ordered, asked.nation, asked.tier, asked.in_force_from, asked.in_force_to),
        *(asked.source, asked.confidence, asked.note),
    ]


def _in_order(found: Iterable[Rating]) -> Iterator[list[object]]:
    """Return ratings by partnership; a partnership's are as published already."""
    for rating in sorted(found, key=lambda each: each.partnership):
        absent = rating.mark == DOES_NOT_APPLY
        if absent or rating.mark.isdigit():
            position = "" if absent else int(rating.mark)
            level = "" if absent else rating.asked.levels[int(rating.mark)]
            yield [rating.partnership, rating.asked.code, position, level, absent]


def _counted(each: Counted) -> list[object]:
    position = each.asked.levels.index(each.level) if each.is_level else ""
    named = [each.kind, each.group.value, each.group.name]
    return [*named, each.asked.code, position, each.level, each.partnerships]
