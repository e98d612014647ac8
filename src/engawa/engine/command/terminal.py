"""Speaking to the person at the terminal."""

import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import override
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from engawa.engine.trouble import Trouble
from engawa.kernel.words import translated

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def say(words: str = "") -> None:
    """One line to standard output."""
    out.print(words, markup=False)


def in_english(words: object) -> str:
    """What the office says in the reader's language, in that of the terminal."""
    with override("en"):
        return translated(words)


def tell_trouble(trouble: Trouble) -> None:
    """What happened, and the one line that mends it."""
    err.print(f"engawa: {trouble.what}", markup=False)
    if trouble.mend:
        err.print(f"        {trouble.mend}", markup=False)


@contextmanager
def busy(words: str) -> Iterator[None]:
    """A spinner while something of unknown length goes on; nothing where nobody watches."""
    with err.status(words):
        yield


def progress() -> Progress:
    """A bar for long work whose length is known."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err,
        transient=True,
    )


@contextmanager
def bytes_progress(words: str) -> Iterator[Callable[[int], None]]:
    """A moving bar and the megabytes done, for work whose length nobody knows."""
    columns = (SpinnerColumn(), TextColumn(words), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(words, total=None)
        yield lambda size: bar.advance(task, size)


def write_file(name: str, content: bytes, kept: str) -> None:
    """Write what was asked for into a file.

    Args:
        name: the file, as somebody typed it.
        content: all of it.
        kept: what is said to be as it was where the file cannot be written.

    Raises:
        Trouble: it cannot be written.
    """
    file = Path(name).expanduser()
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Trouble(f"{file} could not be written: {error.strerror}. {kept}", "name another file") from error


def ask_secret(words: str) -> str:
    """A secret, typed without showing it; one line of standard input where that is no terminal.

    Raises:
        Trouble: nothing was typed.
    """
    given = getpass.getpass(f"{words}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if not given:
        raise Trouble(f"{words}: nothing was given.")
    return given
