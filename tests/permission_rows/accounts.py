"""People: coordinators for their own partnership, administrators everywhere; a person's own account for everybody."""

from tests.permissions import Row, statuses

MANAGERS = statuses(404, officer=403, viewer=403, colleague=403, coordinator=200, administrator=200)
ADMINISTRATORS = statuses(404, administrator=200)
REFUSED = {
    "visitor": 401,
    "officer": 403,
    "viewer": 403,
    "colleague": 403,
    "neighbour": 404,
    "stranger": 404,
    "reviewer": 404,
    "former": 404,
}
REFUSED_BUT_ADMINISTRATORS = {**dict.fromkeys(ADMINISTRATORS, 404), "visitor": 401, "administrator": 302}
HERE = {"partnership": "amber-valley"}
MEMBER = {**HERE, "code": "officer"}
REGION = {"region": "east-midlands"}

ROWS = {
    "accounts:account": Row(get=statuses(200)),
    # Nobody has this link, whoever they are.
    "accounts:join": Row({"token": "never-given-out"}, get=statuses(404, visitor=404)),
    # A coordinator goes straight to the own partnership.
    "accounts:people_index": Row(get={**MANAGERS, "coordinator": 302, "neighbour": 302}),
    "accounts:people": Row(HERE, get=MANAGERS),
    "accounts:invite": Row(HERE, get=MANAGERS, post={**REFUSED, "coordinator": 200, "administrator": 200}),
    "accounts:membership_role": Row(MEMBER, get=MANAGERS, post={**REFUSED, "coordinator": 200}),
    "accounts:membership_end": Row(MEMBER, get=MANAGERS, post={**REFUSED, "coordinator": 302}),
    "accounts:invitation_withdraw": Row({"code": "waiting"}, get=MANAGERS, post={**REFUSED, "coordinator": 302}),
    "accounts:region_people": Row(REGION, get=ADMINISTRATORS),
    "accounts:region_invite": Row(
        REGION, get=ADMINISTRATORS, post={**REFUSED_BUT_ADMINISTRATORS, "administrator": 200}
    ),
    "accounts:post_end": Row({**REGION, "code": "reviewer"}, get=ADMINISTRATORS, post=REFUSED_BUT_ADMINISTRATORS),
}
