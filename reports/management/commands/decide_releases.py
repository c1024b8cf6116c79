"""`manage.py decide_releases`: work out what partnerships may see of closed rounds, before the first of them looks."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments.models import Round
from reports.releasing import released


class Command(BaseCommand):
    """Decides each closed round once; again it is harmless and quick."""

    help = "Work out what partnerships may see of each round that has closed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Decide and name each round."""
        now = timezone.now()
        for round_ in Round.objects.order_by("opens_on"):
            if released(round_, now) is not None:
                self.stdout.write(f"{round_}: decided")
