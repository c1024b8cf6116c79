"""The open round's answers that were carried forward, and a few that an officer emptied to write them anew."""

import datetime
from collections.abc import Mapping

from django.db.models import Max

from accounts.models import User
from assessments import services
from assessments.models import Evidence, IndicatorAnswer, Rating, Round
from cdrp_portal.demonstration import shape
from cdrp_portal.demonstration.answers import Writer
from cdrp_portal.demonstration.clock import as_of

# How many answers of last year somebody has emptied by now, where people may sign in.
EMPTIED = {"amber-valley": 5}


def carry(round_: Round, at: datetime.datetime, *, writers: Mapping[int, Writer], by: User) -> None:
    """Copy what partnerships have not rated yet from the round before, as of the round's opening (`at`)."""
    with as_of(at):
        services.carry_forward(round_=round_, by=by)
    for slug, number in EMPTIED.items():
        _empty(round_, slug, number, writers)


def _empty(round_: Round, slug: str, number: int, writers: Mapping[int, Writer]) -> None:
    """Take everything out of some carried answers of a partnership, as its officer does where none of it holds."""
    mine = Rating.objects.filter(assessment__round=round_, assessment__partnership__slug=slug)
    carried = list(mine.filter(is_confirmed=False).select_related("assessment"))
    emptied = shape.seeded("emptied", slug).sample(carried, min(number, len(carried)))
    last = mine.filter(is_confirmed=True).aggregate(last=Max("updated_at"))["last"]
    IndicatorAnswer.objects.filter(rating__in=emptied).delete()
    Evidence.objects.filter(rating__in=emptied).delete()
    for rating in emptied:
        writer = writers[rating.assessment.partnership_id]
        Rating.objects.filter(pk=rating.pk).update(
            level=None,
            does_not_apply=False,
            reason="",
            is_confirmed=True,
            revision=rating.revision + 1,
            updated_by=writer.user,
            updated_by_agency=writer.agency,
            updated_at=last,
        )
