"""What an officer sees and a mischief-maker tries in every kind of field."""

import datetime
import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from govuk.forms import Checkboxes, GovukDateField, GovukForm, LongTextField, MultipleFileInput, Radios
from govuk.layout import Button, ButtonGroup, Fieldset, Link, Question, form_helper
from tests.govuk.rendering import render, render_form

NASTY = '<partners> "&" {{ 7|add:7 }}'
CHOICES = [("a", NASTY), ("b", "Plain")]


class EveryField(GovukForm):
    """One field of each kind, with text in it that must not become markup."""

    text = forms.CharField(label=NASTY, help_text=NASTY, max_length=10)
    email = forms.EmailField(label="Email")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    number = forms.IntegerField(label="How many", min_value=1)
    reason = LongTextField(label="Reason", max_length=10)
    area = forms.ChoiceField(label="Area", choices=[("", "Choose"), *CHOICES])
    level = forms.ChoiceField(
        label=NASTY, choices=CHOICES, widget=Radios(hints={"a": NASTY}, label_classes={"a": "app-level"})
    )
    kinds = forms.MultipleChoiceField(label="Kinds", choices=CHOICES, widget=Checkboxes(hints={"b": NASTY}))
    agreed = forms.BooleanField(label=NASTY, help_text=NASTY)
    record = forms.FileField(label="Record", help_text=NASTY)
    due = GovukDateField(label=NASTY, name="Due date")


def answers(**changes):
    good = {
        "text": "x",
        "email": "a@example.org",
        "password": "x",
        "number": "3",
        "reason": "because",
        "area": "a",
        "level": "a",
        "kinds": ["a", "b"],
        "agreed": "true",
        "due_day": "31",
        "due_month": "3",
        "due_year": "2027",
    }
    return {**good, **changes}


def form_with(**changes):
    return EveryField(answers(**changes), {"record": SimpleUploadedFile("a.txt", b"x")})


@pytest.mark.parametrize("form", [EveryField(), EveryField({}), EveryField({"level": "<x>", "text": "<x>" * 9})])
def test_texts_never_become_markup(form):
    html = render_form(form)
    assert "<partners>" not in html
    assert "<x>" not in html
    assert "&lt;partners&gt;" in html


def test_a_legend_and_a_button_are_text_and_not_templates():
    form = EveryField()
    form.helper = form_helper(Fieldset(NASTY, "text", hint=NASTY), ButtonGroup(Button(NASTY), Link(NASTY, '/"x')))
    html = render_form(form)
    assert "<partners>" not in html
    assert html.count("{{ 7|add:7 }}") == 6
    assert 'href="/&quot;x"' in html


def test_every_error_leads_to_a_control_that_is_on_the_page():
    form = EveryField({})
    html = render("{% govuk_error_summary form %}", form=form) + render_form(form)
    targets = re.findall(r'href="#([^"]+)"', html)
    assert targets == [f"id_{name}" for name in EveryField.base_fields]
    for target in targets:
        assert len(re.findall(rf'<(?:input|select|textarea)[^>]* id="{target}"', html)) == 1


def test_what_explains_a_field_is_on_the_page():
    html = render_form(EveryField({}))
    ids = set(re.findall(r' id="([^"]+)"', html))
    named = {name for value in re.findall(r'aria-describedby="([^"]+)"', html) for name in value.split()}
    assert named
    assert named <= ids


def test_several_errors_of_one_field_are_each_read_out():
    form = form_with()
    form.add_error("text", "First")
    form.add_error("text", "Second")
    html = render_form(form)
    assert 'aria-describedby="id_text-hint id_text-error id_text-error-2"' in html
    assert 'id="id_text-error-2"' in html


def test_the_browser_does_not_check_or_cut_off_what_is_typed():
    html = render_form(EveryField())
    assert " novalidate" in html
    assert not re.search(r" (required|maxlength|minlength|min|max|step|aria-invalid)[ =>]", html)


