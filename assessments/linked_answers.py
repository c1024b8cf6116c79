"""What a partnership said elsewhere of much the same: its newest answers to linked criteria of other sets."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from accounts.prepared import Prepared
from assessments.models import Assessment, Evidence, Rating
from casestudies.models import CaseStudy
from hallmarks.crosswalk_table import SAME
from hallmarks.marks import Label, does_not_apply
from hallmarks.models import CrosswalkLink, Version
from hallmarks.outline import Question, outline_by_id
from hallmarks.templatetags.levels import label_on

FRAMEWORK, LINEAGE = "criterion__version__framework", "criterion__lineage"


@dataclass(frozen=True)
class Said:
    """One answer as it was given, with its round and its set, and what is said of the link."""

    rating: int
    level: int | None
    does_not_apply: bool
    reason: str
    round: str
    round_name: str
    opens_on: datetime.date
    code: str
    lineage: str
    version: int
    version_title: str
    framework: str
    strength: str
    note: str


@dataclass
class LinkedAnswer:
    """One answer of the partnership's own to a criterion that asks for much the same in another set."""

    said: Said
    asked: Question
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def name(self) -> str:
        """How an address names it: the line of sets and the lineage, of which there is one answer at most."""
        return f"{self.said.framework}/{self.said.lineage}"

    @property
    def is_same(self) -> bool:
        """Whether much the same was asked, and not only part of it."""
        return self.said.strength == SAME

    @property
    def label(self) -> Label | None:
        """How its level is shown, on the scale of its own time; None where none was chosen."""
        if self.said.does_not_apply:
            return does_not_apply()
        level = self.asked.level_by_id(self.said.level)
        return label_on(level, self.asked) if level else None

    def usable(self, there: Iterable[Evidence] = ()) -> list[Evidence]:
        """Return the pieces that may be used as well, without those that are there already."""
        known = {content_of(piece) for piece in there}
        return [piece for piece in self.evidence if may_be_used(piece) and content_of(piece) not in known]


def linked_answers(assessment: Assessment, question: Question) -> list[LinkedAnswer]:
    """Return the newest answer to each linked criterion, much the same first, without its evidence; one query.

    What nobody has confirmed is the answer of an earlier round, and what is asked no more has no page to lead to.
    """
    criterion = question.criterion
    here = {"version": criterion.version_id, "lineage": criterion.lineage}
    found: dict[str, LinkedAnswer] = {}
    for row in _SAID.rows(partnership=assessment.partnership_id, **here):
        said = Said(*row)
        asked = _as_asked(assessment, said)
        if asked is not None:
            answer = LinkedAnswer(said, asked)
            found.setdefault(answer.name, answer)
    return sorted(found.values(), key=lambda answer: not answer.is_same)


def answer_named(assessment: Assessment, question: Question, name: str) -> LinkedAnswer | None:
    """Return one linked answer by its name, without its evidence, or None."""
    return next((answer for answer in linked_answers(assessment, question) if answer.name == name), None)


def with_evidence(rating: Rating | None, answers: Sequence[LinkedAnswer]) -> list[Evidence]:
    """Return the evidence of a page's own rating, and give the linked answers theirs; one query for all."""
    own = rating.pk if rating else None
    ratings = [answer.said.rating for answer in answers] + ([own] if own else [])
    pieces: dict[int, list[Evidence]] = {}
    if ratings:
        for piece in Evidence.objects.filter(rating__in=ratings).select_related("case_study__partnership"):
            pieces.setdefault(piece.rating_id, []).append(piece)
    for answer in answers:
        answer.evidence = pieces.get(answer.said.rating, [])
    return pieces.get(own, []) if own else []


def content_of(piece: Evidence) -> tuple[str, str, int | None]:
    """Return what makes two pieces of evidence the same, however they are called."""
    return piece.sha256, piece.link, piece.case_study_id


def may_be_used(piece: Evidence) -> bool:
    """Say whether a piece may be attached anew: a case study that was retired stays only where it stands."""
    return piece.case_study is None or piece.case_study.status != CaseStudy.Status.RETIRED


def _as_asked(assessment: Assessment, said: Said) -> Question | None:
    """Return the question of an answer, if its round asks it of the partnership."""
    outline = outline_by_id(said.version).applying_to(assessment.partnership, said.opens_on)
    place = outline.place_of(said.code)
    return None if place is None else outline.questions[place]


def _query(partnership: int, version: int, lineage: str) -> QuerySet[Any, Any]:
    """Return the partnership's answers to criteria linked with this one, the newest first, as `Said` holds them."""
    here = Version.objects.filter(pk=version).order_by().values("framework")
    links = CrosswalkLink.objects.order_by()
    forth, back = Q(left__in=here, left_lineage=lineage), Q(right__in=here, right_lineage=lineage)
    link = links.filter(
        (forth & Q(right=OuterRef(FRAMEWORK), right_lineage=OuterRef(LINEAGE)))
        | (back & Q(left=OuterRef(FRAMEWORK), left_lineage=OuterRef(LINEAGE)))
    )
    # First by what needs no look at each row: most answers have nothing to do with the criterion.
    linked = Q(**{f"{LINEAGE}__in": links.filter(forth).values("right_lineage")}) | Q(
        **{f"{LINEAGE}__in": links.filter(back).values("left_lineage")}
    )
    found = (
        Rating.objects.filter(linked, _is_said(), is_confirmed=True, assessment__partnership=partnership)
        # What stands at a criterion that its round asks no more is shown as an answer without a home.
        .filter(assessment__round__version=F("criterion__version"))
        .annotate(strength=Subquery(link.values("strength")[:1]), note=Subquery(link.values("note")[:1]))
        .exclude(strength=None)
        .order_by("-assessment__round__opens_on", "-updated_at")
    )
    in_round = [f"assessment__round__{name}" for name in ("slug", "name", "opens_on")]
    of_set = [f"criterion__{name}" for name in ("code", "lineage", "version_id", "version__title")]
    given = ("pk", "level_id", "does_not_apply", "reason")
    return found.values_list(*given, *in_round, *of_set, f"{FRAMEWORK}__slug", "strength", "note")


def _is_said() -> Q:
    """Whether there is anything in an answer at all."""
    attached = Q(Exists(Evidence.objects.filter(rating=OuterRef("pk"))))
    return Q(level__isnull=False) | Q(does_not_apply=True) | ~Q(reason="") | attached


_SAID = Prepared(_query, number=["partnership", "version"], text=["lineage"])
