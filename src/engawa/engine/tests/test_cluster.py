"""The embedded PostgreSQL survives what computers do to it."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from engawa.engine.home import Home
from engawa.engine.postgres.binaries import Binaries
from engawa.engine.postgres.cluster import Cluster
from engawa.engine.postgres.privilege import choose
from engawa.engine.trouble import Trouble

ROOT = os.geteuid() == 0


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def unmade(home: Home) -> Iterator[Cluster]:
    """A cluster before its first start."""
    cluster = Cluster(home)
    yield cluster
    cluster.stop()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a first start makes."""
    cluster = Cluster(Home(tmp_path_factory.mktemp("made") / "home"))
    cluster.start()
    cluster.stop()
    return cluster.data


@pytest.fixture
def cluster(unmade: Cluster, folder: Path) -> Cluster:
    """A cluster that was started before, and stopped."""
    unmade.home.make()
    unmade.privilege.let_through(unmade.home.path)
    subprocess.run(["cp", "--archive", folder, unmade.data], check=True)
    return unmade


def _wrote(cluster: Cluster, word: str) -> None:
    with cluster.connect() as admin:
        admin.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
        admin.execute("INSERT INTO kept VALUES (%s)", [word])


def _words(cluster: Cluster) -> list[str]:
    with cluster.connect() as admin:
        return [row[0] for row in admin.execute("SELECT word FROM kept ORDER BY word")]


def test_the_first_start_makes_a_private_cluster_on_a_socket_only(unmade: Cluster) -> None:
    assert unmade.start() == "started"
    assert unmade.data.stat().st_mode & 0o777 == 0o700
    assert unmade.socket.stat().st_mode & 0o777 == 0o700
    with unmade.connect() as admin:
        assert admin.execute("SHOW listen_addresses").fetchone() == ("",)
        assert admin.execute("SELECT lower('ＡÉ'), upper('ß' || 'é')").fetchone() == ("ａé", "ßÉ")
    unmade.stop()
    assert unmade.pid is None
    assert unmade.start() == "started"


