"""An ODT keeps its text and pictures, loses who made it, and may carry nothing that acts or fetches."""

import pytest

from casestudies import contents
from casestudies.contents import Danger, Removed, Unsafe, kind_of
from tests.casestudies import files
from tests.casestudies.office_files import (
    HEAD,
    ODT_TYPE,
    SECRET,
    Parts,
    everything,
    manifest,
    odt,
    odt_content,
    odt_parts,
    unzipped,
    zipped,
)

CHART = "application/vnd.oasis.opendocument.chart"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 a program"


def cleaned(data: bytes) -> contents.Cleaned:
    return kind_of(data).clean(data)


def content(data: bytes) -> str:
    return unzipped(cleaned(data).content)["content.xml"].decode()


def danger_in(data: bytes) -> Danger:
    with pytest.raises(Unsafe) as refusal:
        cleaned(data)
    return refusal.value.danger


def test_who_made_it_is_gone_and_the_text_is_there() -> None:
    data = odt()
    assert SECRET.encode() in everything(data)
    result = cleaned(data)
    assert SECRET.encode() not in everything(result.content)
    assert files.SECRET_PLACE not in everything(result.content)
    text = content(data)
    assert "<text:p>Nine in ten &amp; one<office:annotation><dc:creator>Author</dc:creator>" in text
    assert "Is it so?" in text
    assert result.removed == frozenset()


def test_it_begins_as_the_standard_wants_it_and_lists_exactly_what_is_in_it() -> None:
    result = cleaned(odt()).content
    assert result[30:77] == b"mimetype" + ODT_TYPE.encode()
    parts = unzipped(result)
    assert list(parts) == [
        "mimetype", "META-INF/manifest.xml", "content.xml", "styles.xml", "settings.xml", "Pictures/1.png",
    ]  # fmt: skip
    listed = parts["META-INF/manifest.xml"].decode()
    assert listed.count("<manifest:file-entry ") == 5
    assert f'manifest:full-path="/" manifest:version="1.3" manifest:media-type="{ODT_TYPE}"' in listed


def test_a_printer_is_not_named_and_the_layout_stays() -> None:
    said = unzipped(cleaned(odt()).content)["settings.xml"].decode()
    assert "PrinterName" not in said
    assert '"PrinterIndependentLayout">high' in said


@pytest.mark.parametrize(
    "name", ["Basic/Standard/Module1.xml", "Scripts/python/a.py", "Dialogs/a.xml", "Object 1/Basic/a"]
)
def test_macros_are_refused_wherever_they_lie(name: str) -> None:
    assert danger_in(odt(more={name: "<x/>"})) is Danger.MACROS


@pytest.mark.parametrize(
    ("body", "danger"),
    [
        ("<office:scripts><office:script script:language='ooo:Basic'/></office:scripts>", Danger.MACROS),
        ("<office:event-listeners><script:event-listener/></office:event-listeners>", Danger.MACROS),
        ("<text:script>x</text:script>", Danger.MACROS),
        ("<draw:object-ole xlink:href='./Object 1'/>", Danger.OBJECT),
        ("<draw:plugin xlink:href='Pictures/1.png'/>", Danger.OBJECT),
        ("<draw:applet/>", Danger.OBJECT),
        ("<draw:image><office:binary-data>AAAA</office:binary-data></draw:image>", Danger.OBJECT),
        ("<text:dde-connection-decls><text:dde-connection-decl/></text:dde-connection-decls>", Danger.FIELD),
        ("<office:dde-source/>", Danger.FIELD),
        ("<draw:image xlink:href='http://x.example/a.png'/>", Danger.REMOTE_PICTURE),
        ("<draw:image xlink:href='../a.png'/>", Danger.REMOTE_PICTURE),
        ("<draw:image xlink:href='/etc/a.png'/>", Danger.REMOTE_PICTURE),
        ("<draw:image xlink:href='file:///a.png'/>", Danger.REMOTE_PICTURE),
        ("<style:background-image xmlns:style='s' xlink:href='https://x.example/a'/>", Danger.OUTSIDE),
        ("<text:section-source xlink:href='../other.odt'/>", Danger.OUTSIDE),
        ("<draw:floating-frame xlink:href='https://x.example/'/>", Danger.OUTSIDE),
        ("<draw:object xlink:href='./Object 9'/>", Danger.OUTSIDE),
        ("<draw:object xlink:href='./meta.xml'/>", Danger.OUTSIDE),
        ('<table:table-cell table:formula=\'of:=DDE("a";"b";"c")\'/>', Danger.FORMULA),
    ],
)
def test_what_acts_or_fetches_is_refused(body: str, danger: Danger) -> None:
    assert danger_in(odt(body)) is danger


@pytest.mark.parametrize("name", ["Object 1", "ObjectReplacements/Object 1", "Pictures/2.png", "anything"])
def test_an_object_of_another_program_is_refused_wherever_it_lies(name: str) -> None:
    assert danger_in(odt(more={name: OLE})) is Danger.OBJECT


def test_what_is_no_picture_is_refused_among_the_pictures() -> None:
    assert danger_in(odt(more={"Pictures/2.tif": b"II*\0"})) is Danger.PICTURE_KIND


