from django.db import migrations

from audit.triggers import append_only, refuse

VERSION = "SELECT version.status FROM hallmarks_version version"
# For each table, how to say of a row that was a draft's that it would come into criteria that are published.
COMES_IN = {
    "section": f"({VERSION} WHERE version.id = NEW.version_id) <> 'draft'",
    "scale": f"({VERSION} WHERE version.id = NEW.version_id) <> 'draft'",
    "criterion": f"({VERSION} WHERE version.id = NEW.version_id) <> 'draft'",
    "level": f"({VERSION} JOIN hallmarks_scale scale ON scale.version_id = version.id"
    " WHERE scale.id = NEW.scale_id) <> 'draft'",
    "indicator": f"({VERSION} JOIN hallmarks_criterion criterion ON criterion.version_id = version.id"
    " WHERE criterion.id = NEW.criterion_id) <> 'draft'",
}
OWNER = {"level": "scale_id", "indicator": "criterion_id"}


def _no_move(table: str, when: str) -> migrations.RunPython:
    owner = OWNER.get(table, "version_id")
    return refuse(
        f"hallmarks_{table}_no_move",
        table=f"hallmarks_{table}",
        event=f"UPDATE OF {owner}",
        when=f"NEW.{owner} <> OLD.{owner} AND ({when})",
        message="Nothing can be added to published criteria. Load a new version.",
    )


class Migration(migrations.Migration):
    dependencies = [("hallmarks", "0003_criteria_as_data"), ("audit", "0002_append_only")]

    operations = [
        append_only("hallmarks_withdrawal"),
        refuse(
            "hallmarks_version_no_return",
            table="hallmarks_version",
            event="UPDATE OF status",
            when="OLD.status = 'withdrawn' AND NEW.status NOT IN ('withdrawn', 'draft')",
            message="Withdrawn criteria stay withdrawn. Load a new version.",
        ),
        *(_no_move(table, when) for table, when in COMES_IN.items()),
    ]
