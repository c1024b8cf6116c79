"""The forms for a draft as a whole, its sections and its levels, and for beginning a new version."""

import dataclasses
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from govuk.forms import GovukDateField
from govuk.layout import Fieldset, Question
from hallmarks import editing, judging
from hallmarks.document import Document, LevelEntry, ScaleEntry, SectionEntry
from hallmarks.forms_drafts import DraftForm, Initial, Written, choice, needed
from hallmarks.reading import shown
from hallmarks.services.drafting import copied

LOWEST = ""


class DetailsForm(DraftForm):
    """What is said of the set as a whole."""

    model = "version"

    title = Written(label=gettext_lazy("Title"), **needed(gettext_lazy("Enter a title")))
    source = Written(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("The publication that these criteria come from."),
        **needed(gettext_lazy("Enter the source")),
    )
    in_force_from = GovukDateField(
        label=gettext_lazy("In force from"),
        name=gettext_lazy("In force from"),
        help_text=gettext_lazy("It can be set when the criteria are published."),
        required=False,
    )
    in_force_to = GovukDateField(
        label=gettext_lazy("In force until"),
        name=gettext_lazy("In force until"),
        help_text=gettext_lazy("Leave it blank if no last day is known."),
        required=False,
    )

    def __init__(self, document: Document, *args: Any, **kwargs: Any) -> None:
        super().__init__(document, *args, initial=self.initial_of(document), **kwargs)

    @cached_property
    def helper(self) -> FormHelper:
        """Every field in order."""
        return self.laid_out(*(Question(name, size="s") for name in DETAILS))

    def initial_of(self, document: Document) -> Initial:
        """What another state of the draft says."""
        return {name: getattr(document, name) for name in DETAILS}

    def typed(self) -> Document:
        """The document with what was typed."""
        said = {name: self.said(name, getattr(self.document, name)) for name in DETAILS}
        return editing.with_details(self.document, **said)

    def parts(self, typed: Document) -> set[judging.Part]:
        """The version alone."""
        return {("version", "")}

    def act(self) -> str:
        """What is done, in words for the list of acts."""
        return _("Changed the title, source or dates")


DETAILS = ("title", "source", "in_force_from", "in_force_to")


class SectionForm(DraftForm):
    """The title and the code of a section."""

    model = "section"

    title = Written(label=gettext_lazy("Title"), **needed(gettext_lazy("Enter a title")))
    code = Written(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Short, and only once in the set, such as LEAD. The codes of its criteria stay."),
        width=10,
        **needed(gettext_lazy("Enter a code")),
    )

    def __init__(self, document: Document, section: SectionEntry, *args: Any, **kwargs: Any) -> None:
        self.section = section
        super().__init__(document, *args, initial=self.initial_of(document), **kwargs)

    @cached_property
    def helper(self) -> FormHelper:
        """Title first."""
        return self.laid_out(Question("title", size="s"), Question("code", size="s"))

    def initial_of(self, document: Document) -> Initial:
        """What another state of the draft says."""
        section = editing.section_of(document, self.section.code)
        return {"title": section.title, "code": section.code}

    def typed(self) -> Document:
        """The document with what was typed."""
        title, code = self.said("title", self.section.title), self.said("code", self.section.code)
        return editing.rename_section(self.document, self.section.code, to=code, title=title)

    def parts(self, typed: Document) -> set[judging.Part]:
        """The section alone, which keeps its number."""
        return {("section", str(self.section.number))}

    def act(self) -> str:
        """What is done, in words for the list of acts."""
        title = self.said("title", self.section.title)
        return _("Changed the section “%(title)s”") % {"title": shown(title, 80)}


