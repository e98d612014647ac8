"""The demo city as a newcomer meets it, and the doctor who finds what is broken in it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from engawa.engine.command.demo import is_built, six_digits
from engawa.engine.demo import city
from engawa.engine.demo.build import address_of
from engawa.engine.home import Home
from engawa.engine.postgres.cluster import Cluster
from houses import free_port, furnish

# RFC 6238, appendix B: the secret "12345678901234567890" in base 32, the last six of its eight digits.
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(("moment", "digits"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")])
def test_the_six_digits_are_those_of_the_standard(moment: int, digits: str) -> None:
    assert six_digits(SECRET, moment) == digits


@contextmanager
def started(home: Home, *words: str) -> Iterator[subprocess.Popen[str]]:
    """A command that goes on until it is asked to stop."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("ENGAWA_")}
    with subprocess.Popen(
        [sys.executable, "-m", "engawa.engine", *words, "--home", home.path],
        env=clean | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def engawa(home: Home, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("ENGAWA_")}
    return subprocess.run(
        [sys.executable, "-m", "engawa.engine", *words, "--home", home.path],
        env=clean | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_demo_refuses_a_folder_with_real_data_and_databases_elsewhere(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.cluster.mkdir(parents=True)
    refused = engawa(home, "demo", "--fresh", "--build-only")
    assert (refused.returncode, "real data" in refused.stderr) == (1, True)
    elsewhere = engawa(Home(tmp_path / "other"), "demo", "--build-only", ENGAWA_OFFICE_DB="postgresql://a@b/c")
    assert (elsewhere.returncode, "ENGAWA_OFFICE_DB is set" in elsewhere.stderr) == (1, True)
    assert list(home.cluster.iterdir()) == []


@pytest.mark.slow
def test_the_demo_refuses_a_folder_that_holds_the_keys_of_an_office_with_its_databases_elsewhere(
    tmp_path: Path,
) -> None:
    """Its shell may not know where they are, and the letters in them open with these keys alone."""
    home = Home(tmp_path / "home")
    home.make()
    key = home.keys / "office.0123.key"
    key.write_text("sealed")
    refused = engawa(home, "demo", "--fresh", "--build-only")
    assert (refused.returncode, "real data" in refused.stderr) == (1, True)
    assert (key.read_text(), home.demo) == ("sealed", False)


TWICE = """
from pathlib import Path
from engawa.engine.home import Home
from engawa.engine.opening import set_up_django
set_up_django()
from engawa.engine.house import open_house
from engawa.office.access.models import Staff
for _ in range(2):
    with open_house(Home(Path({home!r}))):
        print(Staff.objects.count())
"""


@pytest.mark.slow
def test_a_house_closed_and_opened_again_in_one_process_answers(tmp_path: Path) -> None:
    """The demo builds its city in one opening and serves it in the next, on a server started anew."""
    home = tmp_path / "home"
    furnish(Home(home))
    clean = {key: value for key, value in os.environ.items() if not key.startswith("ENGAWA_")}
    done = subprocess.run(
        [sys.executable, "-c", TWICE.format(home=str(home))],
        env=clean | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "ENGAWA_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["0", "0"], done.stderr


def test_a_build_that_was_interrupted_is_cleared_away_and_does_not_count(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.cluster.mkdir(parents=True)
    for told, built in (('{"built": true}', True), ("{}", False)):
        (home.path / "demo").write_text(told)
        assert is_built(home) is built
    assert not home.cluster.exists()


@pytest.mark.slow
class TestADemo:
    @pytest.fixture(scope="class")
    @classmethod
    def home(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
        home = Home(tmp_path_factory.mktemp("demo") / "home")
        furnish(home)
        (home.path / "demo").write_text('{"built": true}')
        with Cluster(home).in_use(), Cluster(home).connect("office") as admin:
            admin.execute("CREATE TABLE of_yesterday ()")
        built = engawa(home, "demo", "--fresh", "--build-only")
        assert built.returncode == 0, built.stderr
        with Cluster(home).in_use():
            yield home

    def test_is_made_anew_and_is_whole_and_well(self, home: Home) -> None:
        with Cluster(home).connect("office") as admin:
            assert admin.execute("SELECT to_regclass('of_yesterday')").fetchone() == (None,)
        told = json.loads((home.path / "demo").read_text())
        assert told["built"]
        assert all(len(words.split()) == 6 for words in told["passphrases"].values())
        looked = engawa(home, "doctor")
        assert looked.returncode == 0, looked.stdout
        assert "Everything is well." in looked.stdout
        assert "whoever takes over the porch reaches the office's database and its keys" in looked.stdout

    def test_is_not_thrown_away_while_somebody_uses_it(self, home: Home) -> None:
        refused = engawa(home, "demo", "--fresh", "--build-only")
        assert (refused.returncode, "in use" in refused.stderr) == (1, True)

    @pytest.mark.parametrize(
        ("break_it", "mend_it", "found"),
        [
            (
                "ALTER TABLE casework_contact NO FORCE ROW LEVEL SECURITY",
                "ALTER TABLE casework_contact FORCE ROW LEVEL SECURITY",
                "second wall: stands nowhere around casework_contact",
            ),
            (
                "ALTER ROLE engawa_office BYPASSRLS",
                "ALTER ROLE engawa_office NOBYPASSRLS",
                "the role engawa_office may bypass row-level security",
            ),
            (
                "GRANT UPDATE ON audit_entry TO engawa_office",
                "REVOKE UPDATE ON audit_entry FROM engawa_office",
                "audit log: the serving role may change it",
            ),
            (
                "REVOKE SELECT ON directory_desk FROM engawa_office",
                "GRANT SELECT ON directory_desk TO engawa_office",
                "no right to read directory_desk",
            ),
            (
                "DELETE FROM django_migrations WHERE app = 'axes'",
                "SELECT 1",
                "migrations are missing",
            ),
        ],
    )
    def test_the_doctor_finds_what_is_broken(self, home: Home, break_it: str, mend_it: str, found: str) -> None:
        cluster = Cluster(home)
        with cluster.connect("office") as admin:
            kept = admin.execute("SELECT app, name, applied FROM django_migrations WHERE app = 'axes'").fetchall()
            admin.execute(break_it)
        try:
            looked = engawa(home, "doctor")
        finally:
            with cluster.connect("office") as admin:
                admin.execute(mend_it)
                if "django_migrations" in break_it:
                    admin.cursor().executemany(
                        "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", kept
                    )
        assert looked.returncode == 1
        assert found in looked.stdout
        assert "mend: " in looked.stdout

    def test_serves_both_zones_and_says_where_and_as_whom_to_come_in(self, home: Home) -> None:
        ports = [free_port() for _ in range(4)]
        named = zip(("office-port", "office-live-port", "porch-port", "porch-live-port"), ports, strict=True)
        words = [word for name, port in named for word in (f"--{name}", str(port))]
        with started(home, "demo", *words) as process:
            assert process.stdout is not None
            said = list(iter(process.stdout.readline, "Stop with Ctrl-C.\n"))
            office, porch = (httpx.get(f"http://127.0.0.1:{port}/", follow_redirects=True) for port in ports[::2])
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0
        assert ("サインイン" in office.text, "えんがわ" in porch.text) == (True, True)
        told = "".join(said)
        assert [f"http://localhost:{port}/" in told for port in ports[::2]] == [True, True]
        assert [address_of(person) in told for person in city.STAFF] == [True] * len(city.STAFF)
        passphrases = json.loads((home.path / "demo").read_text())["passphrases"].values()
        assert passphrases
        assert [passphrase in told for passphrase in passphrases] == [True] * len(passphrases)

    def test_the_report_of_the_command_is_the_one_that_the_city_published(self, home: Home, tmp_path: Path) -> None:
        """X-03: with the windows of the publication, cell by cell."""
        file = tmp_path / "report.csv"
        window = ["--from", "2020-09-01", "--to", "2021-08-31"]
        before = ["--compare-from", "2019-04-01", "--compare-to", "2020-03-31"]
        made = engawa(home, "report", "verification", *window, *before, "--out", str(file))
        assert made.returncode == 0, made.stderr
        published = Path(city.__file__).parent / "ledger" / "expected.csv"
        assert file.read_text("utf-8-sig").splitlines() == published.read_text().splitlines()

    def test_a_ledger_comes_in_once_and_is_taken_out_again(self, home: Home, tmp_path: Path) -> None:
        ledger = tmp_path / "相談ケース.csv"
        rows = ["ケース番号,受付日,受付窓口,相談者", "X1,2026-04-01,窓口,本人", "X2,いつか,窓口,家族"]
        ledger.write_text("\n".join(rows))
        mending = tmp_path / "mending.xlsx"
        first = engawa(home, "import", str(ledger), "--set-aside", str(mending))
        assert "相談ケース: 2 rows, 1 taken in, 0 known already, 1 set aside" in first.stdout, first.stderr
        assert mending.exists()
        again = engawa(home, "import", str(ledger))
        assert "相談ケース: 2 rows, 0 taken in, 1 known already, 1 set aside" in again.stdout, again.stderr
        with Cluster(home).connect("office") as admin:
            there = "SELECT count(*) FROM casework_case WHERE number = 'X1'"
            assert admin.execute(there).fetchone() == (1,)
            undone = [engawa(home, "import", "--undo").stdout for _ in range(2)]
            assert admin.execute(there).fetchone() == (0,)
        assert ["undone: 相談ケース.csv" in said for said in undone] == [True, True]

    def test_a_file_that_cannot_be_written_is_said_with_what_was_kept(self, home: Home, tmp_path: Path) -> None:
        nowhere = str(tmp_path / "missing" / "file.xlsx")
        window = ["--from", "2020-09-01", "--to", "2021-08-31"]
        report = engawa(home, "report", "verification", *window, "--out", nowhere)
        assert report.returncode == 1
        assert "could not be written: No such file or directory. There is no report" in report.stderr
        bad = tmp_path / "相談ケース.csv"
        bad.write_text("ケース番号,受付日,受付窓口,相談者\nX1,いつか,窓口,本人\n")
        looked = engawa(home, "import", str(bad), "--dry-run", "--set-aside", nowhere)
        assert looked.returncode == 1
        assert "could not be written: No such file or directory. Nothing was changed." in looked.stderr
        assert "相談ケース, row 2, 受付日 “いつか”: “いつか” cannot be read as a day" in looked.stdout
        assert "accepted: a day such as" in looked.stdout

    def test_a_ledger_that_is_refused_is_told_in_the_language_of_the_terminal(self, home: Home, tmp_path: Path) -> None:
        other = tmp_path / "雑記.csv"
        other.write_text("あ,い\n1,2\n")
        refused = engawa(home, "import", str(other))
        assert refused.returncode == 1
        assert "雑記.csv: No sheet of a ledger was found. Check the names" in refused.stderr
        assert "Nothing was changed." in refused.stderr

    @pytest.mark.parametrize(
        ("code", "said"), [("53100", "The disk is full."), ("57P01", "The database did not go along: ")]
    )
    def test_a_database_that_gives_up_is_said_and_nothing_came_in(
        self, home: Home, tmp_path: Path, code: str, said: str
    ) -> None:
        ledger = tmp_path / "相談ケース.csv"
        ledger.write_text("ケース番号,受付日,受付窓口,相談者\nX1,2026-04-01,窓口,本人\n")
        with Cluster(home).connect("office") as admin:
            admin.execute(
                "CREATE FUNCTION gives_up() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}', MESSAGE = 'gives up'; END $$"
            )
            admin.execute("CREATE TRIGGER up BEFORE INSERT ON casework_case EXECUTE FUNCTION gives_up()")
        try:
            done = engawa(home, "import", str(ledger))
        finally:
            with Cluster(home).connect("office") as admin:
                admin.execute("DROP FUNCTION gives_up CASCADE")
                left = admin.execute("SELECT count(*) FROM directory_desk WHERE name = '窓口'").fetchone()
        assert (done.returncode, left) == (1, (0,)), done.stderr
        assert said in done.stderr
        assert "was undone; all else is as it was." in done.stderr

    def test_the_doctor_finds_a_folder_that_others_can_read(self, home: Home) -> None:
        home.keys.chmod(0o755)
        try:
            looked = engawa(home, "doctor")
        finally:
            home.keys.chmod(0o700)
        assert looked.returncode == 1
        assert f"chmod -R go-rwx {home.keys}" in looked.stdout

    def test_keys_are_shown_and_a_new_one_is_put_in_use(self, home: Home) -> None:
        before = engawa(home, "keys").stdout
        present = before.splitlines()[0].removeprefix("words are sealed to: ")
        rotated = engawa(home, "keys", "--rotate").stdout
        assert f"still opened by:     {present}" in rotated
        assert f"words are sealed to: {present}" not in rotated


@pytest.mark.slow
def test_the_doctor_of_an_unmade_folder_makes_no_cluster(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    assert engawa(home, "doctor").returncode == 0
    assert not home.cluster.exists()


@pytest.mark.slow
def test_the_doctor_looks_at_a_database_elsewhere_even_where_nothing_is_here(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    looked = engawa(home, "doctor", ENGAWA_OFFICE_DB="postgresql://nobody@127.0.0.1:1/nowhere")
    assert looked.returncode == 1
    assert "WRONG office database" in looked.stdout
    assert "porch database" not in looked.stdout
    assert not home.cluster.exists()
