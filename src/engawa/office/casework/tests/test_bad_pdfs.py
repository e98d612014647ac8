"""A strange PDF is read by a process that can be ended and holds nothing: the pages and the keys never meet it."""

import io
import resource
import subprocess
import sys
import zlib
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms

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


def photograph(mode: str) -> bytes:
    """A JPEG that says where it was taken, with colours of its own, a comment, and a second one behind its end."""
    exif = Image.Exif()
    exif[0x010F] = "CAMERA"
    exif.get_ifd(0x8825).update({1: "N", 2: (35.0, 0.0, 41.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    said: dict[str, Any] = {"exif": exif, "comment": b"CAMERA", "icc_profile": profile, "progressive": mode == "RGB"}
    out = io.BytesIO()
    Image.effect_noise((64, 48), 90).convert(mode).save(out, "JPEG", **said)
    return out.getvalue() * 2


def shown(made: pikepdf.Pdf, jpeg: bytes, *, around: bool) -> pikepdf.Stream:
    """A photograph as a PDF holds it, by itself or packed once more."""
    name = pikepdf.Name
    filters = pikepdf.Array([name.FlateDecode, name.DCTDecode]) if around else name.DCTDecode
    kind = {"Type": name.XObject, "Subtype": name.Image, "Width": 64, "Height": 48, "BitsPerComponent": 8}
    colours = name.DeviceCMYK if around else name.DeviceRGB
    picture = made.make_stream(b"", ColorSpace=colours, **kind)
    picture.write(zlib.compress(jpeg) if around else jpeg, filter=filters)
    picture.Metadata = made.make_stream(b"<x>CAMERA</x>", Type=name.Metadata, Subtype=name.XML)
    return picture


@pytest.mark.parametrize("signed", [False, True])
def test_photographs_within_a_pdf_lose_place_and_camera_and_no_bit_of_the_picture(*, signed: bool) -> None:
    made = pikepdf.open(io.BytesIO(drawn(b"q 64 0 0 48 0 0 cm /A Do Q q 64 0 0 48 90 0 cm /B Do Q")))
    photographs = {"/A": photograph("RGB"), "/B": photograph("CMYK")}
    for key, jpeg in photographs.items():
        made.pages[0].Resources.XObject[key] = shown(made, jpeg, around=key == "/B")
    if signed:
        made.Root.Signed = pikepdf.Dictionary(ByteRange=[0, 1, 2, 3])
    out = io.BytesIO()
    made.save(out)
    content = look_through(out.getvalue())
    assert content.cleaned is not signed
    assert (content.body == out.getvalue()) is signed
    assert (content.pages, content.preview[:2]) == (1, b"\xff\xd8")
    with pikepdf.open(io.BytesIO(content.body)) as kept:
        told = [one.read_raw_bytes() for one in kept.objects if isinstance(one, pikepdf.Stream)]
        assert any(b"CAMERA" in one for one in told) is signed
        for key, jpeg in () if signed else photographs.items():
            plain = kept.pages[0].Resources.XObject[key].read_raw_bytes()
            with Image.open(io.BytesIO(plain)) as after, Image.open(io.BytesIO(jpeg)) as before:
                assert (after.tobytes(), after.info["icc_profile"]) == (before.tobytes(), before.info["icc_profile"])
                assert (dict(after.getexif()), len(plain) < len(jpeg) / 2) == ({}, True)


def test_a_pdf_without_photographs_stays_byte_for_byte() -> None:
    plain = drawn(b"0 0 m 9 9 l S")
    content = look_through(plain)
    assert (content.body, content.cleaned) == (plain, False)


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
