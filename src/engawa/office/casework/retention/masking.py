"""Masking what tells about others（マスキング）. Plain values only.

A name is found as it is written, with or without its space, each part alone, and in the short forms that families use
（花ちゃん、はなちゃん）; a phone number and a mail address by their shape. What may be part of a name or an address,
but also of anything else, is not masked: the text is in doubt. What staff strike out by hand goes wherever it stands.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from engawa.kernel.kana import to_katakana

STRUCK, PHONE, MAIL = "伏せました", "電話番号", "メールアドレス"
_CALLED = "ちゃん|ちん|くん|君|さん|さま|様|っち|たん|氏"
_FONDLY = "[ーっッん]?(?:ちゃん|ちん|くん|君|っち|たん)"
_KANA = re.compile(r"[ぁ-ゖァ-ヺー]+")
_MASKED = re.compile(r"【[^】]*】")
_TO_HIRAGANA = {code + 0x60: code for code in range(0x3041, 0x3097)}
_TO_DIGIT = str.maketrans("０１２３４５６７８９", "0123456789")
_HYPHENS = "－‐‑–—−ーｰ-"  # the plain one last: so they can stand in a character class
_DIGIT, _JOINT = "[0-9０-９]", rf"[\s().（）{_HYPHENS}]"
# 075-123-4567, (075)1234567, +81 75 123 4567; without the area code only with its hyphen.
_PHONE = (
    rf"(?<![0-9０-９{_HYPHENS}])(?:[+＋]?(?:81|８１){_JOINT}?|[0０])(?:{_JOINT}{{0,2}}{_DIGIT}){{8,10}}(?![0-9０-９])"
    rf"|(?<![0-9０-９{_HYPHENS}]){_DIGIT}{{2,3}}[{_HYPHENS}]{_DIGIT}{{4}}(?![0-9０-９{_HYPHENS}])"
)
_MAIL = r"[\w.+\-]+[@＠][\w\-]+(?:\.[\w\-]+)+"
_ADDRESS = re.compile(
    r"[一-龥々ヶケァ-ヴー]+(?:[都道府県市区町村郡]|丁目|番町)[^\s、。「」【】]{0,12}?"
    rf"(?:{_DIGIT}+[{_HYPHENS}]{_DIGIT}+|[0-9０-９一二三四五六七八九十]+(?:丁目|番地|番|号))"
)
_TITLES = "さん|さま|様|氏|先生|医師|看護師|保健師|ケアマネジャー|ケアマネ|ワーカー|相談員|支援員|係長|課長|所長|主任"
_SOMEBODY = re.compile(rf"([\u3400-\u9fff\uf900-\ufaff々]{{1,4}}|[ァ-ヶー]{{2,8}})(?={_TITLES})")
# Whom people call so without naming anybody.
_NOBODY = frozenset(
    {
        "母", "父", "兄", "姉", "弟", "妹", "祖父", "祖母", "叔父", "叔母", "伯父", "伯母", "義母", "義父", "奥",
        "旦那", "息子", "娘", "嫁", "婿", "孫", "親御", "皆", "客", "神", "隣", "大家", "店員", "店長", "社長",
        "患者", "業者", "学生", "子供", "医者", "主治医", "担当", "担任", "担当医", "看護師", "保健師", "相談員",
        "支援員", "職員", "利用者", "民生委員", "校長", "教頭", "管理人", "警察官", "配達員", "郵便屋", "訪問看護師",
        "生活相談員", "就労支援員", "ケアマネ", "ヘルパー", "ケース", "ソーシャル",
        "スタッフ", "サポーター", "ドクター",
    }
)  # fmt: skip


@dataclass(frozen=True)
class _Name:
    """A name in its parts; ``sure`` where a space says so, else they are guessed from a family name that is shared."""

    parts: tuple[str, ...]
    sure: bool

    @property
    def whole(self) -> str:
        return "".join(self.parts)


@dataclass(frozen=True)
class Veil:
    """What is laid over every text that is given out.

    Args:
        names: names and readings of others, each with the role that takes its place.
        own: what the person who asks is called: it stays, also where a name of others is part of it.
        wholes: what is masked only as a whole, such as an address, with what takes its place.
        own_numbers: phone numbers, mail addresses and addresses of the person who asks: these stay.
        struck: passages that staff masked by hand, wherever they stand, also across what is masked already.
    """

    names: Sequence[tuple[str, str]] = ()
    own: Collection[str] = ()
    wholes: Sequence[tuple[str, str]] = ()
    own_numbers: Collection[str] = ()
    struck: Collection[str] = ()

    def cover(self, text: str) -> str:
        """``text`` with everything about others replaced by a role in brackets."""
        return self.strike(self._pattern.sub(self._instead, text))

    def strike(self, text: str) -> str:
        """``text`` without what staff masked by hand; everything else stays as it is."""
        if not self.struck:
            return text
        roles = "|".join(re.escape(f"【{role}】") for role in self._roles)
        by_hand = re.compile(f"(?P<struck>{_any(self.struck)})|{roles}")
        return by_hand.sub(lambda hit: f"【{STRUCK}】" if hit["struck"] else hit[0], text)

    def covered(self, written: str, masked: str) -> Counter[str]:
        """How often each role took a place in ``masked``."""
        took = {role: masked.count(f"【{role}】") - written.count(f"【{role}】") for role in self._roles}
        return +Counter(took | {STRUCK: masked.count(f"【{STRUCK}】")})

    def in_doubt(self, masked: str) -> bool:
        """Whether something is left in a masked text that may be part of somebody else's name or address."""
        left = _MASKED.sub(" ", masked)
        for stays in (*self._stays, *self.own_numbers):
            left = left.replace(stays, " ")
        names = _read((name for name, _role in self.names), self.own)
        return bool(_ADDRESS.search(left)) or any(rest in left for name in names for rest in _rests(name, self.own))

    @cached_property
    def _roles(self) -> list[str]:
        return list(dict.fromkeys([STRUCK, *(role for _found, role in (*self.wholes, *self.names)), PHONE, MAIL]))

    @cached_property
    def _stays(self) -> list[str]:
        return sorted((name.whole for name in _read(self.own, ())), key=len, reverse=True)

    @cached_property
    def _marked(self) -> list[tuple[str, str]]:
        """What to look for → what takes its place, in the order in which it is tried."""
        wholes = sorted(self.wholes, key=lambda one: -len(one[0]))
        found = [(_loosely(one), role) for one in self.struck if one.strip() for role in [STRUCK]]
        found += [(_loosely(one), role) for one, role in wholes if not self._is_own(one)]
        return [*found, *_patterns(self.names, self.own).items(), (_MAIL, MAIL), (_PHONE, PHONE)]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        first = len([one for one in self.struck if one.strip()])
        groups = [f"(?P<n{index}>{pattern})" for index, (pattern, _role) in enumerate(self._marked)]
        own = [f"(?P<own>{'|'.join(map(re.escape, self._stays))})"] if self._stays else []
        return re.compile("|".join([*groups[:first], *own, *groups[first:]]))

    def _instead(self, hit: re.Match[str]) -> str:
        if hit.lastgroup == "own":
            return hit[0]
        role = self._marked[int(str(hit.lastgroup)[1:])][1]
        own = (role == PHONE and self._is_own(hit[0])) or (role == MAIL and self._is_own_mail(hit[0]))
        return hit[0] if own else f"【{role}】"

    def _is_own(self, found: str) -> bool:
        digits = _digits(found)
        return any(
            _flat(found) in _flat(mine) or (digits and digits == _digits(mine)) for mine in self.own_numbers if mine
        )

    def _is_own_mail(self, found: str) -> bool:
        return found.casefold() in {mine.strip().casefold() for mine in self.own_numbers}


