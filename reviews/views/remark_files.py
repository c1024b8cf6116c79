"""What the Government Office asked and recommends, as files for spreadsheets."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from govuk import downloads
from reviews import partnership_access, partnership_queries
from reviews.remark_files import remarks_table


@require_safe
def remarks(request: SignedInRequest, round: str, partnership: str, form: str) -> HttpResponse:
    """Give the partnership's questions and replies, and once a review has ended its recommendations."""
    assessment = partnership_access.review_to_read(request.user, round, partnership).assessment
    asked = partnership_queries.asked_in(assessment, {})
    table = remarks_table(assessment, asked, partnership_queries.recommended_in(assessment))
    return downloads.table_file(form, _("Questions"), table, "questions", partnership, round)
