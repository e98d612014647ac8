"""Installs the pinned requirements by pip, and shows how far it is. ``./engawa`` runs it before anything else is there.

``python -m engawa.engine.installing PINS``, with nothing but the standard library. The exit status is pip's.
"""

import subprocess
import sys
import sysconfig
import threading
from collections.abc import Iterable
from pathlib import Path

_PIP = ("-m", "pip", "install", "--require-hashes", "--disable-pip-version-check", "--no-color", "--progress-bar=off")
# How a line begins with which pip says that it is done with looking for one requirement more.
_FOUND = ("Collecting ", "Processing ", "Ignoring ", "Requirement already satisfied")
_WIDTH = 30  # of the bar, in letters
_CALM = 0.2  # seconds from one look to the next


def main(pins: Path) -> int:
    """Install what ``pins`` names: each package with a hash that stands there, and nothing else."""
    wanted = sum("==" in line for line in pins.read_text().splitlines())
    found: list[str] = []
    with subprocess.Popen(
        [sys.executable, *_PIP, "-r", pins], stdout=subprocess.PIPE, text=True, errors="replace"
    ) as pip:
        reading = threading.Thread(target=_read, args=(pip.stdout, found))
        reading.start()
        goes_on = True
        while goes_on:
            reading.join(_CALM)
            goes_on = reading.is_alive()
            _draw(len(found), _unpacked(), wanted)
    _clear()
    return pip.returncode


def _read(lines: Iterable[str], found: list[str]) -> None:
    found.extend(line for line in lines if line.startswith(_FOUND))


def _unpacked() -> int:
    """How many packages stand in this environment."""
    return len(list(Path(sysconfig.get_path("purelib")).glob("*.dist-info")))


def _draw(found: int, unpacked: int, wanted: int) -> None:
    """One line, drawn over and over; nothing where nobody watches."""
    if sys.stderr.isatty():
        part = min((found + unpacked) / (2 * wanted), 1)
        bar = f"{'█' * round(part * _WIDTH):░<{_WIDTH}}"
        print(f"\r        {bar} {found} of {wanted} found, {unpacked} unpacked ", end="", file=sys.stderr, flush=True)


def _clear() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1])))
    except KeyboardInterrupt:
        sys.exit(130)
