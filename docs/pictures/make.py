"""Makes the picture of the README from a running demo city: the porch by night on a phone, the desk by day.

Start ``./engawa demo``, then run this file with the Python of ``.venv``; other addresses may be named as arguments.
"""

import io
import subprocess
import sys
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
OUT = Path(__file__).with_name("engawa.png")
ENGAWA = Path(__file__).parents[2] / "engawa"
PASSWORD = "engawa-demo"  # noqa: S105 - as the demo prints it
PAPER = (243, 236, 223)
MARGIN = 40
HEIGHT = 820


def six_digits() -> str:
    """What the authenticator of the demo's staff shows now."""
    asked = subprocess.run([ENGAWA, "demo", "--code"], capture_output=True, text=True, check=True)  # noqa: S603
    return asked.stdout.strip()


def page(browser: Browser, width: int, light: Literal["dark", "light"]) -> Page:
    """A page of the height of the picture, in the given light."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT}, color_scheme=light, locale="ja-JP", reduced_motion="reduce"
    )
    return context.new_page()


def porch(browser: Browser, address: str) -> bytes:
    """The first view of somebody who is awake at night."""
    phone = page(browser, 360, "dark")
    phone.goto(address)
    return phone.screenshot()


def desk(browser: Browser, address: str) -> bytes:
    """The desk of a counsellor with a talk open."""
    screen = page(browser, 1280, "light")
    screen.goto(address)
    screen.fill("input[name=login]", "sakura@miyako.example")
    screen.fill("input[name=password]", PASSWORD)
    screen.click("main button[type=submit]")
    screen.fill("input[name=code]", six_digits())
    screen.click("main button[type=submit]")
    screen.goto(f"{address}desk/")
    screen.click("text=こもれび")
    screen.wait_for_selector("text=夜の川は")
    return screen.screenshot()


def beside(pictures: list[bytes]) -> Image.Image:
    """The pictures side by side on paper."""
    opened = [Image.open(io.BytesIO(picture)) for picture in pictures]
    width = sum(picture.width for picture in opened) + MARGIN * (len(opened) + 1)
    sheet = Image.new("RGB", (width, HEIGHT + 2 * MARGIN), PAPER)
    left = MARGIN
    for picture in opened:
        sheet.paste(picture, (left, MARGIN))
        left += picture.width + MARGIN
    return sheet


def main(porch_address: str = "http://localhost:8000/", office_address: str = "http://localhost:8010/") -> None:
    """Take both pictures and put them beside each other."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        sheet = beside([porch(browser, porch_address), desk(browser, office_address)])
        browser.close()
    sheet.quantize(128).save(OUT, optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
