import datetime as dt
import ssl
import threading
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.db import OperationalError
from django.test import RequestFactory

from engawa.courier import gate, views
from engawa.courier.introductions import NotIntroduced, link_of, own_public_key
from engawa.courier.link import BEHIND, Link, NotFromThere, Outcome
from engawa.courier.remote import LinkTrouble, RemotePorch
from engawa.engine.doctor import Finding
from engawa.engine.doctor_of_office import check_way_to_porch
from engawa.engine.home import Home
from engawa.post.parcels import Delivery, PassingWord
from engawa.post.sealing import Cover, new_private_key, public_key_of

pytestmark = pytest.mark.django_db(databases=["default", "porch"])
COVER = Cover(uuid.uuid4(), uuid.uuid4())
Wire = list[tuple[bytes, bytes]]


def test_only_the_two_ends_can_make_or_read_a_message(links: tuple[Link, Link]) -> None:
    office, porch = links
    call = porch.unwrap(office.wrap("collect", 7, COVER))
    assert (call.to, call.act, call.number) == ("porch", "collect", 7)
    stranger = Link("office", new_private_key(), public_key_of(porch.private_key))
    with pytest.raises(NotFromThere, match="not a message"):
        porch.unwrap(stranger.wrap("collect", 7, COVER))


def test_a_message_cannot_be_sent_back_to_whoever_made_it(links: tuple[Link, Link]) -> None:
    office, _porch = links
    with pytest.raises(NotFromThere, match="for the other side"):
        office.unwrap(office.wrap("collect", 7, COVER))


def test_a_call_is_taken_once(far_porch: RemotePorch, wire: Wire) -> None:
    far_porch.deliver(Delivery(passing=(PassingWord(COVER.seat_id, "typing", ""),)))
    (call, _answer), *_ = wire
    again = gate.answer(call)
    assert again
    assert far_porch._link.unwrap(again).act == BEHIND


def test_an_old_answer_cannot_stand_in_for_a_new_one(far_porch: RemotePorch, wire: Wire) -> None:
    far_porch.deliver(Delivery())
    old = wire[0][1]
    far_porch._client = httpx.Client(transport=httpx.MockTransport(lambda _request: httpx.Response(200, content=old)))
    with pytest.raises(LinkTrouble, match="another call"):
        far_porch.deliver(Delivery())


def test_a_courier_whose_clock_went_back_is_set_right_by_the_porch(far_porch: RemotePorch) -> None:
    ahead = RemotePorch("http://porch.invalid", far_porch._link, far_porch._client)
    ahead._last["deliver"] = 10**17
    ahead.deliver(Delivery())
    with pytest.raises(LinkTrouble, match="set right"):
        far_porch.deliver(Delivery())
    assert far_porch.deliver(Delivery()) == ()


@pytest.mark.parametrize("status", [404, 503])
def test_a_porch_that_refuses_is_tried_again_later(links: tuple[Link, Link], status: int) -> None:
    client = httpx.Client(transport=httpx.MockTransport(lambda _request: httpx.Response(status)))
    with pytest.raises(LinkTrouble, match=str(status)):
        RemotePorch("http://porch.invalid", links[0], client).deliver(Delivery())


def test_a_porch_that_cannot_be_reached_is_tried_again_later(links: tuple[Link, Link]) -> None:
    porch = RemotePorch("http://127.0.0.1:9", links[0])
    with pytest.raises(LinkTrouble, match="ConnectError"):
        porch.deliver(Delivery())
    porch.close()


def test_an_answer_from_somebody_else_is_no_answer(links: tuple[Link, Link]) -> None:
    client = httpx.Client(transport=httpx.MockTransport(lambda _request: httpx.Response(200, content=b"hello")))
    with pytest.raises(LinkTrouble, match="somebody else"):
        RemotePorch("http://porch.invalid", links[0], client).deliver(Delivery())


def _at_the_gate(method: str, body: bytes) -> int:
    request = RequestFactory().generic(method, "/courier/", body, content_type="application/octet-stream")
    try:
        return views.at_the_gate(request).status_code
    except views.Http404:
        return 404


