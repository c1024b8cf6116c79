"""Loading crime figures: all or nothing, audited, harmless when repeated; the command says what it did."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from accounts.models import User
from audit.models import Event
from partnerships import services
from partnerships.crime_loading import plan_of
from partnerships.crime_table import Table, read
from partnerships.models import CrimeFigure, Partnership
from tests.people import Cast, Places

pytestmark = pytest.mark.django_db
Capture = pytest.CaptureFixture[str]
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
HEADING = "CDRP,Police force,12 months to Oct 06,12 months to Mar 07,Volume change\n"
DERBY = "City of Derby UA,Derbyshire,100,90,-9\n"


def table(rows: str) -> Table:
    found = read(HEADING + rows).table
    assert found
    return found


def load(rows: str, by: User | None = None) -> None:
    services.load_crime_figures(table=table(rows), source="A paper (2007)", by=by)


def figures() -> list[tuple[str, str, int, str]]:
    rows = CrimeFigure.objects.order_by("ends_on", "pk")
    return [(row.partnership.slug, row.period, row.value, row.note) for row in rows]


def test_printed_names_find_their_partnerships_and_the_note_stands_with_the_later_figure(
    places: Places, cast: Cast
) -> None:
    load(DERBY, by=cast.administrator)
    assert figures() == [
        ("derby", "12 months to October 2006", 100, ""),
        ("derby", "12 months to March 2007", 90, "Printed change -9; the two figures give -10."),
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
        ("Derbyy,,1,2,\n", "line 3: No partnership is called “Derbyy”. Is it Derby?"),
        ("Atlantis,,1,2,\n", "line 3: No partnership is called “Atlantis”. Write the name as on the map of 2007."),
        ("Derby,Devon,1,2,\n", "line 3: Derby belongs to Derbyshire Constabulary, not to “Devon”."),
        ("exeter,,1,2,\n", "line 3: Exeter has a row already, in line 2. Leave one of them."),
    ],
)
def test_a_row_that_nobody_owns_keeps_all_others_out(rows: str, said: str, places: Places) -> None:
    found = table("Exeter,Devon & Cornwall,1,2,\n" + rows)
    assert said in str(plan_of(found, "x").problems[0])
    with pytest.raises(services.CrimeTableRefused):
        services.load_crime_figures(table=found, source="x", by=None)
    assert not CrimeFigure.objects.exists()


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
        assert "  Nottingham: Printed change -496; the two figures give -506." in shown
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
            assert [problem["place"] for problem in json.loads(out.out)["problems"]] == ["line 2", "line 3"]
        assert not CrimeFigure.objects.exists()

    def test_a_file_that_is_not_there(self) -> None:
        with pytest.raises(CommandError, match="cannot be read: No such file"):
            call_command("load_crime_figures", "/nowhere.csv")
