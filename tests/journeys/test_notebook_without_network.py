"""A companion writes at a front door where there is no network; nothing is lost, nothing arrives twice."""

import base64
import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from browser import CHROMIUM_FLAGS, PATIENCE_SECONDS, Axe
from engawa.kernel import clock
from engawa.office.access.actors import COMMAND, Actor
from engawa.office.access.models import Grant, Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import close_case, open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.timeline.models import Contact
from engawa.office.directory.models import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "porch"])]
WORDS = "インターホン越しに「また来てください」。\n見立て：声は前より明るい。"
# Everything of ours that lies on the device: each row as text, and whether a key could be carried away.
LYING_HERE = """async () => {
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    const request = indexedDB.open(name);
    const db = await new Promise((done) => { request.onsuccess = () => done(request.result); });
    const all = db.transaction("rows").objectStore("rows").getAll();
    const rows = await new Promise((done) => { all.onsuccess = () => done(all.result); });
    db.close();
    for (const row of rows) {
      const text = row.sealed ? new TextDecoder().decode(row.sealed) : "";
      found.push({ where: name, fields: Object.keys(row).join(), extractable: row.secret?.extractable ?? null, text });
    }
  }
  return found;
}"""
PIN = "824 715"
LONG_PIN = "kawara yuuhi tetsubin amayadori"
# A device on which everything takes a thousand times as long bears no more than the fewest rounds.
SLOW_CLOCK = "const now = performance.now.bind(performance); performance.now = () => now() * 1000;"
# A notebook from before its rounds were written down had that many.
WITHOUT_ROUNDS = """async () => {
  const { name } = (await indexedDB.databases()).find((one) => one.name.startsWith("engawa.key."));
  const request = indexedDB.open(name);
  const db = await new Promise((done) => { request.onsuccess = () => done(request.result); });
  const rows = db.transaction("rows", "readwrite").objectStore("rows");
  const read = rows.get("key");
  const { rounds, ...row } = await new Promise((done) => { read.onsuccess = () => done(read.result); });
  rows.put(row);
  db.close();
  return rounds;
}"""
OTHER_KEY = base64.b64encode(bytes(range(32))).decode()
OURS_IN_STORAGE = "Object.keys(localStorage).filter((name) => /owner|unsent/.test(name))"
Phone = Callable[[], Page]


@pytest.fixture
def open_for(ward: Organisation, companion: Staff, actor_of: Any) -> Callable[[str], Case]:
    """Opens a case that the companion leads."""
    me = actor_of(companion)
    with acting_as(me):
        desk = Desk.objects.create(name="北の窓口", organisation=ward)

    def opened(handle: str) -> Case:
        with acting_as(me):
            return open_case(by=me, desk=desk, requester="family", lead=companion, handle=handle)

    return opened


@pytest.fixture
def phone(browser: Browser, tmp_path: Path) -> Iterator[Phone]:
    """A phone that keeps what it knows when its browser is closed; without a network until it is given one."""
    contexts: list[BrowserContext] = []

    def switched_on() -> Page:
        for old in contexts:
            old.close()
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "phone",
            executable_path=shutil.which("chromium"),
            args=CHROMIUM_FLAGS,
            viewport={"width": 360, "height": 780},
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            reduced_motion="reduce",
        )
        contexts[:] = [context]
        context.set_default_timeout(PATIENCE_SECONDS * 1000)
        context.set_offline(True)
        return context.pages[0]

    yield switched_on
    contexts[0].close()


def give_network(page: Page, client: Client | None = None) -> None:
    """A network; with a client, signed in as they are."""
    page.context.clear_cookies()
    if client:
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": key, "domain": "127.0.0.1", "path": "/"}]
        )
    page.context.set_offline(False)


def field(page: Page, label: str) -> Locator:
    return page.get_by_label(re.compile(f"^{label}"))


def choose_pin(page: Page, pin: str = PIN) -> None:
    """For whoever is signed in, on their first visit."""
    page.get_by_label("新しいPIN").fill(pin)
    page.get_by_label("もう一度").fill(pin)
    page.get_by_role("button", name="決める").click()
    expect(field(page, "内容")).to_be_visible(timeout=PATIENCE_SECONDS * 1000)


def open_with(page: Page, pin: str = PIN) -> None:
    page.get_by_label("PIN", exact=False).first.fill(pin)
    page.get_by_role("button", name="開く", exact=True).click()


def guess_in_vain(page: Page) -> None:
    for left in (4, 3, 2, 1):
        open_with(page, "000 000")
        expect(page.get_by_text(f"あと{left}回")).to_be_visible(timeout=PATIENCE_SECONDS * 1000)
    open_with(page, "000 000")
    expect(page.get_by_text("鍵がかかっています。つながる")).to_be_visible(timeout=PATIENCE_SECONDS * 1000)


