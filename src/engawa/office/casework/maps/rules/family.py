"""The family map（ジェノグラム）: who stands in which generation, in which order, and where on the drawing.

Conventions as in the usual Japanese genogram (McGoldrick): generations from the top down, children by birth from the
left, former partners on the left and present ones on the right, a single couple with the man on the left.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

PARENTS = ("parent", "adoptive", "foster", "step")
COUPLES = ("married", "common_law", "partner")
MALE, FEMALE = "1", "2"
_PAIR = 2


@dataclass(frozen=True)
class Kin:
    """Somebody on the map. ``born`` sorts siblings, smaller is older; ``order`` where births are not known."""

    key: str
    sex: str = "0"
    born: float | None = None
    order: int | None = None
    lives_here: bool = True


@dataclass(frozen=True)
class Link:
    """How two are related; of parent and child, ``one`` is the parent. ``words`` name other kin, such as 叔母."""

    kind: str
    one: str
    other: str
    ending: str = ""
    words: str = ""
    since: int | None = None
    until: int | None = None


@dataclass
class Family:
    """The kin and links as a graph, with what follows from them; laying out asks for it again and again."""

    kin: Mapping[str, Kin]
    links: Sequence[Link]
    parents: dict[str, dict[str, list[str]]] = field(init=False)  # child → kind → parents
    couples: dict[str, list[Link]] = field(init=False)

    def __post_init__(self) -> None:
        self.parents = defaultdict(lambda: defaultdict(list))
        self.couples = defaultdict(list)
        for link in self.links:
            if link.kind in PARENTS:
                self.parents[link.other][link.kind].append(link.one)
            elif link.kind in COUPLES:
                self.couples[link.one].append(link)
                self.couples[link.other].append(link)

    @cached_property
    def _place(self) -> dict[str, int]:
        return {key: n for n, key in enumerate(self.kin)}

    @cached_property
    def _above(self) -> dict[str, list[str]]:
        return {key: self._drawn_under(key) for key in self.kin}

    @cached_property
    def _beneath(self) -> dict[str, list[str]]:
        beneath: dict[str, list[str]] = {key: [] for key in self.kin}
        for child, parents in self._above.items():
            for parent in dict.fromkeys(parents):
                beneath[parent].append(child)
        return {parent: self.by_birth(children) for parent, children in beneath.items()}

    @cached_property
    def _beside(self) -> dict[str, list[str]]:
        beside: dict[str, list[str]] = {}
        for key in self.kin:
            if key not in beside:
                beside |= dict.fromkeys(group := self._around(key), group)
        return beside

    def _drawn_under(self, key: str) -> list[str]:
        known = self.parents.get(key, {})
        found = next((known[kind] for kind in PARENTS if known.get(kind)), [])
        found = sorted(found, key=lambda parent: (self.kin[parent].sex == FEMALE, self._place[parent]))
        return found[::-1] if len(found) == len(set(found)) == _PAIR and found[1] in self.sides(found[0])[0] else found

    def _around(self, key: str) -> list[str]:
        group, waiting = {key}, [key]
        while waiting:
            for parent in self._above[waiting.pop()]:
                fresh = set(self._beneath[parent]) - group
                group |= fresh
                waiting += fresh
        return self.by_birth(group)

    def parents_of(self, key: str) -> list[str]:
        """The parents under whom somebody is drawn: by birth if known, else by adoption, fostering, marriage."""
        return self._above[key]

    def children_of(self, key: str) -> list[str]:
        """Those who are drawn under somebody, by birth."""
        return self._beneath[key]

    def siblings_of(self, key: str) -> list[str]:
        """Everybody who shares a parent with somebody, and so on, and themselves, by birth."""
        return self._beside[key]

    def by_birth(self, keys: Sequence[str] | set[str]) -> list[str]:
        """The keys by birth, else by their given order; of whom neither is known comes last."""
        by = "born" if all(self.kin[key].born is not None for key in keys) else "order"
        known = {key: getattr(self.kin[key], by) for key in keys}
        return sorted(keys, key=lambda key: (known[key] is None, known[key] or 0, self._place[key]))

    def partners_of(self, key: str) -> list[str]:
        """Partners from left to right: former ones first, then by year."""
        links = sorted(self.couples.get(key, []), key=lambda link: (link.ending != "divorced", link.since or 0))
        return [link.other if link.one == key else link.one for link in links]

    def sides(self, key: str) -> tuple[list[str], list[str]]:
        """The partners who stand left of somebody, and those on the right: the present one, or a man's only one."""
        partners = self.partners_of(key)
        if len(partners) != 1:
            return partners[:-1], partners[-1:]
        left = self.kin[key].sex == FEMALE or self.kin[partners[0]].sex == MALE
        return (partners, []) if left else ([], partners)


