"""What a member says of one criterion before the group meets."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.forms import LevelRow
from assessments.models import COMMENT_LENGTH, View
from casestudies.fields import PlainTextField
from hallmarks.models import Level
from hallmarks.outline import Question


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

    def clean_level(self) -> Level:
        """Return the level chosen; ask for one, and refuse what a browser never sends."""
        sent = self.data.getlist("level") if hasattr(self.data, "getlist") else []
        if len(sent) > 1:
            raise forms.ValidationError(_("Select one level, not two"))
        chosen = str(self.cleaned_data["level"])
        level = self.question.level(chosen)
        if level:
            return level
        if chosen:
            words = _("Select a level from the list: “%(value)s” is not one of them")
            raise forms.ValidationError(words, params={"value": chosen})
        place = {"section": self.question.section.title, "number": self.question.criterion.number}
        raise forms.ValidationError(_("Select the level that you see for %(section)s %(number)s"), params=place)

    def level_rows(self) -> list[LevelRow]:
        """The radios, lowest level first; the first has the id that errors link to."""
        chosen = self["level"].value()
        return [
            LevelRow(level.slug, f"id_level_{place}" if place else "id_level", level.slug == chosen, level)
            for place, level in enumerate(self.question.levels)
        ]

    @property
    def level_chosen(self) -> Level | None:
        """The level as it was sent, also while something else is wrong."""
        return self.question.level(str(self["level"].value() or ""))


def initial_of(view: View | None, question: Question) -> dict[str, str]:
    """Return a view as the form shows it."""
    level = question.level_by_id(view.level_id) if view else None
    return {"level": level.slug, "comment": view.comment} if view and level else {}
