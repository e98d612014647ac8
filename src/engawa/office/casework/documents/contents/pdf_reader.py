"""Reads one PDF in a process of its own: run as a script, never imported by the pages.

What reads a strange PDF may have a hole. So it stands alone: no Django, no settings, no keys, an empty environment.
It takes the file from its input, then gives up everything that it does not need: more memory and time than set, new
files, sockets, other processes. Only then it looks into the file. It answers on its output, line by line, as far as it
came:

    {"refused": "broken" | "locked" | "acts" | "pages"}    or    {"pages": 2, "cleaned": 81920}
    as many bytes as it says: the file without what cameras wrote into its photographs; none where there was nothing
    {"text": "…"}
    the first page as JPEG, up to the end

Arguments: the most pages, pages whose text is read, longer side of the picture in pixels, seconds of processor,
bytes of memory.
"""

import ctypes
import io
import json
import platform
import re
import resource
import sys
import zlib
from base64 import a85decode
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image

LONGEST_TEXT = 2_000_000  # signs
# What a paper does not need: ISO 32000-2, 12.6.4 (actions), 7.11 (embedded files), 12.7.8 (XFA), 13 (rich media).
_KEYS = {"/JS", "/JavaScript", "/EF", "/EmbeddedFiles", "/XFA", "/RichMediaContent"}
_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/RichMediaExecute", "/GoToE", "/GoToR"}

# ITU-T T.81, B.1: the next marker after coded data, where FF 00 is data and FF D0–D7 are restarts.
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_START_OF_SCAN, _END_OF_IMAGE, _APP0, _COLOURS, _COLOURS_OF_ADOBE, _COMMENT = 0xDA, 0xD9, 0xE0, 0xE2, 0xEE, 0xFE
# What may lie around a JPEG within a PDF, and how it is taken off.
_WRAPPED = {"/FlateDecode": zlib.decompress, "/ASCII85Decode": lambda raw: a85decode(raw.strip().removesuffix(b"~>"))}

# Linux, seccomp(2): the number of each architecture and of the system calls that reading in memory needs. Everything
# else (open, socket, connect, fork, execve, ptrace, process_vm_readv …) is answered with "not permitted".
_CALLS = {
    "x86_64": (
        0xC000003E,
        (0, 1, 3, 5, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 28, 39, 60, 96, 131, 186, 201, 202,
         204, 228, 229, 230, 231, 234, 262, 318, 334),
    ),
    "aarch64": (
        0xC00000B7,
        (57, 62, 63, 64, 79, 80, 93, 94, 98, 113, 114, 115, 123, 124, 131, 132, 134, 135, 139,
         169, 172, 178, 214, 215, 216, 222, 226, 233, 278, 293),
    ),
}  # fmt: skip
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _NOT_PERMITTED, _KILL = 0x7FFF0000, 0x00050001, 0x80000000
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2


