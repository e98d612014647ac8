"""When records have served their time, who may destroy them, and what a note tells of a secret. Plain values only."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from engawa.kernel import fiscal
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.retention.masking import addresses_in, somebody_in

# What ends the name of a place, and words that end so and name none.
_ENDS = (
    "県|市|区|町|村|郡|北海道|東京都|大阪府|京都府|荘|寮|園|苑|館|院|クリニック|診療所|シェルター|ホーム|ハウス|マンション"
    "|アパート|ハイツ|コーポ|メゾン|住宅|団地|ホテル|駅|学校|高校|教会|神社|寺"
)
_PLACE = re.compile(
    rf"[\u3400-\u9fffァ-ヶー々]+(?:{_ENDS})(?![\u3400-\u9fffァ-ヶー々])|[ぁ-んー]{{3,}}(?:の家|{_ENDS})(?![\u3400-\u9fffァ-ヶー々])"
)
_NO_PLACES = frozenset(
    {
        "病院", "医院", "総合病院", "大学病院", "精神科病院", "学校", "小学校", "中学校", "高校", "専門学校", "公園",
        "幼稚園", "保育園", "図書館", "体育館", "公民館", "会館", "旅館", "地区", "学区", "校区", "隣町", "下町",
        "隣県", "他県", "他市", "都市", "同市", "最寄駅", "最寄り駅", "公営住宅", "市営住宅", "県営住宅", "老人ホーム",
        "グループホーム", "シェアハウス", "ケアホーム", "仮設住宅", "入院", "通院", "退院", "再入院", "美容院", "施設",
    }
)  # fmt: skip
_PARTICLES = "はがをにでともへ"
_NAME = re.compile(r"[\u3400-\u9fff々]{1,4}[ \u3000][\u3400-\u9fff々ぁ-んァ-ヶー]{1,6}")
_READING = re.compile(r"[ぁ-んァ-ヶー]{2,8}[ \u3000][ぁ-んァ-ヶー]{2,8}")
_NO_NAMES = frozenset({"のみ", "だけ", "まで", "から", "ごろ", "以降", "不可", "可"})
_LATIN = "A-Za-z0-9Ａ-Ｚａ-ｚ０-９"
_HANDLE = re.compile(rf"(?<![{_LATIN}])[{_LATIN}][{_LATIN}_.＿．\-]{{3,}}")
_LETTER = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]")
_SERVICES = frozenset(
    {"line", "mail", "email", "gmail", "zoom", "skype", "instagram", "facebook", "twitter", "discord"}
)
_PIECES = re.compile(r"[\n、。，,；;：:（）()「」]+")
SHORTEST_AFTER_PARTICLE = 5  # signs: a shorter word begins with its name (はなの家), not with a particle
SHORTEST_STRUCK = 2  # signs: a single one would be masked in words that have nothing to do with it


class Tells(Enum):
    """What some words of a note tell of somebody who is kept secret."""

    WHO = "name"
    WHERE = "place"
    HOW = "reach"


def told_by(note: str) -> list[tuple[str, Tells]]:
    """What in a note about a secret tells who somebody is, where they are, or how to reach them.

    That is masked wherever it stands, and no other word of the note: what anybody may say (夜だけ、裏口の呼び鈴から)
    would tear holes into texts that have nothing to do with it.

    * who: whom a title follows（田中さん）, and a piece that is nothing but a name（新名 せつ）or its reading;
    * where: an address, and a place by its name（避難町、みなとの家）, not by its kind alone（病院）;
    * how: an account, which is a word of Latin letters that is no service（yoshi_hinan, not LINE）. Numbers and mail
      addresses are found by their shape in any text (``masking``).
    """
    pieces = [piece.strip() for piece in _PIECES.split(note)]
    who = [*somebody_in(note), *filter(_is_name, pieces)]
    where = [*addresses_in(note), *_places_in(note)]
    how = [word for word in _HANDLE.findall(note) if word.lower() not in _SERVICES and _LETTER.search(word)]
    told = ((who, Tells.WHO), (where, Tells.WHERE), (how, Tells.HOW))
    return list(dict.fromkeys((words, tells) for found, tells in told for words in found))


def _is_name(piece: str) -> bool:
    if _READING.fullmatch(piece):
        return True
    return bool(_NAME.fullmatch(piece)) and piece.rsplit(maxsplit=1)[-1] not in _NO_NAMES


def _places_in(note: str) -> Iterator[str]:
    for hit in _PLACE.findall(note):
        bare = hit[1:] if hit[0] in _PARTICLES and len(hit) > SHORTEST_AFTER_PARTICLE else hit
        if bare not in _NO_PLACES and not bare.endswith(("入院", "通院", "退院")):
            yield bare


@dataclass(frozen=True)
class Years:
    """For how many years records are kept, for cases closed from a day on; None is for ever."""

    starts_on: dt.date
    years: int | None


def begins_on(closed_on: dt.date) -> dt.date:
    """The first day of the fiscal year after the closing: from it the years count（翌年度の4月1日）."""
    return dt.date(fiscal.fiscal_year(closed_on) + 1, 4, 1)


def due_on(closed_on: dt.date, terms: Iterable[Years]) -> dt.date | None:
    """From which day records of a case closed on that day may be destroyed; None where they are kept for ever.

    Also None where no term says anything: what nobody has decided is kept.
    """
    held = [term for term in terms if term.starts_on <= closed_on]
    term = max(held, key=lambda one: one.starts_on, default=None)
    if term is None or term.years is None:
        return None
    begin = begins_on(closed_on)
    return begin.replace(year=begin.year + term.years)


def check_term(starts_on: dt.date, today: dt.date, *, taken: bool) -> None:
    """Whether a new number of years can hold from that day: what was decided before stays as it is.

    Raises:
        NotPossible: with the words to show.
    """
    if starts_on < today:
        raise NotPossible("過ぎた日からの年数は決められません。今日から後の日を書いてください")
    if taken:
        raise NotPossible("その日からの年数は、すでに決まっています。別の日を書いてください")


def check_hold(reason: str, ends_on: dt.date | None, today: dt.date) -> None:
    """Whether records can be held back.

    Raises:
        NotPossible: with the words to show.
    """
    if not reason.strip():
        raise NotPossible("保全の理由を書いてください（不服申立て、開示請求、事故など）")
    if ends_on and ends_on < today:
        raise NotPossible("保全の終わりの日が過ぎています。これからの日を入れてください")


def check_lift(note: str, *, lifted: bool) -> None:
    """Whether a hold can be lifted.

    Raises:
        NotPossible: with the words to show.
    """
    if lifted:
        raise NotPossible("この保全は、すでに解かれています。画面を開き直してください")
    if not note.strip():
        raise NotPossible("保全を解く理由を書いてください")


def check_free(*, waiting: bool) -> None:
    """Whether a new list can be drawn up.

    Raises:
        NotPossible: one waits already.
    """
    if waiting:
        raise NotPossible("承認を待っているリストがあります。先に承認するか、取りやめてください")


def check_list(found: int) -> None:
    """Whether there is anything to list.

    Raises:
        NotPossible: nothing has served its time.
    """
    if not found:
        raise NotPossible("保存年限を過ぎた記録はありません。いまは何もしなくてだいじょうぶです")


def check_waits(*, waits: bool) -> None:
    """Whether a list still waits for a second person.

    Raises:
        NotPossible: it has been approved or given up.
    """
    if not waits:
        raise NotPossible("このリストは、すでに承認されたか、取りやめられています。画面を開き直してください")


def check_open_disclosure(*, open_already: bool) -> None:
    """Whether a disclosure can be begun.

    Raises:
        NotPossible: another one is under way.
    """
    if open_already:
        raise NotPossible("このケースの開示は、すでに準備中か承認待ちです。先にそちらを終えてください")


def check_prepares(state: str, *, own: bool) -> None:
    """Whether somebody may still change a disclosure.

    Raises:
        NotPossible: it was handed in, approved or given up, or somebody else prepares it.
    """
    if state != "preparing":
        raise NotPossible("この開示は、もう準備中ではありません。画面を開き直してください")
    if not own:
        raise NotPossible("ほかの人が準備しています。準備した人だけが直せます")


def check_struck(words: str, reason: str, *, taken: bool) -> None:
    """Whether a passage can be masked by hand.

    Raises:
        NotPossible: too short to be meant, without a reason, or masked already.
    """
    if len(words.strip()) < SHORTEST_STRUCK:
        raise NotPossible("伏せることばは2文字以上選んでください。1文字では、関係のない所まで伏せてしまいます")
    if not reason.strip():
        raise NotPossible("伏せる理由を書いてください。本人に渡す紙にも載ります")
    if taken:
        raise NotPossible("そのことばは、もう伏せています。ほかのことばを選んでください")


def check_approves(state: str, *, same: bool, overtaken: bool) -> None:
    """Whether a disclosure may leave: a second person has read what was handed in.

    Raises:
        NotPossible: it does not wait, it is one's own, or it was handed in anew since it was read.
    """
    if state != "waiting":
        raise NotPossible("この開示は、承認を待っていません。画面を開き直してください")
    if same:
        raise NotPossible("準備した人は承認できません。もう一人の目で確かめてください")
    if overtaken:
        raise NotPossible("読んでいるあいだに、準備しなおされました。もう一度読んで確かめてください")


def check_two(*, same: bool) -> None:
    """Whether the one who approves is another than the one who made the list.

    Raises:
        NotPossible: it is the same person.
    """
    if same:
        raise NotPossible("リストをつくった人は承認できません。もう一人の目で確かめてください")
