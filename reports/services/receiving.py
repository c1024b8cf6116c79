"""Take in a submission of another portal: kept as it came, to be read; it is counted nowhere and joined to nothing."""

import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import RegionalPost
from assessments.documents import fingerprint
from assessments.models import Submission
from audit.services import record
from hallmarks.problems import Problem
from reports.models import ReceivedSubmission
from reports.receiving import Frozen
from reports.refusing import NotTakenIn
from reviews.services.states import role_of


class AlreadyTakenIn(NotTakenIn):
    """The region has this very submission."""


class OurOwn(NotTakenIn):
    """It was submitted on this portal, so it is read where it was submitted."""


@transaction.atomic
def take_in(*, frozen: Frozen, by: RegionalPost, arrived_at: datetime.datetime) -> ReceivedSubmission:
    """Keep a submission for the region of who took it in. Raises AlreadyTakenIn or OurOwn; then nothing is written."""
    sha256 = fingerprint(frozen.text)
    if Submission.objects.filter(sha256=sha256).exists():
        text = _("This was submitted on this portal. Read it in its region; nothing needs to be taken in.")
        raise OurOwn([Problem(_("the file"), text)])
    if frozen.document.portal.rstrip("/") == settings.SITE_URL.rstrip("/"):
        text = _("It names this portal (%(reference)s), but nothing that was submitted here reads so: it was changed.")
        raise OurOwn([Problem(_("the file"), text % {"reference": frozen.document.reference})])
    try:
        with transaction.atomic():
            received = ReceivedSubmission.objects.create(
                region=by.region, document=frozen.text, sha256=sha256, received_by=by.user, received_at=arrived_at
            )
    except IntegrityError:
        raise AlreadyTakenIn([Problem(_("the file"), _("It was taken in already. It is in the list."))]) from None
    record(
        kind="received_submission.taken_in",
        target=received,
        by=by.user,
        role=role_of(by),
        after={"region": by.region.slug, "reference": frozen.document.reference, "sha256": sha256},
    )
    return received
