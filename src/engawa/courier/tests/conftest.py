"""Fixtures of the courier's tests: an office that listens, a visitor, and the porch near or far."""

from collections.abc import Callable, Iterator

import httpx
import pytest

from engawa.courier import gate
from engawa.courier.door import PorchDoor
from engawa.courier.introductions import own_public_key
from engawa.courier.link import Link
from engawa.courier.porch_side import PorchSide
from engawa.courier.remote import RemotePorch
from engawa.engine.home import Home
from engawa.office.letterbox import handlers
from engawa.porch.noticeboard.actions import pin
from engawa.post.keys import link_ring, office_ring
from engawa.post.letters import Letter, OfficeKeyPublished, SeatLeft, SeatOpened, TalkOpened, VisitorTyping, WordSaid
from engawa.post.sealing import key_id_of, public_key_of
from visitor import Visitor


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Letter]:
    """The letters that the office's handlers were given."""
    heard: list[Letter] = []
    kinds = (SeatOpened, SeatLeft, TalkOpened, WordSaid, VisitorTyping)
    monkeypatch.setattr(handlers, "_handlers", {kind: [heard.extend] for kind in kinds})
    return heard


@pytest.fixture
def office_key(db: None, house: Home) -> None:
    """The porch knows the office's key, as after the courier's first round."""
    public = public_key_of(office_ring(house.keys).present())
    pin(OfficeKeyPublished(key_id=key_id_of(public), public_key=public))


@pytest.fixture
def visitor(office_key: None) -> Visitor:
    return Visitor()


@pytest.fixture
def links(house: Home, settings: object) -> tuple[Link, Link]:
    """Both ends of a link: the office's and the porch's. Here they share one data folder, so the keys are crossed."""
    own_public_key("office")
    settings.LINK_KEY = own_public_key("office")  # what the porch was told
    private = {side: link_ring(house.keys, side).present() for side in ("office", "porch")}
    office = Link("office", private["office"], public_key_of(private["porch"]))
    porch = Link("porch", private["porch"], public_key_of(private["office"]))
    return office, porch


@pytest.fixture
def wire(links: tuple[Link, Link]) -> list[tuple[bytes, bytes]]:
    """What went over the wire: calls and answers."""
    gate.door.cache_clear()
    return []


@pytest.fixture
def far_porch(links: tuple[Link, Link], wire: list[tuple[bytes, bytes]]) -> RemotePorch:
    def answered(request: httpx.Request) -> httpx.Response:
        answer = gate.answer(request.content)
        wire.append((request.content, answer or b""))
        return httpx.Response(404 if answer is None else 200, content=answer or b"")

    return RemotePorch("http://porch.invalid", links[0], httpx.Client(transport=httpx.MockTransport(answered)))


@pytest.fixture(params=["near", "far"])
def porch(request: pytest.FixtureRequest, house: Home) -> Iterator[PorchSide]:
    """The porch as the courier meets it: beside us, and over the link."""
    make: dict[str, Callable[[], PorchSide]] = {
        "near": PorchDoor,
        "far": lambda: request.getfixturevalue("far_porch"),
    }
    porch = make[request.param]()
    yield porch
    porch.close()
    gate.door().close()
