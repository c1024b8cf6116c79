"""`manage.py forget_traces`: delete what outlived its use, where no later visitor has done it in passing."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments import services


class Command(BaseCommand):
    """Keeps what the privacy notice says; to be run every hour."""

    help = "Delete scrambled addresses of front-line answers and open pages whose time is over. Run it every hour."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete, and say nothing: a count would tell when people answered."""
        services.forget_traces(at=timezone.now())
