"""Tables of what an assessment stands in: the round and its criteria, the partnership as it is, and its agencies."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from assessments.models import EXTENDED, Assessment, Extension, Round
from partnerships.models import Agency
from reports.package import Field, Table


def rounds(round_: Round, regions: Sequence[str]) -> Table:
    """Return the one round with the criteria that it asks; no region named means all."""
    version = round_.version
    fields = [
        Field("round", "string", _("How addresses name the round"), holds=("Round.slug", "Assessment.round")),
        Field("name", "string", _("Its name"), holds=("Round.name",)),
        Field("opens_on", "date", _("Its first day"), holds=("Round.opens_on",)),
        Field("closes_on", "date", _("Its last day"), holds=("Round.closes_on",)),
        Field("views_close_on", "date", _("The last day for members' views"), False, holds=("Round.views_close_on",)),
        Field("round_before", "string", _("The round from which it began"), False, holds=("Round.previous",)),
        Field("regions", "string", _("The regions that take part; empty: all"), False, holds=("Round.regions",)),
        Field("is_demonstration", "boolean", _("Whether it is made up"), holds=("Round.is_demonstration",)),
        Field(
            "criteria", "string", _("How addresses name the criteria"), holds=("Framework.slug", "Version.framework")
        ),
        Field("publisher", "string", _("Who publishes the criteria"), holds=("Framework.publisher",)),
        Field("framework", "string", _("What all their editions are called"), holds=("Framework.title",)),
        Field(
            *("edition", "string", _("The edition that is asked")),
            holds=("Version.slug", "Round.version", "Criterion.version", "Section.version", "Scale.version"),
        ),
        Field("edition_title", "string", _("The edition's title"), holds=("Version.title",)),
        Field("edition_state", "string", _("Whether it is published or withdrawn"), holds=("Version.status",)),
        Field("in_force_from", "date", _("The edition's first day"), False, holds=("Version.in_force_from",)),
        Field("in_force_to", "date", _("The edition's last day"), False, holds=("Version.in_force_to",)),
        Field("source", "string", _("Where the criteria come from"), holds=("Version.source",)),
        Field("edition_sha256", "string", _("SHA-256 of the edition"), False, holds=("Version.sha256",)),
    ]
    row = [
        *(round_.slug, round_.name, round_.opens_on, round_.closes_on, round_.views_close_on),
        round_.previous.slug if round_.previous else "",
        *("; ".join(regions), round_.is_demonstration),
        *(version.framework.slug, version.framework.publisher, version.framework.title),
        *(version.slug, version.title, str(version.get_status_display())),
        *(version.in_force_from, version.in_force_to, version.source, version.sha256),
    ]
    return Table("round", _("Round"), _("The round and the criteria that it asks."), fields, ["round"], [row])


def assessments(assessment: Assessment, extension: Extension | None) -> Table:
    """Return one assessment with its partnership as it stands today."""
    fields = [
        Field("round", "string", _("The round"), refers_to=("round", "round")),
        Field(
            *("partnership", "string", _("How addresses name the partnership")),
            holds=("Partnership.slug", "Assessment.partnership", "Extension.partnership"),
        ),
        Field("name", "string", _("Its name"), holds=("Partnership.name",)),
        Field("kind_of_area", "string", _("What kind of council area it is"), holds=("Partnership.area_type",)),
        Field("county", "string", _("Its county, where it has one"), False, holds=("Partnership.county",)),
        Field("region", "string", _("Its region"), holds=("Region.name", "PoliceForce.region")),
        Field("region_code", "string", _("How addresses name its region"), holds=("Region.slug",)),
        Field("government_office", "string", _("Its Government Office"), holds=("Region.government_office",)),
        Field("nation", "string", _("England or Wales"), holds=("Region.nation",)),
        Field("police_force", "string", _("Its police force"), holds=("PoliceForce.name", "Partnership.police_force")),
        Field("police_force_code", "string", _("How addresses name its police force"), holds=("PoliceForce.slug",)),
        Field("family_scheme", "string", _("Who grouped areas alike"), False, holds=("FamilyGroup.scheme",)),
        Field(
            *("family_group", "integer", _("The group's number in that scheme"), False),
            holds=("FamilyGroup.number", "Partnership.family_group"),
        ),
        Field(
            *("family_is_made_up", "boolean", _("Whether the group is made up"), False),
            holds=("FamilyGroup.is_demonstration",),
        ),
        Field("state", "string", _("Draft, submitted or returned"), holds=("Assessment.status",)),
        Field(
            *("views_revealed_at", "datetime", _("When its coordinator showed the views"), False),
            holds=("Assessment.views_revealed_at",),
        ),
        Field("closes_on", "date", _("Its own last day"), holds=("Extension.until", "Extension.round")),
        Field("extension_reason", "string", _("Why it has more time, if so"), False, holds=("Extension.reason",)),
    ]
    title, meaning = _("Assessment"), _("The assessment, and its partnership as it stands on the day of this file.")
    return Table("assessment", title, meaning, fields, ["round", "partnership"], [_assessment(assessment, extension)])


def agencies(members: Iterable[Agency]) -> Table:
    """Return the agencies of one partnership."""
    fields = [
        Field("partnership", "string", _("The partnership"), holds=("Agency.partnership",)),
        Field("agency", "string", _("The agency's name"), holds=("Agency.name",)),
        Field("kind", "string", _("What kind of agency it is"), holds=("AgencyKind.name", "Agency.kind")),
        Field("kind_code", "string", _("The kind's code"), holds=("AgencyKind.code",)),
        Field("role", "string", _("What the law makes of agencies of this kind"), holds=("AgencyKind.role",)),
        Field("nation", "string", _("The one nation of the kind, if so"), False, holds=("AgencyKind.nation",)),
        Field("note", "string", _("What is to be known of the kind"), False, holds=("AgencyKind.note",)),
        Field("source", "string", _("Where the kind comes from"), False, holds=("AgencyKind.source",)),
    ]
    rows = (
        [
            *(agency.partnership.slug, agency.name, agency.kind.name, agency.kind.code),
            *(str(agency.kind.get_role_display()), agency.kind.nation, agency.kind.note, agency.kind.source),
        ]
        for agency in members
    )
    return Table("agencies", _("Agencies"), _("Who works together."), fields, ["partnership", "agency"], rows)


def _assessment(assessment: Assessment, extension: Extension | None) -> list[object]:
    place, round_, family = assessment.partnership, assessment.round, assessment.partnership.family_group
    region, until = place.region, getattr(assessment, EXTENDED, None) or (extension.until if extension else None)
    return [
        *(round_.slug, place.slug, place.name, str(place.get_area_type_display()), place.county),
        *(region.name, region.slug, region.government_office, str(region.get_nation_display())),
        *(place.police_force.name, place.police_force.slug),
        *((family.scheme, family.number, family.is_demonstration) if family else ("", None, None)),
        *(str(assessment.get_status_display()), assessment.views_revealed_at),
        *(max(round_.closes_on, until or round_.closes_on), extension.reason if extension else ""),
    ]
