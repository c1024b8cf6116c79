from django.db import migrations

from audit.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_stored_and_received"), ("audit", "0002_append_only")]

    operations = [append_only("reports_storedreport"), append_only("reports_receivedsubmission")]
