"""The forms by which people keep what they found, and look through it."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from casestudies.forms.library import WORDS_LENGTH
from casestudies.forms.writing import LARGEST_REVISION, NO_NAMES
from casestudies.models import FOUND_LENGTH, Note
from casestudies.personal import Finding, findings
from casestudies.queries.notebook import KINDS, Asked
from casestudies.services.notebook import NoteWords
from govuk.fields import PlainLineField, PlainTextField
from govuk.forms import GovukForm
from govuk.layout import Button, Question, form_helper
from govuk.widgets import Radios
from partnerships.models import Partnership

FOUND, RESULT = _("What did you find?"), _("What came of it?")
TOO_LONG = _("{} must be 4,000 characters or fewer. You entered %(show_value)d.")
ONLY_ME, PARTNERSHIP = "me", "partnership"
AUDIENCES: Mapping[str, Any] = {
    PARTNERSHIP: _("Everybody else sees only how many partnerships used it, and how many report success."),
    ONLY_ME: _("It counts nowhere."),
}


class NoteForm(GovukForm):
    """What somebody found; where it may tell of a person, a box to tick appears with what was found."""

    revision = forms.IntegerField(min_value=1, max_value=LARGEST_REVISION, widget=forms.HiddenInput)
    partnership = forms.ChoiceField(
        label=_("For which partnership?"),
        widget=Radios(),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Select the partnership for which you keep the note")
        ),
    )
    found = PlainTextField(
        label=FOUND,
        max_length=FOUND_LENGTH,
        rows=6,
        help_text=format_lazy(
            "{} {}", _("What is worth knowing here, so that nobody has to look for it again."), NO_NAMES
        ),
        error_messages={
            "required": _("Enter what you found"),
            "max_length": format_lazy(TOO_LONG, _("What you found")),
        },
    )
    usefulness = forms.ChoiceField(
        label=_("How useful is it?"),
        choices=Note.Usefulness.choices,
        widget=Radios(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Select how useful it is")),
    )
    tried = forms.ChoiceField(
        label=_("Did you try it?"),
        choices=Note.Tried.choices,
        initial=Note.Tried.NO,
        widget=Radios(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Select whether you tried it")),
    )
    result = PlainTextField(
        label=RESULT,
        required=False,
        max_length=FOUND_LENGTH,
        rows=4,
        help_text=format_lazy("{} {}", _("If you tried it: what changed, and how you know."), NO_NAMES),
        error_messages={"max_length": format_lazy(TOO_LONG, _("What came of it"))},
    )
    audience = forms.ChoiceField(
        label=_("Who may read it?"),
        choices=[(PARTNERSHIP, _("Members of my partnership")), (ONLY_ME, _("Only me"))],
        initial=PARTNERSHIP,
        widget=Radios(hints=AUDIENCES),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Select who may read it")),
    )
    is_checked = forms.BooleanField(
        label=_("I have looked at this, and it tells of no victim or offender"), required=False
    )
    submit_text = _("Save")

    def __init__(self, places: Sequence[Partnership], *args: Any, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partnership"].choices = [(place.slug, place.name) for place in places]  # type: ignore[attr-defined]
        if is_new:
            del self.fields["revision"]
        if not is_new or len(places) < 2:
            del self.fields["partnership"]
        self.to_check: Sequence[Finding] = ()

    @cached_property
    def helper(self) -> FormHelper:
        """Every question; the box to tick only where there is something to look at."""
        shown = [Question(name, size="s") for name in self.fields if name != "is_checked" or self.to_check]
        helper = form_helper(*shown, Button(self.submit_text))
        # The page's script warns whoever leaves with words that are not saved; a form shown again holds such words.
        helper.attrs["data-warn"] = "unsaved" if self.is_bound else "changed"
        return helper

    def clean(self) -> dict[str, Any]:
        """The answers, once whatever may tell of a person was looked at."""
        cleaned = super().clean() or {}
        texts = [(name, cleaned.get(name, "")) for name in ("found", "result")]
        self.to_check = findings(texts, year=timezone.localdate().year)
        if self.to_check and not cleaned.get("is_checked"):
            self.add_error("is_checked", self._what_to_check())
        return cleaned

    @property
    def words(self) -> NoteWords:
        """The note as cleaned."""
        said = self.cleaned_data
        return NoteWords(
            found=said["found"],
            usefulness=said["usefulness"],
            tried=said["tried"],
            result=said["result"],
            is_private=said["audience"] == ONLY_ME,
        )

    @classmethod
    def initial_of(cls, note: Note) -> dict[str, Any]:
        """Return what the form of a note shows first."""
        return {
            "revision": note.revision,
            "found": note.found,
            "usefulness": note.usefulness,
            "tried": note.tried,
            "result": note.result,
            "audience": ONLY_ME if note.is_private else PARTNERSHIP,
        }

    def stamp_anew(self, revision: int) -> None:
        """Make the form, shown again with the writer's own words, save over those that are now on the page."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["revision"] = str(revision)
        self.data = data

    def _what_to_check(self) -> str:
        found = ", ".join(f"“{one.words}” ({str(one.label).lower()})" for one in self.to_check[:5])
        return _now("Check this: {found}. Take it out, or tick the box if it tells of no victim or offender.").format(
            found=found
        )


class NotebookForm(GovukForm):
    """What of the notebook to show; sent by address."""

    words = PlainLineField(label=_("Words"), required=False, max_length=WORDS_LENGTH)
    whose = forms.ChoiceField(
        label=_("Whose"),
        required=False,
        choices=[("", _("Mine and my partnership’s")), ("mine", _("Mine")), ("private", _("Mine, for me alone"))],
        error_messages={"invalid_choice": _("Select one from the list: “%(value)s” is not on it")},
    )
    kind = forms.ChoiceField(
        label=_("About"),
        required=False,
        choices=[("", _("Everything")), *KINDS.items()],
        error_messages={"invalid_choice": _("Select one from the list: “%(value)s” is not on it")},
    )
    tried = forms.ChoiceField(
        label=_("Tried"),
        required=False,
        choices=[("", _("All")), *Note.Tried.choices],
        error_messages={"invalid_choice": _("Select one from the list: “%(value)s” is not on it")},
    )

    @property
    def asked(self) -> Asked:
        """What was asked for; what could not be understood asks for nothing."""
        self.is_valid()
        return Asked(**{name: self.cleaned_data.get(name, "") for name in self.fields})