def test_a_control_that_a_page_draws_itself_is_not_required_either():
    assert " required" not in str(EveryField()["text"])


def test_nothing_typed_is_lost_when_there_are_errors():
    html = render_form(form_with(reason="much too long a reason", due_month="Smarch"))
    assert "much too long a reason</textarea>" in html
    assert 'value="Smarch"' in html
    assert re.search(r'id="id_level"[^>]* value="a" checked', html)
    assert html.count(" checked") == 4


def test_a_password_and_a_file_are_not_sent_back():
    form = form_with(password="secret-word", due_day="")
    assert not form.is_valid()
    assert "secret-word" not in render_form(form)


def test_good_answers_pass():
    form = form_with()
    assert form.is_valid(), form.errors
    assert form.cleaned_data["due"] == datetime.date(2027, 3, 31)


def test_messages_say_what_to_do():
    summary = [item.text for item in EveryField({}).error_summary]
    assert "Enter an answer for “Email”" in summary
    assert "Select an answer for “Area”" in summary
    assert "Enter a date" in summary
    assert not [text for text in summary if "required" in text]


def test_an_authors_own_message_stays():
    class Own(GovukForm):
        level = forms.CharField(error_messages={"required": "Select a level for Leadership 3"})

    assert [item.text for item in Own({}).error_summary] == ["Select a level for Leadership 3"]


def test_errors_of_the_whole_form_come_first_and_lead_nowhere():
    form = form_with(text="")
    form.add_error(None, "The round is closed <now>")
    html = render("{% govuk_error_summary form %}", form=form)
    assert html.index("<li>The round is closed &lt;now&gt;</li>") < html.index("#id_text")


def test_a_page_without_errors_has_no_summary():
    assert "govuk-error-summary" not in render("{% govuk_error_summary form %}", form=EveryField())


def test_the_summary_takes_several_forms_and_formsets():
    formset = forms.formset_factory(EveryField, extra=1, min_num=1, validate_min=True)(
        {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}
    )
    html = render("{% govuk_error_summary one many nothing %}", one=EveryField({}), many=formset, nothing=None)
    assert 'href="#id_text"' in html
    assert "Please submit at least 1 form." in html


@pytest.mark.parametrize("text", ["a\r\n" * 5, "a\n" * 5, "a\r" * 5])
def test_a_line_break_counts_as_one_character(text):
    class Short(GovukForm):
        reason = LongTextField(max_length=10, strip=False)

    form = Short({"reason": text})
    assert form.is_valid()
    assert form.cleaned_data["reason"] == "a\n" * 5


def test_a_text_too_long_is_told_with_both_numbers():
    form = form_with(reason="x" * 12)
    assert form.errors["reason"] == ["“Reason” must be 10 characters or fewer. You entered 12."]


@pytest.mark.parametrize(
    ("day", "month", "year", "message", "target"),
    [
        ("", "3", "2027", "Due date must include a day", "id_due"),
        ("", "", "2027", "Due date must include a day and month", "id_due"),
        ("31", "", "2027", "Due date must include a month", "id_due-month"),
        ("31", "3", "", "Due date must include a year", "id_due-year"),
        ("31", "3", "27", "Due date: the year must have 4 numbers", "id_due-year"),
        ("31", "2", "2027", "Due date must be a real date", "id_due"),
        ("31", "13", "2027", "Due date must be a real date", "id_due-month"),
        ("-1", "1", "2027", "Due date must be a real date", "id_due"),
        ("1", "1", "0000", "Due date must be a real date", "id_due"),
        ("9" * 5000, "1", "2027", "Due date must be a real date", "id_due"),
        ("1", "<b>", "2027", "Due date must be a real date", "id_due-month"),
        ("²", "1", "2027", "Due date must be a real date", "id_due"),
    ],
)
def test_a_date_that_is_none_is_told_apart(day, month, year, message, target):
    form = form_with(due_day=day, due_month=month, due_year=year)
    assert [(item.text, item.target) for item in form.error_summary] == [(message, target)]
    assert f'id="{target}"' in render_form(form)


