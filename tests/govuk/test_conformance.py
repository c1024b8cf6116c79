"""The pack draws, element by element, what GOV.UK Frontend publishes for the same component."""

import json
import re
from pathlib import Path

import pytest
from django import forms
from django.contrib.messages.constants import SUCCESS
from django.contrib.messages.storage.base import Message
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.test import RequestFactory

from govuk.forms import Checkboxes, GovukDateField, GovukForm, LongTextField, Radios, SummaryItem
from govuk.layout import Question, form_helper
from govuk.pagination import paginate
from tests.govuk.dom import tree
from tests.govuk.rendering import render, render_form

FIXTURES = Path(__file__).parent / "fixtures"


def official(component, name):
    cases = json.loads((FIXTURES / f"{component}.json").read_text())["fixtures"]
    return next(case for case in cases if case["name"] == name)


def drawn(case, field, *, error="", question=None, initial=None):
    """Our markup for the field of a published case: the same name, label, hint and error."""
    options = case["options"]
    name = control_id(case)
    label = options.get("label") or options["fieldset"]["legend"]
    field.label = label["text"]
    field.help_text = options.get("hint", {}).get("text", "")
    form = type("Case", (GovukForm,), {name: field})(data={} if error else None, initial={name: initial}, auto_id="%s")
    if error:
        form.full_clean()
        form.errors.clear()
        form.add_error(name, error)
    form.helper = form_helper(Question(name, **(question or {})), form_tag=False)
    return tree(render_form(form))


def choices(case):
    return [(str(item.get("value", item["text"])), item["text"]) for item in case["options"]["items"]]


def hints(case):
    return {str(i["value"]): i["hint"]["text"] for i in case["options"]["items"] if "hint" in i}


def error_of(case):
    return case["options"].get("errorMessage", {}).get("text", "")


def control_id(case):
    options = case["options"]
    return options.get("id") or options.get("idPrefix") or options["name"]


def published(case):
    """GOV.UK's markup, with its ids and names put by the portal's rule: both from the name of the field."""
    html, options, ours = case["html"], case["options"], control_id(case)
    for number, item in enumerate(options.get("items", []), start=1):
        if "id" in item:
            new = ours if number == 1 else f"{ours}-{number}"
            html = re.sub(rf'(id|for|aria-describedby)="{item["id"]}("|-)', rf'\1="{new}\2', html)
        if "name" in item:
            html = html.replace(f'name="{item["name"]}"', f'name="{ours}"')
    return tree(html.replace(f'name="{options.get("name")}"', f'name="{ours}"'))


@pytest.mark.parametrize(
    "name", ["default", "with hint text", "with error message", "with error and hint", "with width-10 class"]
)
def test_a_text_input_is_govuks(name):
    case = official("input", name)
    css_class = case["options"].get("classes", "")
    field = forms.CharField(max_length=50, widget=forms.TextInput(attrs={"class": css_class}))
    html = drawn(case, field, error=error_of(case))
    assert html == published(case)


def test_a_label_can_be_the_page_heading():
    case = official("input", "with label as page heading")
    html = drawn(case, forms.CharField(), question={"size": "l", "heading": "h1"})
    assert html == published(case)


@pytest.mark.parametrize("name", ["default", "with hint", "with error message", "with hint and error message"])
def test_a_textarea_is_govuks(name):
    case = official("textarea", name)
    assert drawn(case, LongTextField(), error=error_of(case)) == published(case)


@pytest.mark.parametrize("name", ["default", "with hint", "with hint and error"])
def test_a_textarea_with_a_limit_has_govuks_counter(name):
    case = official("character-count", name)
    field = LongTextField(max_length=case["options"]["maxlength"])
    assert drawn(case, field, error=error_of(case)) == published(case)


@pytest.mark.parametrize("name", ["with selected value", "error", "with hint text and error message"])
def test_a_select_is_govuks(name):
    case = official("select", name)
    case["html"] = case["html"].replace(" disabled", "")  # no select of the portal shows what cannot be chosen
    field = forms.ChoiceField(choices=choices(case))
    html = drawn(case, field, error=error_of(case), initial=case["options"].get("value"))
    assert html == published(case)


