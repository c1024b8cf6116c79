"""What a member says of one criterion before the group meets."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.forms import LevelRow
from assessments.models import COMMENT_LENGTH, View
from govuk.fields import PlainTextField
from hallmarks.models import Level
from hallmarks.outline import Question

# What the radio says of a criterion that a member cannot judge from where they work.
CANNOT_SAY = "cannot_say"


class ViewForm(forms.Form):
    """One member's view of one criterion; its page writes the rows by hand, so that a save costs little."""

    use_required_attribute = False
    level = forms.CharField(required=False)
    comment = PlainTextField(
        label=gettext_lazy("Why do you see it so? (optional)"),
        help_text=gettext_lazy("In a line or two. Do not include names or details of victims or offenders."),
        max_length=COMMENT_LENGTH,
        required=False,
        error_messages={
            "max_length": gettext_lazy("Comment must be 300 characters or fewer. You entered %(show_value)d.")
        },
    )

    def __init__(self, question: Question, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question

    def clean_level(self) -> Level | None:
        """Return the level chosen, None for “cannot say”; ask for one, and refuse what a browser never sends."""
        sent = self.data.getlist("level") if hasattr(self.data, "getlist") else []
        if len(sent) > 1:
            raise forms.ValidationError(_("Select one level, not two"))
        chosen = str(self.cleaned_data["level"])
        level = self.question.level(chosen)
        if level or chosen == CANNOT_SAY:
            return level
        if chosen:
            words = _("Select a level from the list: “%(value)s” is not one of them")
            raise forms.ValidationError(words, params={"value": chosen})
        place = {"section": self.question.section.title, "number": self.question.criterion.number}
        raise forms.ValidationError(_("Select the level that you see for %(section)s %(number)s"), params=place)

    def clean(self) -> dict[str, Any]:
        """Refuse a comment beside “cannot say”: it would be shown to nobody, and its writer might think it is."""
        cleaned = super().clean() or {}
        if self.cannot_say and cleaned.get("comment"):
            self.add_error("comment", _("Remove the comment or select a level: without a level nobody is shown it"))
        return cleaned

    def level_rows(self) -> list[LevelRow]:
        """The radios, lowest level first, then “cannot say”; the first has the id that errors link to."""
        chosen = self["level"].value()
        levels = [(level.slug, level) for level in self.question.levels]
        return [
            LevelRow(value, f"id_level_{place}" if place else "id_level", value == chosen, level)
            for place, (value, level) in enumerate([*levels, (CANNOT_SAY, None)])
        ]

    @property
    def cannot_say(self) -> bool:
        """Whether “cannot say” was sent, also while something else is wrong."""
        return bool(self["level"].value() == CANNOT_SAY)

    @property
    def level_chosen(self) -> Level | None:
        """The level as it was sent, also while something else is wrong."""
        return self.question.level(str(self["level"].value() or ""))


def initial_of(view: View | None, question: Question) -> dict[str, str]:
    """Return a view as the form shows it."""
    if view is None:
        return {}
    level = question.level_by_id(view.level_id)
    return {"level": level.slug if level else CANNOT_SAY, "comment": view.comment}
