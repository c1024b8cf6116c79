"""Views: private, over nobody's newer text, frozen once everybody has seen them."""

import datetime
import uuid
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Membership, Standpoint
from assessments import services
from assessments.models import Assessment, View, end_of_day
from audit.models import Event
from hallmarks.outline import Question
from tests.assessments.answering import question_of
from tests.people import Cast, Places, _agency, _member

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def give(assessment: Assessment, by: Membership, question: Question, level: int = 0, **changes: Any) -> View:
    values = {"comment": "", "revision": 0, "save_id": uuid.uuid4(), "arrived_at": NOW, **changes}
    return services.save_view(
        assessment=assessment, question=question, level=question.levels[level], by=by, **values
    )