class _Step(ctypes.Structure):
    """One step of a filter (struct sock_filter)."""

    _fields_ = (("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8), ("k", ctypes.c_uint32))


class _Program(ctypes.Structure):
    """A filter (struct sock_fprog)."""

    _fields_ = (("length", ctypes.c_uint16), ("steps", ctypes.POINTER(_Step)))


def give_up_everything(seconds: int, memory: int) -> None:
    """From here on this process can compute and answer, and nothing else, for so long and in so much memory."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    for what in (resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC, resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(what, (0, 0))
    _only_compute()


def _only_compute() -> None:
    """Let the kernel refuse every other system call, where it can (Linux on the architectures above)."""
    if sys.platform != "linux" or platform.machine() not in _CALLS:
        return
    architecture, calls = _CALLS[platform.machine()]
    steps = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, 0)]
    for place, call in enumerate(calls):
        steps.append((_EQUAL, len(calls) - place, 0, call))
    steps += [(_RETURN, 0, 0, _NOT_PERMITTED), (_RETURN, 0, 0, _ALLOW)]
    program = _Program(len(steps), (_Step * len(steps))(*(_Step(*step) for step in steps)))
    process = ctypes.CDLL(None).prctl  # a kernel without filters says so: the limits hold all the same
    process(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    process(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)


def _say(**said: Any) -> None:
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")
    sys.stdout.buffer.flush()


def _looked_through(body: bytes) -> tuple[str, bytes]:
    """Why the file is not taken, empty when nothing in it can act; and the file anew where photographs told more."""
    try:
        with pikepdf.open(io.BytesIO(body)) as pdf:
            if any(_acts(one) for one in _dictionaries(pdf)):
                return "acts", b""
            return "", _cleaned(pdf)
    except pikepdf.PasswordError:
        return "locked", b""
    except pikepdf.PdfError:
        return "broken", b""


def _cleaned(pdf: pikepdf.Pdf) -> bytes:
    """The file without place, camera and time in its photographs, or empty where nothing changed.

    One that is signed stays as it is: it would be signed no more.
    """
    found = list(_dictionaries(pdf))
    if any("/ByteRange" in one for one in found):
        return b""
    if not [one for one in found if isinstance(one, pikepdf.Stream) and _forgot(one)]:
        return b""
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _forgot(picture: pikepdf.Stream) -> bool:
    """Take out of a JPEG what nobody sees; whether there was anything. The picture itself stays bit for bit."""
    filters = picture.get("/Filter", pikepdf.Array())
    *around, kind = [str(one) for one in (filters if isinstance(filters, pikepdf.Array) else [filters])] or [""]
    if kind != "/DCTDecode" or not set(around) <= set(_WRAPPED):
        return False
    jpeg = picture.read_raw_bytes()
    try:
        for name in around:
            jpeg = _WRAPPED[name](jpeg)
    except (zlib.error, ValueError):  # nobody sees a picture there, either
        return False
    plain, noted = without_notes(jpeg), "/Metadata" in picture
    if noted:
        del picture["/Metadata"]
    if plain != jpeg:
        settings = picture.get("/DecodeParms")
        last: Any = settings[-1] if isinstance(settings, pikepdf.Array) and len(settings) else settings
        picture.write(plain, filter=pikepdf.Name.DCTDecode, decode_parms=last)
    return noted or plain != jpeg


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG without the segments in which cameras and programs write: what it is drawn from stays bit for bit.

    Whatever follows its end goes, too: telephones put a second picture there, with notes of its own. What is not
    written as it should be is kept from there on as it is.
    """
    kept, place = [jpeg[:2]], 2
    while jpeg[place : place + 1] == b"\xff" and place + 4 <= len(jpeg):
        marker = jpeg[place + 1]
        if marker == _END_OF_IMAGE:
            return b"".join([*kept, jpeg[place : place + 2]])
        end = place + 2 + int.from_bytes(jpeg[place + 2 : place + 4])
        if marker == _START_OF_SCAN:
            following = _MARKER.search(jpeg, end)
            end = following.start() if following else len(jpeg)
        if _is_drawn_from(marker, jpeg[place + 4 : end]):
            kept.append(jpeg[place:end])
        place = end
    return b"".join([*kept, jpeg[place:]])


def _is_drawn_from(marker: int, content: bytes) -> bool:
    """Whether the picture looks otherwise without a segment: no comment, of the applications' the colours alone."""
    if marker == _COLOURS:
        return content.startswith(b"ICC_PROFILE\0")
    if marker == _APP0:
        return content.startswith(b"JFIF\0")
    return marker == _COLOURS_OF_ADOBE or not (_APP0 < marker <= _APP0 + 15 or marker == _COMMENT)


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of the file, also those that lie inside others."""
    waiting: list[Any] = [*pdf.objects, pdf.trailer]
    while waiting:
        found = waiting.pop()
        inside: list[Any] = []
        if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            yield found
            inside = list(found.values())
        elif isinstance(found, pikepdf.Array):
            inside = list(found)
        waiting += [one for one in inside if isinstance(one, pikepdf.Object) and not one.is_indirect]


def _acts(found: Any) -> bool:
    return bool(_KEYS & set(found.keys())) or str(found.get("/S", "")) in _ACTIONS


def _picture(page: Any, longer: int) -> bytes:
    scale = longer / max(page.get_width(), page.get_height(), 1)
    drawn = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    drawn.thumbnail((longer, longer))
    out = io.BytesIO()
    drawn.save(out, format="JPEG", quality=80)
    return out.getvalue()


def read(body: bytes, most_pages: int, read_pages: int, longer: int) -> None:
    """Answer what is in the file, as far as it can be read."""
    refusal, cleaned = _looked_through(body)
    if refusal:
        _say(refused=refusal)
        return
    try:
        pdf = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError:
        _say(refused="broken")
        return
    if not 0 < len(pdf) <= most_pages:
        _say(refused="pages")
        return
    _say(pages=len(pdf), cleaned=len(cleaned))
    sys.stdout.buffer.write(cleaned)
    texts = (pdf[place].get_textpage().get_text_bounded() for place in range(min(len(pdf), read_pages)))
    _say(text="\n".join(texts)[:LONGEST_TEXT])
    sys.stdout.buffer.write(_picture(pdf[0], longer))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    pages, texts, side, cpu, space = map(int, sys.argv[1:])
    handed = sys.stdin.buffer.read()
    Image.init()  # its plug-ins are files, which cannot be opened later
    give_up_everything(cpu, space)
    read(handed, pages, texts, side)
