"""Documents: taken in only when harmless, sealed, in versions, read with a note, erased by destroying a key."""

import datetime as dt
import io
import zipfile
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.kernel.my_number import holds_my_number
from engawa.office.access.actions import grant
from engawa.office.access.actors import COMMAND, NotAllowed
from engawa.office.access.parts import Part
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.documents.actions import File, add_document, add_version, describe_document, shred
from engawa.office.casework.documents.contents.harmless import LARGEST_BYTES, Refused
from engawa.office.casework.documents.contents.looking import look_at, name_for
from engawa.office.casework.documents.models import Document, DocumentKind, DocumentVersion
from engawa.office.casework.documents.queries import opened
from engawa.office.casework.documents.sealing import key_of
from engawa.office.casework.maps.actions.family import add_member, remove_member
from engawa.office.casework.retention.others import doubt_about, own_members
from engawa.post.sealing import CannotOpen

MY_NUMBER = "123456789018"  # an invented number whose last digit checks out


def photograph(*, alpha: bool = False) -> bytes:
    """A picture that says where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "カメラ".encode().decode("latin-1")
    exif[0x0112] = 6  # lying on its side
    exif.get_ifd(0x8825).update({1: "N", 2: (35.0, 0.0, 41.0), 3: "E", 4: (135.0, 46.0, 5.0)})
    out = io.BytesIO()
    Image.new("RGBA" if alpha else "RGB", (60, 20), "green").save(out, "PNG" if alpha else "JPEG", exif=exif)
    return out.getvalue()


def pdf(**root: Any) -> bytes:
    made = pikepdf.new()
    made.add_blank_page(page_size=(595, 842))
    made.add_blank_page(page_size=(595, 842))
    for name, value in root.items():
        made.Root[f"/{name}"] = value
    out = io.BytesIO()
    made.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def package(*more: str, main: str = "word/document.xml", text: str = "<w:t>手紙</w:t>", rels: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr(main, text)
        for name in more:
            made.writestr(name, b"x")
        if rels:
            made.writestr("word/_rels/document.xml.rels", rels)
    return out.getvalue()


def packed_with(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO(package())
    with zipfile.ZipFile(out, "a") as made:
        for name, body in parts.items():
            made.writestr(name, body)
    return out.getvalue()


def attached() -> bytes:
    made = pikepdf.open(io.BytesIO(pdf()))
    made.attachments["secret.txt"] = b"x"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def locked() -> bytes:
    out = io.BytesIO()
    pikepdf.open(io.BytesIO(pdf())).save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


SCRIPT = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS=pikepdf.String("app.alert(1)"))
LAUNCH = pikepdf.Dictionary(S=pikepdf.Name("/Launch"), F=pikepdf.String("cmd.exe"))
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r" Type="x/attachedTemplate" TargetMode="External" Target="http://x/y.dotm"/></Relationships>'
)


@pytest.mark.parametrize(
    ("body", "media_type", "pages"),
    [
        (photograph(), "image/jpeg", None),
        (photograph(alpha=True), "image/png", None),
        (pdf(), "application/pdf", 2),
        (package(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", None),
        ("こんにちは".encode("cp932"), "text/plain", None),
        ("名前,年齢\r\n".encode(), "text/plain", None),
    ],
)
def test_what_a_file_is_follows_from_its_content(body: bytes, media_type: str, pages: int | None) -> None:
    content = look_at(body)
    assert (content.media_type, content.pages) == (media_type, pages)
    assert name_for("../../etc/怪しい\u202e名前.exe", content) == f"怪しい名前.{content.extension}"


@pytest.mark.parametrize("alpha", [False, True])
def test_a_photograph_loses_its_place_and_camera_and_stands_upright(*, alpha: bool) -> None:
    content = look_at(photograph(alpha=alpha))
    with Image.open(io.BytesIO(content.body)) as kept:
        assert (kept.width, kept.height) == (20, 60)
        assert not kept.getexif()
        assert not set(kept.info) & {"exif", "xmp", "comment"}
    assert content.cleaned
    assert b"\x89PNG" in content.body[:8] if alpha else content.body.startswith(b"\xff\xd8")
    assert content.preview.startswith(b"\xff\xd8")


def test_photographs_within_an_office_file_lose_place_and_camera_and_keep_how_they_lie() -> None:
    before = packed_with({"word/media/image1.jpeg": photograph(), "word/media/image2.png": photograph(alpha=True)})
    content = look_at(before)
    assert content.cleaned
    with zipfile.ZipFile(io.BytesIO(content.body)) as kept:
        assert kept.read("word/document.xml") == b"<w:t>\xe6\x89\x8b\xe7\xb4\x99</w:t>"
        for name, kind in (("word/media/image1.jpeg", "JPEG"), ("word/media/image2.png", "PNG")):
            with Image.open(io.BytesIO(kept.read(name))) as picture:
                assert (picture.format, picture.size) == (kind, (60, 20))
                assert dict(picture.getexif()) == {0x0112: 6}
    plain = io.BytesIO()
    Image.new("RGB", (2, 2)).save(plain, "PNG")
    untouched = packed_with({"word/media/image1.png": plain.getvalue(), "word/media/image2.emf": b"x"})
    assert look_at(untouched).body == untouched


def test_a_scan_of_many_pages_is_not_cut_to_its_first() -> None:
    pages, out = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")], io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    with pytest.raises(Refused, match="何ページもある画像"):
        look_at(out.getvalue())
    pages[0].save(single := io.BytesIO(), "TIFF")
    assert look_at(single.getvalue()).media_type == "image/png"


def test_the_first_page_of_a_pdf_becomes_a_picture() -> None:
    with Image.open(io.BytesIO(look_at(pdf()).preview)) as preview:
        assert max(preview.size) == 1200
    assert pypdfium2.PdfDocument(pdf()) is not None


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "空"),
        (b"a" * (LARGEST_BYTES + 1), "大きすぎ"),
        (b"MZ\x90\x00\x03\x00\x00\x00\xff\xff", "この形式"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "HEIC"),
        (b"\xff\xd8\xff\xe0broken", "画像が壊れ"),
        (b"%PDF-1.7 broken", "PDF が壊れ"),
        (locked(), "パスワード"),
        (attached(), "添付ファイル"),
        (pdf(OpenAction=SCRIPT), "スクリプト"),
        (pdf(OpenAction=pikepdf.Dictionary(S=pikepdf.Name("/GoTo"), Next=pikepdf.Array([LAUNCH]))), "スクリプト"),
        (package("word/vbaProject.bin"), "マクロ"),
        (package("word/embeddings/oleObject1.bin"), "埋め込み"),
        (package(rels=RELS), "リンク"),
        (package("word/media/image1.jpeg"), "ファイルの中の画像"),
        (package(main="readme.txt"), "zip"),
        (package()[:200], "壊れ"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"), "マクロ"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "古い形式"),
    ],
)
def test_what_could_do_harm_or_cannot_be_looked_into_is_refused_in_words(body: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        look_at(body)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (MY_NUMBER, True),
        ("番号は１２３４ ５６７８ ９０１８ です", True),
        ("1234-5678-9018", True),
        ("123456789012", False),
        ("1234567890180", False),
        ("電話 075-123-4567", False),
        ("000000000000", False),
    ],
)
def test_an_individual_number_is_known_by_its_check_digit(text: str, *, held: bool) -> None:
    """standards.md §4.1: individual numbers are not to be held."""
    assert holds_my_number(text) is held


@pytest.fixture
def client(here: Any, client_of: Any) -> Any:
    return client_of(here.staff)


@pytest.fixture
def document(here: Any, case: Case) -> Document:
    with acting_as(here.actor):
        kind = DocumentKind.objects.get(code="letter")
        file = File("手紙.txt", "夜の川はきれいでした".encode())
        return add_document(by=here.actor, case=case, file=file, title="本人からの手紙", kind=kind, note="達筆")


def handed(body: bytes, name: str = "a.bin", **said: str) -> dict[str, Any]:
    return {"title": "手紙", "kind": "letter", "file": SimpleUploadedFile(name, body)} | said


@pytest.mark.django_db
def test_a_document_is_added_shown_and_handed_out_under_headers_that_let_it_do_nothing(
    client: Any, here: Any, case: Case
) -> None:
    url = f"/cases/{case.number}/documents/"
    assert "書類はまだありません" in client.get(url).content.decode()
    paper = pdf()
    made = client.post(f"{url}new/", handed(paper, "診断書.exe", title="診断書", note="写し", dated_on="2026-05-01"))
    assert made.status_code == 302
    page = client.get(made.url).content.decode()
    for words in ("診断書", "本人・家族からの手紙", "診断書.pdf", "2ページ", "写し", "2026-05-01"):
        assert words in page, words
    for what, media_type, how in (("file", "application/pdf", "attachment"), ("preview", "image/jpeg", "inline")):
        answer = client.get(f"{made.url}{what}/1/")
        assert answer["Content-Type"] == media_type
        assert answer["Content-Disposition"].startswith(how)
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]
    assert client.get(f"{made.url}file/1/").content == paper
    assert "診断書" in client.get(url).content.decode()
    story = client.get(f"/cases/{case.number}/").content.decode()
    assert "書類を加えた：診断書" in story
    assert made.url in story


@pytest.mark.django_db
def test_a_document_may_name_whom_of_the_household_it_is_about(
    client: Any, here: Any, there: Any, client_of: Any, case: Case
) -> None:
    """Nobody is asked before there is a household; who sees no family changes nothing about whom it is."""
    url = f"/cases/{case.number}/documents/"
    assert "だれについて" not in client.get(f"{url}new/").content.decode()
    with acting_as(here.actor):
        mother = add_member(by=here.actor, case=case, as_="mother", name="山田 よし")
    made = client.post(f"{url}new/", handed(pdf(), title="診断書", member=str(mother.pk))).url
    for page in (url, made, f"/cases/{case.number}/?member={mother.pk}"):
        assert "母" in client.get(page).content.decode().partition("診断書")[2], page
    with acting_as(here.actor):
        document = Document.objects.get()
        assert doubt_about(document, own_members(case)) == "ほかの人についての記録です"
        with pytest.raises(NotPossible, match="この世帯にいない人"):
            describe_document(by=here.actor, document=document, member=uuid7())
    said = {"basis": "urgent", "organisation": there.organisation, "reason": "支援会議", "parts": [Part.DOCUMENTS]}
    with acting_as(COMMAND):
        grant(by=COMMAND, case_id=case.pk, ends_at=clock.now() + dt.timedelta(days=1), **said)
    partner = client_of(there.staff)
    assert "家族のひとり" in partner.get(made).content.decode()
    form = partner.get(f"{made}describe/").context["form"]
    assert "member" not in form.fields
    assert partner.post(f"{made}describe/", {"title": "診断書", "kind": "letter"}).status_code == 302
    with acting_as(here.actor):
        remove_member(by=COMMAND, case=case, member=mother)
        assert Document.objects.get().member == mother.pk
    assert client.post(f"{made}describe/", {"title": "写し", "kind": "letter"}).status_code == 302
    assert "家族のひとり" in client.get(url).content.decode()


@pytest.mark.django_db
def test_opening_a_document_is_noted_with_who_and_which(client: Any, here: Any, case: Case, document: Document) -> None:
    url = f"/cases/{case.number}/documents/{document.pk}/"
    client.get(f"{url}file/1/")
    with acting_as(COMMAND):
        noted = Entry.objects.get(deed="casework.read_document")
    assert (noted.actor, noted.reading, noted.case_id) == (str(here.staff.pk), True, case.pk)
    assert noted.detail == {"document": str(document.pk), "version": 1, "what": "content"}
    for missing in ("file/2/", "preview/1/"):
        assert client.get(f"{url}{missing}").status_code == 404


@pytest.mark.django_db
def test_what_is_refused_keeps_what_was_typed_and_says_why(client: Any, here: Any, case: Case) -> None:
    url = f"/cases/{case.number}/documents/new/"
    for body, why in (
        (package("word/vbaProject.bin"), "マクロ"),
        (f"番号 {MY_NUMBER}".encode(), "マイナンバー"),
        (package(text=f"<w:t>{MY_NUMBER}</w:t>"), "マイナンバー"),
    ):
        answer = client.post(url, handed(body, title="大切な題名"))
        assert answer.status_code == 422
        assert why in answer.content.decode()
        assert "大切な題名" in answer.content.decode()
    assert "マイナンバー" in client.post(url, handed(b"x", note=MY_NUMBER)).content.decode()
    with acting_as(here.actor):
        assert not Document.objects.exists()


@pytest.mark.django_db
def test_an_individual_number_in_a_contact_is_refused_in_words(client: Any, case: Case) -> None:
    said = {"on": "2026-05-10", "method": "visit", "counterpart": "self", "content": f"番号は{MY_NUMBER}"}
    answer = client.post(f"/cases/{case.number}/contact/", said)
    assert answer.status_code == 422
    assert "マイナンバーらしい12けたの数字" in answer.content.decode()


@pytest.mark.django_db
def test_a_new_version_keeps_the_one_before(client: Any, here: Any, case: Case, document: Document) -> None:
    url = f"/cases/{case.number}/documents/{document.pk}/"
    new = {"file": SimpleUploadedFile("b.txt", "二枚目".encode()), "reason": "続きが届いた"}
    assert client.post(f"{url}renew/", new).status_code == 302
    page = client.get(url).content.decode()
    assert page.index("第2版") < page.index("第1版")
    assert "続きが届いた" in page
    assert client.get(f"{url}file/1/").content.decode() == "夜の川はきれいでした"
    assert client.get(f"{url}file/2/").content.decode() == "二枚目"
    described = {"title": "二通の手紙", "kind": "letter", "dated_on": "", "note": ""}
    assert client.post(f"{url}describe/", described).status_code == 302
    assert "二通の手紙" in client.get(url).content.decode()


@pytest.mark.django_db
def test_nothing_of_a_document_lies_open_in_the_database(here: Any, case: Case, document: Document) -> None:
    with acting_as(here.actor):
        version = DocumentVersion.objects.get()
        assert "夜の川".encode() not in bytes(version.content)
        key = key_of(document)
        assert key not in bytes(document.sealed_key)
        other = add_document(
            by=here.actor, case=case, file=File("x", b"x"), title="別", kind=DocumentKind.objects.get(code="other")
        )
        other.sealed_key = document.sealed_key
        with pytest.raises(CannotOpen):
            key_of(other)


@pytest.mark.django_db
def test_an_erased_document_is_unreadable_for_good_and_says_only_that_it_was(
    client: Any, here: Any, case: Case, document: Document
) -> None:
    with acting_as(here.actor):
        before = DocumentVersion.objects.get()
        sealed, key = Document.objects.get(), bytes(before.content)
        shred(by=here.actor, document=document)
        shred(by=here.actor, document=document)
        erased = Document.objects.get()
        assert (bytes(erased.sealed_key), erased.title, erased.note) == (b"", "", "")
        assert bytes(DocumentVersion.objects.get().content) == b""
        assert DocumentVersion.objects.get().size == before.size
        with pytest.raises(CannotOpen):
            key_of(erased)
        with pytest.raises(NotAllowed):
            opened(here.actor, erased, 1, "content")
        with pytest.raises(Exception, match="消去"):
            add_version(by=here.actor, document=erased, file=File("x", b"x"))
    assert key != sealed.sealed_key
    with acting_as(COMMAND):
        assert Entry.objects.filter(deed="casework.shred_document").count() == 1
    page = client.get(f"/cases/{case.number}/documents/{document.pk}/").content.decode()
    assert "鍵を壊しました" in page
    assert "本人からの手紙" not in page
    assert "本人からの手紙" not in client.get(f"/cases/{case.number}/").content.decode()


@pytest.mark.django_db
def test_a_stranger_finds_no_document_and_whoever_was_not_given_documents_sees_none(
    there: Any, client_of: Any, here: Any, case: Case, document: Document
) -> None:
    stranger = client_of(there.staff)
    url = f"/cases/{case.number}/documents/"
    for tail in ("", "new/", f"{document.pk}/", f"{document.pk}/file/1/", f"{document.pk}/preview/1/"):
        assert stranger.get(f"{url}{tail}").status_code == 404, tail
    with acting_as(there.actor):
        assert not Document.objects.exists()
        assert not DocumentVersion.objects.exists()
        with pytest.raises(NotAllowed):
            shred(by=there.actor, document=document)


@pytest.mark.django_db
def test_the_list_asks_the_same_number_of_questions_however_many_documents_there_are(
    client: Any, here: Any, case: Case
) -> None:
    def queries_with(more: int) -> int:
        with acting_as(here.actor):
            kind = DocumentKind.objects.get(code="other")
            for place in range(more):
                file = File("x.txt", f"{place}".encode())
                add_document(by=here.actor, case=case, file=file, title="x", kind=kind, dated_on=dt.date(2026, 5, 1))
        with CaptureQueriesContext(connection) as counted:
            client.get(f"/cases/{case.number}/documents/")
        return len(counted)

    client.get(f"/cases/{case.number}/documents/")
    assert queries_with(1) == queries_with(12) <= 30
