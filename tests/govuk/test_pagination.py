"""Pages of a long list, whatever page number arrives."""

import pytest
from django.test import RequestFactory

from govuk.pagination import page_links, paginate
from tests.govuk.rendering import render

ROWS = range(1000)


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        (None, 1),
        ("", 1),
        ("2", 2),
        ("abc", 1),
        ("1e9", 1),
        ("1.5", 1),
        ("-3", 1),
        ("0", 40),
        ("41", 40),
        ("9" * 5000, 1),
        ("<b>", 1),
        ("2\x00", 1),
    ],
)
def test_any_page_number_gives_a_page(asked, number):
    assert paginate(ROWS, asked, 25).number == number


def test_an_empty_list_has_one_page_and_no_links():
    page = paginate([], "7")
    assert list(page) == []
    assert "<nav" not in render("{% govuk_pagination page %}", page=page, request=RequestFactory().get("/"))


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("1", [1, 2, None, 40]),
        ("3", [1, 2, 3, 4, None, 40]),
        ("20", [1, None, 19, 20, 21, None, 40]),
        ("40", [1, None, 39, 40]),
    ],
)
def test_gaps_are_marked(asked, shown):
    links = page_links(paginate(ROWS, asked, 25))
    assert [link.number for link in links] == shown
    assert [link.number for link in links if link.is_current] == [int(asked)]


def test_links_keep_the_rest_of_the_address_escaped():
    request = RequestFactory().get("/", {"q": '"><script>', "page": "1"})
    html = render("{% govuk_pagination page %}", page=paginate(ROWS, "1", 25), request=request)
    assert 'href="?q=%22%3E%3Cscript%3E&amp;page=2"' in html
    assert "<script>" not in html


def test_a_page_may_have_two_lists():
    request = RequestFactory().get("/", {"page": "2"})
    html = render('{% govuk_pagination page "rows" %}', page=paginate(ROWS, "1", 25), request=request)
    assert 'href="?page=2&amp;rows=2"' in html