class ScaleForm(DraftForm):
    """The levels of a scale: their names and what they mean; one can be added at a time."""

    new_name = Written(label=gettext_lazy("Name"))
    new_descriptor = Written(label=gettext_lazy("What it means"), max_length=400, rows=3)

    def __init__(self, document: Document, scale: ScaleEntry, *args: Any, **kwargs: Any) -> None:
        self.scale = scale
        super().__init__(document, *args, initial=self.initial_of(document), **kwargs)
        for level in scale.levels:
            self.fields |= _fields_of_level(level)
        above = [(level.slug, _("Above “%(name)s”") % {"name": level.name}) for level in reversed(scale.levels)]
        self.fields["new_place"] = choice(_("Where does it stand?"), [*above, (LOWEST, _("Lowest"))])

    @cached_property
    def helper(self) -> FormHelper:
        """A group of fields for each level, lowest first, and one for a new level."""
        groups = [
            Fieldset(
                _("Level %(n)s of %(all)s") % {"n": n, "all": len(self.scale.levels)},
                *_fields_of_level(level),
                size="m",
                heading="h2",
                hint=_("The lowest") if n == 1 else "",
            )
            for n, level in enumerate(self.scale.levels, 1)
        ]
        hint = _("Leave it blank if no level is to be added.")
        new = ("new_name", "new_descriptor", "new_place")
        return self.laid_out(*groups, Fieldset(_("Another level"), *new, size="m", heading="h2", hint=hint))

    def initial_of(self, document: Document) -> Initial:
        """What another state of the draft says."""
        levels = editing.scale_of(document, self.scale.slug).levels
        highest = levels[-1].slug if levels else LOWEST
        return {key: value for level in levels for key, value in _initial_of_level(level).items()} | {
            "new_place": highest
        }

    def typed(self) -> Document:
        """The document with the levels as they were typed."""
        levels = [self._typed_level(level) for level in self.scale.levels if not self.said(f"remove-{level.slug}")]
        if name := self.said("new_name"):
            at = next((n for n, level in enumerate(levels, 1) if level.slug == self.said("new_place")), 0)
            levels.insert(at, editing.new_level(self.scale, name, self.said("new_descriptor")))
        return editing.change_levels(self.document, self.scale.slug, levels)

    def parts(self, typed: Document) -> set[judging.Part]:
        """The scale with its levels."""
        return {("scale", self.scale.slug)}

    def act(self) -> str:
        """What is done, in words for the list of acts."""
        names = ", ".join(level.name for level in editing.scale_of(self.typed(), self.scale.slug).levels)
        return _("Changed the levels: %(names)s") % {"names": shown(names, 120)}

    def field_of(self, fault: judging.Fault) -> str:
        """A level is known by the place that it has once it is saved."""
        levels = editing.scale_of(self.typed(), self.scale.slug).levels
        if fault.model != "level" or not 0 <= fault.number < 100:
            return ""
        slug = next((level.slug for level in levels if level.position == fault.number), "")
        name = "descriptor" if fault.name == "descriptor" else "name"
        return f"{name}-{slug}" if f"{name}-{slug}" in self.fields else f"new_{name}"

    def label_of(self, name: str) -> str:
        """The label with the level that it belongs to: all levels have the same labels."""
        names = {level.slug: level.name for level in self.scale.levels}
        level = names.get(name.partition("-")[2], "")
        return f"{super().label_of(name)} ({level or _('new level')})"

    def clean(self) -> dict[str, Any]:
        """What a level means says nothing without its name; every level that stays needs one."""
        cleaned: dict[str, Any] = super().clean() or {}
        for level in self.scale.levels:
            if not cleaned.get(f"name-{level.slug}", "").strip() and not cleaned.get(f"remove-{level.slug}"):
                self.add_error(f"name-{level.slug}", _("Enter the name of the level, or remove the level"))
        if cleaned.get("new_descriptor", "").strip() and not cleaned.get("new_name", "").strip():
            self.add_error("new_name", _("Enter the name of the new level"))
        return cleaned

    def _typed_level(self, level: LevelEntry) -> LevelEntry:
        name = self.said(f"name-{level.slug}", level.name)
        return dataclasses.replace(level, name=name, descriptor=self.said(f"descriptor-{level.slug}", level.descriptor))


class CopyForm(DraftForm):
    """Under which title and address a new version begins."""

    model = "version"
    save_text = gettext_lazy("Begin the new version")

    title = Written(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("Say which edition it is, such as its year."),
        **needed(gettext_lazy("Enter a title")),
    )
    slug = Written(
        label=gettext_lazy("Address"),
        help_text=gettext_lazy("The last part of its address: letters from a to z, digits and hyphens, such as 2027."),
        width=20,
        **needed(gettext_lazy("Enter an address")),
    )

    @cached_property
    def helper(self) -> FormHelper:
        """Title and address."""
        return self.laid_out(Question("title", size="s"), Question("slug", size="s"))

    def typed(self) -> Document:
        """The new version."""
        return copied(self.document, slug=self.said("slug"), title=self.said("title"))

    def parts(self, typed: Document) -> set[judging.Part]:
        """The version alone."""
        return {("version", "")}


def _fields_of_level(level: LevelEntry) -> dict[str, forms.Field]:
    return {
        f"name-{level.slug}": Written(label=_("Name")),
        f"descriptor-{level.slug}": Written(label=_("What it means"), max_length=400, rows=3),
        f"remove-{level.slug}": forms.BooleanField(label=_("Remove this level"), required=False),
    }


def _initial_of_level(level: LevelEntry) -> Initial:
    return {
        f"name-{level.slug}": level.name,
        f"descriptor-{level.slug}": level.descriptor,
        f"remove-{level.slug}": False,
    }
