"""What the audit trail says of an assessment, in sentences: who changed what from what to what, and when."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from govuk.moments import moment_in_words

# A page saves itself while somebody types; what they saved without a longer pause is told as one change.
PAUSE = datetime.timedelta(minutes=30)
SAVED = "rating.saved"
# How the role of somebody begins who acts for a Government Office.
REVIEWER = "Reviewer, "


@dataclass(frozen=True)
class Mark:
    """That something happened, without what: enough to count and to leaf through."""

    pk: int
    at: datetime.datetime
    kind: str
    actor_id: int | None
    role: str
    target_id: str


@dataclass(frozen=True)
class Sitting:
    """The marks that are told as one: mostly a single one, or the saves of somebody who went on typing."""

    first: Mark
    last: Mark


@dataclass(frozen=True)
class Act:
    """What a sitting did: what stood before it and what after; `subject` names what it is about.

    `signs` are the criterion's, in words by number; `confirms` says that it let count what was carried forward.
    """

    kind: str
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    subject: str = ""
    levels: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, str] = field(default_factory=dict)
    confirms: bool = False


@dataclass(frozen=True)
class Told:
    """An act in words: what somebody did, `facts` to see at once, and behind it both reasons and lines of detail."""

    what: str
    old_reason: str = ""
    new_reason: str = ""
    notes: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()

    @property
    def has_more(self) -> bool:
        """Whether there is more than the sentence."""
        return bool(self.old_reason or self.new_reason or self.notes)

    def sentence(self, who: str, at: datetime.datetime) -> str:
        """Return such as “Pat Officer (Fire) changed the reason, on 29 October 2026, 8:40am”."""
        return _("%(who)s %(what)s, on %(at)s") % {"who": who, "what": self.what, "at": moment_in_words(at)}


def sittings(marks: Iterable[Mark]) -> list[Sitting]:
    """Take together what is told as one; oldest first in, newest first out."""
    found: list[list[Mark]] = []
    for mark in marks:
        if found and _goes_on(found[-1][-1], mark):
            found[-1].append(mark)
        else:
            found.append([mark])
    return [Sitting(group[0], group[-1]) for group in reversed(found)]


def _goes_on(mark: Mark, following: Mark) -> bool:
    same = all(
        (one.kind, one.actor_id, one.role, one.target_id) == (SAVED, mark.actor_id, mark.role, mark.target_id)
        for one in (mark, following)
    )
    return same and following.at - mark.at <= PAUSE


def agency_in(role: str) -> str:
    """Return the agency of an event's role, which is written as “Officer, Police force”."""
    return role.partition(", ")[2]


def who(name: str, role: str) -> str:
    """Return who acted: a member with the agency they spoke for; offices and administrators without a name."""
    agency = agency_in(role)
    if agency and role.startswith(REVIEWER):
        return _("The %(office)s") % {"office": agency}
    return f"{name} ({agency})" if name and agency else _("An administrator")


def told(act: Act) -> Told | None:
    """Return an act in words, or None for a kind that is not told."""
    teller = TELLERS.get(act.kind)
    return teller(act) if teller else None


def _and(parts: Iterable[str]) -> str:
    *head, last = [*parts] or [""]
    return _("%(first)s, and %(last)s") % {"first": ", ".join(head), "last": last} if head else last


def _changes(act: Act) -> str:
    """Return such as “changed the level from a to b, and the reason”; blank where the answer stayed as it was."""
    done: dict[str, list[str]] = {"changed": [], "entered": [], "removed": []}
    old, new = _choice(act, act.before), _choice(act, act.after)
    if old != new:
        from_to = _("the level from %(old)s to %(new)s") % {"old": old, "new": new}
        done[_verb(old, new)].append(from_to if old and new else _("the level %(name)s") % {"name": old or new})
    old, new = _text(act.before, "reason"), _text(act.after, "reason")
    if old != new:
        done[_verb(old, new)].append(_("the reason"))
    if signs := _signs(act):
        words = ngettext("the answer to %(n)d sign", "the answers to %(n)d signs", len(signs)) % {"n": len(signs)}
        done[_verb(any(was for _n, was, _is in signs), any(now for _n, _was, now in signs))].append(words)
    return _and(_with_verb(verb, parts) for verb, parts in done.items() if parts)


def _verb(old: object, new: object) -> str:
    return "changed" if old and new else "entered" if new else "removed"


def _with_verb(verb: str, parts: list[str]) -> str:
    what = {"what": _and(parts)}
    if verb == "changed":
        return _("changed %(what)s") % what
    return _("entered %(what)s") % what if verb == "entered" else _("removed %(what)s") % what


def _choice(act: Act, answer: Mapping[str, Any]) -> str:
    """Return the level's name, or that the criterion does not apply; blank where nothing is chosen."""
    slug = _text(answer, "level")
    return _("“does not apply”") if answer.get("does_not_apply") else act.levels.get(slug, slug)


