"""Somebody at work who tells a story through the office's pages, as they would: by the words on buttons and fields.

``Teller`` keeps one case. ``look`` opens a page as its reader will see it, wide and narrow, and refuses drawings
whose words cover each other; with ``ENGAWA_PICTURES=folder`` it keeps a picture of each.
"""

import datetime as dt
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from engawa.kernel import clock

# Words of a drawing that cover each other, stick out of it, or are too small to read; and pages wider than the screen.
UGLY = """() => {
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push("wider than the screen");
  for (const map of document.querySelectorAll("svg.map")) {
    const rim = map.getBoundingClientRect();
    const words = [...map.querySelectorAll("text")].map((one) => [one.textContent, one.getBoundingClientRect()]);
    words.forEach(([said, box], place) => {
      if (box.height < 8) found.push(`too small: ${said}`);
      if (box.left < rim.left - 1 || box.right > rim.right + 1 || box.bottom > rim.bottom + 1 || box.top < rim.top - 1)
        found.push(`outside: ${said}`);
      for (const [other, that] of words.slice(place + 1)) {
        const wide = Math.min(box.right, that.right) - Math.max(box.left, that.left);
        const high = Math.min(box.bottom, that.bottom) - Math.max(box.top, that.top);
        if (wide > 2 && high > 5) found.push(`${said} covers ${other}`);
      }
    });
  }
  return found;
}"""
NARROW, WIDE = 360, 1360
Said = Mapping[str, Any]
TYPED = "input:not([type=checkbox], [type=radio]), select, textarea"


def ago(days: int) -> str:
    """A day in the past, as a field of days takes it."""
    return (clock.today() - dt.timedelta(days=days)).isoformat()


def ahead(days: int) -> str:
    """A day to come, as a field of days takes it."""
    return ago(-days)


class Teller:
    """A page of somebody who has signed in, and the case that they tell of once it is open."""

    def __init__(self, page: Page, server: str, number: str = "") -> None:
        self.page, self.server, self.number = page, server, number

    def go(self, path: str = "") -> None:
        """A page of the case."""
        self.page.goto(f"{self.server}/cases/{self.number}/{path}")

    def press(self, button: str) -> None:
        """A button or link by its words."""
        words = re.compile(rf"^\s*{re.escape(button)}\s*$")
        main = self.page.get_by_role("main")
        main.get_by_role("button", name=words).or_(main.get_by_role("link", name=words)).first.click()

    def write(self, said: Said, where: Locator | None = None) -> None:
        """Fill fields by their labels: text, a choice by its words, a set of choices, or whether a box is ticked."""
        for label, value in said.items():
            _write(where or self.page.get_by_role("main"), label, value)

    def save(self, told: str, button: str = "保存する") -> None:
        """Press the button, and be told that it was done."""
        self.press(button)
        expect(self.page.get_by_text(told).first).to_be_visible()

    def open_case(self, said: Said) -> None:
        """A new case, from the list of cases."""
        self.page.goto(f"{self.server}/cases/")
        self.press("新しいケース")
        self.write(said)
        self.save("をつくりました", "ケースをつくる")
        self.number = self.page.url.rstrip("/").rsplit("/", 1)[-1]

    def add(self, button: str, told: str, said: Said) -> None:
        """Something on one of the two maps, by the form that opens beside it."""
        self.press(button)
        panel = self.page.locator("section#panel")
        expect(panel).to_be_visible()
        self.write(said, panel)
        self.save(told)

    def contact(self, days_ago: int, said: Said, *, more: Said | None = None) -> None:
        """A contact, written down; ``more`` is what is folded away at first."""
        self.go("contact/")
        self.write({"対応日": ago(days_ago)} | dict(said))
        if more:
            self.page.get_by_text("分けて書く・区分・次にすること").click()
            self.write(more)
        self.save("対応を記録しました")

    def tie(self, whose: str, where: str, to: str, how: str, flow: str = "互いに") -> None:
        """A tie on the support map; ``where`` is the field that names what it leads to."""
        said = {"だれと": whose, where: to, "つながり": how, "力の向き": flow}
        self.add("つながりを描く", "つながりを描きました", said)

    def plan(self, head: Said, goal: Said, steps: Sequence[Said], use: Said | None, agreed: Said) -> None:
        """A plan with one goal: written, agreed to, begun."""
        self.go("plans/")
        self.press("計画をつくる")
        self.write(head)
        place = self.page.get_by_role("group", name="目標1")
        self.write(goal, place)
        for number, step in enumerate(steps):
            self.write(step, place.locator(".step").nth(number))
        if use:
            self.write(use, self.page.locator(".use").first)
        self.save("計画を書きはじめました")
        self.press("同意を記録")
        self.write(agreed)
        self.save("同意を記録しました")
        self.press("この計画をはじめる")
        self.save("計画をはじめました", "はじめる")
        expect(self.page.get_by_text("実施中", exact=True)).to_be_visible()

    def look(self, name: str, path: str) -> None:
        """A page as its reader sees it, on a wide screen and on a phone."""
        self.page.set_viewport_size({"width": NARROW, "height": 900})
        self.go(path)
        for width in (NARROW, WIDE):
            self.page.set_viewport_size({"width": width, "height": 900})
            ugly = self.page.evaluate(UGLY)
            assert not ugly, f"{name} at {width} px: {ugly}"
            keep_picture(self.page, f"{name}-{width}")


def _write(where: Locator, label: str, value: Any) -> None:
    named = re.compile(rf"^\s*{re.escape(label)}\s*(必須|任意)?\s*$")
    group = where.get_by_role("group", name=named)
    if value is True:
        where.get_by_role("checkbox", name=named).check()
    elif value is False:
        where.get_by_role("checkbox", name=named).uncheck()
    elif isinstance(value, set):
        for one in value:
            group.get_by_role("checkbox", name=re.compile(rf"^\s*{re.escape(one)}\s*$")).check()
    elif group.count():
        group.get_by_role("radio", name=re.compile(rf"(^|\s){re.escape(value)}\s*$")).first.check()
    else:
        field = where.get_by_label(named).and_(where.page.locator(TYPED)).first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)


def keep_picture(page: Page, name: str) -> None:
    """Keep pictures of the page by day and by night where somebody wants them: ``ENGAWA_PICTURES=folder``."""
    if folder := os.environ.get("ENGAWA_PICTURES"):
        high = page.evaluate("Math.max(...[...document.querySelectorAll('*')].map((one) => one.scrollHeight)) + 60")
        width = page.evaluate("innerWidth")
        page.set_viewport_size({"width": width, "height": high})
        for light in ("dark", "light"):
            page.emulate_media(color_scheme=light)
            page.screenshot(path=Path(folder) / f"{name}-{light}.png", full_page=True)
