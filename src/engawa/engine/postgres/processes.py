"""Telling our postmaster from any other process that has got its number."""

import subprocess
from pathlib import Path


def is_postmaster_of(pid: int, data: Path) -> bool:
    """Whether process ``pid`` is a living postmaster of the data folder.

    A postmaster works in its data folder, and process ids are used again: after a crash or a restart the
    number in ``postmaster.pid`` may belong to anybody.
    """
    process = Path("/proc") / str(pid)
    if Path("/proc/self/cwd").exists():
        try:
            return (process / "cwd").readlink() == data.resolve()
        except OSError:
            return False
    said = subprocess.run(
        ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return "postgres" in said.stdout and str(data) in said.stdout
