"""Levels as they are shown: one word, mark and colour on every page, for scales of any length."""

import pytest
from django.test import Client
from django.urls import reverse

from hallmarks.marks import NOT_APPLICABLE, PRACTICE, STATUTORY, Label, does_not_apply, in_a_sentence, label_at
from hallmarks.models import Criterion, Level
from tests import criteria


@pytest.mark.parametrize(("steps", "marks"), [(4, "l0 l1 l2 l3"), (2, "l0 l3"), (1, "l0"), (6, "l0 l1 l1 l2 l2 l3")])
def test_scales_of_another_length_share_the_marks(steps: int, marks: str) -> None:
    assert [label_at(position, steps, "", statutory=False).mark for position in range(steps)] == marks.split()


def test_scales_of_any_length_keep_the_ends_of_the_colours() -> None:
    for statutory, paints in ((False, PRACTICE), (True, STATUTORY)):
        for steps in range(2, 11):
            ends = [label_at(position, steps, "", statutory=statutory).paint for position in (0, steps - 1)]
            assert ends == [paints[0], paints[-1]]


@pytest.mark.parametrize(
    ("label", "css_class"),
    [
        (label_at(1, 4, "Some success", statutory=False), "app-level app-l1"),
        (label_at(2, 3, "Met", statutory=True), "app-s app-s2"),
        (does_not_apply(), "app-level app-na"),
    ],
)
def test_the_classes_that_the_style_sheet_knows(label: Label, css_class: str) -> None:
    assert label.css_class == css_class


def test_what_does_not_apply_has_a_colour_of_its_own() -> None:
    assert does_not_apply().paint == NOT_APPLICABLE


def test_a_name_inside_a_sentence_keeps_its_later_capitals() -> None:
    assert in_a_sentence("Met in the A52 area") == "met in the A52 area"


@pytest.mark.django_db
def test_the_criteria_pages_mark_the_levels_of_a_longer_scale(client: Client) -> None:
    version = criteria.make_version(is_draft=True)
    scale = Criterion.objects.get(version=version, code="LEAD.1").scale
    Level.objects.create(scale=scale, position=4, slug="beyond", name="Beyond", descriptor="All of it and more.")
    criteria.published(version)
    page = client.get(reverse("hallmarks:version", args=version.natural_key())).content.decode()
    assert '<span class="app-level app-l3">Beyond</span>' in page
    assert "app-l4" not in page
