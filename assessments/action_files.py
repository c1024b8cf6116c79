"""Improvement actions as rows for a file."""

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext as _

from assessments.action_list import Group
from assessments.models import ImprovementAction
from partnerships.models import Partnership


def actions_table(partnership: Partnership, groups: Iterable[Group], today: datetime.date) -> list[list[object]]:
    """Return actions as their page lists them, under their headings."""
    heading: list[object] = [
        *(_("Partnership"), _("What will be done"), _("Agency"), _("By when"), _("State"), _("Overdue")),
        *(_("Closed on"), _("Reason"), _("Raised in"), _("Code"), _("Criterion")),
    ]
    return [heading, *([partnership.name, *_cells(one, today)] for group in groups for one in group.actions)]


def _cells(action: ImprovementAction, today: datetime.date) -> list[object]:
    return [
        *(action.text, action.owner.name, action.due_on, action.get_status_display()),
        _("Yes") if action.is_overdue(today) else _("No"),
        *(action.closed_on or "", action.closing_reason, action.raised_in.round.name),
        *(action.criterion.code, action.criterion.title),
    ]