def test_a_link_to_a_page_stays_and_one_to_a_file_leads_nowhere() -> None:
    links = ("https://example.org/", "mailto:a@b.example", "#Chapter", f"file:///home/{SECRET}", "../a.odt", "vnd.x:y")
    result = cleaned(odt("".join(f'<text:a xlink:href="{link}">x</text:a>' for link in links)))
    text = unzipped(result.content)["content.xml"].decode()
    assert all(f'xlink:href="{link}"' in text for link in links[:3])
    assert text.count('xlink:href="#"') == 3
    assert SECRET not in text
    assert result.removed == {Removed.LINKS_TO_FILES}


def test_a_chart_in_it_is_cleaned_like_the_text() -> None:
    inner = odt_content(f"<text:p>7<office:annotation><dc:creator>{SECRET}</dc:creator></office:annotation></text:p>")
    more: Parts = {
        "Object 1/content.xml": inner,
        "Object 1/meta.xml": f"<x>{SECRET}</x>",
        "ObjectReplacements/Object 1": b"not a picture that we know",
    }
    data = odt('<draw:object xlink:href="./Object 1"/><draw:image xlink:href="./ObjectReplacements/Object 1"/>', more,
               {"Object 1/": CHART, "Object 1/content.xml": "text/xml"})  # fmt: skip
    parts = unzipped(cleaned(data).content)
    assert b"<text:p>7<office:annotation><dc:creator>Author" in parts["Object 1/content.xml"]
    assert SECRET.encode() not in everything(cleaned(data).content)
    assert "ObjectReplacements/Object 1" not in parts
    assert f'"Object 1/" manifest:media-type="{CHART}"' in parts["META-INF/manifest.xml"].decode()


def test_a_picture_may_lie_in_any_folder_and_must_be_one_where_the_list_says_so() -> None:
    body, entries = '<draw:image xlink:href="media/image1.png"/>', {"media/image1.png": "image/png"}
    parts = unzipped(cleaned(odt(body, {"media/image1.png": files.png()}, entries)).content)
    assert files.SECRET_PLACE not in parts["media/image1.png"]
    assert danger_in(odt(body, {"media/image1.png": b"MZ"}, entries)) is Danger.PICTURE_KIND


def test_a_part_of_a_kind_that_nobody_names_is_refused() -> None:
    assert danger_in(odt(more={"Object 1/content.xml": "<x/>"})) is Danger.OBJECT


@pytest.mark.parametrize(
    ("more", "removed"),
    [
        ({"Fonts/a.ttf": b"\0\1"}, {Removed.FONTS}),
        ({"Versions/Version1": b"PK", "VersionList.xml": "<x/>"}, {Removed.OLD_VERSIONS}),
        ({"META-INF/documentsignatures.xml": "<x/>"}, {Removed.SIGNATURE}),
        ({"Pictures/a.svg": "<svg/>"}, {Removed.VECTOR_PICTURES}),
        ({"manifest.rdf": "<x/>", "anything.bin": b"x"}, set()),
    ],
)
def test_what_nobody_misses_is_taken_out_and_told(more: Parts, removed: set[Removed]) -> None:
    font = '<svg:font-face-src><svg:x xlink:href="Fonts/a.ttf"/></svg:font-face-src>'
    body = f'<draw:image xlink:href="Pictures/a.svg"/>{font}'
    result = cleaned(odt(body, more))
    assert result.removed == removed
    assert not {*more} & {*unzipped(result.content)}
    assert b"a.svg" not in everything(result.content)
    assert b"a.ttf" not in everything(result.content)


@pytest.mark.parametrize("name", ["encryption-data", "keyinfo"])
def test_a_password_is_told_as_such(name: str) -> None:
    data = zipped(odt_parts() | {"META-INF/manifest.xml": manifest({"content.xml": "text/xml"}, f"<manifest:{name}/>")})
    with pytest.raises(contents.NeedsPassword):
        cleaned(data)


@pytest.mark.parametrize("name", ["content.xml", "META-INF/manifest.xml"])
def test_a_part_that_must_be_there_is_missed(name: str) -> None:
    parts = odt_parts()
    del parts[name]
    with pytest.raises(contents.Damaged):
        cleaned(zipped(parts))


@pytest.mark.parametrize("name", ["content.xml", "styles.xml", "settings.xml", "META-INF/manifest.xml"])
def test_entities_are_refused_in_every_part(name: str) -> None:
    with pytest.raises(contents.HasDoctype):
        cleaned(zipped(odt_parts() | {name: f"{HEAD}<!DOCTYPE a [<!ENTITY b 'b'>]><a>&b;</a>"}))


def test_other_kinds_are_told_apart_by_their_first_member_alone() -> None:
    with pytest.raises(contents.SavedAsOther):
        kind_of(zipped(odt_parts() | {"mimetype": f"{ODT_TYPE}-template"}))
    for said in ("application/vnd.oasis.opendocument.spreadsheet", f"{ODT_TYPE}-flat"):
        with pytest.raises(contents.UnknownKind):
            kind_of(zipped(odt_parts() | {"mimetype": said}))
    packed = zipped(odt_parts(), stored=())
    with pytest.raises(contents.UnknownKind):
        kind_of(packed)
    parts = odt_parts()
    later = {"content.xml": parts.pop("content.xml"), **parts}
    with pytest.raises(contents.UnknownKind):
        kind_of(zipped(later))