def write(page: Page, content: str, *, on: dt.date | None = None, about: Case | None = None) -> None:
    if about:
        field(page, "ケース").first.select_option(about.number)
    field(page, "内容").fill(content)
    if on:
        field(page, "対応日").fill(on.isoformat())
    page.get_by_role("button", name="書きとめる").click()


def lines(page: Page, state: str, count: int) -> Locator:
    found = page.locator(f"[data-entry={state}]")
    expect(found).to_have_count(count, timeout=PATIENCE_SECONDS * 1000)
    return found


def contacts(actor: Actor) -> list[Contact]:
    with acting_as(actor):
        return list(Contact.objects.order_by("recorded_at"))


def test_what_is_written_without_a_network_waits_through_a_reload_and_a_closed_browser_and_arrives_once(
    office_server: str,
    phone: Phone,
    client_of: Any,
    actor_of: Any,
    companion: Staff,
    open_for: Callable[[str], Case],
    axe: Axe,
) -> None:
    """003-16, 003-27: offline at the door; expired sign-in keeps everything; a refusal comes back with its reason."""
    url, actor, case = f"{office_server}/notebook/", actor_of(companion), open_for("ねこやなぎ")
    page = phone()
    give_network(page, client_of(companion))
    page.goto(url)
    expect(page.get_by_role("heading", name="PINを決める")).to_be_visible(timeout=PATIENCE_SECONDS * 1000)
    axe(page)
    choose_pin(page)
    expect(page.locator("[data-settled]")).to_be_visible(timeout=PATIENCE_SECONDS * 1000)
    expect(field(page, "ケース").first).to_contain_text("ねこやなぎ")
    axe(page)
    page.context.set_offline(True)
    field(page, "内容").press_sequentially("まだ途中")
    expect(page.locator("[data-says]")).to_contain_text("ネットワークがありません")
    page.wait_for_timeout(1000)
    page.reload()
    open_with(page)
    expect(field(page, "内容")).to_have_value("まだ途中")
    write(page, WORDS)
    lines(page, "waiting", 1)
    assert_sealed(page)

    page = phone()
    page.goto(url)
    open_with(page, "824 716")
    expect(page.get_by_text("PINがちがいます。あと4回")).to_be_visible(timeout=PATIENCE_SECONDS * 1000)
    assert "また来てください" not in page.content()
    open_with(page)
    expect(lines(page, "waiting", 1)).to_contain_text("また来てください")
    write(page, "あしたの訪問", on=clock.today() + dt.timedelta(days=1))
    lines(page, "waiting", 2)
    assert contacts(actor) == []
    give_network(page)
    expect(page.get_by_role("link", name="サインインする")).to_be_visible()
    lines(page, "waiting", 2)

    give_network(page, client_of(companion))
    page.reload()
    open_with(page)
    lines(page, "sent", 1)
    expect(lines(page, "refused", 1)).to_contain_text("先の日付の対応は記録できません")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="直す").last.click()
    write(page, "きょうの訪問", on=clock.today())
    lines(page, "sent", 2)
    page.reload()
    open_with(page)
    lines(page, "sent", 2)
    first, second = contacts(actor)
    assert (first.content, first.opinion) == (WORDS.split("\n", maxsplit=1)[0], "声は前より明るい。")
    assert (first.case_id, second.content) == (case.pk, "きょうの訪問")


def assert_sealed(page: Page) -> None:
    """What waits can be read by nobody who copies it, and its key stays where it is."""
    lying = page.evaluate(LYING_HERE)
    assert {row["fields"] for row in lying} == {
        "id,state,born,iv,sealed",
        "id,salt,secret,rounds,tries,until,iv,sealed",
    }
    for row in lying:
        assert "インターホン" not in row["text"]
        assert "ねこやなぎ" not in row["text"]
        assert row["extractable"] in {None, False}


