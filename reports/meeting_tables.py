"""Tables for a partnership's own members alone: how it came to its answers, and what it does about them."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from reports.package import Field, Table

DECISIONS = "decisions"
Rows = Iterable[Sequence[object]]


def decisions(rows: Rows) -> Table:
    """Return the table of what meetings decided."""
    fields = [
        Field("edition", "string", _("The edition of the criteria")),
        Field("criterion", "string", _("The criterion's code in that edition"), holds=("Decision.rating",)),
        Field("decided_on", "date", _("The day of the meeting"), holds=("Decision.decided_on",)),
        Field("level", "string", _("The level agreed; empty without one"), False, holds=("Decision.level",)),
        Field("does_not_apply", "boolean", _("Whether it does not apply"), holds=("Decision.does_not_apply",)),
        Field("reason", "string", _("Why, in the meeting's words"), False, holds=("Decision.reason",)),
        Field("present", "string", _("The agencies that were there"), False, holds=("Decision.present",)),
        Field("dissent", "string", _("Who saw it otherwise, and how"), False, holds=("Decision.dissent",)),
    ]
    meaning = _("What meetings agreed, in their own words; the answer may have been changed since.")
    return Table(DECISIONS, _("Decisions"), meaning, fields, ["edition", "criterion"], rows)


def views(rows: Rows) -> Table:
    """Return the table of how agencies saw it, once members see that."""
    fields = [
        Field("criterion", "string", _("The criterion's code"), holds=("View.criterion", "View.assessment")),
        Field("agency", "string", _("The agency"), holds=("View.agency",)),
        Field("standpoint", "string", _("strategic or delivery"), holds=("View.standpoint",)),
        Field("lowest", "string", _("The level; where members were split, the lower one"), holds=("View.level",)),
        Field("highest", "string", _("The same level, or the higher one")),
    ]
    meaning = _("One voice an agency and standpoint, once views are shown to all members; empty before that.")
    return Table("views", _("Views"), meaning, fields, ["criterion", "agency", "standpoint"], rows)


def comments(rows: Rows) -> Table:
    """Return the table of what members wrote beside their views, once members see that."""
    fields = [
        Field("number", "integer", _("Which comment on this criterion it is")),
        Field("criterion", "string", _("The criterion's code")),
        Field("agency", "string", _("The agency")),
        Field("standpoint", "string", _("strategic or delivery")),
        Field("level", "string", _("The level beside it")),
        Field("comment", "string", _("What was written, without a name"), holds=("View.comment",)),
    ]
    meaning = _("What members wrote beside their views, once these are shown to all members; empty before that.")
    return Table("view_comments", _("Comments with views"), meaning, fields, ["criterion", "number"], rows)


def check(rows: Rows) -> Table:
    """Return the table of the front-line check itself."""
    fields = [
        Field("closes_on", "date", _("The last day of its link"), holds=("Survey.closes_on", "Survey.assessment")),
        Field(
            "closed_at",
            "datetime",
            _("When it was closed by hand or by submitting"),
            False,
            holds=("Survey.closed_at",),
        ),
        Field("most_answers", "integer", _("How many answers it takes"), holds=("Survey.max_answers",)),
        Field("answers", "integer", _("How many came; empty until it may be told"), False, holds=("Survey.answers",)),
    ]
    meaning = _("The anonymous check with the front line; numbers only once it is closed with five answers or more.")
    return Table("front_line_check", _("Front-line check"), meaning, fields, ["closes_on"], rows)


def counts(rows: Rows) -> Table:
    """Return the table of the sums of the front-line check, where they may be shown."""
    fields = [
        Field("criterion", "string", _("The criterion's code"), holds=("SurveyCount.criterion", "SurveyCount.survey")),
        Field("position", "integer", _("The level's place from the lowest, which is 0")),
        Field("level", "string", _("The level's name"), holds=("SurveyCount.level",)),
        Field("answers", "integer", _("How many chose it"), holds=("SurveyCount.number",)),
    ]
    meaning = _("How many chose each level; a criterion on which fewer than five gave a level is left out.")
    return Table("front_line", _("Front-line answers"), meaning, fields, ["criterion", "position"], rows)


def actions(rows: Rows) -> Table:
    """Return the table of improvement actions as they stand."""
    fields = [
        Field(
            *("partnership", "string", _("The partnership")),
            holds=("ImprovementAction.partnership",),
        ),
        Field("action", "string", _("How addresses name the action"), holds=("ImprovementAction.code",)),
        Field("raised_in", "string", _("The round that raised it"), holds=("ImprovementAction.raised_in",)),
        Field("criterion", "string", _("The criterion's code there"), holds=("ImprovementAction.criterion",)),
        Field("text", "string", _("What will be done"), holds=("ImprovementAction.text",)),
        Field("agency", "string", _("The agency that will do it"), holds=("ImprovementAction.owner",)),
        Field("due_on", "date", _("By when"), holds=("ImprovementAction.due_on",)),
        Field("state", "string", _("Open, done or dropped"), holds=("ImprovementAction.status",)),
        Field("closed_on", "date", _("When it was closed"), False, holds=("ImprovementAction.closed_on",)),
        Field("closing_reason", "string", _("Why it was"), False, holds=("ImprovementAction.closing_reason",)),
        Field("saves", "integer", _("How often it was saved"), holds=("ImprovementAction.revision",)),
    ]
    meaning = _("Actions that this round or an earlier one raised, as they stand on the day of this file.")
    return Table("actions", _("Improvement actions"), meaning, fields, ["action"], rows)


def notes(rows: Rows) -> Table:
    """Return the table of progress notes."""
    fields = [
        Field("action", "string", _("The action"), refers_to=("actions", "action"), holds=("ProgressNote.action",)),
        Field("number", "integer", _("Which note on it this is")),
        Field("written_at", "datetime", _("When it was written"), holds=("ProgressNote.written_at",)),
        Field("written_by", "string", _("The writer's role and agency"), holds=("ProgressNote.written_by",)),
        Field("text", "string", _("What was noted"), holds=("ProgressNote.text",)),
    ]
    return Table("notes", _("Progress notes"), _("How each action goes."), fields, ["action", "number"], rows)


def late(rows: Rows) -> Table:
    """Return the table of what arrived after the deadline and does not count."""
    fields = [
        Field("number", "integer", _("Which text it is, the first to arrive first")),
        Field("criterion", "string", _("The criterion's code"), holds=("LateDraft.criterion", "LateDraft.assessment")),
        Field("arrived_at", "datetime", _("When it arrived"), holds=("LateDraft.arrived_at",)),
        Field("level", "string", _("The level chosen"), False, holds=("LateDraft.level",)),
        Field("reason", "string", _("The reason typed"), False, holds=("LateDraft.reason",)),
        Field("signs", "string", _("Answers on signs, by number"), False, holds=("LateDraft.answers",)),
    ]
    meaning = _("What arrived after the deadline: kept, and never counted.")
    return Table("late", _("Arrived too late"), meaning, fields, ["number"], rows)
