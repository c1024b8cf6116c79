"""The form in which a case study is written: its parts under headings, all of them on one page."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casestudies import parts
from casestudies.forms.criteria import CriteriaForm, CriteriaRows, value_of
from casestudies.laid_out import COSTS_TITLE, EFFECT_TITLE, GUIDE_TITLE
from casestudies.models import ANSWER_LENGTH, PART_LENGTH, SUMMARY_LENGTH, TITLE_LENGTH, CaseStudy, Tag
from casestudies.parts import Part
from casestudies.sara import STEPS, Step
from casestudies.services import Story
from govuk.fields import PlainLineField, PlainTextField
from govuk.forms import GovukForm
from govuk.layout import Button, ButtonGroup, Question, form_helper
from govuk.widgets import Checkboxes, Radios
from hallmarks.models import Criterion
from partnerships.models import Partnership

NO_NAMES = _("Do not include names or details of victims or offenders.")
LARGEST_REVISION = 2**31 - 1
FIRST_YEAR = 1980


class Chapter(LayoutObject):  # type: ignore[misc]
    """Questions under a heading that the list at the top of the form leads to."""

    template = "casestudies/_chapter.html"

    def __init__(self, name: str, title: Promise, *fields: Any, hint: str | Promise = "") -> None:
        self.name, self.title, self.fields, self.hint = name, title, list(fields), hint

    def render(
        self, form: forms.BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> SafeString:
        """The heading and all under it."""
        inside = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return render_to_string(self.template, {"chapter": self, "fields": inside})


class Contents:
    """The list at the top of the form, so that nobody has to scroll to the part they came for."""

    def __init__(self, chapters: Sequence[Chapter]) -> None:
        self.chapters = chapters

    def render(self, form: forms.BaseForm, context: Context, **kwargs: Any) -> SafeString:
        """The list's markup."""
        return render_to_string("casestudies/_chapters.html", {"chapters": self.chapters})


