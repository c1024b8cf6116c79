"""Say why a file was refused and what to do about it, or what was taken out of one that was kept."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casestudies import contents
from casestudies.contents import BadContent, Danger, Limit, Removed

MEGABYTE = 1024 * 1024
PLACE_LENGTH = 120
ACCEPTED = tuple(suffix for kind in contents.BY_MEDIA_TYPE.values() for suffix in kind.suffixes)

FAULTS: dict[type[BadContent], object] = {
    contents.Damaged: gettext_lazy("“{name}” is damaged or incomplete. Save it again in the program it was made with."),
    contents.HasDoctype: gettext_lazy(
        "“{name}” declares entities (a DTD), which office programs do not write. "
        "Open it in Word, Excel or LibreOffice, save it again and choose it again."
    ),
    contents.NeedsPassword: gettext_lazy(
        "“{name}” is protected by a password. Remove the password and choose the file again."
    ),
    contents.TooManyPixels: gettext_lazy(
        "“{name}” has more than {limit} million pixels. Make the picture smaller and choose it again."
    ),
    contents.OldOffice: gettext_lazy(
        "“{name}” is of the kind that office programs wrote before 2007 (DOC, XLS). "
        "Save it as DOCX, XLSX or PDF and choose it again."
    ),
    contents.SavedAsOther: gettext_lazy(
        "“{name}” is a template or a binary workbook. Save it as DOCX, XLSX or ODT and choose it again."
    ),
}
DANGERS = {
    Danger.MACROS: gettext_lazy(
        "“{name}” contains macros (programs). Save it as DOCX, XLSX or ODT without macros and choose it again."
    ),
    Danger.ACTIVE_X: gettext_lazy(
        "“{name}” contains ActiveX controls (programs). Delete them, or save it as a PDF, and choose it again."
    ),
    Danger.OBJECT: gettext_lazy(
        "“{name}” contains another file or an object of another program. "
        "Put a picture in its place, or add that file by itself, and choose it again."
    ),
    Danger.OTHER_TEXT: gettext_lazy(
        "“{name}” is put together from other documents. Copy their text into it, or save it as a PDF, "
        "and choose it again."
    ),
    Danger.OTHER_WORKBOOK: gettext_lazy(
        "“{name}” takes values from another workbook or program. Break those links "
        "(in Excel: Data, Edit links, Break link) and choose it again."
    ),
    Danger.CONNECTION: gettext_lazy(
        "“{name}” fetches data from elsewhere. Delete its connections and queries "
        "(in Excel: Data, Queries and connections) and choose it again."
    ),
    Danger.OUTSIDE: gettext_lazy(
        "“{name}” takes a part of itself from elsewhere. Put the part itself into the file, or save it as a PDF, "
        "and choose it again."
    ),
    Danger.REMOTE_PICTURE: gettext_lazy(
        "“{name}” shows a picture that lies elsewhere, not in the file. "
        "Insert the picture itself, or save the file as a PDF, and choose it again."
    ),
    Danger.FIELD: gettext_lazy(
        "“{name}” contains a field that fetches something or starts a program (such as DDE). "
        "Turn it into text (in Word: select it, then Ctrl, Shift and F9), or save the file as a PDF, "
        "and choose it again."
    ),
    Danger.FORMULA: gettext_lazy(
        "“{name}” contains a formula that fetches something or starts a program. "
        "Put the value in its place and choose the file again."
    ),
    Danger.PICTURE_KIND: gettext_lazy(
        "“{name}” contains a picture that is not PNG, JPEG, GIF, BMP, EMF or WMF. "
        "Replace the picture, or save the file as a PDF, and choose it again."
    ),
}
LIMITS = {
    Limit.MEMBERS: gettext_lazy(
        "“{name}” is made of more than {most} parts. Split it, or save it as a PDF, and choose it again."
    ),
    Limit.UNPACKED: gettext_lazy(
        "“{name}” unpacks to more than {megabytes} MB. Make it smaller, or save it as a PDF, and choose it again."
    ),
    Limit.RATIO: gettext_lazy(
        "“{name}” unpacks to more than {most} times its size. Save it again in the program it was made with, "
        "or as a PDF."
    ),
    Limit.NAME: gettext_lazy(
        "“{name}” has a part whose name is longer than {most} characters. "
        "Save it again in the program it was made with, or as a PDF."
    ),
    Limit.FOLDERS: gettext_lazy(
        "“{name}” has a part more than {most} folders deep. Save it again in the program it was made with, or as a PDF."
    ),
    Limit.ELEMENTS: gettext_lazy(
        "“{name}” has more than {most} cells, words and other marks. "
        "Leave out what nobody needs to read, or save it as a PDF, and choose it again."
    ),
    Limit.NESTING: gettext_lazy(
        "“{name}” has tables or other things more than {most} deep inside each other. "
        "Save it as a PDF and choose it again."
    ),
}
REMOVED = {
    Removed.TEMPLATE_LINK: gettext_lazy("the link to its template"),
    Removed.MAIL_MERGE: gettext_lazy("the list of addresses of a mail merge"),
    Removed.CHART_DATA: gettext_lazy("the workbooks behind its charts (the charts are still there)"),
    Removed.FONTS: gettext_lazy("fonts"),
    Removed.SIGNATURE: gettext_lazy("the digital signature"),
    Removed.ADD_INS: gettext_lazy("add-ins"),
    Removed.LINKS_TO_FILES: gettext_lazy("where links to files led"),
    Removed.VECTOR_PICTURES: gettext_lazy("SVG drawings (the pictures drawn from them are still there)"),
    Removed.OLD_VERSIONS: gettext_lazy("earlier versions"),
}


def why(problem: BadContent, shown: str) -> str:
    """Say what is wrong with the file of this name, and the remedy."""
    if isinstance(problem, contents.UnknownKind):
        return _not_of_a_kind(shown)
    if isinstance(problem, contents.TooMuch):
        words = {"most": f"{problem.most:,}", "megabytes": problem.most // MEGABYTE}
        return str(LIMITS[problem.limit]).format(name=shown, **words)
    if isinstance(problem, contents.Unsafe):
        text = str(DANGERS[problem.danger]).format(name=shown)
    else:
        text = str(FAULTS[type(problem)]).format(name=shown, limit=contents.MAX_PIXELS // 1_000_000)
    return _with_place(text, problem.place)


def taken_out(removed: Iterable[Removed]) -> str:
    """Say what was taken out of a file, or nothing."""
    named = sorted((str(REMOVED[each]) for each in removed), key=str.casefold)
    return _("Taken out of the file: {things}.").format(things=", ".join(named)) if named else ""


def _with_place(text: str, place: str) -> str:
    """Add in which part of the file it is, as far as that can be shown."""
    shown = "".join(char for char in place[:PLACE_LENGTH] if char.isprintable()).strip()
    return _("{text} Look for: {place}").format(text=text, place=shown) if shown else text


def _not_of_a_kind(shown: str) -> str:
    text = _("“{name}” is not a PDF, DOCX, XLSX, ODT, PNG or JPEG file. Save it as a PDF and choose it again.")
    if shown.casefold().endswith(ACCEPTED):
        text = _(
            "“{name}” is not a PDF, DOCX, XLSX, ODT, PNG or JPEG file, whatever its name says. "
            "Save it as a PDF and choose it again."
        )
    return text.format(name=shown)
