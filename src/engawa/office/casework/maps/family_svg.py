"""The family map as SVG: shapes only, every decision is made in ``rules``."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from engawa.office.casework.maps.pen import FIRST, NEXT, Hand, Inks, path, rounded, tag, text
from engawa.office.casework.maps.rules.placing import Placed, Stroke
from engawa.office.casework.maps.rules.shapes import LINE, Box

_SLASH = 7.0
_SHORT = 2  # characters that are written large inside a symbol


@dataclass(frozen=True)
class Face:
    """What a symbol shows. ``alt`` says it in a sentence; ``href`` leads to its form, where there is one."""

    sex: str
    inside: str
    lines: Sequence[str]
    alt: str
    own: bool = False
    deceased: bool = False
    href: str = ""


def symbol(box: Box, face: Face, inks: Inks) -> str:
    """One person: square, circle or diamond; a double border for the 本人, a cross for who has died."""
    border: dict[str, float | str] = {"stroke": inks.ink, "stroke_width": 1.8}
    named: dict[str, float | str] = {"class_": "own"} if face.own else {}
    shapes = [_shape(box, face.sex, fill=inks.own if face.own else inks.fill, **border, **named)]
    if face.own:
        shapes.append(_shape(box.grown(-4.5 if face.sex in ("1", "2") else -6.5), face.sex, fill="none", **border))
    if face.inside:
        x, y = box.middle
        size = 14 if len(face.inside) <= _SHORT else 11
        said: dict[str, float | str] = {"fill": inks.ink, "font_size": size, "text_anchor": "middle"}
        shapes.append(tag("text", escape(face.inside), x=x, y=y + size * 0.36, **said))
    if face.deceased:
        shapes.append(_cross(box, face.sex, inks))
    return "".join(shapes)


def _cross(box: Box, sex: str, inks: Inks) -> str:
    x, y = box.middle
    reach = box.width * {"1": 0.5, "2": 0.355}.get(sex, 0.25)
    falling, rising = [(x - reach, y - reach), (x + reach, y + reach)], [(x - reach, y + reach), (x + reach, y - reach)]
    return tag("path", d=path(falling) + path(rising), stroke=inks.ink, stroke_width=1.4, fill="none")


def _shape(box: Box, sex: str, **style: float | str) -> str:
    x, y = box.middle
    if sex == "1":
        return tag("rect", x=box.x, y=box.y, width=box.width, height=box.height, **style)
    if sex == "2":
        return tag("circle", cx=x, cy=y, r=box.width / 2, **style)
    return tag("path", d=path([(x, box.y), (box.right, y), (x, box.bottom), (box.x, y)], closed=True), **style)


def linked(content: str, face: Face) -> str:
    """A symbol with its name for assistive technology, as a link where it leads somewhere."""
    named = tag("title", escape(face.alt)) + content
    if not face.href:
        return tag("g", named, role="img", aria_label=face.alt)
    return tag("a", named, href=face.href, aria_label=face.alt, class_="spot")


_DASHES = {"unmarried": "6 4", "adoptive": "8 4", "foster": "2 4", "step": "8 3 2 3"}


def stroke(line: Stroke, inks: Inks) -> str:
    """A line of the family map with its slashes and its years."""
    dashed = {"stroke_dasharray": _DASHES[line.kind]} if line.kind in _DASHES else {}
    drawn = tag("path", d=path(line.points), fill="none", stroke=inks.line, stroke_width=1.6, **dashed)
    if line.crossed:
        x, y = line.crossed
        slashes = [(x + 5 * n, y) for n in range(line.slashes)]
        crossing = "".join(path([(a - 4, b + _SLASH), (a + 4, b - _SLASH)]) for a, b in slashes)
        drawn += tag("path", d=crossing, stroke=inks.ink, stroke_width=1.8, fill="none")
    return drawn


def family(placed: Placed, faces: Mapping[str, Face], inks: Inks, years: Callable[[Stroke], str]) -> str:
    """The inside of the family map: the home, the lines, the people."""
    parts = [
        tag("path", d=rounded(walk), fill="none", stroke=inks.home, stroke_width=1.6, stroke_dasharray="7 5")
        for walk in placed.home
    ]
    parts += [stroke(line, inks) for line in placed.strokes]
    for line in placed.strokes:
        if said := years(line):
            x, y = line.points[1]
            parts.append(text(x + 6, y - 4, said, inks, Hand(10, soft=True)))
    for key, box in placed.symbols.items():
        parts.append(
            linked(symbol(box, faces[key], inks) + beside(placed.labels[key], faces[key].lines, inks), faces[key])
        )
    return "".join(parts)


def beside(label: Box, lines: Sequence[str], inks: Inks) -> str:
    """The lines of a label; the first says who it is."""
    return "".join(
        text(label.x, label.y + LINE * (n + 0.8), words, inks, NEXT if n else FIRST) for n, words in enumerate(lines)
    )