# How many generations kin that are known by a word only stand below the one they are related to.
_WORDS = (("曾祖", -3), ("曽祖", -3), ("祖", -2), ("おじ", -1), ("おば", -1), ("伯", -1), ("叔", -1), ("孫", 2))
_WORDS_BELOW = (("甥", 1), ("姪", 1), ("おい", 1), ("めい", 1))


def _below(words: str) -> int:
    return next((steps for word, steps in (*_WORDS, *_WORDS_BELOW) if word in words), 0)


def generations(family: Family, start: str) -> dict[str, int]:
    """The generation of everybody, 0 the oldest: parents above children, partners beside each other.

    Where marriages inside the family make that impossible, children still stand below their parents.
    """
    level = _walked(family, start)
    for _round in family.kin:
        moved = False
        for link in family.links:
            if link.kind in PARENTS and level[link.other] <= level[link.one]:
                level[link.other], moved = level[link.one] + 1, True
        if not moved:
            break
    top = min(level.values())
    return {key: level[key] - top for key in family.kin}


def _walked(family: Family, start: str) -> dict[str, int]:
    steps: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for link in family.links:
        down = 1 if link.kind in PARENTS else 0 if link.kind in COUPLES else _below(link.words)
        steps[link.one].append((link.other, down))
        steps[link.other].append((link.one, -down))
    level: dict[str, int] = {}
    for root in (start, *family.kin):
        waiting = [] if root in level else [(root, 0)]
        level.setdefault(root, 0)
        for here, height in waiting:
            for there, down in steps[here]:
                if there not in level:
                    level[there] = height + down
                    waiting.append((there, height + down))
    return level


def rows(family: Family, start: str) -> list[list[str]]:
    """Everybody by generation, each from left to right."""
    level = generations(family, start)
    order = _Order(family, level, start)
    return [order.rows[n] for n in sorted(order.rows)]


class _Order:
    """Walks through the family so that father's kin come out left of mother's, and children below their parents."""

    def __init__(self, family: Family, level: Mapping[str, int], start: str) -> None:
        self.family, self.level = family, level
        self.rows: dict[int, list[str]] = defaultdict(list)
        self.seen: set[str] = set()
        self.visit(self._oldest(start))
        for key in family.kin:
            self.visit(key)

    def _oldest(self, key: str) -> str:
        passed = {key}
        while (above := self.family.parents_of(key)) and above[0] not in passed:
            key = above[0]
            passed.add(key)
        return key

    def visit(self, key: str) -> None:
        """Put somebody with their siblings and partners, then those above, then those below."""
        if key in self.seen:
            return
        group = self._group(key)
        climbed = [parent for one in group for parent in self.family.parents_of(one) if parent not in self.seen]
        for parent in climbed:
            self._put_above(parent)
        self._put(group)
        for one in [*group, *climbed]:
            self._descend(one)

    def _descend(self, key: str) -> None:
        for child in self.family.children_of(key):
            self.visit(child)

    def _put_above(self, key: str) -> None:
        if key in self.seen:
            return
        group = self._group(key)
        for one in group:
            for parent in self.family.parents_of(one):
                self._put_above(parent)
        self._put(group)

    def _put(self, group: Sequence[str]) -> None:
        for key in group:
            self.rows[self.level[key]].append(key)

    def _group(self, key: str) -> list[str]:
        """The siblings by birth, each between the partners who have no parents of their own here."""
        group: list[str] = []
        for sibling in self.family.siblings_of(key):
            if sibling not in self.seen:
                self.seen.add(sibling)
                group += self._between_partners(sibling)
        return group

    def _between_partners(self, key: str) -> list[str]:
        left, right = self.family.sides(key)
        before = [one for partner in left for one in self._with_others(partner)]
        after = [one for partner in right for one in self._with_others(partner)]
        return [*before, key, *after]

    def _with_others(self, partner: str) -> Iterator[str]:
        if partner not in self.seen and not self.family.parents_of(partner):
            self.seen.add(partner)
            yield from self._between_partners(partner)
