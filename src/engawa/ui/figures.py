"""Figures drawn by the server: bars, stacked bars and lines in our palette, as SVG with a text alternative.

Series differ by pattern or dash as well as by colour, so that black-and-white paper tells them apart. The drawing
takes its inks from the page (``var(--ink)`` …), by day and by night. Drawing takes a tenth of a second, therefore
each drawing is kept in memory by its data.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import vl_convert
from django.utils.safestring import SafeString

Kind = Literal["bar", "stacked", "line"]
Number = float | int | None

# Drawn with these, then exchanged for the page's own inks; the numbers only have to be unmistakable.
_INKS = {
    "#2f4f7a": "var(--indigo)",
    "#a34a24": "var(--persimmon)",
    "#4f6b3a": "var(--matcha)",
    "#8a5a34": "var(--wood)",
    "#5c574e": "var(--ink-2)",
    "#2b2a27": "var(--ink)",
    "#e2d8c6": "var(--line)",
    "#fffdf8": "var(--sheet)",
}
_SERIES = ("#2f4f7a", "#a34a24", "#4f6b3a", "#8a5a34", "#5c574e")
_DASHES = ((1, 0), (6, 3), (2, 2), (8, 3, 2, 3), (1, 3))
_FONT = "Hiragino Sans, Yu Gothic UI, Noto Sans CJK JP, Noto Sans JP, sans-serif"
# The fewest signs in a line of a label that is laid in several, and the width of one sign in pixels.
_LINE, _SIGN = 5, 12
_LABELS: dict[str, Any] = {"labelAngle": 0, "labelLimit": 0, "labelExpr": "split(datum.value, '\\n')"}
# From here on, the drawing's own ticks are whole.
_MANY = 6
# Strokes laid over the second and later fills, as an SVG pattern's path on a tile of 8.
_PATTERNS = ("", "M-2 10 10-2M-2 2 2-2M6 10 10 6", "M0 4H8", "M4 0V8", "M2 2h.1M6 6h.1")


@dataclass(frozen=True)
class Figure:
    """A figure, ready for the ``figure`` tag; ``paper`` is a whole SVG file for printed reports."""

    caption: str
    alternative: str
    svg: SafeString
    paper: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def draw(  # noqa: PLR0913 - what a figure has
    *,
    kind: Kind,
    caption: str,
    labels: Sequence[str],
    series: Mapping[str, Sequence[Number]],
    unit: str = "",
    head: str = "",
    width: int = 560,
) -> Figure:
    """Draw ``series`` (name → one number for each label).

    Args:
        kind: bars side by side, stacked bars, or lines.
        caption: what the figure shows, with window and as-of date.
        labels: of the horizontal axis, in order.
        series: at most five; ``None`` is "not measured" and leaves a gap.
        unit: such as 件.
        head: name of the labels' column in the data table.
        width: in pixels; the drawing shrinks with the page.

    Raises:
        ValueError: a series has another length than the labels, or there are more than five.
    """
    if len(series) > len(_SERIES):
        raise ValueError(f"{len(series)} series cannot be told apart; five can")
    if any(len(values) != len(labels) for values in series.values()):
        raise ValueError("each series has one number for each label")
    spec = json.dumps(_spec(kind, labels, series, unit, width), ensure_ascii=False)
    paper, page = _drawn(spec)
    return Figure(
        caption=caption,
        alternative=_in_words(caption, labels, series, unit),
        svg=SafeString(page),  # drawn by us, labels escaped by Vega
        paper=paper,
        heads=(head, *series),
        rows=tuple((label, *(_shown(values[i]) for values in series.values())) for i, label in enumerate(labels)),
    )


def _shown(number: Number, unit: str = "") -> str:
    return "－" if number is None else f"{number:,}{unit}"


def _in_words(caption: str, labels: Sequence[str], series: Mapping[str, Sequence[Number]], unit: str) -> str:
    parts = [
        f"{name}：" + "、".join(f"{label} {_shown(value, unit)}" for label, value in zip(labels, values, strict=True))
        for name, values in series.items()
    ]
    return f"{caption}。" + "。".join(parts)


def _spec(
    kind: Kind, labels: Sequence[str], series: Mapping[str, Sequence[Number]], unit: str, width: int
) -> dict[str, Any]:
    names = list(series)
    width = max(width, len(labels) * (min(_LINE, max(map(len, labels), default=0)) + 1) * _SIGN)
    below = [_wrapped(label, width // max(len(labels), 1) // _SIGN - 1) for label in labels]
    values = [
        {"label": label, "series": name, "value": numbers[place]}
        for name, numbers in series.items()
        for place, label in enumerate(below)
    ]
    inks = {"domain": names, "range": list(_SERIES[: len(names)])}
    legend = (
        {"title": None, "orient": "top", "symbolType": "stroke" if kind == "line" else "square"}
        if len(names) > 1
        else None
    )
    encoding: dict[str, Any] = {
        "x": {"field": "label", "type": "nominal", "sort": None, "title": None, "axis": _LABELS},
        "y": {
            "field": "value",
            "type": "quantitative",
            "title": unit or None,
            "stack": kind == "stacked" or None,
            **_counting(list(series.values()), stacked=kind == "stacked"),
        },
        "color": {"field": "series", "type": "nominal", "sort": None, "scale": inks, "legend": legend},
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width,
        "height": 220,
        "padding": 4,
        "data": {"values": values},
        "layer": _layers(kind, names),
        "encoding": encoding,
        "config": _CONFIG,
    }


def _wrapped(label: str, room: int) -> str:
    """The whole label, in lines of at most ``room`` signs."""
    step = max(room, _LINE)
    return "\n".join(label[place : place + step] for place in range(0, len(label), step))


def _counting(series: Sequence[Sequence[Number]], *, stacked: bool) -> dict[str, Any]:
    """Whole ticks where few are counted: nobody is two tenths of a case."""
    numbers = [number or 0 for values in series for number in values]
    if any(number != int(number) or number < 0 for number in numbers):
        return {}
    top = max((sum(n or 0 for n in column) for column in zip(*series, strict=True)) if stacked else numbers, default=0)
    few = {"axis": {"values": list(range(int(top or 1) + 1)), "format": ",d"}} if top < _MANY else {}
    return few if top else few | {"scale": {"domain": [0, 1]}}


def _layers(kind: Kind, names: list[str]) -> list[dict[str, Any]]:
    if kind == "line":
        dashes = {"domain": names, "range": [list(dash) for dash in _DASHES[: len(names)]]}
        stroke = {"field": "series", "type": "nominal", "sort": None, "scale": dashes, "legend": None}
        return [
            {"mark": {"type": "line", "point": {"filled": True, "size": 40}}, "encoding": {"strokeDash": stroke}},
        ]
    bar: dict[str, Any] = {"mark": {"type": "bar", "cornerRadiusEnd": 0 if kind == "stacked" else 2}}
    if kind == "stacked":
        return [bar | {"mark": {"type": "bar", "stroke": "#fffdf8", "strokeWidth": 1}}]
    beside = {"xOffset": {"field": "series", "type": "nominal", "sort": None}} if len(names) > 1 else {}
    number = {"type": "text", "dy": -7, "fontSize": 11, "color": "#2b2a27"}
    text = {"text": {"field": "value", "type": "quantitative", "format": ","}, "color": {"value": "#2b2a27"}}
    return [bar | {"encoding": beside}, {"mark": number, "encoding": text | beside}]


_CONFIG: dict[str, Any] = {
    "font": _FONT,
    "background": None,
    "view": {"stroke": None},
    "axis": {
        "domainColor": "#5c574e",
        "gridColor": "#e2d8c6",
        "labelColor": "#5c574e",
        "labelFontSize": 12,
        "labelLimit": 130,
        "tickColor": "#e2d8c6",
        "titleColor": "#5c574e",
        "titleFontWeight": "normal",
        "titleAngle": 0,
        "titleAlign": "right",
        "titleY": -8,
    },
    "legend": {"symbolSize": 160, "labelColor": "#2b2a27", "labelFontSize": 12},
    "scale": {"bandPaddingInner": 0.3},
}


# The page itself says what the figure is; what Vega-Lite tells assistive technology in English would be said twice.
_SAID_TWICE = re.compile(r' (?:role|aria-label|aria-roledescription|aria-hidden|font-family|pointer-events)="[^"]*"')


@lru_cache(maxsize=256)
def _drawn(spec: str) -> tuple[str, str]:
    """The drawing for paper (real colours, named fonts), and the same for a page (its inks, its font)."""
    paper = vl_convert.vegalite_to_svg(spec)
    name = hashlib.blake2s(spec.encode(), digest_size=5).hexdigest()
    paper = _with_patterns(paper, name) if '"type": "bar"' in spec else paper
    page = _SAID_TWICE.sub("", paper)
    for drawn, ink in _INKS.items():
        page = page.replace(drawn, ink)
    return paper, page


def _with_patterns(svg: str, name: str) -> str:
    """Lay strokes over the fills of all series but the first."""
    tiles = []
    for place, (ink, strokes) in enumerate(zip(_SERIES, _PATTERNS, strict=True)):
        tile = f"{name}-{place}"
        laid, count = re.subn(rf'(<path [^>]*)fill="{ink}"', rf'\1fill="url(#{tile})"', svg)
        if strokes and count:
            svg = laid
            tiles.append(_TILE.format(id=tile, ink=ink, strokes=strokes))
    head, rest = svg.split(">", 1)
    return f"{head}><defs>{''.join(tiles)}</defs>{rest}"


_TILE = (
    '<pattern id="{id}" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="{ink}"/>'
    '<path d="{strokes}" stroke="#fffdf8" stroke-width="1.6" stroke-linecap="round"/></pattern>'
)