def _text(facts: Mapping[str, Any], name: str) -> str:
    return str(facts.get(name) or "")


def _signs(act: Act) -> list[tuple[str, str, str]]:
    """Return the signs whose answer changed: number, answer before, answer after."""
    before, after = (facts.get("indicators") or {} for facts in (act.before, act.after))
    numbers = sorted({*before, *after}, key=int)
    return [(n, before.get(n, ""), after.get(n, "")) for n in numbers if before.get(n) != after.get(n)]


def _sign_in_words(act: Act, number: str, old: str, new: str) -> str:
    answers = {"": _("not answered"), "yes": _("yes"), "partly": _("partly"), "no": _("no")}
    facts = {"old": answers.get(old, old), "new": answers.get(new, new)}
    if number in act.signs:
        return _("“%(sign)s” from %(old)s to %(new)s") % {**facts, "sign": act.signs[number]}
    return _("Sign %(n)s: from %(old)s to %(new)s") % {**facts, "n": number}


def _answer(act: Act, what: str, *facts: str) -> Told:
    """Tell of an answer, with the reasons if the reason changed, and each sign that changed."""
    reasons = [_text(act.before, "reason"), _text(act.after, "reason")]
    old, new = reasons if reasons[0] != reasons[1] else ("", "")
    signs = tuple(_sign_in_words(act, *sign) for sign in _signs(act))
    return Told(what, old, new, signs, tuple(fact for fact in facts if fact))


def _saved(act: Act) -> Told:
    changes = _changes(act)
    if act.confirms and not changes:
        return _confirmed(act)
    return _answer(act, changes or _("saved the answer as it was"))


def _confirmed(act: Act) -> Told:
    words = _("confirmed the answer carried forward from the last round")
    return Told(words, new_reason=_text(act.after, "reason"))


def _decided(act: Act) -> Told:
    present, dissent = ", ".join(act.after.get("present") or []), _text(act.after, "dissent")
    as_it_was = _("confirmed the answer carried forward") if act.confirms else _("left the answer as it was")
    return _answer(
        act,
        _("recorded the meeting’s decision, which %(changes)s") % {"changes": _changes(act) or as_it_was},
        _("Present: %(agencies)s") % {"agencies": present} if present else "",
        _("Seen otherwise: %(dissent)s") % {"dissent": dissent} if dissent else "",
    )


def _evidence_added(act: Act) -> Told:
    return Told(_("added the evidence “%(title)s”") % {"title": _text(act.after, "title")})


def _evidence_removed(act: Act) -> Told:
    return Told(_("removed the evidence “%(title)s”") % {"title": _text(act.before, "title")})


def _revealed(act: Act) -> Told:
    return Told(_("revealed the views of all members to all members"))


def _action_raised(act: Act) -> Told:
    plan = {"text": _text(act.after, "text"), "owner": _text(act.after, "owner"), "day": _day(act.after, "due_on")}
    return Told(_("began the improvement action “%(text)s” for %(owner)s, by %(day)s") % plan)


def _action_changed(act: Act) -> Told:
    names = {"text": _("What"), "owner": _("Agency")}
    notes = [
        _("%(name)s: from “%(old)s” to “%(new)s”")
        % {"name": name, "old": _text(act.before, key), "new": _text(act.after, key)}
        for key, name in names.items()
        if act.before.get(key) != act.after.get(key)
    ]
    if act.before.get("due_on") != act.after.get("due_on"):
        days = {"old": _day(act.before, "due_on"), "new": _day(act.after, "due_on")}
        notes.append(_("By when: from %(old)s to %(new)s") % days)
    return Told(_("changed the improvement action “%(text)s”") % {"text": act.subject}, notes=tuple(notes))


def _action_noted(act: Act) -> Told:
    words = _("added to the progress of the improvement action “%(text)s”") % {"text": act.subject}
    return Told(words, notes=(_text(act.after, "text"),))


def _action_done(act: Act) -> Told:
    return _closed(act, _("marked the improvement action “%(text)s” as done"))


def _action_dropped(act: Act) -> Told:
    return _closed(act, _("dropped the improvement action “%(text)s”"))


def _action_reopened(act: Act) -> Told:
    return Told(_("opened the improvement action “%(text)s” again") % {"text": act.subject})


def _closed(act: Act, words: str) -> Told:
    reason = _text(act.after, "reason")
    return Told(words % {"text": act.subject}, notes=(reason,) if reason else ())


def _submitted(act: Act) -> Told:
    return Told(_("submitted the assessment, reference %(reference)s") % {"reference": _text(act.after, "reference")})


def _withdrawn(act: Act) -> Told:
    words = _("withdrew the submission %(reference)s, to mend it")
    return Told(words % {"reference": _text(act.after, "reference")})


def _returned(act: Act) -> Told:
    words = _("returned the assessment, to be edited and submitted again until %(day)s")
    return Told(words % {"day": _day(act.after, "until")}, notes=(_text(act.after, "reason"),))


