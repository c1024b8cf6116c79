"""A case study's page names who cites it in what they submitted, and nobody who has not submitted."""

from assessments.citing import partnerships_citing
from assessments.models import Assessment, Evidence
from casestudies.models import CaseStudy
from tests.assessments.answering import rate_everything, submit, url
from tests.casestudies.making import make_case_study
from tests.counting import counted
from tests.people import Cast


def cite(assessment: Assessment, study: CaseStudy, cast: Cast, code: str = "LEAD.1", number: int = 1) -> None:
    rating = assessment.ratings.get(criterion__code=code)
    Evidence.objects.create(rating=rating, number=number, title="S", case_study=study, added_by=cast.officer)


def test_only_what_is_submitted_cites(assessment: Assessment, cast: Cast) -> None:
    study = make_case_study(cast.neighbour, is_published=True)
    rate_everything(assessment, cast.officer)
    cite(assessment, study, cast)
    cite(assessment, study, cast, "LEAD.2")
    assert partnerships_citing(study) == []
    submit(assessment, cast.coordinator)
    with counted() as asked:
        (citing,) = partnerships_citing(study)
    assert asked.number == 1
    assert (citing.slug, citing.name, citing.rounds) == ("amber-valley", "Amber Valley", "2027 self-assessment")


def test_while_it_is_open_again_it_does_not_count(assessment: Assessment, cast: Cast) -> None:
    study = make_case_study(cast.neighbour, is_published=True)
    rate_everything(assessment, cast.officer)
    cite(assessment, study, cast)
    submit(assessment, cast.coordinator)
    Assessment.objects.filter(pk=assessment.pk).update(status=Assessment.Status.RETURNED)
    assert partnerships_citing(study) == []


def test_the_page_names_them(assessment: Assessment, cast: Cast, sign_in) -> None:
    study = make_case_study(cast.neighbour, is_published=True)
    rate_everything(assessment, cast.officer)
    cite(assessment, study, cast)
    submit(assessment, cast.coordinator)
    page = sign_in(cast.stranger).get(study.get_absolute_url()).content.decode()
    assert "Cited as evidence by" in page
    assert "Amber Valley<br>" in page


def test_others_are_offered_by_the_title_they_published(assessment: Assessment, cast: Cast, sign_in) -> None:
    study = make_case_study(cast.neighbour, title="What was published", is_published=True)
    CaseStudy.objects.update(title="What they are writing")
    client, where = sign_in(cast.officer), url("evidence_case_study", assessment, "LEAD.1")
    assert "What they are writing" not in client.get(where).content.decode()
    client.post(where, {"case_study": study.pk})
    assert Evidence.objects.get().title == "What was published"
