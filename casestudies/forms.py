"""Forms for writing a case study, publishing it and adding files."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from casestudies.fields import UploadField
from casestudies.models import PART_LENGTH, SUMMARY_LENGTH, TITLE_LENGTH, CaseStudy
from casestudies.sara import STEPS, Step
from casestudies.services import Story
from govuk.fields import PlainLineField, PlainTextField
from govuk.forms import GovukForm
from govuk.layout import Button, ButtonGroup, Question, form_helper
from hallmarks.models import Criterion, Section, Version
from hallmarks.outline import outline_of

NO_NAMES = _("Do not include names or details of victims or offenders.")
LARGEST_REVISION = 2**31 - 1


@dataclass(frozen=True)
class Tick:
    """One criterion as a checkbox."""

    id: str
    value: str
    criterion: Criterion
    is_checked: bool


@dataclass(frozen=True)
class SetOfTicks:
    """The checkboxes of one criteria set, by section."""

    version: Version
    sections: Sequence[tuple[Section, Sequence[Tick]]]

    @property
    def chosen(self) -> int:
        """How many are ticked."""
        return sum(tick.is_checked for _section, ticks in self.sections for tick in ticks)


class CriteriaRows:
    """The criteria in the form's layout: a fold for each set, in it a group for each section."""

    def render(self, form: "StoryForm", context: Context, **kwargs: Any) -> SafeString:
        """The rows' markup."""
        return render_to_string("casestudies/_criteria.html", {"field": form["criteria"], "sets": form.sets})


class StoryForm(GovukForm):
    """The words of a case study and the criteria it speaks to."""

    title = PlainLineField(
        label=_("Title"),
        max_length=TITLE_LENGTH,
        help_text=_("Say what was done and where, such as “Fewer burglaries in shared houses”."),
        error_messages={
            "required": _("Enter a title"),
            "max_length": _("Title must be 150 characters or fewer. You entered %(show_value)d."),
        },
    )
    summary = PlainTextField(
        label=_("Summary"),
        max_length=SUMMARY_LENGTH,
        rows=5,
        help_text=_("The problem, what was done and what changed, in a few sentences."),
        error_messages={
            "required": _("Enter a summary"),
            "max_length": _("Summary must be 2,000 characters or fewer. You entered %(show_value)d."),
        },
    )
    criteria = forms.MultipleChoiceField(
        label=_("Criteria it speaks to"),
        required=False,
        error_messages={"invalid_choice": _("Select criteria from the list: “%(value)s” is not one of them")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for step in STEPS:
            self.fields[step.field] = _step_field(step)
        for name in ("summary", *(step.field for step in STEPS)):
            self.fields[name].help_text = f"{self.fields[name].help_text} {NO_NAMES}"
        self.order_fields(["title", "summary", *(step.field for step in STEPS), "criteria"])
        self._outlines = [(version, outline_of(version)) for version in _published()]
        self._offered = dict(self._every_criterion())
        self.fields["criteria"].choices = [(value, c.title) for value, c in self._offered.items()]  # type: ignore[attr-defined]

    @cached_property
    def helper(self) -> FormHelper:
        """Every field, the criteria as rows, and both ways to save."""
        words = ("title", "summary", *(step.field for step in STEPS))
        helper = form_helper(*(Question(name, size="m") for name in words), CriteriaRows(), *self._end())
        # The page's script warns whoever leaves with words that are not saved; a form shown again holds such words.
        helper.attrs["data-warn"] = "unsaved" if self.is_bound else "changed"
        return helper

    @property
    def story(self) -> Story:
        """The words as cleaned."""
        return Story(**{name: self.cleaned_data[name] for name in asdict(Story("", ""))})

    @property
    def chosen(self) -> list[Criterion]:
        """The criteria as cleaned."""
        return [self._offered[value] for value in self.cleaned_data["criteria"]]

    @property
    def sets(self) -> list[SetOfTicks]:
        """The checkboxes, a set for each published version."""
        ticked = set(self["criteria"].value() or ())
        ids = _ids(self["criteria"])
        return [
            SetOfTicks(
                version,
                [
                    (section, [_tick(next(ids), version, question.criterion, ticked) for question in questions])
                    for section, questions in outline.by_section()
                ],
            )
            for version, outline in self._outlines
        ]

    def _every_criterion(self) -> Iterator[tuple[str, Criterion]]:
        for version, outline in self._outlines:
            for question in outline.questions:
                yield _value(version, question.criterion), question.criterion

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
            "criteria": [_value(criterion.version, criterion) for criterion in criteria],
        }

    def stamp_anew(self, revision: int) -> None:
        """Make the form, shown again with the writer's own text, save over the colleague's that is now on the page."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["revision"] = str(revision)
        self.data = data

    def _end(self) -> list[Any]:
        return ["revision", *super()._end()]


class PublishForm(GovukForm):
    """The stamp of the text that the coordinator read."""

    revision = forms.IntegerField(min_value=1, max_value=LARGEST_REVISION, widget=forms.HiddenInput)
    submit_text = _("Publish")


class AttachmentForm(GovukForm):
    """One file to add."""

    file = UploadField(
        label=_("Add a file"),
        help_text=_(
            "PDF, PNG or JPEG, 10 MB at most. No names or details of victims or offenders, in pictures either. "
            "Where and with what a picture was taken is removed; a PDF is kept as it is."
        ),
    )
    submit_text = _("Add file")

    def __init__(self, *args: Any, used_bytes: int, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].used_bytes, self.fields["file"].count = used_bytes, count  # type: ignore[attr-defined]


def _step_field(step: Step) -> PlainTextField:
    return PlainTextField(
        label=step.title,
        required=False,
        max_length=PART_LENGTH,
        rows=8,
        help_text=f"{step.explanation} {step.prompt}",
        error_messages={"max_length": step.too_long},
    )


def _published() -> Iterable[Version]:
    return Version.objects.published().select_related("framework").order_by("framework__title", "-pk")


def _value(version: Version, criterion: Criterion) -> str:
    return "/".join((*version.natural_key(), criterion.code))


def _tick(tick_id: str, version: Version, criterion: Criterion, ticked: set[str]) -> Tick:
    value = _value(version, criterion)
    return Tick(tick_id, value, criterion, value in ticked)


def _ids(field: BoundField) -> Iterator[str]:
    """Yield the ids of the checkboxes; the first is the field's own, so that an error can lead to it."""
    yield field.auto_id
    number = 2
    while True:
        yield f"{field.auto_id}-{number}"
        number += 1