def _asked(act: Act) -> Told:
    return Told(_("asked a question"), notes=(_text(act.after, "question"),))


def _took_question_back(_act: Act) -> Told:
    return Told(_("took a question back"))


def _replied(act: Act) -> Told:
    return Told(_("replied to a question"), notes=(_text(act.after, "reply"),))


def _review_closed(act: Act) -> Told:
    words = _("closed the review of the submission %(reference)s")
    if act.after.get("as_returned"):
        words = _("closed the review of the submission %(reference)s as returned, as no other was sent")
    return Told(words % {"reference": _text(act.after, "reference")})


def _late(act: Act) -> Told:
    words = _("sent an answer to %(criterion)s after the deadline, which is kept and does not count")
    return Told(words % {"criterion": act.subject}, new_reason=_text(act.after, "reason"))


def _extended(act: Act) -> Told:
    days = {"old": _day(act.before, "until"), "new": _day(act.after, "until")}
    if not days["old"]:
        words = _("gave the partnership until %(new)s") % days
    else:
        words = _("changed the day until which the partnership has time from %(old)s to %(new)s") % days
    return Told(words, notes=(_text(act.after, "reason"),))


def _deadline_moved(act: Act) -> Told:
    days = {"old": _day(act.before, "closes_on"), "new": _day(act.after, "closes_on")}
    return Told(_("moved the closing day of the round from %(old)s to %(new)s") % days)


def _views_day_moved(act: Act) -> Told:
    days = {"old": _day(act.before, "views_close_on"), "new": _day(act.after, "views_close_on")}
    if not days["old"]:
        return Told(_("set the day on which views close to %(new)s") % days)
    return Told(_("moved the day on which views close from %(old)s to %(new)s") % days)


def _survey_opened(act: Act) -> Told:
    words = {"day": _day(act.after, "closes_on"), "n": _text(act.after, "max_answers")}
    return Told(_("opened the front-line check until %(day)s, for %(n)s answers at most") % words)


def _survey_renewed(act: Act) -> Told:
    return Told(_("made a new link for the front-line check; the old one stopped working"))


def _survey_closed(act: Act) -> Told:
    return Told(_("closed the front-line check"))


def _opened(act: Act) -> Told:
    return Told(_("opened the round (it closes on %(day)s)") % {"day": _day(act.after, "closes_on")})


def _carried_forward(act: Act) -> Told:
    return Told(_("carried the answers of the last round forward, to confirm"))


def _criteria_moved(act: Act) -> Told:
    words = _("changed the criteria of the round to “%(title)s”, and took every answer along that has a place there")
    return Told(words % {"title": _text(act.after, "title")})


def _criteria_restored(act: Act) -> Told:
    words = _("put the criteria of the round back to “%(title)s”, with every answer as it was")
    return Told(words % {"title": _text(act.after, "title")})


def _joined(act: Act) -> Told:
    return Told(_("added the partnership to the round"))


def _day(facts: Mapping[str, Any], name: str) -> str:
    day = _text(facts, name)
    return date_format(datetime.date.fromisoformat(day), "j F Y") if day else ""


# What is told about both, because it changed what is asked.
OF_THE_CRITERIA: dict[str, Callable[[Act], Told]] = {
    "round.criteria_moved": _criteria_moved,
    "round.criteria_restored": _criteria_restored,
}
# What is told about one criterion, and about an assessment as a whole; that somebody gave a view is told nowhere.
OF_A_CRITERION: dict[str, Callable[[Act], Told]] = {
    SAVED: _saved,
    "rating.confirmed": _confirmed,
    "rating.decided": _decided,
    "evidence.added": _evidence_added,
    "evidence.removed": _evidence_removed,
    "views.revealed": _revealed,
    "round.carried_forward": _carried_forward,
    **OF_THE_CRITERIA,
    "action.raised": _action_raised,
    "action.changed": _action_changed,
    "action.noted": _action_noted,
    "action.done": _action_done,
    "action.dropped": _action_dropped,
    "action.reopened": _action_reopened,
}
OF_AN_ASSESSMENT: dict[str, Callable[[Act], Told]] = {
    "assessment.submitted": _submitted,
    "submission.withdrawn": _withdrawn,
    "review.asked": _asked,
    "review.question_withdrawn": _took_question_back,
    "review.replied": _replied,
    "review.returned": _returned,
    "review.closed": _review_closed,
    "views.revealed": _revealed,
    "rating.late": _late,
    "survey.opened": _survey_opened,
    "survey.link_renewed": _survey_renewed,
    "survey.closed": _survey_closed,
    "round.opened": _opened,
    "round.deadline_moved": _deadline_moved,
    "round.views_day_moved": _views_day_moved,
    "round.extended": _extended,
    "round.partnership_added": _joined,
    "round.carried_forward": _carried_forward,
    **OF_THE_CRITERIA,
}
TELLERS = OF_A_CRITERION | OF_AN_ASSESSMENT
