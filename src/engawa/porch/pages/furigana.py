"""Furigana（ふりがな）: readings above the kanji of our own texts, never in what people wrote or type."""

import re
from html.parser import HTMLParser
from itertools import takewhile

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from engawa.porch.pages.readings import READINGS

_KANJI_WORDS = re.compile("|".join(sorted(map(re.escape, READINGS), key=len, reverse=True)))
# Left as they are: what is typed or chosen, what is drawn, what has readings already, and what people said.
_UNTOUCHED_TAGS = frozenset({"textarea", "option", "script", "style", "svg", "ruby", "title"})
_UNTOUCHED_CLASS = "said"
_WITHOUT_END = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr", "source"})


class _Reader(HTMLParser):
    """Copies HTML, putting readings into text; inside an untouched element nothing is changed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self.open_elements: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(self.get_starttag_text() or "")
        if tag not in _WITHOUT_END:
            classes = (dict(attrs).get("class") or "").split()
            self.open_elements.append(tag in _UNTOUCHED_TAGS or _UNTOUCHED_CLASS in classes)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as given
        self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.out.append(f"</{tag}>")
        if self.open_elements:
            self.open_elements.pop()

    def handle_data(self, data: str) -> None:
        self.out.append(data if any(self.open_elements) else _KANJI_WORDS.sub(_ruby, data))

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.out.append(f"<!--{data}-->")


def with_furigana(html: str) -> SafeString:
    """The HTML with readings above the words that ``readings`` knows."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return mark_safe("".join(reader.out))  # noqa: S308 - HTML that was safe, with our own words added


def _ruby(found: re.Match[str]) -> str:
    """The reading above the kanji alone: what follows in kana needs none."""
    word, reading = found[0], READINGS[found[0]]
    from_the_end = zip(reversed(word), reversed(reading), strict=False)
    kana = sum(1 for _same in takewhile(lambda pair: pair[0] == pair[1], from_the_end))
    stem, tail = len(word) - kana, word[len(word) - kana :]
    above = reading[: len(reading) - kana]
    return f"<ruby>{escape(word[:stem])}<rp>（</rp><rt>{above}</rt><rp>）</rp></ruby>{tail}"
