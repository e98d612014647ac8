"""A backup is complete, secret, and proves itself by being restored."""

import datetime as dt
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from engawa.engine.backup.keeping import days_kept, folders_of, overdue, remember_folder
from engawa.engine.backup.making import make_backup
from engawa.engine.backup.restoring import restore_backup
from engawa.engine.backup.sealed import Reader, Secret, Writer
from engawa.engine.command.main import main
from engawa.engine.databases import OFFICE, PORCH
from engawa.engine.doctor import check_backups
from engawa.engine.home import Home
from engawa.engine.postgres.cluster import Cluster
from engawa.engine.trouble import Trouble
from engawa.kernel.clock import now, standing_at
from engawa.office.casework.retention.outside import NAME, Gone, Noted, bring_together, note, noted_in
from houses import furnish, without_ours

PASSPHRASE = "正しい馬の電池のホチキス"
SECRET = Secret.passphrase(PASSPHRASE)
KEY = Secret(b"k" * 32, kind="key file")  # opens at once, where it does not matter what opens


def sealed(entries: dict[str, bytes], secret: Secret = KEY) -> bytes:
    out = io.BytesIO()
    writer = Writer(out, secret)
    for name, content in entries.items():
        writer.entry(name, io.BytesIO(content))
    writer.finish()
    return out.getvalue()


def opened(file: bytes, secret: Secret = KEY) -> dict[str, bytes]:
    entries: dict[str, bytes] = {}
    for name, piece in Reader(io.BytesIO(file), secret).pieces():
        entries[name] = entries.get(name, b"") + piece
    return entries


@pytest.fixture(scope="module")
def one_file() -> bytes:
    return sealed({"empty": b"", "words": "ひみつ".encode() * 300_000})


@pytest.fixture(scope="module")
def by_passphrase() -> bytes:
    return sealed({"words": "ひみつ".encode()}, SECRET)


def test_what_goes_in_comes_out(one_file: bytes, by_passphrase: bytes) -> None:
    assert opened(one_file) == {"empty": b"", "words": "ひみつ".encode() * 300_000}
    assert opened(by_passphrase, SECRET) == {"words": "ひみつ".encode()}
    assert "ひみつ".encode() not in one_file + by_passphrase


def test_another_passphrase_opens_nothing(by_passphrase: bytes) -> None:
    with pytest.raises(Trouble, match="does not open this backup"):
        opened(by_passphrase, Secret.passphrase("another passphrase"))


def test_a_key_file_is_no_passphrase(by_passphrase: bytes, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_bytes(os.urandom(32))
    with pytest.raises(Trouble, match="opened by a passphrase, not by a key file"):
        opened(by_passphrase, Secret.key_file(key))
    assert opened(sealed({"a": b"b"}, Secret.key_file(key)), Secret.key_file(key)) == {"a": b"b"}


@pytest.mark.parametrize("content", [None, b"short"])
def test_a_key_file_that_cannot_protect_is_refused(tmp_path: Path, content: bytes | None) -> None:
    key = tmp_path / "key"
    if content is not None:
        key.write_bytes(content)
    with pytest.raises(Trouble, match="key file") as caught:
        Secret.key_file(key)
    assert "/dev/urandom" in caught.value.mend


@pytest.mark.parametrize("cut", [1, 17, 100, 5_000, 400_000])
def test_a_file_that_was_cut_is_noticed(one_file: bytes, cut: int) -> None:
    with pytest.raises(Trouble, match="damaged or was cut short"):
        opened(one_file[:-cut])


@pytest.mark.parametrize("place", [20, -30, -300_000])
def test_a_changed_byte_is_noticed(one_file: bytes, place: int) -> None:
    changed = bytearray(one_file)
    changed[place] ^= 1
    with pytest.raises(Trouble):
        opened(bytes(changed))


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"ENGAWA BACKUP 1\n", b"ENGAWA BACKUP 1\n{}\n", b"ENGAWA BACKUP 1\n[1]\n"]
)
def test_another_file_is_no_backup(content: bytes) -> None:
    with pytest.raises(Trouble):
        opened(content)


def test_a_backup_cannot_write_outside_of_the_data_folder(tmp_path: Path) -> None:
    file = tmp_path / "b"
    file.write_bytes(sealed({"files/../../stolen": b"x"}))
    with pytest.raises(Trouble, match="outside of the data folder"):
        restore_backup(file, KEY, Home(tmp_path / "home"))
    assert not (tmp_path / "stolen").exists()