@pytest.mark.parametrize("name", ["default", "with hint text", "with error message and hint"])
def test_a_file_upload_is_govuks(name):
    case = official("file-upload", name)
    assert drawn(case, forms.FileField(), error=error_of(case)) == published(case)


@pytest.mark.parametrize("name", ["default", "with error message"])
def test_a_password_input_is_govuks(name):
    case = official("password-input", name)
    field = forms.CharField(widget=forms.PasswordInput)
    assert drawn(case, field, error=error_of(case)) == published(case)


@pytest.mark.parametrize(
    ("name", "variant"),
    [
        ("inline", {"inline": True}),
        ("with hint", {}),
        ("with hint and error message", {}),
        ("with hints on items", {}),
        ("small inline", {"small": True, "inline": True}),
    ],
)
def test_radios_are_govuks(name, variant):
    case = official("radios", name)
    widget = Radios(hints=hints(case), **variant)
    field = forms.ChoiceField(choices=choices(case), widget=widget)
    legend = case["options"]["fieldset"]["legend"]
    question = {
        "size": legend["classes"].rpartition("--")[2] if "classes" in legend else "",
        "heading": "h1" if legend.get("isPageHeading") else "",
    }
    checked = next((i["value"] for i in case["options"]["items"] if i.get("checked")), None)
    html = drawn(case, field, error=error_of(case), question=question, initial=checked)
    assert html == published(case)


@pytest.mark.parametrize(
    ("name", "variant"),
    [
        ("default", {}),
        ("with hints on items", {}),
        ("with error message and hint", {}),
        ("small", {"small": True}),
    ],
)
def test_checkboxes_are_govuks(name, variant):
    case = official("checkboxes", name)
    field = forms.MultipleChoiceField(choices=choices(case), widget=Checkboxes(hints=hints(case), **variant))
    assert drawn(case, field, error=error_of(case)) == published(case)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("default", []),
        ("with error message and hint", ["day", "month", "year"]),
        ("with error on day input", ["day"]),
        ("with error on year input", ["year"]),
    ],
)
def test_a_date_is_govuks(name, parts):
    case = official("date-input", name)
    message = error_of(case)
    html = drawn(case, GovukDateField(), error=message and ValidationError(message, params={"parts": parts}))
    assert html == with_portal_names(case)


def with_portal_names(case):
    """The day takes the id of the field from the box around the three, so that every error can link to it."""
    name, html = control_id(case), case["html"].replace(f' id="{control_id(case)}"', "")
    html = html.replace(f'"{name}-day"', f'"{name}"')
    for part in ("day", "month", "year"):
        html = html.replace(f'name="{part}"', f'name="{name}_{part}"')
    return tree(html)


@pytest.mark.parametrize("name", ["default", "mixed with and without links"])
def test_an_error_summary_is_govuks(name):
    case = official("error-summary", name)
    items = [SummaryItem(e["text"], e.get("href", "").lstrip("#")) for e in case["options"]["errorList"]]
    assert tree(render_to_string("govuk/error_summary.html", {"items": items})) == tree(case["html"])


@pytest.mark.parametrize(("name", "number"), [("default", "2"), ("first page", "1"), ("last page", "3")])
def test_pagination_is_govuks(name, number):
    case = official("pagination", name)
    page = paginate(range(75), number)
    html = render("{% govuk_pagination page %}", page=page, request=RequestFactory().get("/"))
    expected = case["html"].replace("/page/", "?page=")
    expected = expected.replace("/previous", f"?page={int(number) - 1}").replace("/next", f"?page={int(number) + 1}")
    assert tree(html) == tree(expected)


def test_a_message_is_govuks_notification_banner():
    case = official("notification-banner", "with type as success")
    message = Message(SUCCESS, case["options"]["text"])
    html = render_to_string("govuk/messages.html", {"messages": [message]})
    assert tree(html.replace("-title-1", "-title")) == tree(case["html"])
