"""Freeze what is published already as version 1, so that everybody outside its partnership reads on what they read."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SAME = (
    *("slug", "title", "summary", "scanning", "analysis", "response", "assessment", "what_to_do", "how_to_do_it"),
    *("who_can_help", "when_to_do_it", "cost", "time_taken", "differently", "effect", "effect_words", "from_year"),
    *("to_year", "place_type", "contact_role", "contact_mailbox"),
)


def freeze(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make version 1 of each published case study that has none."""
    version = apps.get_model("casestudies", "CaseStudyVersion")
    rows = apps.get_model("casestudies", "CaseStudy").objects.filter(status="published", versions=None)
    rows = rows.select_related("partnership__police_force__region").prefetch_related(
        "tags", "attachments", "criteria__section", "criteria__version__framework"
    )
    for row in rows.iterator(chunk_size=500):
        version.objects.create(
            case_study=row,
            number=1,
            document=_document(row),
            published_by_id=row.written_by_id,
            published_at=row.updated_at,
        )


def _document(row: Any) -> dict[str, Any]:
    place = row.partnership
    return {
        "schema": "cdrp-portal/case-study/1",
        "partnership": place.slug,
        "partnership_name": place.name,
        "region": place.police_force.region.name,
        "tags": [{"slug": tag.slug, "name": tag.name} for tag in row.tags.all()],
        "criteria": [_criterion(criterion) for criterion in sorted(row.criteria.all(), key=_in_order)],
        "files": [
            {"name": file.name, "media_type": file.media_type, "size": file.size, "sha256": file.sha256}
            for file in row.attachments.all()
        ],
        **{name: getattr(row, name) for name in SAME},
    }


def _criterion(criterion: Any) -> dict[str, str]:
    version = criterion.version
    return {
        "framework": version.framework.slug,
        "version": version.slug,
        "code": criterion.code,
        "title": criterion.title,
        "section": criterion.section.title,
        "set_title": version.title,
    }


def _in_order(criterion: Any) -> tuple[str, int, int, int]:
    version = criterion.version
    return version.framework.title, version.pk, criterion.section.number, criterion.number


class Migration(migrations.Migration):
    dependencies = [("casestudies", "0003_search")]

    operations = [migrations.RunPython(freeze, migrations.RunPython.noop)]