def test_what_changed_meanwhile_is_told_nobody_else_can_read_and_signing_out_forgets(
    office_server: str,
    phone: Phone,
    client_of: Any,
    actor_of: Any,
    companion: Staff,
    coordinator: Staff,
    open_for: Callable[[str], Case],
) -> None:
    """003-16: a cut line, a closed case, a right that ended, another person on the same device."""
    url, actor = f"{office_server}/notebook/", actor_of(companion)
    cut, closed, gone = open_for("ねこやなぎ"), open_for("ゆきやなぎ"), open_for("こでまり")
    page = phone()
    give_network(page, client_of(companion))
    page.goto(url)
    choose_pin(page)
    expect(page.locator("[data-settled]")).to_be_visible(timeout=PATIENCE_SECONDS * 1000)
    page.context.set_offline(True)
    write(page, "まだケースを選んでいない")
    expect(field(page, "ケース").first).to_be_focused()
    for words, about in (("玄関で五分。", cut), ("転居の前の日に。", closed), ("手紙を戸口に。", gone)):
        write(page, words, about=about)
    lines(page, "waiting", 3)
    with acting_as(actor):
        close_case(by=actor, case=closed, on=clock.today(), reason="moved")
    with acting_as(COMMAND):
        assert Grant.objects.filter(case_id=gone.pk).update(ends_at=clock.now()) == 1

    # The line breaks when the first entry has arrived and its answer has not.
    page.route("**/notebook/send/", arrive_without_answer)
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/notebook/send/")):
        give_network(page, client_of(companion))
    lines(page, "waiting", 3)
    assert [one.content for one in contacts(actor)] == ["玄関で五分。"]

    # Somebody else signs in on the same phone.
    give_network(page, client_of(coordinator))
    page.goto(office_server)
    page.goto(url)
    choose_pin(page)
    expect(page.locator("[data-none]")).to_be_visible()
    assert "玄関で五分" not in page.content()
    assert {row["where"] for row in page.evaluate(LYING_HERE) if "salt" in row["fields"]} == {
        f"engawa.key.{coordinator.pk}"
    }

    page.unroute("**/notebook/send/")
    give_network(page, client_of(companion))
    page.goto(url)
    choose_pin(page)
    expect(lines(page, "sent", 2).filter(has_text=closed.number)).to_contain_text("このケースは終結しています")
    back = lines(page, "refused", 1)
    expect(back).to_contain_text("いまは書けません")
    expect(back).to_contain_text("手紙を戸口に。")
    assert [one.content for one in contacts(actor)] == ["玄関で五分。", "転居の前の日に。"]

    page.goto(f"{office_server}/sign-out/")
    page.get_by_role("button", name="サインアウト").click()
    expect(page.get_by_text("まだ送っていない記録がこの端末にあります")).to_be_visible()
    page.get_by_role("button", name="サインアウト").click()
    page.wait_for_url("**/sign-in/**")
    assert [row for row in page.evaluate(LYING_HERE) if str(companion.pk) in row["where"]] == []
    assert page.evaluate(OURS_IN_STORAGE) == [f"engawa.unsent.{coordinator.pk}"]


def arrive_without_answer(route: Route) -> None:
    route.fetch()
    route.abort()


def test_wrong_pins_lock_what_waits_which_is_sent_and_a_changed_secret_is_said(
    office_server: str,
    phone: Phone,
    client_of: Any,
    actor_of: Any,
    companion: Staff,
    open_for: Callable[[str], Case],
) -> None:
    """003-16: whoever holds the phone reads nothing; nothing is lost, whatever becomes of PIN and secret."""
    url, actor, case = f"{office_server}/notebook/", actor_of(companion), open_for("ねこやなぎ")
    page = phone()
    page.add_init_script(SLOW_CLOCK)
    give_network(page, client_of(companion))
    page.goto(url)
    choose_pin(page, LONG_PIN)
    expect(page.locator("[data-settled]")).to_be_visible(timeout=PATIENCE_SECONDS * 1000)
    page.context.set_offline(True)
    write(page, "玄関で五分。", about=case)
    lines(page, "waiting", 1)
    page.get_by_role("button", name="いま鍵をかける").click()
    assert "玄関で五分" not in page.content()
    assert page.evaluate(WITHOUT_ROUNDS) == 600_000
    open_with(page, LONG_PIN)
    lines(page, "waiting", 1)
    page.get_by_role("button", name="いま鍵をかける").click()
    guess_in_vain(page)
    assert {row["where"] for row in page.evaluate(LYING_HERE) if "salt" in row["fields"]} == set()
    give_network(page, client_of(companion))
    page.reload()
    choose_pin(page)
    lines(page, "sent", 1)
    assert [one.content for one in contacts(actor)] == ["玄関で五分。"]

    # The office has another secret, and the phone no longer knows the key that it had.
    page.context.set_offline(True)
    write(page, "鍵が替わる前に。", about=case)
    lines(page, "waiting", 1)
    page.get_by_role("button", name="いま鍵をかける").click()
    guess_in_vain(page)
    page.route("**/notebook/carry/**", with_another_secret())
    give_network(page, client_of(companion))
    page.reload()
    choose_pin(page)
    expect(page.locator("[data-lost]")).to_contain_text("前に書いた1件を開けず")
    page.wait_for_load_state("networkidle")
    page.unroute_all(behavior="wait")
    page.route("**/notebook/carry/**", with_another_secret(former=True))
    page.reload()
    open_with(page)
    lines(page, "sent", 2)
    expect(page.locator("[data-lost]")).to_be_hidden()
    assert [one.content for one in contacts(actor)] == ["玄関で五分。", "鍵が替わる前に。"]
    page.unroute_all(behavior="wait")


def with_another_secret(*, former: bool = False) -> Callable[[Route], None]:
    """The office as it answers after its secret was changed, with its former one beside it or without."""

    def answer(route: Route) -> None:
        given = route.fetch()
        said = given.json()
        route.fulfill(response=given, json=said | {"key": OTHER_KEY, "former": [said["key"]] if former else []})

    return answer
