"""Partnerships that let themselves be asked, and what they were asked."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

from casestudies.models.stories import CaseStudy, CaseStudyVersion
from hallmarks.models import Criterion
from partnerships.models import Partnership

QUESTION_LENGTH = 2_000


class HelpOfferQuerySet(models.QuerySet["HelpOffer"]):
    """Questions asked of offers."""

    def current(self) -> "HelpOfferQuerySet":
        """Leave out what was withdrawn or changed since."""
        return self.filter(withdrawn_at=None)


class HelpOffer(models.Model):
    """A partnership's agreement to be named as a helper, with the role mailbox that takes questions."""

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="help_offers", verbose_name=_("partnership")
    )
    role = models.CharField(_("whom to ask"), max_length=120)
    mailbox = models.EmailField(_("role mailbox"))
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("offered by")
    )
    offered_at = models.DateTimeField(_("offered"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = HelpOfferQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership"], condition=Q(withdrawn_at=None), name="one_current_help_offer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.partnership}, {self.role}"


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    """Questions asked of enquiries."""

    def between(self, partnership: Partnership) -> "EnquiryQuerySet":
        """Return what a partnership asked and was asked, the newest first."""
        return self.filter(Q(asker=partnership) | Q(helper=partnership)).order_by("-asked_at", "-pk")

    def since(self, moment: datetime.datetime) -> "EnquiryQuerySet":
        """Return what was asked at or after a moment."""
        return self.filter(asked_at__gte=moment)

    def with_subject(self) -> "EnquiryQuerySet":
        """Fetch both partnerships and what it is about; a case study is called what it was last published as."""
        newest = CaseStudyVersion.objects.filter(case_study=OuterRef("case_study")).order_by("-number")
        title = Subquery(newest.annotate(said=KT("document__title")).values("said")[:1])
        rows = self.select_related("asker", "helper", "criterion__section", "case_study__partnership")
        return rows.annotate(study_title=title)


class Enquiry(models.Model):
    """What one partnership asked another about a criterion or a case study; both see it, and mail takes it."""

    asker = models.ForeignKey(
        Partnership, models.PROTECT, related_name="enquiries_sent", verbose_name=_("asking partnership")
    )
    helper = models.ForeignKey(
        Partnership, models.PROTECT, related_name="enquiries_received", verbose_name=_("helping partnership")
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="enquiries", verbose_name=_("criterion"), null=True, blank=True
    )
    case_study = models.ForeignKey(
        CaseStudy, models.PROTECT, related_name="enquiries", verbose_name=_("case study"), null=True, blank=True
    )
    text = models.TextField(_("question"), max_length=QUESTION_LENGTH)
    mailbox = models.EmailField(_("sent to"))
    reply_to = models.EmailField(_("answer to"))
    save_id = models.UUIDField(_("save"), unique=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = _("enquiries")

    def __str__(self) -> str:
        return f"{self.asker}: {self.helper}"
