from django.db import migrations

from audit.triggers import append_only

FROZEN = [
    "assessment_id",
    "number",
    "reference",
    "submitted_by_id",
    "submitted_at",
    "region_id",
    "police_force_id",
    "family_group_id",
    "document",
    "sha256",
    "previous_sha256",
    "levels",
]


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial"), ("audit", "0002_append_only")]

    operations = [
        append_only("assessments_submission", frozen=FROZEN),
        append_only("assessments_submittedrating"),
    ]
