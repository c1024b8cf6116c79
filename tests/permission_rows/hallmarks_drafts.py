"""Drafts edited in the browser: administrators only; to everybody else none of these pages is there."""

from tests.permission_rows.hallmarks import VERSION
from tests.permissions import Row, statuses

DRAFT = {"framework": "test-framework", "version": "test-draft"}
SECTION = {**DRAFT, "code": "LEAD"}
CRITERION = {**DRAFT, "lineage": "test-lead-1"}


def rows(kwargs: dict[str, str], post: int, get: int = 200) -> Row:
    """Return what an administrator gets; a visitor is sent to sign in, or told to."""
    return Row(
        kwargs,
        get=statuses(404 if get != 405 else 405, administrator=get),
        post={**statuses(404, administrator=post), "visitor": 401},
    )


ROWS = {
    # What is published says why it cannot be edited, and begins a new version.
    "hallmarks:draft_copy": rows(VERSION, post=200),
    "hallmarks:draft": Row(
        DRAFT, get=statuses(404, administrator=200), post={**statuses(405, administrator=405), "visitor": 401}
    ),
    "hallmarks:draft_details": rows(DRAFT, post=200),
    "hallmarks:draft_section": rows(SECTION, post=200),
    "hallmarks:draft_section_add": rows(DRAFT, post=200),
    "hallmarks:draft_criterion": rows(CRITERION, post=200),
    "hallmarks:draft_criterion_add": rows(SECTION, post=200),
    "hallmarks:draft_scale": rows({**DRAFT, "slug": "practice"}, post=200),
    "hallmarks:draft_move": rows(DRAFT, get=405, post=302),
    # A page that does not say what it was made from is out of date.
    "hallmarks:draft_remove": rows(CRITERION, post=409),
    "hallmarks:draft_section_remove": rows(SECTION, post=409),
    "hallmarks:draft_throw_away": rows(DRAFT, post=409),
    "hallmarks:draft_undo": rows(DRAFT, get=405, post=400),
}