def test_it_outlives_the_killed_process_that_started_it_and_the_next_one_attaches(cluster: Cluster) -> None:
    script = (
        "import os,signal,sys; from pathlib import Path; from engawa.engine.home import Home; "
        "from engawa.engine.postgres.cluster import Cluster; "
        "Cluster(Home(Path(sys.argv[1]))).start(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(cluster.home.path)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    before = cluster.pid
    assert before is not None
    assert cluster.start() == "attached"
    assert cluster.pid == before


@pytest.mark.slow
def test_two_starts_at_once_make_one_postmaster(home: Home, unmade: Cluster) -> None:
    script = (
        "import sys; from pathlib import Path; from engawa.engine.home import Home; "
        "from engawa.engine.postgres.cluster import Cluster; print(Cluster(Home(Path(sys.argv[1]))).start())"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    both = [
        subprocess.Popen([sys.executable, "-c", script, home.path], env=environment, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    assert sorted(process.communicate()[0].strip() for process in both) == [b"attached", b"started"]


@pytest.mark.oldest
def test_a_killed_postmaster_is_started_again_with_everything_acknowledged(cluster: Cluster) -> None:
    cluster.start()
    _wrote(cluster, "縁側")
    assert cluster.pid is not None
    os.kill(cluster.pid, signal.SIGKILL)
    assert cluster.start() == "started"
    assert _words(cluster) == ["縁側"]
    _wrote(cluster, "軒先")
    _lose_power(cluster)
    assert cluster.start() == "started"
    assert _words(cluster) == ["縁側", "軒先"]


def _lose_power(cluster: Cluster) -> None:
    """All of its processes end at once, and what lay in fleeting folders is gone."""
    postmaster = cluster.pid
    backends = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    for pid in (str(postmaster), *backends):
        with suppress(ProcessLookupError):
            os.kill(int(pid), signal.SIGKILL)
    assert len(backends) > 1
    shutil.rmtree(cluster.socket)
    shutil.rmtree(cluster.home.run)


def test_a_stale_pid_file_is_no_hindrance_even_when_its_number_is_taken(cluster: Cluster) -> None:
    cluster.start()
    _wrote(cluster, "残る")
    cluster.stop()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n0\n5432\n\n\n0 0\n")
    assert cluster.pid is None
    assert cluster.start() == "started"
    assert _words(cluster) == ["残る"]


def test_a_data_folder_of_another_version_is_refused_and_not_touched(cluster: Cluster) -> None:
    cluster.start()
    cluster.stop()
    (cluster.data / "PG_VERSION").write_text("14\n")
    before = sorted((str(file), file.stat().st_mtime_ns) for file in cluster.data.rglob("*"))
    with pytest.raises(Trouble, match=r"made by PostgreSQL 14.*Nothing was touched"):
        cluster.start()
    assert sorted((str(file), file.stat().st_mtime_ns) for file in cluster.data.rglob("*")) == before


def test_a_folder_that_is_no_cluster_is_refused_and_not_touched(unmade: Cluster) -> None:
    unmade.data.mkdir(parents=True)
    (unmade.data / "letters.txt").write_text("mine")
    with pytest.raises(Trouble, match="not a PostgreSQL data folder"):
        unmade.start()
    assert [file.name for file in unmade.data.iterdir()] == ["letters.txt"]


def test_an_interrupted_first_start_leaves_nothing_that_hinders_the_next(unmade: Cluster) -> None:
    unmade.home.make()
    draft = unmade.data.with_name("postgres.draft")
    (draft / "base").mkdir(parents=True)
    assert unmade.start() == "started"
    assert not draft.exists()


def test_a_home_with_a_very_long_name_gets_a_short_private_socket_folder(tmp_path: Path) -> None:
    cluster = Cluster(Home(tmp_path / ("long" * 30)))
    try:
        cluster.start()
        assert not cluster.socket.is_relative_to(cluster.home.path)
        assert cluster.socket.stat().st_mode & 0o777 == 0o700
    finally:
        cluster.stop()
        shutil.rmtree(cluster.socket)


def test_a_socket_folder_open_to_others_is_refused(cluster: Cluster) -> None:
    cluster.start()
    cluster.stop()
    cluster.socket.chmod(0o777)
    with pytest.raises(Trouble, match="not ours alone"):
        cluster.start()
    cluster.socket.chmod(0o700)


def test_no_log_line_quotes_what_was_stored(cluster: Cluster) -> None:
    cluster.start()
    with cluster.connect() as admin:
        admin.execute("CREATE TABLE said (word text PRIMARY KEY)")
        admin.execute("INSERT INTO said VALUES ('ひみつの話')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            admin.execute("INSERT INTO said VALUES ('ひみつの話')")
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):
            admin.execute("SELECT 'ひみつの話'::uuid")
        with pytest.raises(psycopg.errors.SyntaxError):
            admin.execute("ひみつの話")
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):
            admin.execute("SELECT %s::int", ["ひみつの話"])
    cluster.stop()
    log = cluster.log.read_text()
    assert "ready to accept connections" in log
    assert "ひみつ" not in log


@pytest.mark.slow
@pytest.mark.skipif(not ROOT, reason="only root becomes another user")
def test_where_user_namespaces_are_closed_root_uses_an_unprivileged_user() -> None:
    home = Home(Path(f"/tmp/engawa-test-{os.getpid()}"))  # noqa: S108 (a place that user can reach)
    cluster = Cluster(home, privilege=choose(namespaces=False))
    try:
        assert cluster.start() == "started"
        assert cluster.data.stat().st_uid != 0
        assert home.path.stat().st_mode & 0o777 == 0o710
        assert home.keys.stat().st_mode & 0o777 == 0o700
        cluster.stop()
        assert cluster.start() == "started"
    finally:
        cluster.stop()
        shutil.rmtree(home.path)


@pytest.mark.skipif(not ROOT, reason="only root becomes another user")
def test_a_home_which_that_user_cannot_reach_is_explained(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    cluster = Cluster(Home(tmp_path / "home"), privilege=choose(namespaces=False))
    with pytest.raises(Trouble, match="cannot reach"):
        cluster.start()


@pytest.mark.skipif(not ROOT, reason="only root gives the run another user")
def test_an_ordinary_user_starts_it_directly(tmp_path: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    home = Path(f"/tmp/engawa-ordinary-{os.getpid()}")  # noqa: S108 (a place that user can reach)
    home.mkdir(mode=0o700)
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    child = os.fork()
    if child == 0:
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)
        cluster = Cluster(Home(home))
        started = cluster.start() == "started" and cluster.connect().closed is False
        cluster.stop()
        os._exit(0 if started else 1)
    _pid, status = os.waitpid(child, 0)
    shutil.rmtree(home)
    assert status == 0


def _fill(ballast: Path) -> None:
    with ballast.open("ab", buffering=0) as out, suppress(OSError):
        while True:
            out.write(b"x" * 4096)


# A small disk in a user and mount namespace of its own needs no rights and leaves nothing mounted; where the system
# closes user namespaces, a root who may mount does it. What happens on the disk is run there, as a process of its own.
_ON_A_SMALL_DISK = """
mount -t tmpfs -o size=150m none "$1" || exit 97
disk=$1; shift; "$@" "$disk"; ended=$?
umount "$disk"; exit $ended
"""
_RUN = "import runpy, sys, pathlib; runpy.run_path(sys.argv[1])[sys.argv[2]](pathlib.Path(sys.argv[3]))"
_OWN_NAMESPACES = [str(shutil.which("unshare")), "--user", "--map-root-user", "--mount"]
_WAYS_TO_MOUNT = [_OWN_NAMESPACES, []] if shutil.which("unshare") else [[]]
_NO_DISK = (97, 1)  # mount refused; unshare refused


def _on_a_small_disk(happens: Callable[[Path], None]) -> None:
    with tempfile.TemporaryDirectory(prefix="engawa-disk-") as place:  # short: a socket's address has a hundred letters
        words = ["sh", "-c", _ON_A_SMALL_DISK, "sh", place, sys.executable, "-c", _RUN, __file__, happens.__name__]
        surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        for namespaces in _WAYS_TO_MOUNT:
            run = subprocess.run([*namespaces, *words], env=surroundings, capture_output=True, text=True, check=False)
            if "Traceback" in run.stderr or run.returncode not in _NO_DISK:
                assert run.returncode == 0, run.stderr
                return
    pytest.skip("neither user namespaces nor a root who may mount: a full disk cannot be made here")


def before_the_first_start(disk: Path) -> None:
    (disk / "ballast").write_bytes(b"x" * 140_000_000)
    cluster = Cluster(Home(disk / "home"))
    with pytest.raises(Trouble, match="full"):
        cluster.start()
    assert [file.name for file in cluster.home.path.glob("postgres*")] == []
    (disk / "ballast").unlink()
    assert cluster.start() == "started"
    cluster.stop()


def while_running(disk: Path) -> None:
    cluster = Cluster(Home(disk / "home"))
    cluster.start()
    _wrote(cluster, "前")
    ballast = disk / "ballast"
    _fill(ballast)
    with pytest.raises(psycopg.Error), cluster.connect() as admin:
        admin.execute("CREATE TABLE big AS SELECT md5(n::text) FROM generate_series(1, 2000000) n")
    cluster.stop()
    _fill(ballast)
    with pytest.raises(Trouble, match="full"):
        cluster.start()
    ballast.unlink()
    cluster.start()
    assert _words(cluster) == ["前"]
    cluster.stop()


@pytest.mark.slow
class TestAFullDisk:
    def test_before_the_first_start_is_explained_and_leaves_no_half_made_folder(self) -> None:
        _on_a_small_disk(before_the_first_start)

    def test_while_running_refuses_the_write_and_loses_nothing(self) -> None:
        _on_a_small_disk(while_running)


def test_a_folder_without_postgresqls_programs_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ENGAWA_POSTGRES", str(tmp_path))
    with pytest.raises(Trouble, match=re.escape(str(tmp_path))):
        Binaries.chosen()


@pytest.mark.skipif(not Binaries.debian("15").present, reason="Debian's postgresql-15 is not installed")
def test_the_same_supervisor_runs_debians_postgresql_15(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENGAWA_POSTGRES", str(Binaries.debian("15").folder))
    cluster = Cluster(home)
    try:
        cluster.start()
        with cluster.connect() as admin:
            assert admin.execute("SELECT upper('é'), 'あ' < 'い' COLLATE \"C\"").fetchone() == ("É", True)
    finally:
        cluster.stop()
