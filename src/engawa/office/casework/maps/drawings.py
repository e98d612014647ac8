"""The two maps of a case, ready for a page or for paper.

``family_map`` and ``support_map`` return a ``Drawing``: its ``svg``, and in ``sentences`` the text alternative that
says the same. On a page the inks follow day and night; with ``paper=True`` the SVG is a whole file in fixed colours.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from engawa.kernel import clock
from engawa.office.access.actors import AnyActor
from engawa.office.casework.cases.models import Case
from engawa.office.casework.households.models import Member
from engawa.office.casework.maps import family_svg, legend, pen, queries, sentences, support_svg
from engawa.office.casework.maps.family_svg import Face
from engawa.office.casework.maps.models import Agency, Tie
from engawa.office.casework.maps.queries import Known
from engawa.office.casework.maps.rules.circle import Circle, encircle
from engawa.office.casework.maps.rules.placing import MOST_LINES, WIDEST, Placed, Stroke, place
from engawa.office.casework.maps.rules.shapes import LINE, width_of, wrapped
from engawa.office.casework.maps.support_svg import Node

Href = Callable[[str, object], str]
_NODE, _PADDING, _NARROWEST = 136.0, 26.0, 240.0


@dataclass(frozen=True)
class Drawing:
    """A map: its drawing, and the sentences that say the same. ``width`` and ``height`` are pixels."""

    svg: SafeString
    sentences: list[str]
    width: float
    height: float


def nowhere(_kind: str, _row: object) -> str:
    """No symbol is a link."""
    return ""


def family_map(
    actor: AnyActor, case: Case, *, day: dt.date | None = None, paper: bool = False, href: Href = nowhere
) -> Drawing:
    """The family map（ジェノグラム）of the case's household as the actor may see it; of the 本人 alone without one.

    Args:
        actor: who looks.
        case: whose 本人 stands in the middle.
        day: for which ages are given (today).
        paper: fixed colours on white, no links.
        href: ``("member", member)`` → where the symbol leads.
    """
    middle = _Middle(actor, case, day or clock.today(), pen.PAPER if paper else pen.PAGE, nowhere if paper else href)
    placed = middle.placed(middle.members)
    content = middle.drawn(placed, middle.members)
    entries = legend.of_family(placed, middle.inks)
    content, height = _with_legend(content, (placed.width, placed.height), entries, middle.inks)
    return _whole(_("家族図"), content, (placed.width, height), middle.sentences())


def support_map(
    actor: AnyActor, case: Case, *, day: dt.date | None = None, paper: bool = False, href: Href = nowhere
) -> Drawing:
    """The support map（エコマップ）: the household in the middle; agencies, resources and others around it.

    Args as for ``family_map``; ``href`` is asked for ``("member", …)``, ``("agency", …)`` and ``("tie", …)``.
    """
    middle = _Middle(actor, case, day or clock.today(), pen.PAPER if paper else pen.PAGE, nowhere if paper else href)
    ties = list(queries.ties_of(actor, case))
    team = list(queries.team_of(case, middle.day))
    tied = {str(tie.member_id) for tie in ties}
    members = [one for one in middle.members if one.own or one.member.lives_here or one.key in tied]
    placed = middle.placed(members)
    nodes = _nodes(team, ties, middle.href)
    circle = encircle(
        (placed.width, placed.height),
        {key: _size(node) for key, node in nodes.items()},
        [(str(tie.member_id or ""), _node_key(tie)) for tie in ties],
        placed.symbols,
        {key: box for key, box in placed.labels.items() if box.width},
    )
    household = pen.moved(middle.drawn(placed, members), circle.frame.x, circle.frame.y)
    content = _around(circle, household, ties, nodes, middle.inks)
    entries = legend.of_ties(ties, middle.inks)
    content, height = _with_legend(content, (circle.width, circle.height), entries, middle.inks)
    return _whole(_("支援の輪"), content, (circle.width, height), _support_sentences(middle.members, team, ties))


class _Middle:
    """The household: on the family map all of it, on the support map what stands in the middle."""

    def __init__(self, actor: AnyActor, case: Case, day: dt.date, inks: pen.Inks, href: Href) -> None:
        self.day, self.inks = day, inks
        self.href = href if case.household_id else nowhere
        self.members = queries.household_of(actor, case) or [_alone(case)]
        self.relations = list(queries.relations_of(case))
        self.start = str(case.member_id) if case.member_id else self.members[0].key

    def placed(self, members: Sequence[Known]) -> Placed:
        """Where these members lie."""
        labels = {one.key: _label(one) for one in members}
        links = [queries.link_of(relation) for relation in self.relations]
        start = self.start if self.start in labels else next(iter(labels))
        return place([queries.kin_of(one) for one in members], links, labels, start)

    def drawn(self, placed: Placed, members: Sequence[Known]) -> str:
        """These members and their lines."""
        return family_svg.family(placed, {one.key: self._face(one) for one in members}, self.inks, _years)

    def _face(self, one: Known) -> Face:
        return Face(
            sex=one.sex,
            inside=sentences.age_of(one, self.day),
            lines=_label(one),
            alt=sentences.sentence_of(one, self.day),
            own=one.own,
            deceased=one.member.deceased,
            href=self.href("member", one.member),
        )

    def sentences(self) -> list[str]:
        """The family map in words."""
        names = _names(self.members)
        family = queries.family_of(self.members, self.relations)
        groups = {tuple(family.siblings_of(one.key)): None for one in self.members}
        said = [sentences.sentence_of(one, self.day) for one in self.members]
        said += [sentences.sentence_of_relation(relation, names) for relation in self.relations]
        return [*said, *sentences.siblings(groups, names), *filter(None, [sentences.together(self.members)])]


def _alone(case: Case) -> Known:
    """The 本人 of a case without a household."""
    member = Member(id=case.pk, person=case.person, sex=case.sex)
    return queries.known(member, own=True, case=Case(member=member, handle=case.handle, sex=case.sex))


def _names(members: Sequence[Known]) -> dict[str, str]:
    return {one.key: sentences.called(one) for one in members}


def _label(one: Known) -> list[str]:
    """The lines beside a symbol: who it is, in what relation, where or doing what."""
    name = wrapped(sentences.called(one), WIDEST, lines=2)
    rest = [sentences.kinship(one), one.member.whereabouts, one.member.occupation]
    more = [line for words in rest if words for line in wrapped(words, WIDEST, lines=1, size=pen.NEXT.size)]
    return [*name, *more][:MOST_LINES]


def _years(stroke: Stroke) -> str:
    return sentences.years_of(stroke.link.since, stroke.link.until) if stroke.link else ""


def _node_key(tie: Tie) -> str:
    if tie.agency_id:
        return f"agency-{tie.agency_id}"
    return f"resource-{tie.resource_id}" if tie.resource_id else f"other-{tie.name}"


def _nodes(team: Sequence[Agency], ties: Sequence[Tie], href: Href) -> dict[str, Node]:
    """Everything around: the team, then whatever else ties lead to."""
    nodes = {f"agency-{agency.pk}": _agency(agency, href) for agency in team}
    for tie in ties:
        key = _node_key(tie)
        if key in nodes:
            continue
        if tie.agency:
            nodes[key] = _agency(tie.agency, href, former=True)
        else:
            kind = "resource" if tie.resource else "other"
            nodes[key] = Node(kind, wrapped(tie.called, _NODE), tie.called, href=href("tie", tie))
    return nodes


def _agency(agency: Agency, href: Href, *, former: bool = False) -> Node:
    role = _("以前の支援") if former else str(agency.get_role_display())
    return Node(
        "agency",
        wrapped(agency.called, _NODE),
        sentences.sentence_of_agency(agency),
        more=_part(role, agency.contact_person),
        lead=agency.role == Agency.Role.LEAD and not former,
        href=href("agency", agency),
    )


def _part(role: str, person: str) -> list[str]:
    """Role and who it is in one line, or where they do not fit, each by itself: no name is torn for the other."""
    together, size = f"{role} {person}".strip(), pen.NEXT.size
    if width_of(together, size) <= _NODE:
        return [together]
    return [*wrapped(role, _NODE, lines=1, size=size), *wrapped(person, _NODE, size=size)]


def _size(node: Node) -> tuple[float, float]:
    round_ = 1.3 if node.kind == "other" else 1.0
    lines = [*node.name, *node.more]
    wide = max((width_of(line) for line in lines), default=0)
    return (wide + _PADDING) * round_, (len(lines) * LINE + 18) * round_


def _around(circle: Circle, household: str, ties: Sequence[Tie], nodes: Mapping[str, Node], inks: pen.Inks) -> str:
    """Frame, ties, household and nodes, in the order in which they cover each other."""
    lines = [support_svg.tie(line, tie.strength, tie.flow, inks) for line, tie in zip(circle.lines, ties, strict=True)]
    drawn = [support_svg.node(circle.nodes[key], node, inks) for key, node in nodes.items()]
    return "".join([support_svg.home(circle.frame, inks), *lines, household, *drawn])


def _support_sentences(members: Sequence[Known], team: Sequence[Agency], ties: Sequence[Tie]) -> list[str]:
    names = _names(members)
    said = [sentences.sentence_of_agency(agency) for agency in team]
    said += [sentences.sentence_of_tie(tie, names.get(str(tie.member_id), _("世帯"))) for tie in ties]
    return said or [_("まだ支援チームもつながりも書かれていません。")]


def _with_legend(
    content: str, size: tuple[float, float], entries: Sequence[legend.Entry], inks: pen.Inks
) -> tuple[str, float]:
    """The drawing with what its lines mean below, and how high it is then."""
    key, more = legend.below(entries, max(size[0], _NARROWEST), size[1] + 4, inks)
    return content + key, size[1] + more


def _whole(name: str, content: str, size: tuple[float, float], said: list[str]) -> Drawing:
    width = max(size[0], _NARROWEST)
    drawn = pen.svg(content, width, size[1], alt=name)
    return Drawing(SafeString(drawn), said, width, size[1])  # every word in it was escaped by the pen
