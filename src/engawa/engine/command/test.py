"""``engawa test``: the checks, then every test on real PostgreSQL and in a real browser."""

import os
import shutil
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

from engawa.engine.command.check import ROOT, check
from engawa.engine.command.terminal import busy, say
from engawa.engine.home import Home
from engawa.engine.postgres.binaries import OLDEST, Binaries
from engawa.engine.trouble import Trouble

_FAST = "not slow and not browser"
_OLDEST = str(OLDEST)
# There, whatever asks PostgreSQL is proven again, but for the pages of the office: each of them is asked once. So is
# what a cluster of our own must survive, a backup, and that nothing of a talk is found in its files.
_ON_THE_OLDEST = f"postgres and {_FAST} and not office_pages or every_page or oldest"
_FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
_INSTALL = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium", "fonts-noto-cjk"]


def run(args: Namespace, _home: Home) -> int:
    if not args.fast:
        ensure_browser()
    if not check():
        return 1
    fast = ["-m", _FAST] if args.fast else []
    older = Binaries.debian(_OLDEST).present and not args.fast and not args.pytest
    if older:
        say(f"tests of the databases, on PostgreSQL {_OLDEST}")
        if _pytest(["-m", _ON_THE_OLDEST], ENGAWA_TEST_POSTGRES=_OLDEST):
            return 1
    return _pytest([*fast, *args.pytest])


def _pytest(words: list[str], **environment: str) -> int:
    # A module or class keeps to one worker, so that its city or its browser is made once; the longest begin first.
    spread = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadscope", "--no-loadscope-reorder"]
    # A run starts more than a hundred processes: what one of them compiled, the others must find.
    strange = {"ENGAWA_HOME", "PYTHONDONTWRITEBYTECODE"}
    kept = {key: value for key, value in os.environ.items() if key not in strange}
    if environment:
        kept.pop("ENGAWA_TEST_CLUSTER", None)
    return subprocess.run(
        [sys.executable, "-m", "pytest", *spread, *words],
        cwd=ROOT,
        env=kept | environment,
        check=False,
    ).returncode


def ensure_browser() -> None:
    """Debian's Chromium and a Japanese font, installed where we may.

    Raises:
        Trouble: they are missing, and the person must install them.
    """
    if shutil.which("chromium") and _FONT.exists():
        return
    apt = shutil.which("apt-get")
    if os.geteuid() != 0 or apt is None:
        raise Trouble(
            "The browser tests need Debian's Chromium and a Japanese font. (--fast leaves these tests out.)",
            f"sudo apt-get update && sudo {' '.join(_INSTALL)}",
        )
    with busy("installing Chromium and a Japanese font for the browser tests"):
        for words in ([apt, "update"], [apt, *_INSTALL[1:]]):
            done = subprocess.run(
                words,
                env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode != 0:
                raise Trouble(f"apt-get could not install Chromium: {done.stderr.strip()[-500:]}", " ".join(words))