def test_strangers_find_nothing_at_the_gate(links: tuple[Link, Link]) -> None:
    office, _porch = links
    assert _at_the_gate("GET", b"") == 404
    assert _at_the_gate("POST", b"hello") == 404
    assert _at_the_gate("POST", office.wrap("no-such-act", 1, COVER)) == 404
    assert _at_the_gate("POST", office.wrap("collect", 1, COVER)) == 404
    assert _at_the_gate("POST", office.wrap("deliver", 1, Delivery())) == 200


def test_a_gate_whose_database_is_away_says_later(links: tuple[Link, Link], monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_what: object) -> None:
        raise OperationalError

    monkeypatch.setattr(gate, "note_call", away)
    assert _at_the_gate("POST", links[0].wrap("deliver", 1, Delivery())) == 503


@pytest.mark.parametrize("written", ["", "nonsense", "abcd"])
def test_without_the_other_sides_key_there_is_no_link(house: Home, settings: object, written: str) -> None:
    settings.LINK_KEY = written
    with pytest.raises(NotIntroduced, match="the other side's public key"):
        link_of("office")
    assert _at_the_gate("POST", b"hello") == 404


def test_the_other_sides_key_may_lie_in_a_file(house: Home, settings: object) -> None:
    settings.LINK_KEY = ""
    other = own_public_key("porch")
    (house.keys / "link-other.pub").write_text(f"{other}\n")
    assert link_of("office").other.hex() == other


_MAY_VOUCH = x509.KeyUsage(
    digital_signature=True,
    key_cert_sign=True,
    crl_sign=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    encipher_only=False,
    decipher_only=False,
)


def certified(folder: Path, name: x509.GeneralName) -> Path:
    """A file with a key and a certificate that vouches for itself and for ``name``."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "みやこ市")])
    begins = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins.replace(year=2120))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(_MAY_VOUCH, critical=True)
        .add_extension(x509.SubjectAlternativeName([name]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{certificate.serial_number}.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
    return file


class PorchOverHttps(BaseHTTPRequestHandler):
    """The porch's end of the link behind a proxy that ends TLS; nothing is done there but to answer."""

    def __init__(self, end: Link, *args: object) -> None:
        self.end = end
        super().__init__(*args)

    def do_POST(self) -> None:
        call = self.end.unwrap(self.rfile.read(int(self.headers["Content-Length"])))
        answer = self.end.wrap(call.act, call.number, Outcome(()))
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def porch_with(links: tuple[Link, Link], settings: object) -> Iterator[Callable[[Path], None]]:
    """Serves the porch over HTTPS with a certificate, and tells the office where that is."""
    servers: list[ThreadingHTTPServer] = []

    def serve(certificate: Path) -> None:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(PorchOverHttps, links[1]))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever).start()
        servers.append(server)
        settings.LINK_KEY = own_public_key("porch")
        settings.PORCH_URL = f"https://127.0.0.1:{server.server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def knocked(settings: object, ca: Path | str) -> Finding:
    """What the doctor finds when the office trusts whoever this file names; empty: whom browsers trust."""
    settings.PORCH_CA = str(ca)
    (finding,) = check_way_to_porch()
    return finding


def test_over_https_the_office_dials_the_porch_whose_certificate_it_was_told_to_trust_and_no_other(
    porch_with: Callable[[Path], None], settings: object, tmp_path: Path
) -> None:
    own, other = (certified(tmp_path, x509.IPAddress(ip_address("127.0.0.1"))) for _ in range(2))
    porch_with(own)
    assert knocked(settings, own).well
    assert "certificate is not one that is trusted" in knocked(settings, other).words
    assert "certificate is not one that is trusted" in knocked(settings, "").words
    assert "holds no certificate" in knocked(settings, tmp_path / "missing").words
    (tmp_path / "empty").touch()
    assert "holds no certificate" in knocked(settings, tmp_path / "empty").words

    elsewhere = certified(tmp_path, x509.DNSName("elsewhere.example"))
    porch_with(elsewhere)
    assert "certificate is not one that is trusted" in knocked(settings, elsewhere).words
    settings.PORCH_URL = "http://127.0.0.1:9"
    assert "ConnectError" in knocked(settings, own).words
    settings.LINK_KEY = ""
    assert "public key is not set" in knocked(settings, own).words
