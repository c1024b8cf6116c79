"""Loading crime figures: all or nothing, audited, harmless when repeated; the command says what it did."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from accounts.models import User
from audit.models import Event
from partnerships import services
from partnerships.crime_loading import Plan, check
from partnerships.models import CrimeFigure, Partnership
from tests.people import Cast, Places

pytestmark = pytest.mark.django_db
Capture = pytest.CaptureFixture[str]
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
HEADING = "CDRP,Police force,12 months to Oct 06,12 months to Mar 07,Volume change\n"
DERBY = "City of Derby UA,Derbyshire,100,90,-9\n"


def load(rows: str, by: User | None = None, source: str = "A paper (2007)", seen: str = "") -> Plan:
    return services.load_crime_figures(data=HEADING + rows, source=source, by=by, seen=seen)


def said_of(rows: str) -> list[str]:
    return list(map(str, check(HEADING + rows, "x").problems))


def figures() -> list[tuple[str, str, int, str]]:
    rows = CrimeFigure.objects.order_by("ends_on", "pk")
    return [(row.partnership.slug, row.period, row.value, row.note) for row in rows]


def test_printed_names_find_their_partnerships_and_the_note_stands_with_the_later_figure(
    places: Places, cast: Cast
) -> None:
    load(DERBY, by=cast.administrator)
    assert figures() == [
        ("derby", "12 months to October 2006", 100, ""),
        ("derby", "12 months to March 2007", 90, "Printed change −9; the two figures give −10."),
    ]
    assert {(row.source, row.is_demonstration) for row in CrimeFigure.objects.all()} == {("A paper (2007)", False)}
    event = Event.objects.get(kind="crime_figures.loaded")
    assert (event.actor_id, len((event.after or {})["figures"])) == (cast.administrator.pk, 2)


def test_loading_again_is_harmless_and_a_correction_replaces(places: Places) -> None:
    load(DERBY)
    load(DERBY)
    assert (CrimeFigure.objects.count(), Event.objects.count()) == (2, 1)
    load(DERBY.replace("90", "91"))
    assert [value for _slug, _period, value, _note in figures()] == [100, 91]
    corrected = Event.objects.latest("pk")
    assert [entry[2] for entry in (corrected.before or {})["figures"]] == [90]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            "Derbyy,,1,2,\n",
            "line 3: No partnership is called “Derbyy”. Is it Derby? Write the name as on the map of 2007.",
        ),
        ("Atlantis,,1,2,\n", "line 3: No partnership is called “Atlantis”. Write the name as on the map of 2007."),
        ("Derby,Devon,1,2,\n", "line 3: Derby belongs to Derbyshire Constabulary, not to “Devon”."),
        ("exeter,,1,2,\n", "line 3: Exeter has a row already, in line 2. Leave one of them."),
    ],
)
def test_a_row_that_nobody_owns_keeps_all_others_out(rows: str, said: str, places: Places) -> None:
    rows = "Exeter,Devon & Cornwall,1,2,\n" + rows
    assert said in said_of(rows)[0]
    with pytest.raises(services.CrimeTableRefused):
        load(rows)
    assert not CrimeFigure.objects.exists()


def test_shape_and_content_are_said_in_one_round(places: Places) -> None:
    rows = "Derbyy,,100,x,\nDerby,Devon,0,-4,\nDerby,,1\nExeter,,600000,5,\nexeter,,1,1,y\n,,1,2,\n"
    assert said_of(rows) == [
        "line 2, “12 months to Mar 07”: “x” is not a number. Write it like 1,234 or 7.8, with a minus where it falls.",
        "line 2: No partnership is called “Derbyy”. Is it Derby? Write the name as on the map of 2007.",
        "line 3, “12 months to Oct 06”: No area is without crime for 12 months. "
        "Write the count; where it is not known, leave the row out.",
        "line 3, “12 months to Mar 07”: −4 is below 0. Write how many crimes were recorded, like 1,234.",
        "line 3: Derby belongs to Derbyshire Constabulary, not to “Devon”. Correct the area or the police force.",
        "line 4: There are 3 cells; the heading has 5. Put quotation marks round 1,234.",
        "line 5, “12 months to Oct 06”: 600,000 is more than one area can have (500,000). "
        "Correct it; begin a row of totals with “Total”.",
        "line 6, “Volume change”: “y” is not a number. Write it like 1,234 or 7.8, with a minus where it falls.",
        "line 6: Exeter has a row already, in line 5. Leave one of them.",
        "line 7, “CDRP”: The area has no name. Write it there, or begin the row with “Total” if it is one.",
    ]
    with pytest.raises(services.CrimeTableRefused) as refused:
        load(DERBY + rows)
    assert len(refused.value.problems) > 10
    assert not CrimeFigure.objects.exists()


def test_names_are_checked_under_a_heading_that_is_wrong(places: Places) -> None:
    said = list(map(str, check("CDRP,12 months to Oct 06\nDerbyy,1\n", "x").problems))
    assert [text.split(":")[0] for text in said] == ["the heading", "line 2"]


def test_another_source_is_told_and_kept_in_the_trail(places: Places) -> None:
    load(DERBY + "Exeter,,5,6,\n")
    plan = load(DERBY.replace("100", "101"), source="A new paper (2008)")
    assert list(map(str, plan.retitled)) == [
        "12 months to October 2006: the source of 1 figure changes from “A paper (2007)” to “A new paper (2008)”.",
        "12 months to March 2007: the source of 1 figure changes from “A paper (2007)” to “A new paper (2008)”.",
    ]
    assert [(old.value, new.value) for old, new in plan.corrected] == [(100, 101)]
    assert (plan.left, plan.unchanged, len(plan.new)) == (2, 0, 0)
    event = Event.objects.latest("pk")
    before, after = event.before or {}, event.after or {}
    assert {entry[4] for entry in before["figures"]} == {"A paper (2007)"}
    assert after["sources_changed"] == [
        ["12 months to October 2006", "A paper (2007)", "A new paper (2008)", 1],
        ["12 months to March 2007", "A paper (2007)", "A new paper (2008)", 1],
    ]


def test_what_was_shown_is_what_is_loaded_or_nothing(places: Places) -> None:
    corrected = DERBY.replace("90", "91")
    load(DERBY)
    shown = check(HEADING + corrected, "A paper (2007)").plan
    assert shown
    load(DERBY.replace("90", "95"))
    with pytest.raises(services.CrimeFiguresMoved) as moved:
        load(corrected, seen=shown.seen)
    assert [(old.value, new.value) for old, new in moved.value.plan.corrected] == [(95, 91)]
    assert [value for _slug, _period, value, _note in figures()] == [100, 95]
    load(corrected, seen=moved.value.plan.seen)
    assert [value for _slug, _period, value, _note in figures()] == [100, 91]


def test_made_up_figures_give_way_to_printed_ones(places: Places) -> None:
    load(DERBY)
    CrimeFigure.objects.update(is_demonstration=True)
    load(DERBY)
    assert not CrimeFigure.objects.filter(is_demonstration=True).exists()


def test_nothing_is_half_loaded(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(**_event: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(services, "record", failing)
    with pytest.raises(IntegrityError):
        load(DERBY)
    assert not CrimeFigure.objects.exists()


@pytest.fixture
def the_map(db: None) -> None:
    call_command("loaddata", "regions", "police_forces", "partnerships", verbosity=0)


class TestTheCommand:
    FILE = str(FIXTURES / "crime_figures_44.csv")

    def test_the_printed_table(self, the_map: None, capsys: Capture) -> None:
        call_command("load_crime_figures", self.FILE)
        assert CrimeFigure.objects.count() == 88
        shown = capsys.readouterr().out
        assert "44 areas; 88 figures new, 0 changed, 0 already there." in shown
        assert "  Nottingham: Printed change −496; the two figures give −506." in shown
        assert "printed 948,644, computed 947,814 (they differ)" in shown
        assert shown.endswith("Loaded.\n")
        preston = CrimeFigure.objects.get(partnership__slug="preston", ends_on="2007-03-31")
        assert "labelled “Well above”" in preston.note
        assert Partnership.objects.get(slug="bristol").crime_figures.count() == 2

    def test_a_dry_run_as_json(self, the_map: None, capsys: Capture) -> None:
        call_command("load_crime_figures", self.FILE, "--dry-run", "--json")
        said = json.loads(capsys.readouterr().out)
        assert (said["loaded"], said["new"], len(said["notes"])) == (False, 88, 2)
        assert said["totals"][6]["printed"] == "163057"
        assert not CrimeFigure.objects.exists()
        assert not Event.objects.exists()

    @pytest.mark.parametrize("flags", [[], ["--json"]])
    def test_problems(self, flags: list[str], places: Places, tmp_path: Path, capsys: Capture) -> None:
        file = tmp_path / "bad.csv"
        file.write_text(HEADING + "Derby,,x,2,\n,,1,2,\n")
        with pytest.raises(CommandError, match=r"Nothing was loaded\. Problems: 2\."):
            call_command("load_crime_figures", str(file), *flags)
        out = capsys.readouterr()
        assert "line 2" in out.out + out.err
        if flags:
            assert [problem["place"] for problem in json.loads(out.out)["problems"]] == [
                "line 2, “12 months to Oct 06”",
                "line 3, “CDRP”",
            ]
        assert not CrimeFigure.objects.exists()

    def test_another_source_a_correction_and_a_doubt_are_said(
        self, places: Places, tmp_path: Path, capsys: Capture
    ) -> None:
        file = tmp_path / "one.csv"
        file.write_text(HEADING + "Derby,,100,90,\nExeter,,5,6,\n")
        call_command("load_crime_figures", str(file), "--source", "A  paper")
        file.write_text(HEADING + "Derby,,100,9,\n")
        call_command("load_crime_figures", str(file), "--dry-run")
        shown = capsys.readouterr().out
        assert "  12 months to March 2007: the source of 1 figure changes from “A paper” to “one.csv”.\n" in shown
        assert "  Derby, 12 months to March 2007: 90 becomes 9.\n" in shown
        assert "  Figures of the same periods that the table leaves out, and that stay: 2.\n" in shown
        assert "  Derby: The later figure is 91.0 per cent below the earlier one." in shown
        with pytest.raises(CommandError, match="longer than 300 characters"):
            call_command("load_crime_figures", str(file), "--source", "x" * 301)

    def test_a_file_that_is_not_there(self) -> None:
        with pytest.raises(CommandError, match="cannot be read: No such file"):
            call_command("load_crime_figures", "/nowhere.csv")
