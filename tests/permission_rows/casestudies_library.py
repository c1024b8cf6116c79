"""The library is for everybody who signs in, administrators keep it; notes are for members, each its writer's."""

from tests.permissions import Row, statuses

SHELF = {"shelf": "sources"}
ENTRY = {**SHELF, "slug": "problem-guides"}
PUBLISHED = {"partnership": "amber-valley", "slug": "joint-patrols"}
NOTE = {"code": "kept"}
EVERYBODY = statuses(200)
ADMINISTRATORS = statuses(404, administrator=200)
MEMBERS = statuses(404, coordinator=200, officer=200, viewer=200, colleague=200, neighbour=200)
# Whoever may read an item and sits in no partnership has nowhere to keep a note.
NOTERS = {**statuses(403), **dict.fromkeys(("coordinator", "officer", "viewer", "colleague", "neighbour"), 200)}
WRITER = statuses(404, coordinator=403, officer=200, viewer=403, colleague=403)

ROWS = {
    "casestudies:library": Row(get=EVERYBODY, post=statuses(405, visitor=401)),
    "casestudies:library_shelf": Row(SHELF, get=EVERYBODY, post=statuses(405, visitor=401)),
    "casestudies:library_new": Row(SHELF, get=ADMINISTRATORS, post={**ADMINISTRATORS, "visitor": 401}),
    "casestudies:library_entry": Row(ENTRY, get=EVERYBODY, post=statuses(405, visitor=401)),
    # A form without its stamp is a bad request to those who may send it at all.
    "casestudies:library_edit": Row(
        ENTRY, get=ADMINISTRATORS, post={**ADMINISTRATORS, "visitor": 401, "administrator": 400}
    ),
    "casestudies:note_on_entry": Row(ENTRY, get=NOTERS, post={**NOTERS, "visitor": 401}),
    "casestudies:note_on_case_study": Row(PUBLISHED, get=NOTERS, post={**NOTERS, "visitor": 401}),
    "casestudies:notebook": Row(get=MEMBERS, post=statuses(405, visitor=401)),
    "casestudies:note_edit": Row(NOTE, get=WRITER, post={**WRITER, "visitor": 401, "officer": 400}),
    # The coordinator, who comes first, deletes it.
    "casestudies:note_delete": Row(
        NOTE,
        get={**WRITER, "coordinator": 200},
        post={**statuses(404), "visitor": 401, "coordinator": 302},
    ),
}
