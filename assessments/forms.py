"""What officers type: cleaned and checked here, saved by services."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import REASON_LENGTH, IndicatorAnswer, Rating
from assessments.services import Answer
from casestudies.fields import UploadField
from casestudies.models import CaseStudy
from govuk.fields import PlainLineField, PlainTextField
from govuk.forms import Checkboxes, GovukForm
from hallmarks.models import Level
from hallmarks.outline import Question

DOES_NOT_APPLY = "does_not_apply"
LARGEST_REVISION = 2**31 - 1
ANSWERS = frozenset(IndicatorAnswer.Answer.values)


@dataclass(frozen=True)
class LevelRow:
    """One radio of the level question, with what its row on the page says."""

    value: str
    element_id: str
    is_chosen: bool
    level: Level | None


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator with its three radios: value, label, id, chosen."""

    number: int
    text: str
    name: str
    options: tuple[tuple[str, str, str, bool], ...]
    beside: str = ""


class RatingForm(forms.Form):
    """The answer to one criterion; an unfinished answer is welcome, and counts once it has a level.

    Its page writes the rows by hand, so it is a plain form: it is made at every save and must cost little.
    """

    use_required_attribute = False
    level = forms.CharField(required=False)
    reason = PlainTextField(
        label=gettext_lazy("Why this level?"),
        help_text=gettext_lazy(
            "What is done, by whom, and how you know. Do not include names or details of victims or offenders."
        ),
        max_length=REASON_LENGTH,
        required=False,
        error_messages={
            "max_length": gettext_lazy("Reason must be 2,000 characters or fewer. You entered %(show_value)d.")
        },
    )

    def __init__(self, question: Question, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        # What somebody else answered to a sign, in words, by the name of its radios.
        self.beside: dict[str, str] = {}

    def clean_level(self) -> str:
        """Refuse what is no level of this criterion, and two levels at once; a browser never sends them."""
        sent = self.data.getlist("level") if hasattr(self.data, "getlist") else []
        if len(sent) > 1:
            raise forms.ValidationError(_("Select one level for this criterion, not two"))
        chosen = str(self.cleaned_data["level"])
        if chosen not in {"", DOES_NOT_APPLY} and self.question.level(chosen) is None:
            words = _("Select a level for this criterion from the list: “%(value)s” is not one of them")
            raise forms.ValidationError(words, params={"value": chosen})
        return chosen

    def clean(self) -> dict[str, Any]:
        """Take the indicators, which are rows of a table and no fields."""
        cleaned = super().clean() or {}
        cleaned["indicators"] = dict(self._indicators())
        return cleaned

    def ask_for_the_rest(self) -> None:
        """Add an error for a level or a reason that is missing; for an answer that is saved as far as it goes."""
        section, number = self.question.section, self.question.criterion.number
        answer = self.answer
        if not answer.level and not answer.does_not_apply:
            words = _("Select a level for %(section)s %(number)s")
            self.add_error("level", words % {"section": section.title, "number": number})
        if not answer.reason:
            does_not_apply = _("Enter why this criterion does not apply to you")
            self.add_error("reason", does_not_apply if answer.does_not_apply else _("Enter the reason for this level"))

    def _indicators(self) -> Iterator[tuple[int, str]]:
        for sign in self.question.indicators:
            chosen = self.data.get(f"indicator_{sign.number}", "")
            if chosen in ANSWERS:
                yield sign.number, chosen
            elif chosen:
                self.add_error(None, _("Select yes, partly or no for sign %(number)s") % {"number": sign.number})

    @property
    def answer(self) -> Answer:
        """The cleaned answer; while the form has errors, its sound parts."""
        data = self.cleaned_data
        return Answer(
            level=self.question.level(data.get("level", "")),
            does_not_apply=data.get("level") == DOES_NOT_APPLY,
            reason=data.get("reason", ""),
            indicators=data.get("indicators", {}),
        )

    def level_rows(self) -> list[LevelRow]:
        """The level question's radios, lowest first, then “does not apply”; the first has the id errors link to."""
        chosen = self["level"].value()
        levels = [(level.slug, level) for level in self.question.levels]
        return [
            LevelRow(value, f"id_level_{place}" if place else "id_level", value == chosen, level)
            for place, (value, level) in enumerate([*levels, (DOES_NOT_APPLY, None)])
        ]

    def indicator_rows(self) -> list[IndicatorRow]:
        """The indicators' three-part controls."""
        return [self._indicator_row(sign.number, sign.text) for sign in self.question.indicators]

    def _indicator_row(self, number: int, text: str) -> IndicatorRow:
        name = f"indicator_{number}"
        chosen = (self.data if self.is_bound else self.initial).get(name)
        return IndicatorRow(
            number,
            text,
            name,
            tuple(
                (value, str(label), f"id_{name}_{place}" if place else f"id_{name}", value == chosen)
                for place, (value, label) in enumerate(IndicatorAnswer.Answer.choices)
            ),
            self.beside.get(name, ""),
        )


@dataclass(frozen=True)
class Stamp:
    """What travels to the browser and back so that no save overwrites another."""

    revision: int
    save_id: uuid.UUID
    after_save_id: uuid.UUID | None = None

    @classmethod
    def fresh(cls, revision: int) -> "Stamp":
        """Return the stamp of a page just read at this revision."""
        return cls(revision, uuid.uuid4())

    @classmethod
    def read(cls, data: Any) -> "Stamp":
        """Return the stamp that a form sent; one that no page of ours can have sent is a bad request."""
        try:
            revision = int(data["revision"])
            stamp = cls(revision, uuid.UUID(data["save_id"]), _maybe_uuid(data.get("after_save_id")))
        except (KeyError, ValueError):
            raise BadRequest("The form's revision or save_id is missing or malformed.") from None
        if not 0 <= revision <= LARGEST_REVISION or not data["revision"].isascii():
            raise BadRequest("The form's revision is out of range.")
        return stamp


def _maybe_uuid(text: str | None) -> uuid.UUID | None:
    return uuid.UUID(text) if text else None


def initial_of(rating: Rating | None, question: Question, answers: dict[int, str]) -> dict[str, Any]:
    """Return a rating as the form shows it; `answers` maps an indicator's key to its answer."""
    numbers = {sign.pk: sign.number for sign in question.indicators}
    signs = {f"indicator_{numbers[key]}": answer for key, answer in answers.items() if key in numbers}
    if rating is None:
        return signs
    level = question.level_by_id(rating.level_id)
    chosen = DOES_NOT_APPLY if rating.does_not_apply else (level.slug if level else "")
    return {"level": chosen, "reason": rating.reason, **signs}


class WebAddressField(forms.URLField):
    """A web address that is too long, or else is none: one message, where Django has two."""

    def run_validators(self, value: Any) -> None:
        """Measure the address first, and look at its parts only if it fits."""
        if self.max_length is not None and len(value) > self.max_length:
            params = {"limit_value": self.max_length, "show_value": len(value)}
            raise forms.ValidationError(self.error_messages["max_length"], "max_length", params)
        super().run_validators(value)


class LinkForm(GovukForm):
    """A web address as evidence."""

    title = PlainLineField(
        label=gettext_lazy("What is it?"),
        help_text=gettext_lazy("For example, “Minutes of the strategy group, March 2027”."),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter what the web address shows")},
    )
    link = WebAddressField(
        label=gettext_lazy("Web address"),
        help_text=gettext_lazy("It starts with https:// or http://"),
        max_length=1000,
        assume_scheme="https",
        error_messages={
            "required": gettext_lazy("Enter a web address"),
            "invalid": gettext_lazy("Enter a web address that starts with https:// or http://"),
        },
    )
    submit_text = gettext_lazy("Add web address")

    def clean_link(self) -> str:
        """Let only web addresses through: not javascript:, data: or ftp:."""
        link = str(self.cleaned_data["link"])
        if not link.lower().startswith(("https://", "http://")):
            raise forms.ValidationError(self.fields["link"].error_messages["invalid"])
        return link


class FileForm(GovukForm):
    """A file as evidence; what is in it is checked by casestudies.uploads."""

    title = PlainLineField(
        label=gettext_lazy("What is it?"),
        help_text=gettext_lazy(
            "For example, “Attendance by agency, 2026”. Do not include names of victims or offenders."
        ),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter what the file shows")},
    )
    file = UploadField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "PDF, DOCX, XLSX, ODT, PNG or JPEG, 10 MB at most. Who wrote a DOCX, XLSX or ODT is removed; "
            "comments, tracked changes and hidden sheets stay in it."
        ),
    )
    submit_text = gettext_lazy("Add file")

    def __init__(self, *args: Any, used_bytes: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].used_bytes = used_bytes  # type: ignore[attr-defined]