def test_restoring_never_overwrites(tmp_path: Path, one_file: bytes) -> None:
    file, home = tmp_path / "b", tmp_path / "home"
    file.write_bytes(one_file)
    home.mkdir()
    (home / "mine").write_text("mine")
    with pytest.raises(Trouble, match="not empty"):
        restore_backup(file, SECRET, Home(home))
    assert [path.name for path in home.iterdir()] == ["mine"]


def test_a_backup_that_is_older_than_backups_are_kept_is_named_reported_and_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, folder = Home(tmp_path / "home"), tmp_path / "backups"
    home.make()
    folder.mkdir()
    (folder / "notes.txt").write_text("nothing of ours")
    with standing_at(dt.datetime(2026, 1, 10, tzinfo=dt.UTC)):
        about = {"made_at": now().isoformat(), "zones": ["porch", "office"]}
        (folder / "old one").write_bytes(sealed({"about.json": json.dumps(about).encode()}))
    (folder / "new").write_bytes(sealed({}))
    for _times in range(2):
        remember_folder(home, folder)
    assert folders_of(home) == [folder]
    with standing_at(dt.datetime(2026, 4, 11, tzinfo=dt.UTC)):
        assert [made.file.name for made in overdue([folder], now())] == ["old one"]
        (found,) = check_backups(home)
        assert (found.well, found.mend) == (False, f"rm '{folder / 'old one'}'")
        with pytest.raises(Trouble, match="91 days ago") as refused:
            restore_backup(folder / "old one", KEY, Home(tmp_path / "other"))
        assert "--overdue" in refused.value.mend
        assert not (tmp_path / "other").exists()
        assert restore_backup(folder / "old one", KEY, Home(tmp_path / "other"), overdue=True) == about
        monkeypatch.setenv("ENGAWA_BACKUP_DAYS", "120")
        assert next(check_backups(home)).well
    monkeypatch.setenv("ENGAWA_BACKUP_DAYS", "soon")
    with pytest.raises(Trouble, match="number of days"):
        days_kept()


def test_copies_of_the_list_of_destructions_are_brought_together_and_a_damaged_one_is_refused(tmp_path: Path) -> None:
    moment = dt.datetime(2026, 4, 11, tzinfo=dt.UTC)
    gone = Gone(uuid4(), "case", moment.date(), moment.date())
    early, late = (
        Noted(uuid4(), uuid4(), None, moment, uuid4(), moment + dt.timedelta(days=days), (gone,)) for days in (0, 1)
    )
    for folder, known in (("lost", (early, late)), ("kept", (early,)), ("empty", ())):
        (tmp_path / folder).mkdir()
        for noted in known:
            note(tmp_path / folder, noted)
    for _times in range(2):
        bring_together(tmp_path / "kept" / NAME, tmp_path / "lost" / NAME)
    assert noted_in(tmp_path / "kept" / NAME) == [early, late]
    bring_together(tmp_path / "empty" / NAME, tmp_path / "empty" / NAME)
    assert noted_in(tmp_path / "empty" / NAME) == []
    (tmp_path / "lost" / NAME).write_text("{}\n")
    with pytest.raises(ValueError, match="no list of destructions"):
        bring_together(tmp_path / "kept" / NAME, tmp_path / "lost" / NAME)


def test_without_the_list_of_destructions_nothing_is_restored_unless_it_is_said_to_be_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for zone in (OFFICE, PORCH):
        monkeypatch.delenv(zone.variable, raising=False)
    words = ["restore", str(tmp_path / "b"), "--home", str(tmp_path / "home"), "--key-file", str(tmp_path / "key")]
    assert main(words) == 1
    assert "--list-lost" in capsys.readouterr().err
    assert main([*words, "--list-lost"]) == 1
    assert "The key file" in capsys.readouterr().err


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="No such file"):
        restore_backup(tmp_path / "b", SECRET, Home(tmp_path / "home"))


def engawa(home: Home, *words: str, answers: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "engawa.engine", *words, "--home", home.path],
        env=without_ours(),
        input=answers,
        capture_output=True,
        text=True,
        check=False,
    )


def everything(cluster: Cluster, database: str) -> dict[str, tuple[int, str]]:
    """Each table with its number of rows and a digest of their content."""
    with cluster.connect(database) as admin:
        tables = [
            name
            for (name,) in admin.execute(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            )
        ]
        return {name: _digest(admin, name) for name in tables}


def _digest(admin: psycopg.Connection[Any], table: str) -> tuple[int, str]:
    query = sql.SQL("SELECT count(*), coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {} t")
    row = admin.execute(query.format(sql.Identifier(table))).fetchone()
    assert row is not None
    return row