@pytest.mark.parametrize("month", ["3", "03", " 3 ", "March", "march", "MAR"])
def test_a_month_may_be_a_number_or_a_name(month):
    assert form_with(due_month=month).is_valid()


def test_a_date_left_out_is_none_where_it_may_be():
    class Optional(GovukForm):
        due = GovukDateField(required=False)

    for data in ({}, {"due_day": " ", "due_month": "", "due_year": ""}):
        form = Optional(data)
        assert form.is_valid()
        assert form.cleaned_data["due"] is None


def test_a_date_shows_what_was_stored_and_knows_whether_it_changed():
    class Due(GovukForm):
        due = GovukDateField()

    stored = {"due": datetime.date(2027, 3, 31)}
    assert 'name="due_year" type="text" inputmode="numeric" value="2027"' in render_form(Due(initial=stored))
    same = {"due_day": "31", "due_month": "3", "due_year": "2027"}
    assert not Due(same, initial=stored).has_changed()
    assert Due({**same, "due_day": "30"}, initial=stored).has_changed()


def test_a_disabled_field_is_drawn_disabled_and_keeps_its_value():
    class Closed(GovukForm):
        due = GovukDateField(disabled=True)
        level = forms.ChoiceField(choices=CHOICES, widget=Radios, disabled=True)
        text = forms.CharField(disabled=True)

    stored = {"due": datetime.date(2027, 3, 31), "level": "b", "text": "kept"}
    form = Closed({"text": "changed", "due_day": "1"}, initial=stored)
    assert form.is_valid()
    assert form.cleaned_data == stored
    assert render_form(form).count(" disabled") == 6


def test_hidden_fields_are_sent_and_not_shown():
    class Hidden(GovukForm):
        revision = forms.IntegerField(widget=forms.HiddenInput, label=NASTY)

    form = Hidden({"revision": "x"})
    assert '<input type="hidden" name="revision" value="x"' in render_form(form)
    assert [item.target for item in form.error_summary] == [""]


def test_files_need_a_multipart_form_and_several_may_be_allowed():
    class Files(GovukForm):
        records = forms.FileField(widget=MultipleFileInput)

    html = render_form(Files())
    assert 'enctype="multipart/form-data"' in html
    assert re.search(r'<input type="file" name="records" multiple', html)


def test_a_field_by_itself_keeps_the_pack():
    form = EveryField(prefix="two")
    html = render("{% load crispy_forms_filters %}{{ form.level|as_crispy_field }}", form=form)
    assert 'id="id_two-level"' in html
    assert 'id="id_two-level-2"' in html


def test_a_form_that_is_not_ours_is_drawn_with_its_own_messages():
    class Foreign(forms.Form):
        login = forms.CharField(label="Email")

    html = render("{% load crispy_forms_filters %}{{ form|crispy }}", form=Foreign({}))
    assert '<label class="govuk-label" for="id_login">Email</label>' in html
    assert "This field is required." in html


def test_a_filter_form_is_sent_by_get_without_a_token():
    form = EveryField()
    form.helper = form_helper(Question("area"), Button("Show", variant="secondary"), method="get", action="/x/")
    html = render_form(form)
    assert re.search(r'<form [^>]*action="/x/"[^>]*method="get"', html)
    assert "csrfmiddlewaretoken" not in html
    assert 'class="govuk-button govuk-button--secondary"' in html


def test_a_posted_form_carries_the_token():
    template = "{% load crispy_forms_tags %}{% crispy form %}"
    html = render(template, form=EveryField(), csrf_token="a" * 64)
    assert f'name="csrfmiddlewaretoken" value="{"a" * 64}"' in html
