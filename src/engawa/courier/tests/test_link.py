import uuid

import httpx
import pytest
from django.db import OperationalError
from django.test import RequestFactory

from engawa.courier import gate, views
from engawa.courier.introductions import NotIntroduced, link_of, own_public_key
from engawa.courier.link import Link, NotFromThere
from engawa.courier.remote import LinkTrouble, RemotePorch
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
    assert far_porch._link.unwrap(again).act == gate.BEHIND


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