@pytest.mark.slow
class TestTheRoundTrip:
    @pytest.fixture(scope="class")
    @classmethod
    def home(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
        home = Home(tmp_path_factory.mktemp("round") / "home")
        furnish(home)
        done = engawa(home, "staff", "--email", "a@example.jp", "--name", "山田花子", "--organisation", "みやこ市")
        assert done.returncode == 0, done.stderr
        (home.keys / "office.key").write_text("0" * 64)
        cluster = Cluster(home)
        with cluster.in_use():
            with cluster.connect("porch", PORCH.owner) as owner:
                owner.execute("CREATE TABLE said (number serial PRIMARY KEY, word text)")
            yield home

    @pytest.mark.oldest
    def test_while_words_arrive_a_backup_is_made_and_restored_in_full(self, home: Home, tmp_path: Path) -> None:
        cluster, stop = Cluster(home), threading.Event()

        def talk() -> None:
            with cluster.connect("porch") as admin:
                while not stop.is_set():
                    admin.execute("INSERT INTO said (word) VALUES ('ことば')")

        talking = threading.Thread(target=talk)
        talking.start()
        try:
            made = engawa(home, "backup", str(tmp_path / "b.engawa"), answers=f"{PASSPHRASE}\n" * 2)
        finally:
            stop.set()
            talking.join()
        assert made.returncode == 0, made.stderr
        assert (tmp_path / "b.engawa").stat().st_mode & 0o777 == 0o600

        other = Home(tmp_path / "other")
        put_back = engawa(other, "restore", str(tmp_path / "b.engawa"), answers=f"{PASSPHRASE}\n")
        assert put_back.returncode == 0, put_back.stderr
        assert "No destruction is known here" in put_back.stdout
        assert (other.keys / NAME).read_text() == "", "copied beside the backup, and taken from there"
        restored = Cluster(other)
        with restored.in_use():
            assert everything(restored, "office") == everything(cluster, "office")
            porch, before = everything(restored, "porch"), everything(cluster, "porch")
            assert 0 < porch.pop("said")[0] < before.pop("said")[0]
            assert porch == before
            with restored.connect("office", OFFICE.server) as server:
                assert server.execute("SELECT count(*) FROM access_staff").fetchone() == (1,)
            with restored.connect("porch", PORCH.server) as server, pytest.raises(psycopg.errors.InsufficientPrivilege):
                server.execute("SELECT * FROM said")
        assert (other.keys / "office.key").read_text() == "0" * 64
        assert other.secret("office") == home.secret("office")
        assert engawa(other, "migrate").returncode == 0

    def test_a_file_cut_in_the_middle_leaves_nothing_half_restored(self, home: Home, tmp_path: Path) -> None:
        file = tmp_path / "b.engawa"
        with Cluster(home).in_use():
            make_backup(home, Cluster(home), file, SECRET)
        whole = file.read_bytes()
        file.write_bytes(whole[: len(whole) // 2])
        with pytest.raises(Trouble, match="damaged or was cut short"):
            restore_backup(file, SECRET, Home(tmp_path / "other"))
        assert not (tmp_path / "other").exists()

    def test_an_existing_file_is_never_overwritten(self, home: Home, tmp_path: Path) -> None:
        file = tmp_path / "b.engawa"
        file.write_text("mine")
        done = engawa(home, "backup", str(file), answers=f"{PASSPHRASE}\n" * 2)
        assert (done.returncode, file.read_text()) == (1, "mine")
        assert "never overwrites" in done.stderr

    @pytest.mark.parametrize(
        ("answers", "said"),
        [
            ("short\nshort\n", "at least 12"),
            (f"{PASSPHRASE}\nsomething else\n", "not the same"),
            ("", "nothing was given"),
        ],
    )
    def test_a_poor_passphrase_is_refused(self, home: Home, tmp_path: Path, answers: str, said: str) -> None:
        done = engawa(home, "backup", str(tmp_path / "b"), answers=answers)
        assert done.returncode == 1
        assert said in done.stderr
        assert list(tmp_path.iterdir()) == []

    def test_a_folder_that_cannot_be_written_is_said(self, home: Home, tmp_path: Path) -> None:
        done = engawa(home, "backup", str(tmp_path / "missing" / "b"), answers=f"{PASSPHRASE}\n" * 2)
        assert done.returncode == 1
        assert "No such file or directory. No backup was made." in done.stderr


def test_there_is_nothing_to_back_up_in_an_unmade_home(tmp_path: Path) -> None:
    done = engawa(Home(tmp_path / "home"), "backup", str(tmp_path / "b"), answers=f"{PASSPHRASE}\n" * 2)
    assert done.returncode == 1
    assert "nothing in" in done.stderr
