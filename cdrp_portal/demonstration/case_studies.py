"""A few made-up case studies: a draft, published ones in several versions, agreed ones, and one that was retired."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership, RegionalPost, Role, User
from audit.services import record
from casestudies.article import document_of, working_article
from casestudies.models import CaseStudy, CaseStudyVersion, Endorsement, Tag
from casestudies.services import index
from cdrp_portal.demonstration.case_study_texts import CITED, CITED_BY, MARK, STORIES, Story
from cdrp_portal.demonstration.say import MADE, Teller
from hallmarks.models import Criterion, Version
from partnerships.models import Partnership, Region

__all__ = ["CITED", "CITED_BY", "MARK", "make_case_studies", "publish_made_up"]

TAGS = "case_study_tags"
# The newest version came out this long ago, each earlier one as long before the next.
NEWEST, BETWEEN, UNTIL_AGREED = (datetime.timedelta(days=days) for days in (70, 150, 21))


@dataclass(frozen=True)
class Past:
    """What is told of a published case study: what earlier versions said, and which one was agreed, and why."""

    earlier: tuple[Mapping[str, Any], ...] = ()
    agreed: Mapping[int, str] | None = None


@transaction.atomic
def make_case_studies(tell: Teller, version: Version) -> None:
    """Load the list of tags, and write the case studies that are not there."""
    tell.step(_("Writing case studies"))
    if not Tag.objects.exists():
        call_command("loaddata", TAGS, verbosity=0)
    made = [_make(story, version) for story in STORIES if not _of(story).exists()]
    if made:
        record(kind=MADE, target=made[0], by=None, after={"case_studies": len(made)})
    tell.note(_("%(count)s case studies") % {"count": len(STORIES)})


def publish_made_up(study: CaseStudy, past: Past) -> None:
    """Freeze a case study's versions, the newest as its row says, and let a reviewer of its region agree."""
    article = working_article(CaseStudy.objects.with_article().get(pk=study.pk))
    texts = [*(replace(article, **said) for said in past.earlier), article]
    at = timezone.now() - NEWEST - BETWEEN * (len(texts) - 1)
    by = _publisher(study)
    for number, text in enumerate(texts, 1):
        version = CaseStudyVersion.objects.create(
            case_study=study, number=number, document=document_of(text), published_by=by, published_at=at
        )
        if past.agreed and number in past.agreed:
            _agree(version, study.partnership.region, past.agreed[number])
        at += BETWEEN
    CaseStudy.objects.filter(pk=study.pk).update(updated_at=version.published_at)
    index(study)


def _agree(version: CaseStudyVersion, region: Region, reason: str) -> None:
    post = RegionalPost.objects.current().filter(region=region, can_review=True).order_by("pk").first()
    if post is not None:
        at = version.published_at + UNTIL_AGREED
        Endorsement.objects.create(
            version=version, region=region, agreed_by_id=post.user_id, agreed_at=at, reason=reason
        )


def _publisher(study: CaseStudy) -> User:
    seats = Membership.objects.current().filter(role=Role.COORDINATOR, agency__partnership=study.partnership)
    seat = seats.select_related("user").order_by("pk").first()
    return seat.user if seat else study.written_by


def _of(story: Story) -> QuerySet[CaseStudy]:
    return CaseStudy.objects.filter(partnership__slug=story.partnership, slug=story.slug)


def _make(story: Story, version: Version) -> CaseStudy:
    study = CaseStudy.objects.create(
        partnership=Partnership.objects.with_area().get(slug=story.partnership),
        slug=story.slug,
        status=story.status,
        is_public=story.is_public,
        retired_reason=story.retired_reason,
        written_by=User.objects.get(email=story.written_by),
        **story.words,
    )
    study.criteria.set(Criterion.objects.filter(version=version, code__in=story.criteria))
    study.tags.set(Tag.objects.filter(slug__in=story.tags))
    if not study.is_draft:
        publish_made_up(study, Past(story.earlier, story.agreed))
    return study