def somebody_in(masked: str, own: Collection[str] = ()) -> list[str]:
    """Words in a masked text that look like somebody's name because they are called so（田中さん、田中先生）."""
    mine = "".join(own)
    found = _SOMEBODY.findall(_MASKED.sub(" ", masked))
    return [word for word in found if word not in _NOBODY and word not in mine]


def addresses_in(text: str) -> list[str]:
    """The addresses in a text that are known by their shape（左京区田中町4-5）."""
    return _ADDRESS.findall(text)


def named_in(text: str) -> list[str]:
    """The names in a field that says who somebody is: 佐藤（ケアマネ）, 民生委員の鈴木さん."""
    plain = re.sub(r"[（(][^）)]*[）)]", " ", text)
    if called := [word for word in _SOMEBODY.findall(plain) if word not in _NOBODY]:
        return called
    bare = re.sub(rf"(?:{_TITLES}|担当)+$", "", plain.strip()).strip()
    return [bare] if len(bare.replace(" ", "")) > 1 and bare not in _NOBODY else []


def _any(passages: Iterable[str]) -> str:
    return "|".join(_loosely(one) for one in sorted(passages, key=len, reverse=True) if one.strip())


def _loosely(passage: str) -> str:
    """A pattern that finds a passage however its spaces, digits and hyphens are written."""
    return r"\s*".join("".join(_sign(sign) for sign in word) for word in passage.split())


def _sign(sign: str) -> str:
    if (digit := sign.translate(_TO_DIGIT)) in "0123456789":
        return f"[{digit}{chr(ord(digit) + 0xFEE0)}]"
    return f"[{_HYPHENS}]" if sign in _HYPHENS else re.escape(sign)


def _digits(text: str) -> str:
    digits = re.sub(r"\D", "", text.translate(_TO_DIGIT))
    return f"0{digits[2:]}" if digits.startswith("81") and len(digits) > 10 else digits


def _flat(text: str) -> str:
    return re.sub(rf"[\s{_HYPHENS}]", "", text.translate(_TO_DIGIT))


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
