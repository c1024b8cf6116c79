"""Tables of answers, as they stand or as they were submitted; `submission` is empty where they stand so now."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from reports.package import Field, Table

ANSWERS, SIGNS, EVIDENCE = "answers", "sign_answers", "evidence"
MOVEMENT, SPREAD, PLANNED, SUBMISSIONS = "movement", "spread", "planned_actions", "submissions"
Rows = Iterable[Sequence[object]]
KEY = ("partnership", "submission", "edition", "criterion")


def answers(rows: Rows) -> Table:
    """Return the table of levels with their reasons."""
    fields = [
        *_place("Rating"),
        Field("position", "integer", _("The level's place from the lowest, which is 0; empty without a level"), False),
        Field("level", "string", _("The level's name; empty without a level"), False, holds=("Rating.level",)),
        Field("does_not_apply", "boolean", _("Whether it is said not to apply"), holds=("Rating.does_not_apply",)),
        Field("reason", "string", _("Why, in the partnership's words"), False, holds=("Rating.reason",)),
        Field(
            *("is_confirmed", "boolean", _("Whether it counts; not so what was carried forward and waits for a word")),
            holds=("Rating.is_confirmed",),
        ),
        Field("is_asked", "boolean", _("Whether the round asks it; not so what another edition left without a home")),
        Field("changed_at", "datetime", _("When it was last saved"), False, holds=("Rating.updated_at",)),
        Field("changed_for", "string", _("The agency for which it was"), False, holds=("Rating.updated_by_agency",)),
        Field("saves", "integer", _("How often it was saved"), False, holds=("Rating.revision",)),
    ]
    meaning = _("One row for each criterion that has an answer.")
    return Table(ANSWERS, _("Answers"), meaning, fields, KEY, rows)


def sign_answers(rows: Rows) -> Table:
    """Return the table of signs that were answered."""
    fields = [
        *_place("IndicatorAnswer.rating"),
        Field("number", "integer", _("The sign's number"), holds=("IndicatorAnswer.indicator",)),
        Field("answer", "string", _("yes, partly or no"), holds=("IndicatorAnswer.answer",)),
    ]
    meaning = _("Whether each sign is in place; what has no row was not answered.")
    return Table(SIGNS, _("Answers on signs"), meaning, fields, [*KEY, "number"], rows)


def evidence(rows: Rows) -> Table:
    """Return the table of what shows that an answer is true; the files themselves stay in the portal."""
    fields = [
        *_place("Evidence.rating"),
        Field("number", "integer", _("Which piece it is"), holds=("Evidence.number",)),
        Field("kind", "string", _("file, link or case_study")),
        Field("title", "string", _("What it is called"), holds=("Evidence.title",)),
        Field(
            *("address", "string", _("Its address: a file's in the portal, where one signs in to read it"), False),
            holds=("Evidence.link", "Evidence.case_study", "Evidence.file"),
        ),
        Field("media_type", "string", _("What kind of file it is"), False, holds=("Evidence.media_type",)),
        Field("size", "integer", _("The file's size in bytes"), False, holds=("Evidence.size",)),
        Field("sha256", "string", _("The SHA-256 of the file's bytes"), False, holds=("Evidence.sha256",)),
        Field("added_at", "datetime", _("When it was added"), False, holds=("Evidence.added_at",)),
    ]
    meaning = _("Each piece by name, kind, size and fingerprint; the files themselves stay in the portal.")
    return Table(EVIDENCE, _("Evidence"), meaning, fields, [*KEY, "number"], rows)


def movement(rows: Rows) -> Table:
    """Return the table of what a submission says of the answers before it."""
    fields = [
        *_place(),
        Field("round_before", "string", _("The round of the partnership's last answer")),
        Field("level_before", "string", _("The level then; empty where it did not apply"), False),
        Field("change", "string", _("higher, lower or same; empty where the two cannot be compared"), False),
        Field("is_reworded", "boolean", _("Whether the criterion asked in other words then")),
    ]
    meaning = _("What moved since the partnership's last answer, as each submission froze it.")
    return Table(MOVEMENT, _("What moved"), meaning, fields, KEY, rows)


def spread(rows: Rows) -> Table:
    """Return the table of how agencies saw a criterion, where the partnership chose to tell."""
    fields = [
        *_place(),
        Field("lowest", "string", _("The level; where an agency's members were split, the lower one")),
        Field("highest", "string", _("The same level, or the higher one")),
        Field("agencies", "integer", _("How many agencies saw it so")),
    ]
    meaning = _("How many agencies saw each level, where the partnership chose to tell it when it submitted.")
    return Table(SPREAD, _("How agencies saw it"), meaning, fields, [*KEY, "lowest", "highest"], rows)


def planned_actions(rows: Rows) -> Table:
    """Return the table of the actions that were open when a partnership submitted."""
    fields = [
        *_place()[:2],
        Field("number", "integer", _("Which action it is, the first to be due first")),
        Field("criterion", "string", _("The criterion's code; empty where this round does not ask it"), False),
        Field("text", "string", _("What will be done")),
        Field("agency", "string", _("The agency that will do it")),
        Field("due_on", "date", _("By when")),
        Field("state", "string", _("Where it stood on that day")),
    ]
    meaning = _("Improvement actions that were open when the partnership submitted, as they stood that day.")
    key = ["partnership", "submission", "number"]
    return Table(PLANNED, _("Actions as submitted"), meaning, fields, key, rows)


def submissions(rows: Rows) -> Table:
    """Return the table of what was sent, with the fingerprints that prove it unchanged."""
    fields = [
        Field("partnership", "string", _("The partnership"), holds=("Submission.assessment",)),
        Field("submission", "string", _("Its reference"), holds=("Submission.reference",)),
        Field("number", "integer", _("Which of this assessment's submissions it is"), holds=("Submission.number",)),
        Field("submitted_at", "datetime", _("When it was sent"), holds=("Submission.submitted_at",)),
        Field("is_current", "boolean", _("Whether it counts"), holds=("Submission.is_current",)),
        Field("withdrawn_at", "datetime", _("When it was taken back"), False, holds=("Submission.withdrawn_at",)),
        Field("region", "string", _("The region on that day"), holds=("Submission.region",)),
        Field("police_force", "string", _("The police force on that day"), holds=("Submission.police_force",)),
        Field("family_group", "string", _("The family group on that day"), False, holds=("Submission.family_group",)),
        Field("sha256", "string", _("SHA-256 of the submitted document"), holds=("Submission.sha256",)),
        Field("sha256_before", "string", _("That of the one before"), False, holds=("Submission.previous_sha256",)),
        Field(
            *("review_closed_at", "datetime", _("When its review was closed"), False),
            holds=("ReviewedSubmission.closed_at", "ReviewedSubmission.submission"),
        ),
        Field(
            *("review_sha256", "string", _("SHA-256 of the closed review's document"), False),
            holds=("ReviewedSubmission.sha256",),
        ),
        Field(
            *("reviewed_sha256", "string", _("That of the submission as the review names it"), False),
            holds=("ReviewedSubmission.submission_sha256",),
        ),
    ]
    meaning = _("What was sent and when. The documents themselves can be taken as JSON, byte for byte.")
    return Table(SUBMISSIONS, _("Submissions"), meaning, fields, ["submission"], rows)


def _place(owner: str = "") -> list[Field]:
    """Return the columns by which answers are found; `owner` is the model, or its way to the rating."""
    holds = {
        "Rating": (("Rating.assessment",), ("Rating.criterion",)),
        "IndicatorAnswer.rating": ((), ("IndicatorAnswer.rating",)),
        "Evidence.rating": ((), ("Evidence.rating",)),
    }.get(owner, ((), ()))
    return [
        Field("partnership", "string", _("The partnership"), holds=holds[0]),
        Field("submission", "string", _("The submission's reference; empty: as it stands now"), False),
        Field("edition", "string", _("The edition of the criteria")),
        Field("criterion", "string", _("The criterion's code in that edition"), holds=holds[1]),
    ]