class CaseStudyField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A list of case studies that says which are drafts."""

    def label_from_instance(self, obj: CaseStudy) -> str:
        """The title as the partnership may read it, and whether it is a draft, which a reviewer cannot open."""
        title: str = vars(obj)["shown_title"]
        return _("%(title)s (draft)") % {"title": title} if obj.is_draft else title


class CaseStudyForm(GovukForm):
    """A case study as evidence, chosen from those the partnership may cite."""

    case_study = CaseStudyField(
        CaseStudy.objects.none(),
        label=gettext_lazy("Case study"),
        help_text=gettext_lazy("A draft must be published before you submit, or nobody else can read it."),
        empty_label=gettext_lazy("Choose one"),
        error_messages={
            "required": gettext_lazy("Choose a case study"),
            "invalid_choice": gettext_lazy("Choose a case study from the list"),
        },
    )
    submit_text = gettext_lazy("Cite case study")

    def __init__(self, citable: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case_study"].queryset = citable  # type: ignore[attr-defined]


class DeclarationForm(GovukForm):
    """What a coordinator declares when submitting."""

    agreed_by = forms.MultipleChoiceField(
        label=gettext_lazy("Which agencies agreed these ratings?"),
        help_text=gettext_lazy("Their names go on the report."),
        widget=Checkboxes,
        error_messages={"required": gettext_lazy("Select the agencies that agreed these ratings")},
    )
    declaration = forms.BooleanField(
        label=gettext_lazy(
            "The partnership agreed these ratings, they are true as far as we know, "
            "and they name no victim or offender."
        ),
        error_messages={"required": gettext_lazy("Confirm that the partnership agreed these ratings")},
    )
    with_spread = forms.BooleanField(
        label=gettext_lazy("Show in the report how our agencies saw each criterion (optional)"),
        help_text=gettext_lazy(
            "The report tells how many agencies chose each level. No agency and no person is named."
        ),
        required=False,
    )
    submit_text = gettext_lazy("Submit to the Government Office")

    def __init__(self, agencies: list[str], *args: Any, has_views: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_views:
            del self.fields["with_spread"]
        self.fields["agreed_by"].choices = [(name, name) for name in agencies]  # type: ignore[attr-defined]
