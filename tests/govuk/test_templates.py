"""The frame around every page, and the pages for when something goes wrong."""

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.messages.constants import ERROR, INFO, SUCCESS
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

from tests.govuk.rendering import render

pytestmark = pytest.mark.urls("tests.govuk.urls")
ERROR_PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html", "503.html"]
PAGE = """{% extends "base.html" %}{% load govuk %}{% block title %}Your <work>{% endblock %}
{% block back %}{% govuk_back url "All criteria" %}{% endblock %}{% block content %}<h1>Your work</h1>{% endblock %}"""


def page(source=PAGE, **context):
    request = RequestFactory().get("/")
    request.user = context.pop("user", SimpleNamespace(is_authenticated=True, name="Ann <Lee>"))
    return Template(source).render(Context({"request": request, "url": "/x/", **context}))


def test_the_frame_names_the_service_and_who_is_signed_in():
    html = page(header_where="Chesterfield <partnership>", csrf_token="t" * 64)
    assert "<title>Your <work> - Partnership self-assessment</title>" in html
    assert "Ann &lt;Lee&gt;, Chesterfield &lt;partnership&gt;" in html


def test_signing_out_is_a_post_with_a_token():
    html = page(csrf_token="t" * 64)
    form = re.search(r'<form action="/account_logout/" method="post">.*?</form>', html, re.DOTALL)
    assert form
    assert "csrfmiddlewaretoken" in form[0]
    assert 'href="/account_logout/"' not in html


def test_a_stranger_is_offered_to_sign_in():
    html = page(user=SimpleNamespace(is_authenticated=False))
    assert 'href="/account_login/"' in html
    assert "Sign out" not in html


def test_the_navigation_marks_where_one_is():
    places = [
        SimpleNamespace(label="Your <work>", url="/", is_current=True),
        SimpleNamespace(label="Compare", url='/"x', is_current=False),
    ]
    html = page(navigation=places)
    assert html.count('aria-current="true"') == 1
    assert ">Your &lt;work&gt;</strong>" in html
    assert 'href="/&quot;x"' in html


def test_made_up_data_says_so_and_only_then():
    assert "Every rating, person and comment is made up." in page(is_demonstration=True)
    assert "Demonstration data" not in page(is_demonstration=False)


def test_the_title_says_that_there_are_errors():
    class Asked(forms.Form):
        name = forms.CharField()

    assert "<title>Error: Your" in page(form=Asked({}))
    assert "<title>Error: Your" in page(page_has_errors=True)
    assert "<title>Your" in page(form=Asked())


def test_the_back_link_is_in_a_landmark_that_is_empty_without_it():
    assert (
        '<nav aria-label="Back" class="app-back"><a href="/x/" class="govuk-back-link">All criteria</a></nav>' in page()
    )
    assert '<nav aria-label="Back" class="app-back"></nav>' in page('{% extends "base.html" %}')


def test_messages_are_shown_escaped_and_the_good_ones_as_success():
    html = page(messages=[Message(SUCCESS, "Saved <b>"), Message(ERROR, "Not saved"), Message(INFO, "Note")])
    assert html.count("govuk-notification-banner--success") == 1
    assert "Saved &lt;b&gt;" in html
    assert html.count('role="alert"') == 2
    assert len(set(re.findall(r'id="(govuk-notification-banner-title[^"]*)"', html))) == 3


def test_every_page_has_the_footer():
    html = page()
    for name in ("who_sees_what", "criteria", "accessibility", "privacy", "cookies", "verify"):
        assert f'href="/{name}/"' in html


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_a_page_for_trouble_needs_no_context_and_no_database(name, settings):
    settings.ROOT_URLCONF = "tests.govuk.no_such_module"
    html = get_template(name).render()
    assert html.count("<h1") == 1
    assert re.search(r"<title>[A-Z].+ - Partnership self-assessment</title>", html)
    assert "Traceback" not in html


def test_a_refusal_gives_its_reason_escaped():
    html = render_to_string("403.html", {"exception": "Only a coordinator can submit <this>"})
    assert "Only a coordinator can submit &lt;this&gt;" in html


@pytest.mark.parametrize("html", [page, *(get_template(name).render for name in ERROR_PAGES)])
def test_nothing_is_inline_that_the_content_policy_refuses(html):
    text = html()
    assert not re.search(r"<script(?![^>]* src=)", text)
    assert not re.search(r"<style| style=| on[a-z]+=", text)
    assert len(re.findall(r"<main", text)) == 1


def test_tags_escape_what_they_are_given():
    nasty = '"><script>'
    for source in ("{% govuk_tag x x %}", "{% govuk_back x x %}"):
        html = render(source, x=nasty)
        assert "<script>" not in html
        assert html.count("&lt;script&gt;") == 2
