"""Links between sets: loaded as a whole or one by one, audited, by lineage so that they outlive versions."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from hallmarks import services
from hallmarks.crosswalk import asked_elsewhere, crosswalk_of, linked_sets
from hallmarks.crosswalk_table import Link, write
from hallmarks.importing import parse
from hallmarks.models import CrosswalkLink, Framework, Version
from hallmarks.services import crosswalk as acts
from tests.criteria import make_version, published
from tests.hallmarks.files import BEACON, FIXTURES, HALLMARKS
from tests.hallmarks.linking import ONE, OTHER, criterion, lineage, link, other_version, sides, told
from tests.people import Cast

pytestmark = pytest.mark.django_db
TABLE = FIXTURES / "crosswalk.csv"
HEADING = "one,other,strength,note\n"


@pytest.fixture
def two(version: Version) -> Version:
    """Two published sets of two lines."""
    return other_version()


def load(rows: str, **more: object) -> object:
    return acts.load_links(data=HEADING + rows, **{"left": ONE, "right": OTHER, "by": None, **more})  # type: ignore[arg-type]


def counts(plan: object) -> tuple[int, ...]:
    parts = plan.comparison  # type: ignore[attr-defined]
    return tuple(map(len, (parts.added, parts.changed, parts.removed, parts.unchanged)))


def shipped() -> None:
    for data in (BEACON, HALLMARKS):
        document = parse(data, "set.json", ()).document
        assert document is not None
        services.import_version(document=document, by=None)
    Version.objects.update(status=Version.Status.PUBLISHED)


def test_the_shipped_table_loads_and_taken_away_loads_again_as_it_was(db: None) -> None:
    shipped()
    plan = acts.load_links(data=TABLE.read_bytes(), left="beacon", right="hallmarks", by=None)
    assert counts(plan) == (61, 0, 0, 0)
    assert (CrosswalkLink.objects.count(), CrosswalkLink.objects.filter(strength="same").count()) == (61, 4)
    left, right = (linked_sets()[slug] for slug in ("beacon", "hallmarks"))
    found = crosswalk_of(left, right)
    assert (found.number_left, len(found.rows), found.number_same) == (37, 49, 4)
    taken = write(
        [Link(row.left_lineage, row.right_lineage, row.strength, row.note) for row in found.links],
        left.side,
        right.side,
    )
    assert counts(acts.load_links(data=taken, left="beacon", right="hallmarks", by=None)) == (0, 0, 0, 61)
    assert Event.objects.filter(kind="crosswalk.loaded").count() == 1


def test_a_table_replaces_the_links_and_says_what_became_of_each(two: Version, cast: Cast) -> None:
    load("LEAD.1,LEAD.1,same,\nLEAD.2,LEAD.2,same,\nLAW.1,LAW.1,same,\n")
    plan = load("LEAD.1,LEAD.1,same,\nLEAD.2,LEAD.2,partial,Less.\nLAW.2,LAW.1,same,\n", by=cast.administrator)
    assert counts(plan) == (1, 1, 1, 1)
    assert told() == [
        ("test-law-2", "test-law-1", "same", ""),
        ("test-lead-1", "test-lead-1", "same", ""),
        ("test-lead-2", "test-lead-2", "partial", "Less."),
    ]
    assert CrosswalkLink.objects.get(left_lineage="test-lead-2").revision == 2
    event = Event.objects.filter(kind="crosswalk.loaded").latest("pk")
    assert event.actor_id == cast.administrator.pk
    assert (event.before or {})["removed"] == [vars(Link("test-law-1", "test-law-1", "same"))]


def test_a_dry_run_and_a_table_with_one_mistake_change_nothing(two: Version) -> None:
    load("LEAD.1,LEAD.1,same,\n")
    assert counts(load("LEAD.2,LEAD.2,same,\n", dry_run=True)) == (1, 0, 1, 0)
    with pytest.raises(acts.LinksRefused):
        load("LEAD.2,LEAD.2,same,\nLEAD.9,LEAD.2,same,\n")
    assert told() == [("test-lead-1", "test-lead-1", "same", "")]
    assert Event.objects.filter(kind__startswith="crosswalk").count() == 1


def test_a_table_told_from_the_other_side_is_the_same_links(two: Version) -> None:
    load("LEAD.1,LEAD.2,same,\n")
    assert counts(load("LEAD.2,LEAD.1,same,\n", left=OTHER, right=ONE)) == (0, 0, 0, 1)
    assert CrosswalkLink.objects.count() == 1


def test_links_of_other_sets_are_left_alone(two: Version) -> None:
    make_version("third-set", "third-framework")
    load("LEAD.1,LEAD.1,same,\n")
    load("LEAD.1,LEAD.1,same,\n", right="third-framework")
    load("LEAD.2,LEAD.2,same,\n")
    rows = CrosswalkLink.objects.order_by("right__slug").values_list("right__slug", "left_lineage")
    assert list(rows) == [(OTHER, "test-lead-2"), ("third-framework", "test-lead-1")]


def test_what_was_agreed_to_is_loaded_or_nothing_is(two: Version) -> None:
    plan = load("LEAD.1,LEAD.1,same,\n", dry_run=True)
    link("LEAD.2", "LEAD.2")
    with pytest.raises(acts.LinksMoved) as moved:
        load("LEAD.1,LEAD.1,same,\n", seen=plan.seen)  # type: ignore[attr-defined]
    assert counts(moved.value.plan) == (1, 0, 1, 0)
    assert told() == [("test-lead-2", "test-lead-2", "same", "")]


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [(ONE, ONE, "Choose two different sets."), (ONE, "nothing", "“nothing” has no published version")],
)
def test_sets_that_cannot_be_linked_are_refused(left: str, right: str, words: str, two: Version) -> None:
    with pytest.raises(services.CriteriaError, match=words):
        load("LEAD.1,LEAD.1,same,\n", left=left, right=right)


def test_a_draft_has_no_codes_to_link_by(version: Version) -> None:
    make_version("draft-set", OTHER, is_draft=True)
    with pytest.raises(acts.NotPublished, match="Published are: test-framework"):
        load("LEAD.1,LEAD.1,same,\n")


# --- one by one ---------------------------------------------------------------------------------------


def test_the_same_link_twice_is_one_and_another_of_the_pair_is_refused(two: Version) -> None:
    first = link("LEAD.1", "LEAD.2", note="A note")
    assert link("LEAD.1", "LEAD.2", note="A note") == first
    one, other = sides()
    turned = Link(lineage("LEAD.2"), lineage("LEAD.1"), "partial")
    with pytest.raises(acts.LinkThere) as refused:
        acts.add_link(left=other, right=one, link=turned, by=None)
    assert refused.value.current == first
    assert Event.objects.filter(kind="crosswalk.added").count() == 1


def test_only_criteria_of_the_newest_published_versions_are_linked(two: Version) -> None:
    one, other = sides()
    with pytest.raises(acts.NoSuchCriterion):
        acts.add_link(left=one, right=other, link=Link("made-up", lineage("LEAD.1"), "same"), by=None)
    with pytest.raises(acts.SameSet):
        acts.add_link(left=one, right=one, link=Link(lineage("LEAD.1"), lineage("LEAD.2"), "same"), by=None)
    assert told() == []


def test_a_change_over_what_was_not_read_is_refused(two: Version, cast: Cast) -> None:
    made = link("LEAD.1", "LEAD.1")
    acts.change_link(link=made, strength="partial", note="Theirs", revision=1, by=cast.administrator)
    with pytest.raises(acts.StaleLink) as stale:
        acts.change_link(link=made, strength="same", note="Mine", revision=1, by=None)
    assert stale.value.current.note == "Theirs"
    with pytest.raises(acts.StaleLink):
        acts.remove_link(link=made, revision=1, by=None)
    # What stands already is no conflict, and no event.
    acts.change_link(link=made, strength="partial", note="Theirs", revision=1, by=None)
    assert Event.objects.filter(kind="crosswalk.changed").count() == 1
    acts.remove_link(link=made, revision=2, by=cast.administrator)
    acts.remove_link(link=made, revision=2, by=cast.administrator)
    assert Event.objects.filter(kind="crosswalk.removed").count() == 1
    with pytest.raises(acts.LinkGone):
        acts.change_link(link=made, strength="same", note="", revision=2, by=None)


# --- over versions ------------------------------------------------------------------------------------


def next_version(version: Version, without: str) -> Version:
    """Publish the set once more, without one of its criteria and with another code for the rest."""
    made = make_version("next-set", version.framework.slug, is_draft=True)
    criterion(made, without).indicators.all().delete()
    criterion(made, without).delete()
    for found in made.criteria.all():
        found.code = f"{found.code}N"
        found.save()
    return published(made)


def test_a_new_version_still_finds_its_links_by_new_codes(version: Version, two: Version) -> None:
    link("LEAD.2", "LEAD.1", "partial", "A note")
    now = next_version(version, without="LEAD.1")
    found = asked_elsewhere(two.framework, lineage("LEAD.1"))
    assert [(one.criterion.version, one.criterion.code, one.is_same) for one in found] == [(now, "LEAD.2N", False)]
    assert counts(load("LEAD.2N,LEAD.1,partial,A note\n")) == (0, 0, 0, 1)
    with pytest.raises(acts.LinksRefused, match="row 2, column one"):
        load("LEAD.2,LEAD.1,same,\n")


def test_links_of_a_criterion_that_was_dropped_stay_whatever_is_loaded(version: Version, two: Version) -> None:
    link("LEAD.1", "LEAD.1")
    link("LEAD.2", "LEAD.2")
    next_version(version, without="LEAD.1")
    one, other = sides()
    found = crosswalk_of(one, other)
    assert [row.left_lineage for row in found.outdated] == ["test-lead-1"]
    taken = write(
        [Link("test-lead-1", "test-lead-1", "same"), Link("test-lead-2", "test-lead-2", "same")], one.side, other.side
    )
    plan = acts.load_links(data=taken, left=ONE, right=OTHER, by=None)
    assert (counts(plan), plan.kept) == ((0, 0, 0, 1), 1)
    assert len(told()) == 2
    # Whoever reads the other set is led to the version that has it.
    assert [one.criterion.version for one in asked_elsewhere(two.framework, lineage("LEAD.1"))] == [version]


def test_sets_with_the_same_lineages_are_told_apart_by_their_line(version: Version, two: Version) -> None:
    link("LEAD.1", "LEAD.2")
    assert asked_elsewhere(two.framework, lineage("LEAD.1")) == []
    assert [one.criterion.code for one in asked_elsewhere(version.framework, lineage("LEAD.1"))] == ["LEAD.2"]


def test_a_counterpart_in_a_draft_is_shown_to_nobody(version: Version) -> None:
    other = make_version("draft-set", OTHER, is_draft=True)
    CrosswalkLink.objects.create(
        left=version.framework,
        left_lineage="test-lead-1",
        right=Framework.objects.get(slug=OTHER),
        right_lineage="test-lead-1",
        strength="same",
    )
    assert asked_elsewhere(version.framework, lineage("LEAD.1")) == []
    published(other)
    assert len(asked_elsewhere(version.framework, lineage("LEAD.1"))) == 1


# --- the command --------------------------------------------------------------------------------------


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "links.csv"


def run(*options: str) -> str:
    out = io.StringIO()
    call_command("load_crosswalk", *options, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_the_command_looks_then_loads_and_tells_programs(two: Version, table: Path) -> None:
    table.write_text(HEADING + "LEAD.1,LEAD.2,same,A note\n")
    assert "Dry run: nothing was changed." in run(str(table), ONE, OTHER, "--dry-run")
    assert told() == []
    said = json.loads(run(str(table), ONE, OTHER, "--json"))
    assert said["added"] == [{"codes": ["LEAD.1", "LEAD.2"], "strength": "same", "note": "A note"}]
    assert (said["loaded"], said["sets"]) == (True, ["test-framework/test-set", "other-framework/other-set"])
    assert len(told()) == 1
    assert "as they were: 1" in run(str(table), ONE, OTHER)


def test_the_command_names_all_problems_and_changes_nothing(two: Version, table: Path) -> None:
    table.write_text(HEADING + "LEAD.9,LEAD.2,same,\nLEAD.1,LEAD.9,same,\n")
    out = io.StringIO()
    with pytest.raises(CommandError, match="Problems: 2"):
        call_command("load_crosswalk", str(table), ONE, OTHER, "--json", stdout=out)
    said = json.loads(out.getvalue())
    assert [problem["place"] for problem in said["problems"]] == ["row 2, column one", "row 3, column other"]
    assert said["loaded"] is False
    with pytest.raises(CommandError, match="Problems: 1"):
        run(str(table), ONE, "nothing")
    with pytest.raises(CommandError, match="cannot be read"):
        run(str(table.parent / "missing.csv"), ONE, OTHER)
