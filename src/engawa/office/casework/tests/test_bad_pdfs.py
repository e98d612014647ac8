"""A strange PDF is read by a process that can be ended and holds nothing: the pages and the keys never meet it."""

import io
import resource
import subprocess
import sys
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from engawa.office.casework.cases.models import Case
from engawa.office.casework.documents.contents import pdf
from engawa.office.casework.documents.contents.harmless import Refused
from engawa.office.casework.documents.contents.pdf import Limits, look_through

MEGABYTE = 1024**2
# What the reader tries after it has given up everything; each line says what came of it.
TRIES = f"""
import importlib.util, os, socket, sys
spec = importlib.util.spec_from_file_location("reader", {str(pdf._READER)!r})
reader = importlib.util.module_from_spec(spec)
spec.loader.exec_module(reader)
kept = os.open("/dev/null", os.O_RDONLY)
reader.give_up_everything(5, 1024**3)
for name, attempt in (
    ("file", lambda: os.open("/etc/hostname", os.O_RDONLY)),
    ("after closing", lambda: (os.close(kept), os.open("/etc/hostname", os.O_RDONLY))),
    ("socket", socket.socket),
    ("process", os.fork),
    ("another's memory", lambda: os.pidfd_open(os.getppid())),
    ("memory", lambda: bytearray(2 * 1024**3)),
):
    try:
        attempt()
    except (OSError, MemoryError):
        sys.stdout.write(name + "\\n")
"""


def drawn(content: bytes, **forms: bytes) -> bytes:
    """A PDF of one page with this content; ``forms`` are pieces that it may draw by name."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(595, 842))
    pieces = pikepdf.Dictionary()
    for name, drawing in forms.items():
        form = made.make_stream(drawing, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 595, 842])
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(pieces))
        pieces[f"/{name}"] = made.make_indirect(form)
    page = made.pages[0]
    page.Resources = pikepdf.Dictionary(XObject=pieces)
    page.Contents = made.make_stream(content)
    out = io.BytesIO()
    made.save(out, compress_streams=True)
    return out.getvalue()


def endless() -> bytes:
    """Each piece draws the one before it a thousand times: a thousand million million lines."""
    line = b"0 0 m 595 842 l S\n" * 1000
    return drawn(b"/E Do", A=line, B=b"/A Do\n" * 1000, C=b"/B Do\n" * 1000, D=b"/C Do\n" * 1000, E=b"/D Do\n" * 1000)


def huge() -> bytes:
    """Some kilobytes that become many megabytes of drawing when they are unpacked."""
    return drawn(b" " * (400 * MEGABYTE))


def test_a_reader_that_has_given_up_everything_can_neither_open_nor_reach_anything() -> None:
    said = subprocess.run([sys.executable, "-I", "-c", TRIES], capture_output=True, env={}, cwd="/", check=True)
    assert said.stdout.decode().split("\n")[:-1] == [
        *["file", "after closing", "socket", "process", "another's memory", "memory"]
    ]


@pytest.mark.parametrize("body", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\x00\xff[<<" * 5000])
def test_a_broken_one_is_refused_with_words(body: bytes) -> None:
    with pytest.raises(Refused, match="壊れていて"):
        look_through(body)


def test_one_that_cannot_even_be_looked_through_in_time_is_refused_with_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "LIMITS", Limits(clock=0))
    with pytest.raises(Refused, match="中を確かめられません"):
        look_through(drawn(b""))


@pytest.mark.slow
def test_a_huge_one_takes_no_memory_of_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    body = huge()
    monkeypatch.setattr(pdf, "LIMITS", Limits(memory=512 * MEGABYTE))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    kept = look_through(body)
    assert (kept.body, kept.pages) == (body, 1)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before  # kilobytes
    assert grown < 50 * 1024


@pytest.mark.django_db
@pytest.mark.slow
def test_an_endless_one_is_kept_without_a_picture_and_can_be_taken(
    here: Any, case: Case, client_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "LIMITS", Limits(processor=4))
    body, client = endless(), client_of(here.staff)
    handed = {"title": "図面", "kind": "letter", "file": SimpleUploadedFile("図面.pdf", body)}
    made = client.post(f"/cases/{case.number}/documents/new/", handed)
    assert made.status_code == 302
    page = client.get(made.url).content.decode()
    assert "最初のページの絵をつくれませんでした" in page
    assert client.get(f"{made.url}preview/1/").status_code == 404
    assert client.get(f"{made.url}file/1/").content == body
