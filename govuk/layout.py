"""Layout objects in GOV.UK markup; text is escaped, where crispy's own would compile it as a template."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django import forms
from django.template import Context
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString

Text = str | Promise


class Question:
    """A field with its label or legend in size "s" to "xl", inside a heading ("h1", "h2") if one is named."""

    def __init__(self, name: str, *, size: str = "", heading: str = "", group_class: str = "") -> None:
        self.name = name
        self.size = size
        self.heading = heading
        self.group_class = group_class

    def render(
        self, form: forms.BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> SafeString:
        """The field's markup, through the same template as a field without wishes."""
        extra = {"govuk_question": self}
        html: SafeString = render_field(
            self.name, form, context, template_pack=template_pack, extra_context=extra, **kwargs
        )
        return html


class Fieldset(LayoutObject):  # type: ignore[misc]
    """Several fields under one legend, with a hint if there is something to explain."""

    template = "govuk/layout/fieldset.html"

    def __init__(self, legend: Text, *fields: Any, size: str = "m", heading: str = "", hint: Text = "") -> None:
        self.legend = legend
        self.fields = list(fields)
        self.size = size
        self.heading = heading
        self.hint = hint

    def render(
        self, form: forms.BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> SafeString:
        """The fieldset and all in it."""
        inside = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return render_to_string(self.template, {"fieldset": self, "fields": inside, "legend": self.legend})


class Button:
    """A button that sends the form; a second click while it is being sent does nothing."""

    template = "govuk/layout/button.html"

    def __init__(self, text: Text, *, name: str = "", value: str = "", variant: str = "") -> None:
        self.text = text
        self.name = name
        self.value = value
        self.variant = variant  # "secondary" or "warning"

    def render(self, form: forms.BaseForm, context: Context, **kwargs: Any) -> SafeString:
        """The button's markup."""
        return render_to_string(self.template, {"button": self})


class Link:
    """A link beside the buttons, such as "Cancel"."""

    template = "govuk/layout/link.html"

    def __init__(self, text: Text, url: str) -> None:
        self.text = text
        self.url = url

    def render(self, form: forms.BaseForm, context: Context, **kwargs: Any) -> SafeString:
        """The link's markup."""
        return render_to_string(self.template, {"link": self})


class ButtonGroup:
    """Buttons and links on one line."""

    template = "govuk/layout/button_group.html"

    def __init__(self, *items: Button | Link) -> None:
        self.items: Sequence[Button | Link] = items

    def render(self, form: forms.BaseForm, context: Context, **kwargs: Any) -> SafeString:
        """The group's markup."""
        return render_to_string(self.template, {"items": [item.render(form, context) for item in self.items]})


class _Helper(FormHelper):  # type: ignore[misc]
    """crispy's helper, whose action is an address; crispy's own takes it for the name of a view first."""

    form_action = ""


def form_helper(
    *fields: Any, form_tag: bool = True, method: str = "post", action: str = "", css_class: str = ""
) -> FormHelper:
    """A helper that lays out these fields and leaves validation to the server, which says what to do."""
    helper = _Helper()
    helper.form_tag = form_tag
    helper.form_method = method
    helper.form_action = action
    helper.form_class = css_class
    helper.attrs = {"novalidate": True}
    helper.layout = Layout(*fields)
    return helper
