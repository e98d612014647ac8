"""How long our own PostgreSQL takes to start: for the first time, again, and after its postmaster was killed.

Prints the median of five runs of each, in seconds (targets: first 3 s, again 1 s).
"""

import os
import shutil
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path

from engawa.engine.home import Home
from engawa.engine.postgres.cluster import Cluster

RUNS = 5
TARGETS = {"first start": 3.0, "start again": 1.0, "after kill -9": 3.0}


def timed(cluster: Cluster) -> float:
    """Seconds until the server answers."""
    begin = time.monotonic()
    cluster.start()
    with cluster.connect() as admin:
        admin.execute("SELECT 1")
    return time.monotonic() - begin


def one_run() -> list[float]:
    """The three starts of one new cluster."""
    folder = Path(tempfile.mkdtemp(prefix="engawa-starts-"))
    cluster = Cluster(Home(folder))
    first = timed(cluster)
    cluster.stop()
    again = timed(cluster)
    if cluster.pid:
        os.kill(cluster.pid, signal.SIGKILL)
    killed = timed(cluster)
    cluster.stop()
    shutil.rmtree(folder)
    return [first, again, killed]


def main() -> int:
    """Print the figures; status 1 where a target is missed."""
    medians = [statistics.median(times) for times in zip(*(one_run() for _ in range(RUNS)), strict=True)]
    for (name, target), median in zip(TARGETS.items(), medians, strict=True):
        print(f"{name:<14} {median:6.2f} s   (target {target} s)")
    return int(any(median > target for median, target in zip(medians, TARGETS.values(), strict=True)))


if __name__ == "__main__":
    sys.exit(main())
