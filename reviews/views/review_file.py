"""A review's criteria with both levels as files for spreadsheets."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from govuk import downloads
from reviews import access, review_files
from reviews.review_queries import work_of
from reviews.views.numbers import number_asked


@require_safe
def criteria(request: SignedInRequest, region: str, round: str, partnership: str, form: str) -> HttpResponse:
    """Give the criteria that the review's page shows; `?show=` and `?number=` choose as they do there."""
    desk = access.review_to_read(request.user, region, round, partnership, number_asked(request))
    table = review_files.criteria_table(work_of(desk.submission), request.GET.get("show", ""))
    return downloads.table_file(form, _("Review"), table, "review", partnership, round)
