"""Masking the names of others（マスキング）. Plain values only.

A name is found as it is written, with or without its space, each part alone, and in the short forms that families use
（花ちゃん、はなちゃん）. What may be part of a name, but also of any word, is not masked: the text is in doubt.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from engawa.kernel.kana import to_katakana

_CALLED = "ちゃん|ちん|くん|君|さん|さま|様|っち|たん|氏"
_FONDLY = "[ーっッん]?(?:ちゃん|ちん|くん|君|っち|たん)"
_KANA = re.compile(r"[ぁ-ゖァ-ヺー]+")
_MASKED = re.compile(r"【[^】]*】")
_TO_HIRAGANA = {code + 0x60: code for code in range(0x3041, 0x3097)}


@dataclass(frozen=True)
class _Name:
    """A name in its parts; ``sure`` where a space says so, else they are guessed from a family name that is shared."""

    parts: tuple[str, ...]
    sure: bool

    @property
    def whole(self) -> str:
        return "".join(self.parts)


def mask(text: str, names: Iterable[tuple[str, str]], own: Collection[str] = ()) -> str:
    """``text`` with the names of others replaced by a role in brackets.

    Args:
        text: what was written.
        names: names and readings of others, each with the role that takes its place.
        own: what the person who asks is called: it stays, also where a name of others is part of it.
    """
    roles = _patterns(names, own)
    if not roles:
        return text
    stays = sorted((name.whole for name in _read(own, ())), key=len, reverse=True)
    found = [f"(?P<own>{'|'.join(map(re.escape, stays))})"] if stays else []
    found += [f"(?P<n{index}>{pattern})" for index, pattern in enumerate(roles)]
    marked = {f"n{index}": f"【{role}】" for index, role in enumerate(roles.values())}
    return re.sub("|".join(found), lambda hit: marked.get(str(hit.lastgroup), hit[0]), text)


def doubtful(text: str, names: Iterable[tuple[str, str]], own: Collection[str] = ()) -> bool:
    """Whether something is left in the masked text that may be part of somebody else's name."""
    names = list(names)
    left = _MASKED.sub(" ", mask(text, names, own))
    for stays in sorted((name.whole for name in _read(own, ())), key=len, reverse=True):
        left = left.replace(stays, " ")
    return any(form in left for name in _read((name for name, _role in names), own) for form in _rests(name, own))


def _read(names: Iterable[str], own: Collection[str]) -> list[_Name]:
    return [_parted(name, own) for name in names if name.strip()]


def _parted(name: str, own: Collection[str]) -> _Name:
    parts = tuple(name.split())
    if len(parts) > 1:
        return _Name(parts, sure=True)
    for mine in own:
        family = mine.split()[0] if len(mine.split()) > 1 else _shared(mine, name)
        if len(family) > 1 and name.startswith(family) and len(name) > len(family):
            return _Name((family, name[len(family) :]), sure=False)
    return _Name(parts, sure=False)


def _shared(mine: str, name: str) -> str:
    """How two names begin alike."""
    alike = next((at for at, (one, other) in enumerate(zip(mine, name, strict=False)) if one != other), len(mine))
    return mine[:alike]


def _patterns(names: Iterable[tuple[str, str]], own: Collection[str]) -> dict[str, str]:
    """What to look for → the role; the longest first."""
    mine = {part for name in own for part in (*name.split(), "".join(name.split()))}
    found: dict[str, tuple[int, str]] = {}
    for written, role in names:
        for name in _read([written], own):
            for form, pattern in _forms(name):
                if form not in mine:
                    found.setdefault(pattern, (len(form), role))
    return {pattern: role for pattern, (_, role) in sorted(found.items(), key=lambda one: -one[1][0])}


def _forms(name: _Name) -> Iterable[tuple[str, str]]:
    """Each form of a name with the pattern that finds it."""
    for parts in zip(*map(_scripts, name.parts), strict=False):
        yield "".join(parts), r"\s*".join(map(re.escape, parts))
    if len(name.parts) < 2:
        return
    for part in name.parts:
        for form in _scripts(part):
            yield form, re.escape(form) + (f"(?={_CALLED})" if _short(form) else "")
    for form in _scripts(name.parts[-1]):
        start = form[:2] if _KANA.fullmatch(form) else form[:1]
        yield start, re.escape(start) + f"(?={_FONDLY})"
        if _KANA.fullmatch(form):
            yield form[:1], re.escape(form[:1]) + "(?=[ーっッん](?:ちゃん|ちん|くん|君|たん))"


def _scripts(part: str) -> list[str]:
    """A part as it is written; one in kana in both kinds of it."""
    if not _KANA.fullmatch(part):
        return [part, part]
    return [part.translate(_TO_HIRAGANA), to_katakana(part)]


def _short(form: str) -> bool:
    """Whether it may be any word: masked only where somebody is called by it."""
    return len(form) == 1 or (bool(_KANA.fullmatch(form)) and len(form) == 2)


def _rests(name: _Name, own: Collection[str]) -> set[str]:
    """What of a name may be left in a masked text: its short parts, and where it cannot be parted, every piece."""
    rests = {form for part in name.parts for form in _scripts(part) if _short(form)} if len(name.parts) > 1 else set()
    if not name.sure:
        size = 3 if _KANA.fullmatch(name.whole) else 2
        rests |= {name.whole[start : start + size] for start in range(len(name.whole) - size + 1)}
        rests |= {name.whole[-1]} if len(name.whole) < 4 and not _KANA.fullmatch(name.whole) else set()
    return {form for form in rests if not any(form in "".join(mine.split()) for mine in own)}
