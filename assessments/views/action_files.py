"""Improvement actions as files for spreadsheets."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from assessments import action_access
from assessments.action_files import actions_table
from assessments.action_list import Filters, grouped
from assessments.models import LONDON, ImprovementAction
from govuk import downloads


@require_safe
def actions(request: SignedInRequest, partnership: str, form: str) -> HttpResponse:
    """Give the list that the address chooses, in its order."""
    desk = action_access.actions_to_read(request.user, partnership)
    found = list(ImprovementAction.objects.of(desk.partnership).listed())
    filters = Filters.read(request.GET, {action.owner.name for action in found})
    today = request.arrived_at.astimezone(LONDON).date()
    table = actions_table(desk.partnership, grouped(found, filters), today)
    return downloads.table_file(form, _("Improvement actions"), table, "actions", partnership, filters.show)
