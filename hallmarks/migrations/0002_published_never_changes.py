from django.db import migrations

from audit.triggers import refuse

MESSAGE = "Published criteria never change. Load a new version."
VERSION = "SELECT version.status FROM hallmarks_version version"
# For each table, how to say of a row that its criteria are published, or were and are withdrawn.
IS_FIXED = {
    "framework": (
        "EXISTS (SELECT 1 FROM hallmarks_version version"
        " WHERE version.framework_id = OLD.id AND version.status <> 'draft')"
    ),
    "version": "OLD.status <> 'draft'",
    "section": f"({VERSION} WHERE version.id = OLD.version_id) <> 'draft'",
    "scale": f"({VERSION} WHERE version.id = OLD.version_id) <> 'draft'",
    "criterion": f"({VERSION} WHERE version.id = OLD.version_id) <> 'draft'",
    "level": f"({VERSION} JOIN hallmarks_scale scale ON scale.version_id = version.id"
    " WHERE scale.id = OLD.scale_id) <> 'draft'",
    "indicator": f"({VERSION} JOIN hallmarks_criterion criterion ON criterion.version_id = version.id"
    " WHERE criterion.id = OLD.criterion_id) <> 'draft'",
}
# A version may still be withdrawn, and the day on which it ends be set.
CONTENT = {"version": " OF id, framework_id, slug, title, in_force_from, source, sha256"}
# A file with another version of a framework says its title again.
DIFFERS = {
    "framework": " AND (NEW.id <> OLD.id OR NEW.slug <> OLD.slug"
    " OR NEW.title <> OLD.title OR NEW.publisher <> OLD.publisher)"
}


def _no_update(table: str) -> migrations.RunPython:
    return _fixed(table, "UPDATE" + CONTENT.get(table, ""), IS_FIXED[table] + DIFFERS.get(table, ""))


def _no_delete(table: str) -> migrations.RunPython:
    return _fixed(table, "DELETE", IS_FIXED[table])


def _fixed(table: str, event: str, when: str) -> migrations.RunPython:
    return refuse(
        f"hallmarks_{table}_no_{event.split(maxsplit=1)[0].lower()}",
        table=f"hallmarks_{table}",
        event=event,
        when=when,
        message=MESSAGE,
    )


class Migration(migrations.Migration):
    dependencies = [("hallmarks", "0001_initial"), ("audit", "0002_append_only")]

    operations = [
        *(_no_update(table) for table in IS_FIXED),
        *(_no_delete(table) for table in IS_FIXED),
        refuse(
            "hallmarks_version_no_way_back",
            table="hallmarks_version",
            event="UPDATE OF status",
            when="OLD.status <> 'draft' AND NEW.status = 'draft'",
            message=MESSAGE,
        ),
    ]
