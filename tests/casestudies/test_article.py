"""An article is the same whether it comes from the row or from the document, and says in words what it holds."""

import json
from dataclasses import replace

import pytest

from casestudies.article import Article, TagEntry, UnknownSchema, document_of, fingerprint, read, working_article
from casestudies.changes import changes
from casestudies.laid_out import laid_out
from casestudies.models import CaseStudy, Tag
from hallmarks.models import Criterion, Version
from tests.casestudies.making import make_attachment, make_case_study
from tests.counting import counted
from tests.people import Cast

BARE = Article("derby", "Derby", "East Midlands", "locks", "Locks", "Fewer burglaries.")


@pytest.fixture
def case_study(cast: Cast, version: Version) -> CaseStudy:
    made = make_case_study(cast.officer, *Criterion.objects.all(), effect="evaluated", from_year=2006, to_year=2007)
    made.tags.set([Tag.objects.create(slug="burglary", name="Burglary")])
    make_attachment(made, cast.officer)
    return made


def test_a_document_holds_all_of_an_article(case_study: CaseStudy) -> None:
    article = working_article(CaseStudy.objects.with_article().get())
    document = json.loads(json.dumps(document_of(article)))
    assert document["schema"] == "cdrp-portal/case-study/1"
    assert read(document) == article
    assert [criterion.address for criterion in article.criteria][:2] == [
        "test-framework/test-set/LEAD.1",
        "test-framework/test-set/LEAD.2",
    ]
    assert (article.files[0].name, article.tags[0].name) == ("plan.pdf", "Burglary")
    assert (article.partnership_name, article.region) == ("Amber Valley", "East Midlands")


def test_nobodys_name_is_in_a_document(case_study: CaseStudy, cast: Cast) -> None:
    text = json.dumps(document_of(working_article(CaseStudy.objects.with_article().get())))
    assert all(person.name not in text and person.email not in text for person in vars(cast).values())


def test_a_row_is_fetched_whole_in_four_questions(case_study: CaseStudy) -> None:
    with counted() as asked:
        working_article(CaseStudy.objects.with_article().get())
    assert asked.number == 4


def test_another_schema_is_refused() -> None:
    with pytest.raises(UnknownSchema):
        read({"schema": "cdrp-portal/submission/1"})


def test_what_is_said_in_words() -> None:
    full = replace(BARE, effect="independent", place_type="estate")
    assert (full.effect_label, full.place_label) == ("Independently evaluated", "Housing estate")
    assert "outside the partnership" in full.effect_explained
    assert replace(BARE, effect="gone", place_type="gone").effect_label == ""
    years = [(None, None), (2006, 2007), (2006, 2006), (2006, None), (None, 2007)]
    assert [replace(BARE, from_year=first, to_year=last).period for first, last in years] == [
        *("", "2006 to 2007", "2006", "Since 2006", "2007")
    ]


def test_changes_are_told_part_by_part_in_words() -> None:
    after = replace(BARE, title="Doors", effect="monitored", tags=(TagEntry("a", "A"), TagEntry("b", "B")))
    assert [(str(one.label), one.before, one.after) for one in changes(BARE, after)] == [
        ("Title", "Locks", "Doors"),
        ("Evidence of effect", "Not measured", "Monitored"),
        ("Tags", "", "A\nB"),
    ]
    assert changes(BARE, BARE) == ()


def test_a_tag_worded_anew_and_a_place_renamed_are_no_change() -> None:
    tagged = replace(BARE, tags=(TagEntry("a", "A"),))
    assert changes(tagged, replace(tagged, tags=(TagEntry("a", "New"),), partnership_name="New", region="New")) == ()


def test_a_fingerprint_tells_texts_apart() -> None:
    assert fingerprint(BARE) == fingerprint(replace(BARE)) != fingerprint(replace(BARE, cost="1"))


def test_what_is_blank_is_named_and_not_laid_out() -> None:
    laid = laid_out(replace(BARE, what_to_do="This.", analysis="Why."))
    assert [title for _part, title in laid.guide] == ["This."]
    assert [step.field for step, _text in laid.steps] == ["analysis"]
    assert "What to do" not in [str(title) for title in laid.blank]
    assert "Scanning" in [str(title) for title in laid.blank]
    assert [name for name, _title in laid.contents] == ["guide", "analysis", "effect"]
