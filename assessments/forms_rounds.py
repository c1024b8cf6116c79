"""Forms with which administrators open rounds and change their calendar; the services judge what is asked."""

import datetime
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise, cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Extension, Round
from govuk.forms import Checkboxes, GovukDateField, GovukForm, LongTextField, Radios
from govuk.layout import Button, Question, form_helper
from hallmarks.models import Version
from partnerships.models import Partnership, PartnershipQuerySet, Region

ALL, CHOSEN = "all", "chosen"
SLUG_LENGTH = 50


def not_past(message: str | Promise) -> Callable[[datetime.date], None]:
    """Refuse a day that is over, so that a mistyped year is noticed before 376 drafts exist."""

    def refuse(day: datetime.date) -> None:
        if day < timezone.localdate():
            raise ValidationError(str(message), code="past")

    return refuse


def by_region(partnerships: Iterable[Partnership]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return choices under their regions; the partnerships come ordered by region, with it fetched."""
    return [
        (name, [(place.slug, place.name) for place in places])
        for name, places in groupby(partnerships, key=lambda place: place.region.name)
    ]


class CalendarForm(GovukForm):
    """The base of these forms: each question stands out, as they are several on a page."""

    @cached_property
    def helper(self) -> FormHelper:
        """Every question with a bold label, and one button."""
        return form_helper(*(Question(name, size="s") for name in self.fields), Button(self.submit_text))


class CriteriaField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Published criteria; those that are only announced say from which day they are in force."""

    def label_from_instance(self, obj: Version) -> str:
        """Return the title, with a warning for criteria whose day has not come."""
        if obj.in_force_from is None or not obj.is_announced_on(timezone.localdate()):
            return obj.title
        words = _("%(title)s (in force from %(day)s: a round that opens before that asks them early)")
        return words % {"title": obj.title, "day": date_format(obj.in_force_from, "j F Y")}


class RoundForm(CalendarForm):
    """A new round; what it returns are the arguments of `open_round`."""

    submit_text = gettext_lazy("Open the round")

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        help_text=gettext_lazy("For example, 2027 self-assessment. The round’s address is made from it."),
        error_messages={"required": gettext_lazy("Enter a name for the round")},
    )
    version = CriteriaField(
        Version.objects.published().select_related("framework"),
        label=gettext_lazy("Criteria"),
        empty_label=None,
        widget=Radios(),
        help_text=gettext_lazy("Only published criteria are listed. They cannot change while the round is open."),
        error_messages={
            "required": gettext_lazy("Select the criteria"),
            "invalid_choice": gettext_lazy("Select criteria from the list"),
        },
    )
    opens_on = GovukDateField(
        label=gettext_lazy("Opens on"),
        name=gettext_lazy("Opening day"),
        validators=[not_past(gettext_lazy("The opening day must be today or later"))],
        error_messages={"required": gettext_lazy("Enter the day the round opens")},
    )
    closes_on = GovukDateField(
        label=gettext_lazy("Closes on"),
        name=gettext_lazy("Closing day"),
        validators=[not_past(gettext_lazy("The closing day must be today or later"))],
        help_text=gettext_lazy("The round closes at the end of this day. You can move it later."),
        error_messages={"required": gettext_lazy("Enter the day the round closes")},
    )
    views_close_on = GovukDateField(
        label=gettext_lazy("Views close on (optional)"),
        name=gettext_lazy("Day on which views close"),
        required=False,
        validators=[not_past(gettext_lazy("The day on which views close must be today or later"))],
        help_text=gettext_lazy(
            "When this day is over, members see each other’s private views, and nobody can change them. "
            "Without a day, each partnership’s coordinator reveals them."
        ),
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("Who takes part"),
        choices=[
            (ALL, gettext_lazy("Every partnership")),
            (CHOSEN, gettext_lazy("Only the regions I tick below")),
        ],
        widget=Radios(),
        error_messages={"required": gettext_lazy("Select who takes part")},
    )
    regions = forms.MultipleChoiceField(
        label=gettext_lazy("Regions"),
        required=False,
        widget=Checkboxes(small=True),
        error_messages={"invalid_choice": gettext_lazy("Select regions from the list")},
    )
    previous = forms.ModelChoiceField(
        Round.objects.all(),
        to_field_name="slug",
        label=gettext_lazy("Round before"),
        required=False,
        empty_label=gettext_lazy("None"),
        help_text=gettext_lazy(
            "The round that partnerships will see their progress since. Its answers are copied for each partnership "
            "to confirm."
        ),
        error_messages={"invalid_choice": gettext_lazy("Select a round from the list")},
    )
    starts_empty = forms.BooleanField(
        label=gettext_lazy("Do not copy the answers of the round before"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._regions = {region.slug: region for region in Region.objects.all()}
        self.fields["regions"].choices = [(slug, str(region)) for slug, region in self._regions.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Return the arguments of `open_round`; the choice of regions must agree with itself."""
        answers = dict(self.cleaned_data)
        scope, ticked = answers.pop("scope", None), answers.get("regions", [])
        if scope == CHOSEN and not ticked and "regions" not in self.errors:
            self.add_error("regions", _("Select at least one region"))
        if scope == ALL and ticked:
            self.add_error("scope", _("You ticked regions. Select “Only the regions I tick below”, or untick them"))
        answers["regions"] = [self._regions[slug] for slug in ticked]
        answers["slug"] = slugify(answers.get("name", ""))[:SLUG_LENGTH].rstrip("-")
        return answers


class DeadlineForm(CalendarForm):
    """Another closing day; the next page says what it changes for whom."""

    closes_on = GovukDateField(
        label=gettext_lazy("New closing day"),
        name=gettext_lazy("Closing day"),
        help_text=gettext_lazy("The round closes at the end of this day, for everybody without an extension."),
        error_messages={"required": gettext_lazy("Enter the day the round closes")},
    )

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, initial={"closes_on": round_.closes_on}, **kwargs)
        self._now = round_.closes_on

    def clean_closes_on(self) -> datetime.date:
        """Refuse the day that it is already: whoever sends that has changed nothing yet."""
        day: datetime.date = self.cleaned_data["closes_on"]
        if day == self._now:
            raise ValidationError(_("The round closes on this day already. Enter another day"), code="same")
        return day


class ViewsDayForm(CalendarForm):
    """Another day on which views close."""

    submit_text = gettext_lazy("Set the day")

    views_close_on = GovukDateField(
        label=gettext_lazy("Day on which views close"),
        name=gettext_lazy("Day on which views close"),
        help_text=gettext_lazy("Members can give their views until the end of this day."),
        error_messages={"required": gettext_lazy("Enter the day on which views close")},
    )

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, initial={"views_close_on": round_.views_close_on}, **kwargs)


class PartnershipField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One partnership, listed under its region, named in the form by its slug."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Partnership.objects.none(),
            to_field_name="slug",
            label=gettext_lazy("Partnership"),
            help_text=gettext_lazy("Listed by region. Type the first letters of its name to find it."),
            error_messages={
                "required": gettext_lazy("Select a partnership"),
                "invalid_choice": gettext_lazy("Select a partnership from the list"),
            },
            **kwargs,
        )

    def offer(self, partnerships: PartnershipQuerySet) -> None:
        """Let these partnerships be chosen."""
        ordered = partnerships.select_related("police_force__region").order_by("police_force__region__name", "name")
        self.queryset = ordered
        self.choices = [("", _("Select a partnership")), *by_region(ordered)]


class ExtensionForm(CalendarForm):
    """More time for one partnership that has not submitted."""

    submit_text = gettext_lazy("Give more time")

    partnership = PartnershipField()
    until = GovukDateField(
        label=gettext_lazy("New closing day for this partnership"),
        name=gettext_lazy("New closing day"),
        help_text=gettext_lazy("It can answer and submit until the end of this day."),
        error_messages={"required": gettext_lazy("Enter the new closing day")},
    )
    reason = LongTextField(
        label=gettext_lazy("Reason"),
        rows=3,
        max_length=Extension._meta.get_field("reason").max_length,
        help_text=gettext_lazy("Do not include names or details of victims or offenders."),
        error_messages={"required": gettext_lazy("Enter the reason for giving more time")},
    )

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partnership"].offer(  # type: ignore[attr-defined]
            Partnership.objects.filter(assessments__round=round_, assessments__status__in=["draft", "returned"])
        )


class MissingPartnershipForm(CalendarForm):
    """A partnership that the round left out."""

    submit_text = gettext_lazy("Add to the round")

    partnership = PartnershipField()

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partnership"].offer(Partnership.objects.exclude(assessments__round=round_))  # type: ignore[attr-defined]
