"""Who else has a page of an assessment open now, in words; nothing is locked by it."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Membership
from assessments.desks import Desk
from assessments.models import Assessment, Presence
from assessments.queries import questions_for


@dataclass(frozen=True)
class Here:
    """Somebody with a page open: a criterion's by its code, the task list by none."""

    name: str
    agency: str
    code: str = ""


@dataclass(frozen=True)
class Company:
    """What a page says of the others: who has this very page open, and who is in which section, by its code."""

    page: str = ""
    sections: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return it for the page's script."""
        return {"page": self.page, "sections": self.sections}


def who_is_here(
    assessment: Assessment, *, at: datetime.datetime, except_seat: Membership, code: str | None = None
) -> list[Here]:
    """Return everybody else with a page of the assessment open, or with one criterion's; one query."""
    present = Presence.objects.fresh(at).filter(assessment=assessment, member__ended_at=None)
    if code is not None:
        present = present.filter(code=code)
    others = present.exclude(member__user=except_seat.user_id).order_by("member__user__name", "pk")
    return [Here(*row) for row in others.values_list("member__user__name", "member__agency__name", "code")]


def beside_criterion(desk: Desk, code: str, at: datetime.datetime) -> Company:
    """Return who else has a criterion's page open; one query."""
    return Company(page_in_words(who_is_here(desk.assessment, at=at, except_seat=desk.seat, code=code)))


def beside_tasks(desk: Desk, at: datetime.datetime) -> Company:
    """Return who else has the task list open, and who is in which section; one query."""
    section_of = {asked.criterion.code: asked.section.code for asked in questions_for(desk.assessment).questions}
    found: dict[str, list[Here]] = defaultdict(list)
    for person in who_is_here(desk.assessment, at=at, except_seat=desk.seat):
        found[section_of.get(person.code, "")].append(person)
    return Company(page_in_words(found.pop("", [])), {code: section_in_words(who) for code, who in found.items()})


def page_in_words(people: Sequence[Here]) -> str:
    """Return such as “Tom Reid (Police force) has this page open”; blank where nobody has."""
    if not people:
        return ""
    who = listed(f"{person.name} ({person.agency})" for person in people)
    words = ngettext("%(who)s has this page open", "%(who)s have this page open", len(people))
    return words % {"who": who}


def section_in_words(people: Sequence[Here]) -> str:
    """Return such as “Tom Reid is here”; blank where nobody is."""
    if not people:
        return ""
    words = ngettext("%(who)s is here", "%(who)s are here", len(people))
    return words % {"who": listed(person.name for person in people)}


def listed(names: Iterable[str]) -> str:
    """Return names as a sentence has them: one, two, or the first and how many others."""
    first, *others = names
    if not others:
        return first
    if len(others) == 1:
        return _("%(first)s and %(second)s") % {"first": first, "second": others[0]}
    return _("%(first)s and %(n)d others") % {"first": first, "n": len(others)}
