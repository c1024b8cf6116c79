"""Tables of what a Government Office says: to a partnership as it is told, to the office itself as it stands."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from reports.package import Field, Table

REVIEWS, LEVELS, QUESTIONS = "reviews", "review_levels", "questions"
RECOMMENDATIONS, SAMPLE = "recommendations", "sample"
Rows = Iterable[Sequence[object]]


def reviews(rows: Rows) -> Table:
    """Return the table of reviews."""
    fields = [
        *_place("Review.submission"),
        Field("government_office", "string", _("Whose review it is")),
        Field("state", "string", _("Open, returned or closed"), holds=("Review.status",)),
        Field("ended_at", "datetime", _("When it was closed or returned"), False, holds=("Review.ended_at",)),
        Field("summary", "string", _("What it says on the whole"), False, holds=("Review.summary",)),
        Field("return_reason", "string", _("Why it was sent back, if so"), False, holds=("Review.return_reason",)),
    ]
    meaning = _("A partnership is told of a review when it has ended.")
    return Table(REVIEWS, _("Reviews"), meaning, fields, ["submission"], rows)


def levels(rows: Rows) -> Table:
    """Return the table of the levels that the Government Office sees."""
    fields = [
        *_place("ReviewerRating.review"),
        Field(
            *("criterion", "string", _("The criterion's code")),
            holds=("ReviewerRating.criterion", "ReviewedRating.criterion", "ReviewedRating.reviewed"),
        ),
        Field("position", "integer", _("The level's place from the lowest, which is 0"), False),
        Field(
            *("level", "string", _("The level's name; empty without one"), False),
            holds=("ReviewerRating.level", "ReviewedRating.level"),
        ),
        Field("does_not_apply", "boolean", _("Whether it does not apply"), holds=("ReviewerRating.does_not_apply",)),
        Field(
            *("reason", "string", _("Why, in the office's words"), False),
            holds=("ReviewerRating.reason", "ReviewedRating.reason"),
        ),
        Field("changed_at", "datetime", _("When it was last saved"), False, holds=("ReviewerRating.updated_at",)),
    ]
    meaning = _("What the Government Office sees beside the partnership's own level.")
    return Table(LEVELS, _("Levels of the office"), meaning, fields, ["submission", "criterion"], rows)


def questions(rows: Rows) -> Table:
    """Return the table of questions with their replies."""
    fields = [
        *_place("Query.review"),
        Field("question", "string", _("How addresses name the question"), holds=("Query.code",)),
        Field("criterion", "string", _("What it is about; empty: the whole"), False, holds=("Query.criterion",)),
        Field("asked_at", "datetime", _("When it was asked"), holds=("Query.asked_at",)),
        Field("text", "string", _("The question"), holds=("Query.question",)),
        Field("reply", "string", _("The partnership's reply"), False, holds=("Query.reply",)),
        Field("replied_at", "datetime", _("When it replied"), False, holds=("Query.replied_at",)),
        Field("replied_by", "string", _("The role and agency that did"), False, holds=("Query.replied_by",)),
    ]
    return Table(QUESTIONS, _("Questions"), _("What was asked and not taken back."), fields, ["question"], rows)


def recommendations(rows: Rows) -> Table:
    """Return the table of recommendations, each with what was made of it."""
    fields = [
        *_place("Recommendation.review"),
        Field("recommendation", "string", _("How addresses name it"), holds=("Recommendation.code",)),
        Field(
            "criterion", "string", _("What it is about; empty: the whole"), False, holds=("Recommendation.criterion",)
        ),
        Field("made_at", "datetime", _("When it was made"), holds=("Recommendation.made_at",)),
        Field("text", "string", _("What it recommends"), holds=("Recommendation.text",)),
        Field("action", "string", _("What the partnership does about it"), False, holds=("Recommendation.action",)),
        Field("agency", "string", _("The agency that does it"), False),
        Field("due_on", "date", _("By when"), False),
        Field("state", "string", _("Where that stands on the day of this file"), False),
        Field("closed_on", "date", _("When it was closed"), False),
        Field("closing_reason", "string", _("Why it was"), False),
    ]
    meaning = _("What the Government Office recommends, and the improvement action that was made of it.")
    return Table(RECOMMENDATIONS, _("Recommendations"), meaning, fields, ["recommendation"], rows)


def sample(rows: Rows) -> Table:
    """Return the table of criteria drawn at random."""
    fields = [
        *_place("SampledCriterion.review"),
        Field("criterion", "string", _("The criterion's code"), holds=("SampledCriterion.criterion",)),
        Field("drawn_at", "datetime", _("When it was drawn"), holds=("SampledCriterion.drawn_at",)),
    ]
    meaning = _("Criteria drawn at random, for which evidence was to be shown.")
    return Table(SAMPLE, _("Sample"), meaning, fields, ["submission", "criterion"], rows)


def _place(holds: str) -> list[Field]:
    return [
        Field("partnership", "string", _("The partnership")),
        Field("submission", "string", _("The reference of the submission"), holds=(holds,)),
    ]
