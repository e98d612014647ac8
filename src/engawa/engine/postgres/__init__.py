"""Our own supervisor around PostgreSQL's binaries: finds them, runs them unprivileged, keeps one cluster.

A cluster is one data folder and the postmaster that serves it on a Unix socket. The postmaster is detached
from the process that starts it: it lives on when that process dies, and the next one attaches to it again.
"""
