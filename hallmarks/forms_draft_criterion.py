"""The forms in which a criterion of a draft is written."""

import dataclasses
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from govuk.forms import GovukDateField
from govuk.layout import Fieldset, Question
from govuk.widgets import Radios
from hallmarks import editing, judging
from hallmarks.document import CriterionEntry, Document, ScaleEntry
from hallmarks.formats import making
from hallmarks.forms_drafts import DraftForm, Initial, Written, choice, needed
from hallmarks.models import Criterion
from hallmarks.reading import shown
from partnerships.models import Nation, Tier

# The fields of the form that are fields of an entry, under the same name.
OWN = (
    *("code", "title", "text", "kind", "is_key", "scale", "guidance", "official_text"),
    *("nation", "tier", "in_force_from", "in_force_to", "source", "confidence", "note"),
)
SURE = (
    ("", gettext_lazy("Not judged")),
    ("A", gettext_lazy("A: read in the source")),
    ("B", gettext_lazy("B: read in part, or in a published summary")),
    ("C", gettext_lazy("C: our own reading of the source")),
    ("D", gettext_lazy("D: text not found")),
)


class CriterionForm(DraftForm):
    """One criterion with all that belongs to it; its signs are lines of one text."""

    model = "criterion"

    code = Written(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Short, and only once in the set, such as LEAD.1."),
        width=10,
        **needed(gettext_lazy("Enter a code")),
    )
    title = Written(label=gettext_lazy("Title"), **needed(gettext_lazy("Enter a title")))
    text = Written(
        label=gettext_lazy("Statement"),
        help_text=gettext_lazy("What is asked, in plain words."),
        max_length=2000,
        rows=5,
        **needed(gettext_lazy("Enter the statement")),
    )
    indicators = Written(
        label=gettext_lazy("Signs to look for"),
        help_text=gettext_lazy("Each on a line of its own. They are numbered in this order."),
        rows=8,
    )
    kind = Written(
        label=gettext_lazy("Who asks for it?"),
        widget=Radios(
            choices=[
                (Criterion.Kind.PRACTICE.value, gettext_lazy("Good practice")),
                (Criterion.Kind.STATUTORY.value, gettext_lazy("The law")),
            ],
            inline=True,
            small=True,
        ),
        **needed(gettext_lazy("Select who asks for it")),
    )
    is_key = forms.BooleanField(label=gettext_lazy("One of the key criteria"), required=False)
    guidance = Written(label=gettext_lazy("What to show as evidence"), max_length=2000, rows=3)
    official_text = Written(
        label=gettext_lazy("Official wording"),
        help_text=gettext_lazy("The publisher’s own words, where the statement above says them more plainly."),
        max_length=4000,
        rows=4,
    )
    nation = choice(gettext_lazy("Nation"), [("", gettext_lazy("England and Wales")), *Nation.choices])
    tier = choice(gettext_lazy("Kind of area"), [("", gettext_lazy("All")), *Tier.choices])
    in_force_from = GovukDateField(
        label=gettext_lazy("Counts from"),
        name=gettext_lazy("Counts from"),
        help_text=gettext_lazy("Leave it blank if it counts as soon as the set does."),
        required=False,
    )
    in_force_to = GovukDateField(
        label=gettext_lazy("Counts until"),
        name=gettext_lazy("Counts until"),
        help_text=gettext_lazy("Its last day. Leave it blank if it has none."),
        required=False,
    )
    source = Written(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("The publication and the page."),
        **needed(gettext_lazy("Enter the source")),
    )
    confidence = choice(gettext_lazy("How sure is the source?"), SURE)
    note = Written(label=gettext_lazy("Note"), max_length=2000, rows=3)

    def __init__(self, document: Document, entry: CriterionEntry, *args: Any, **kwargs: Any) -> None:
        self.entry = entry
        super().__init__(document, *args, initial=self._initial(document, entry), **kwargs)
        sections = [(section.code, section.title) for section in document.sections]
        self.fields |= {
            "section": choice(_("Section"), sections),
            "scale": choice(_("Levels"), [(scale.slug, _names(scale)) for scale in document.scales]),
        }

    @classmethod
    def of(cls, document: Document, lineage: str, *sent: Any, **kwargs: Any) -> "CriterionForm":
        """Return the form of a criterion that is there."""
        return cls(document, editing.placed(document, lineage).criterion, *sent, **kwargs)

    @cached_property
    def helper(self) -> FormHelper:
        """The fields in four groups."""
        return self.laid_out(*self._first(), *REST)

    def initial_of(self, document: Document) -> Initial:
        """What the form shows of another state of the draft."""
        return self._initial(document, editing.placed(document, self.entry.lineage).criterion)

    def typed(self) -> Document:
        """The document with the criterion as it was typed."""
        return editing.change_criterion(self.document, self.entry.lineage, self.typed_entry(), self._section())

    def parts(self, typed: Document) -> set[judging.Part]:
        """The criterion alone."""
        return {("criterion", self.typed_entry().lineage)}

    def act(self) -> str:
        """What is done, in words for the list of acts."""
        return _("Changed %(code)s, “%(title)s”") % self._named()

    def field_of(self, fault: judging.Fault) -> str:
        """Signs are one field, and what is said of the criterion as a whole is about their number."""
        is_of_signs = fault.model == "indicator" or (fault.model == "criterion" and not fault.name)
        return "indicators" if is_of_signs else super().field_of(fault)

    def typed_entry(self) -> CriterionEntry:
        """The criterion as it was typed."""
        values = {name: self.said(name, getattr(self.entry, name)) for name in OWN}
        lines = [line for line in map(str.strip, self._lines()) if line]
        return dataclasses.replace(self.entry, **values, indicators=editing.signs_of(lines, self.entry.indicators))

    def clean(self) -> dict[str, Any]:
        """Only a section that there is can be chosen; the levels are judged with the rest."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "section" in self.fields and cleaned.get("section") not in {s.code for s in self.document.sections}:
            self.add_error("section", _("Select a section of this draft"))
        return cleaned

    def _section(self) -> str:
        return str(self.said("section", self.initial["section"]))

    def _lines(self) -> list[str]:
        return str(self.cleaned_data.get("indicators", "")).splitlines()

    def _named(self) -> dict[str, str]:
        entry = self.typed_entry()
        return {"code": entry.code, "title": shown(entry.title, 80)}

    def _first(self) -> tuple[Any, ...]:
        return (Fieldset(_("What it says"), "section", "code", "title", "text", "indicators", size="m", heading="h2"),)

    def _initial(self, document: Document, entry: CriterionEntry) -> Initial:
        shown_signs = "\n".join(editing.as_line(sign.text) for sign in entry.indicators)
        own = {name: getattr(entry, name) for name in OWN}
        return own | {"indicators": shown_signs, "section": self._section_of(document, entry)}

    def _section_of(self, document: Document, entry: CriterionEntry) -> str:
        return editing.placed(document, entry.lineage).section.code


class NewCriterionForm(CriterionForm):
    """A criterion that is not there yet; its lineage is given when it is saved, and never changes."""

    save_text = gettext_lazy("Add the criterion")

    def __init__(self, document: Document, section: str, used: set[str], *args: Any, **kwargs: Any) -> None:
        self._target, self._used = section, used
        super().__init__(document, blank_entry(document, self._code(document)), *args, **kwargs)

    def initial_of(self, document: Document) -> Initial:
        """What the form shows first; nothing of it is in the draft yet."""
        return {}

    def typed(self) -> Document:
        """The document with the new criterion at the end of its section."""
        return editing.add_criterion(self.document, self._section(), self.typed_entry())

    def typed_entry(self) -> CriterionEntry:
        """The criterion with a lineage that nothing else has or had."""
        entry = super().typed_entry()
        return dataclasses.replace(entry, lineage=editing.fresh_lineage(self.document, entry.code, self._used))

    def act(self) -> str:
        """What is done, in words for the list of acts."""
        return _("Added %(code)s, “%(title)s”") % self._named()

    def _code(self, document: Document) -> str:
        return editing.free_criterion_code(document, editing.section_of(document, self._target))

    def _section_of(self, document: Document, entry: CriterionEntry) -> str:
        return self._target


class NewSectionForm(NewCriterionForm):
    """A section, and the criterion that it begins with."""

    save_text = gettext_lazy("Add the section")

    section_title = Written(
        label=gettext_lazy("Title of the section"), **needed(gettext_lazy("Enter the title of the section"))
    )
    section_code = Written(
        label=gettext_lazy("Code of the section"),
        help_text=gettext_lazy("Leave it blank, and it is made from the title."),
        width=10,
    )

    def __init__(self, document: Document, used: set[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(document, "", used, *args, **kwargs)
        del self.fields["section"]
        code = self.fields["code"]
        code.is_needed = False  # type: ignore[attr-defined]
        code.help_text = _("Leave it blank, and it is made from the code of the section.")

    def typed(self) -> Document:
        """The document with the new section at its end."""
        return editing.add_section(self.document, self._new_code(), self.said("section_title"), self.typed_entry())

    def parts(self, typed: Document) -> set[judging.Part]:
        """The section and its criterion."""
        return {*super().parts(typed), ("section", str(len(typed.sections)))}

    def field_of(self, fault: judging.Fault) -> str:
        """Title and code of the section have names of their own here."""
        if fault.model == "section" and fault.name in {"title", "code"}:
            return f"section_{fault.name}"
        return super().field_of(fault)

    def act(self) -> str:
        """What is done, in words for the list of acts."""
        return _("Added the section “%(title)s”") % {"title": shown(self.said("section_title"), 80)}

    def typed_entry(self) -> CriterionEntry:
        """The criterion; its code follows the section's where none is given."""
        entry = super().typed_entry()
        if entry.code:
            return entry
        taken = {criterion.code.casefold() for criterion in self.document.criteria()}
        code = making.criterion_code(self._new_code(), 1, taken)
        lineage = editing.fresh_lineage(self.document, code, self._used)
        return dataclasses.replace(entry, code=code, lineage=lineage)

    def _new_code(self) -> str:
        return str(self.said("section_code")) or editing.free_section_code(self.document, self.said("section_title"))

    def _code(self, document: Document) -> str:
        return ""

    def _first(self) -> tuple[Any, ...]:
        return (
            Fieldset(_("The section"), "section_title", "section_code", size="m", heading="h2"),
            Fieldset(
                _("Its first criterion"),
                *("code", "title", "text", "indicators"),
                size="m",
                heading="h2",
                hint=_("A section begins with one criterion. Others are added later."),
            ),
        )


REST = (
    Fieldset(gettext_lazy("How it is rated"), Question("kind", size="s"), "is_key", "scale", size="m", heading="h2"),
    Fieldset(gettext_lazy("To go with it"), "guidance", "official_text", size="m", heading="h2"),
    Fieldset(
        gettext_lazy("Where and when it counts"),
        *("nation", "tier", Question("in_force_from", size="s"), Question("in_force_to", size="s")),
        size="m",
        heading="h2",
    ),
    Fieldset(gettext_lazy("Where it comes from"), "source", "confidence", "note", size="m", heading="h2"),
)


def blank_entry(document: Document, code: str) -> CriterionEntry:
    """Return a criterion that says nothing yet but what can be guessed."""
    return CriterionEntry(
        number=0,
        code=code,
        lineage="",
        title="",
        text="",
        scale=document.scales[0].slug if document.scales else "",
        official_text="",
        guidance="",
        kind=Criterion.Kind.PRACTICE.value,
        nation="",
        tier="",
        in_force_from=None,
        in_force_to=None,
        is_key=False,
        source=document.source,
        confidence="",
        note="",
        indicators=(),
    )


def _names(scale: ScaleEntry) -> str:
    return ", ".join(level.name for level in scale.levels)
