from django.db import migrations

from audit.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("assessments", "0004_returned_and_reviewed"), ("audit", "0002_append_only")]

    operations = [append_only("assessments_reviewedsubmission"), append_only("assessments_reviewedrating")]
