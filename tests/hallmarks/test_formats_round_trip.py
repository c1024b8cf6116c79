"""What is taken away in any format and loaded again is the same version, to the last space of every field."""

import dataclasses

import pytest

from hallmarks import formats
from hallmarks.document import Document
from hallmarks.importing import parse
from tests.hallmarks.files import BEACON, HALLMARKS, document
from tests.hallmarks.random_documents import Maker

DOCUMENTS = 300
FORMS = sorted(formats.FORMATS)


def loaded(form: str, wanted: Document) -> Document:
    """The document after a journey through a file, whose format is found from its content alone."""
    data = formats.write(form, wanted)
    assert formats.find(data) == form
    parsed = parse(data)
    assert parsed.document is not None, parsed.problems[:3]
    return parsed.document


@pytest.mark.parametrize("form", FORMS)
def test_300_documents_of_every_awkward_kind_come_back_equal(form: str) -> None:
    maker = Maker(seed=6)
    for _number in range(DOCUMENTS):
        wanted = maker.document()
        found = loaded(form, wanted)
        assert found == wanted
        assert found.sha256() == wanted.sha256()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("data", [BEACON, HALLMARKS])
def test_the_shipped_sets_come_back_equal(form: str, data: bytes) -> None:
    wanted = document(data)
    assert loaded(form, wanted) == wanted
    assert parse(formats.write(form, wanted)).notes == ()


@pytest.mark.parametrize("form", FORMS)
def test_writing_again_gives_the_same_file_again(form: str) -> None:
    wanted = document(HALLMARKS)
    assert formats.write(form, wanted) == formats.write(form, loaded(form, wanted))


@pytest.mark.parametrize("form", [form for form in FORMS if form != "xlsx"])
def test_what_is_pasted_instead_comes_back_equal(form: str) -> None:
    """A browser sends the lines of what is pasted with ends of its own."""
    wanted = document(HALLMARKS)
    pasted = formats.write(form, wanted).decode().replace("\r\n", "\n").replace("\n", "\r\n")
    assert parse(pasted).document == wanted


def test_the_documents_reach_every_field() -> None:
    """Without this the journeys above could be short of what they promise."""
    maker = Maker(seed=6)
    criteria = [criterion for _number in range(50) for criterion in maker.document().criteria()]
    for field in dataclasses.fields(criteria[0]):
        assert len({getattr(criterion, field.name) for criterion in criteria}) > 1, field.name