class StoryForm(GovukForm, CriteriaForm):
    """The words of a case study, its tags and the criteria it speaks to; a draft needs a title and a summary only."""

    title = PlainLineField(
        label=parts.TITLE,
        max_length=TITLE_LENGTH,
        help_text=_("Say what was done and where, such as “Fewer burglaries in shared houses”."),
        error_messages={
            "required": _("Enter a title"),
            "max_length": _("Title must be 150 characters or fewer. You entered %(show_value)d."),
        },
    )
    summary = PlainTextField(
        label=parts.SUMMARY,
        max_length=SUMMARY_LENGTH,
        rows=5,
        help_text=_("The problem, what was done and what changed, in a few sentences."),
        error_messages={
            "required": _("Enter a summary"),
            "max_length": _("Summary must be 2,000 characters or fewer. You entered %(show_value)d."),
        },
    )
    effect = forms.ChoiceField(
        label=parts.LABELS["effect"],
        required=False,
        choices=CaseStudy.Effect.choices,
        initial=CaseStudy.Effect.NONE,
        help_text=_("How well it is known what the work achieved. An honest “not measured” helps others too."),
        widget=Radios(hints=parts.EFFECTS),
    )
    place_type = forms.ChoiceField(
        label=parts.LABELS["place_type"],
        required=False,
        choices=[("", _("Not said")), *CaseStudy.PlaceType.choices],
    )
    tags = forms.MultipleChoiceField(
        label=parts.TAGS,
        required=False,
        help_text=_("Kinds of problem and kinds of response. Choose the few that fit best."),
        widget=Checkboxes(small=True),
        error_messages={"invalid_choice": _("Select tags from the list: “%(value)s” is not one of them")},
    )
    criteria = forms.MultipleChoiceField(
        label=parts.CRITERIA,
        required=False,
        error_messages={"invalid_choice": _("Select criteria from the list: “%(value)s” is not one of them")},
    )
    contact_role = PlainLineField(
        label=parts.CONTACT,
        required=False,
        max_length=120,
        help_text=_("A role, never a person’s name, such as “Burglary reduction officer”."),
    )
    contact_mailbox = forms.EmailField(
        label=parts.MAILBOX,
        required=False,
        max_length=254,
        help_text=_("An address that goes with the role and stays when people leave, never a person’s own."),
        error_messages={
            "invalid": _("Role mailbox must be an email address in the correct format, like name@example.com")
        },
    )

    def __init__(self, *args: Any, place: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        self.fields["summary"].help_text = format_lazy("{} {}", self.fields["summary"].help_text, NO_NAMES)
        self.fields |= {step.field: _step_field(step) for step in STEPS}
        self.fields |= {part.field: _answer_field(part) for part in ANSWERS}
        self.fields |= {name: _year_field(name) for name in ("from_year", "to_year")}
        self.fields["to_year"].help_text = _("Leave it blank if the work goes on.")
        self.order_fields(list(parts.LABELS))
        self.tags_offered = {tag.slug: tag for tag in Tag.objects.offered(self.initial.get("tags", ()))}
        self.fields["tags"].choices = [(slug, tag.name) for slug, tag in self.tags_offered.items()]  # type: ignore[attr-defined]
        self.fields["criteria"].choices = [(value, c.title) for value, c in self.offered.items()]  # type: ignore[attr-defined]

    @cached_property
    def helper(self) -> FormHelper:
        """Every field under its heading, the criteria as rows, and both ways to save."""
        helper = form_helper(Contents(CHAPTERS), *CHAPTERS, *self._end())
        # The page's script warns whoever leaves with words that are not saved; a form shown again holds such words.
        helper.attrs["data-warn"] = "unsaved" if self.is_bound else "changed"
        return helper

    def clean(self) -> dict[str, Any]:
        """The answers, once the years are in order; nothing chosen under “effect” is “not measured”."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_year"), cleaned.get("to_year")
        if first and last and last < first:
            self.add_error("to_year", _("Last year must be the same as the first year, or after it"))
        cleaned["effect"] = cleaned.get("effect") or CaseStudy.Effect.NONE.value
        return cleaned

    @property
    def story(self) -> Story:
        """The words as cleaned."""
        return Story(**{name: self.cleaned_data[name] for name in asdict(Story("", ""))})

    @property
    def chosen(self) -> list[Criterion]:
        """The criteria as cleaned."""
        return [self.offered[value] for value in self.cleaned_data["criteria"]]

    @property
    def chosen_tags(self) -> list[Tag]:
        """The tags as cleaned."""
        return [self.tags_offered[slug] for slug in self.cleaned_data["tags"]]

    def _end(self) -> list[Any]:
        later = Button(_("Save and come back later"), name="then", value="later", variant="secondary")
        return [ButtonGroup(Button(_("Save and continue")), later)]


class EditForm(StoryForm):
    """The words of a case study that exists, stamped with the revision its writer read."""

    revision = forms.IntegerField(min_value=1, max_value=LARGEST_REVISION, widget=forms.HiddenInput)

    @classmethod
    def initial_of(cls, case_study: CaseStudy) -> dict[str, Any]:
        """Return what the form shows first."""
        criteria = case_study.criteria.select_related("version__framework")
        return asdict(Story.of(case_study)) | {
            "revision": case_study.revision,
            "criteria": [value_of(criterion.version, criterion) for criterion in criteria],
            "tags": [tag.slug for tag in case_study.tags.all()],
        }

    def stamp_anew(self, revision: int) -> None:
        """Make the form, shown again with the writer's own text, save over the colleague's that is now on the page."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["revision"] = str(revision)
        self.data = data

    def _end(self) -> list[Any]:
        return ["revision", *super()._end()]


ANSWERS = (*parts.GUIDE, *parts.COSTS, parts.EFFECT_WORDS)


def _small(*names: str) -> list[Question]:
    return [Question(name, size="s") for name in names]


CHAPTERS = (
    Chapter("short", _("In short"), *_small("title", "summary")),
    Chapter("happened", _("What happened"), *_small(*(step.field for step in STEPS))),
    Chapter(
        "guide",
        GUIDE_TITLE,
        *_small(*(part.field for part in parts.GUIDE)),
        hint=_("What somebody needs to know who has the same problem, and little time."),
    ),
    Chapter("costs", COSTS_TITLE, *_small(*(part.field for part in parts.COSTS))),
    Chapter("effects", EFFECT_TITLE, *_small("effect", "effect_words")),
    Chapter("where", _("When and where"), *_small("from_year", "to_year", "place_type")),
    Chapter("found", _("How others find it"), Question("tags", size="s", group_class="app-columns"), CriteriaRows()),
    Chapter("ask", _("Contact"), *_small("contact_role", "contact_mailbox")),
)


def _step_field(step: Step) -> PlainTextField:
    return PlainTextField(
        label=step.title,
        required=False,
        max_length=PART_LENGTH,
        rows=8,
        help_text=format_lazy("{} {} {}", step.explanation, step.prompt, NO_NAMES),
        error_messages={"max_length": step.too_long},
    )


def _answer_field(part: Part) -> PlainTextField:
    return PlainTextField(
        label=part.title,
        required=False,
        max_length=ANSWER_LENGTH,
        rows=4,
        help_text=format_lazy("{} {}", part.prompt, NO_NAMES),
        error_messages={
            "max_length": format_lazy(
                _("{} must be 2,000 characters or fewer. You entered %(show_value)d."), part.title
            )
        },
    )


def _year_field(name: str) -> forms.IntegerField:
    label = parts.LABELS[name]
    between = format_lazy(_("{} must be a year from 1980 to this year, in four digits"), label)
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=FIRST_YEAR,
        max_value=_this_year,
        widget=forms.NumberInput({"class": "govuk-input--width-4"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), between),
    )


def _this_year() -> int:
    return timezone.localdate().year
