"""Behind HTTPS: cookies that no other host can set, HSTS, and no proxy that is not counted."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engawa.engine.doctor import check_proxies, looked_at
from engawa.engine.proxies import refuse_an_unnamed_proxy
from engawa.engine.trouble import Trouble

SHOW = """
from django.conf import settings
print(settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS, settings.SESSION_COOKIE_PATH, settings.SESSION_COOKIE_DOMAIN)
"""  # noqa: E501 # one line to compare


def settings_of(zone: str, home: Path, **environment: str) -> str:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("ENGAWA_")}
    surroundings = {
        "DJANGO_SETTINGS_MODULE": f"engawa.engine.settings.{zone}",
        "ENGAWA_HOME": str(home),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SHOW],
        env=clean | surroundings | environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


@pytest.mark.parametrize(("zone", "name"), [("office", "engawa_office"), ("porch", "engawa")])
def test_behind_https_cookies_belong_to_this_host_alone_and_browsers_remember_https(
    zone: str, name: str, tmp_path: Path
) -> None:
    assert settings_of(zone, tmp_path) == f"{name} False 0 / None"
    assert settings_of(zone, tmp_path, ENGAWA_HTTPS="1") == f"__Host-{name} True 31536000 / None"


@pytest.mark.parametrize("proxies", ["", "0", "two", "-1"])
def test_https_without_a_count_of_proxies_is_refused_with_what_to_type(
    proxies: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENGAWA_HTTPS", "1")
    monkeypatch.setenv("ENGAWA_PROXIES", proxies)
    with pytest.raises(Trouble) as trouble:
        refuse_an_unnamed_proxy()
    assert "ENGAWA_PROXIES=1" in trouble.value.mend
    (finding,) = looked_at(check_proxies, "proxies")
    assert not finding.well
    monkeypatch.setenv("ENGAWA_PROXIES", "1")
    refuse_an_unnamed_proxy()


@pytest.mark.slow
def test_serve_starts_nothing_behind_an_uncounted_proxy(tmp_path: Path) -> None:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("ENGAWA_")}
    tried = subprocess.run(
        [sys.executable, "-m", "engawa.engine", "serve", "--home", tmp_path / "home"],
        env=clean | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "ENGAWA_HTTPS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (tried.returncode, "ENGAWA_PROXIES" in tried.stderr) == (1, True)
    assert not (tmp_path / "home" / "postgres").exists()
