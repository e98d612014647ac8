"""What the lines of a map mean: only those that are on it."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from engawa.office.casework.maps import family_svg, support_svg
from engawa.office.casework.maps.models import Tie
from engawa.office.casework.maps.pen import NEXT, Inks, tag, text
from engawa.office.casework.maps.rules.circle import Line
from engawa.office.casework.maps.rules.placing import Placed, Stroke
from engawa.office.casework.maps.rules.shapes import width_of

_SAMPLE, _GAP, _ROW = 40.0, 22.0, 24.0

Entry = tuple[str, str]  # what it looks like, what it means


def of_family(placed: Placed, inks: Inks) -> list[Entry]:
    """The lines of this family map that need a word."""
    words = {
        "unmarried": _("内縁・交際"),
        "adoptive": _("養子"),
        "foster": _("里子"),
        "step": _("継子"),
    }
    used = {stroke.kind for stroke in placed.strokes}
    slashes = {stroke.slashes for stroke in placed.strokes}
    entries = [
        (family_svg.stroke(Stroke(kind, ((0, 0), (_SAMPLE, 0))), inks), word)
        for kind, word in words.items()
        if kind in used
    ]
    entries += [
        (family_svg.stroke(Stroke("couple", ((0, 0), (_SAMPLE, 0)), n, (_SAMPLE / 2, 0)), inks), word)
        for n, word in ((1, _("別居")), (2, _("離婚・離別")))
        if n in slashes
    ]
    if placed.home:
        dashed = tag("path", d=f"M0 0H{_SAMPLE:.0f}", stroke=inks.home, stroke_width=1.6, stroke_dasharray="7 5")
        entries.append((dashed, _("いっしょに暮らす人")))
    return entries


def of_ties(ties: Iterable[Tie], inks: Inks) -> list[Entry]:
    """The strengths and arrows of this support map."""
    ties = list(ties)
    line = Line((0, 0), (_SAMPLE, 0))
    used = {tie.strength for tie in ties}
    entries = [
        (support_svg.tie(line, kind.value, "none", inks), str(kind.label)) for kind in Tie.Strength if kind in used
    ]
    if any(tie.flow != Tie.Flow.NONE for tie in ties):
        entries.append((support_svg.tie(line, "plain", "in", inks), _("力の向き")))
    return entries


def below(entries: Sequence[Entry], width: float, top: float, inks: Inks) -> tuple[str, float]:
    """The legend as lines of samples within ``width``, and its height."""
    x, y, parts = _GAP, top, []
    for sample, words in entries:
        wide = _SAMPLE + 8 + width_of(words, NEXT.size)
        if x + wide > width and x > _GAP:
            x, y = _GAP, y + _ROW
        parts.append(tag("g", sample, transform=f"translate({x:.0f} {y:.0f})"))
        parts.append(text(x + _SAMPLE + 8, y + 4, words, inks, NEXT))
        x += wide + _GAP
    return "".join(parts), (y - top + _ROW) if entries else 0
