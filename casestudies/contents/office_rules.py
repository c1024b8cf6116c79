"""What is taken out of, changed in, or refused in the parts of Word documents and Excel workbooks."""

from collections.abc import Callable

from casestudies.contents.faults import Danger, Removed, Unsafe
from casestudies.contents.field_codes import FieldCodes
from casestudies.contents.formulas import check_formula
from casestudies.contents.markup import Attributes, Rules, local, value_of

Change = Callable[[str, str, str], str | None]
# Whoever changed or remarked upon a text: their names go, what they wrote and when stays.
SOMEBODY, INITIALS = "Author", "A"

REFUSED_RELATIONS = {
    "vbaProject": Danger.MACROS,
    "wordVbaData": Danger.MACROS,
    "xlMacrosheet": Danger.MACROS,
    "xlIntlMacrosheet": Danger.MACROS,
    "dialogsheet": Danger.MACROS,
    "control": Danger.ACTIVE_X,
    "activeXControlBinary": Danger.ACTIVE_X,
    "oleObject": Danger.OBJECT,
    "package": Danger.OBJECT,
    "audio": Danger.OBJECT,
    "video": Danger.OBJECT,
    "media": Danger.OBJECT,
    "aFChunk": Danger.OTHER_TEXT,
    "subDocument": Danger.OTHER_TEXT,
    "frame": Danger.OTHER_TEXT,
    "externalLink": Danger.OTHER_WORKBOOK,
    "externalLinkPath": Danger.OTHER_WORKBOOK,
    "connections": Danger.CONNECTION,
    "queryTable": Danger.CONNECTION,
    "powerPivotData": Danger.CONNECTION,
    "volatileDependencies": Danger.CONNECTION,
}
# What says who wrote a file, with what and where, or hides a copy of something: nobody who reads the text misses it.
_QUIETLY = (
    "attachedToolbars",
    "core-properties",
    "custom-properties",
    "customProperty",
    "customXml",
    "extended-properties",
    "hdphoto",
    "keyMapCustomizations",
    "people",
    "printerSettings",
    "recipientData",
    "revisionHeaders",
    "thumbnail",
    "usernames",
)
DROPPED_RELATIONS = dict.fromkeys(_QUIETLY, frozenset[Removed]()) | {
    "attachedTemplate": frozenset({Removed.TEMPLATE_LINK}),
    "extensibility": frozenset({Removed.ADD_INS}),
    "font": frozenset({Removed.FONTS}),
    "mailMergeHeaderSource": frozenset({Removed.MAIL_MERGE}),
    "mailMergeSource": frozenset({Removed.MAIL_MERGE}),
    "origin": frozenset({Removed.SIGNATURE}),
    "webextension": frozenset({Removed.ADD_INS}),
    "webextensiontaskpanes": frozenset({Removed.ADD_INS}),
}
# Elements that only carry such a reference, a path of somebody's computer, or a page of the web in a picture's place.
DROPPED_ELEMENTS = frozenset(
    {
        "attachedTemplate",
        "absPath",
        "customProperties",
        "customSheetViews",
        "customWorkbookViews",
        "dataBinding",
        "embedBold",
        "embedBoldItalic",
        "embedItalic",
        "embedRegular",
        "externalData",
        "fileSharing",
        "imgProps",
        "mailMerge",
        "saveThroughXslt",
        "svgBlip",
        "webPublishItems",
        "webVideoPr",
    }
)
FORMULAS = (
    "calculatedColumnFormula",
    "definedName",
    "f",
    "formula",
    "formula1",
    "formula2",
    "oldFormula",
    "totalsRowFormula",
)
PICTURE_PLACES = ("imagedata", "fill", "stroke")
REFERENCES = ("id", "embed", "link", "pict", "dm", "lo", "qs", "cs")


def word_rules(lost: frozenset[str]) -> Rules:
    """Return the rules for a part of a document, `lost` being the ids of relationships that it no longer has."""
    fields = FieldCodes()
    return Rules(
        dropped=DROPPED_ELEMENTS,
        starts=_STARTS | {"fldChar": fields.mark, "fldSimple": fields.simple, "AlternateContent": fields.alternative},
        texts={"instrText": fields.code, "delInstrText": fields.deleted_code},
        attributes=_references(lost) | {"author": _somebody, "initials": _initials, "gfxdata": _nothing},
        finish=fields.finish,
    )


def sheet_rules(lost: frozenset[str], *, has_formulas: bool) -> Rules:
    """Return the same for a part of a workbook; only sheets, tables and the workbook itself have formulas."""
    return Rules(
        dropped=DROPPED_ELEMENTS,
        starts=_STARTS | {"person": _anonymous},
        texts=dict.fromkeys(FORMULAS, check_formula) if has_formulas else {},
        replaced={"author": _writer_of_note},
        attributes=_references(lost) | {"refreshedBy": _nothing, "userName": _nothing, "gfxdata": _nothing},
    )


def _references(lost: frozenset[str]) -> dict[str, Change]:
    """Return rules that leave out what refers to a relationship that is gone."""

    def unless_lost(element: str, name: str, value: str) -> str | None:
        return None if ":" in name and value in lost else value

    return dict.fromkeys(REFERENCES, unless_lost) if lost else {}


def _somebody(element: str, name: str, value: str) -> str:
    return SOMEBODY


def _initials(element: str, name: str, value: str) -> str:
    return INITIALS


def _nothing(element: str, name: str, value: str) -> None:
    return None


def _anonymous(attributes: Attributes) -> bool:
    """Take the name out of somebody whom the conversation of a sheet refers to, and who must therefore stay."""
    for key in attributes:
        changed = {"displayName": SOMEBODY, "userId": "", "providerId": "None"}
        attributes[key] = changed.get(local(key), attributes[key])
    return True


def _writer_of_note(text: str) -> str:
    """Return who wrote a note; where that is the number of a conversation, the sheet needs it."""
    return text if text.startswith("tc={") else SOMEBODY


def _no_object(attributes: Attributes) -> bool:
    raise Unsafe(Danger.OBJECT)


def _own_picture(attributes: Attributes) -> bool:
    """Refuse a picture that older drawings fetch by its address instead of by a relationship."""
    for name in ("src", "href", "althref"):
        value = value_of(attributes, name)
        if any(mark in value for mark in (":", "//", "\\\\")):
            raise Unsafe(Danger.REMOTE_PICTURE, value[:60])
    return True


_STARTS = {"OLEObject": _no_object} | dict.fromkeys(PICTURE_PLACES, _own_picture)
