"""Names of others in what is given out: masked in every form that can be known, in doubt where it cannot."""

import pytest

from engawa.office.casework.retention.masking import Veil, named_in, somebody_in
from engawa.office.casework.retention.rules import told_by

MOTHER = [("山田 花子", "母"), ("やまだ はなこ", "母")]
Names = list[tuple[str, str]]


def mask(text: str, names: Names, own: list[str] | None = None) -> str:
    return Veil(names=names, own=own or []).cover(text)


def doubtful(text: str, names: Names) -> bool:
    veil = Veil(names=names)
    return veil.in_doubt(veil.cover(text))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("山田 花子さんと話した", "【母】さんと話した"),
        ("山田　花子さん、山田花子さん", "【母】さん、【母】さん"),
        ("花子さんは元気", "【母】さんは元気"),
        ("山田さんに電話", "【母】さんに電話"),
        ("ヤマダハナコ、はなこ", "【母】、【母】"),
        ("花ちゃん、はなちゃん、はーちゃん", "【母】ちゃん、【母】ちゃん、【母】ーちゃん"),
        ("花が咲いた話", "花が咲いた話"),
        ("だれのことでもない", "だれのことでもない"),
    ],
)
def test_names_of_others_become_their_role(text: str, masked: str) -> None:
    assert mask(text, MOTHER) == masked
    assert not doubtful(text, MOTHER)


@pytest.mark.parametrize(
    ("text", "masked"),
    [("山田太郎さん", "山田太郎さん"), ("山田さん", "山田さん"), ("花子が太郎に", "【母】が太郎に")],
)
def test_what_the_person_is_called_stays(text: str, masked: str) -> None:
    assert mask(text, MOTHER, ["山田 太郎"]) == masked


def test_a_name_without_a_space_is_parted_by_the_family_name_that_is_shared() -> None:
    assert mask("花子が来た", [("山田花子", "母")], ["山田 太郎"]) == "【母】が来た"
    assert mask("花子が来た", [("山田花子", "母")], ["山田太郎"]) == "【母】が来た"


@pytest.mark.parametrize(
    ("name", "text", "doubt"),
    [
        ("佐藤花子", "花子が来た", True),
        ("佐藤花子", "佐藤花子が来た", False),
        ("佐藤花子", "雨が降った", False),
        ("森 葵", "葵は元気", True),
        ("森 葵", "森さんの葵ちゃん", False),
        ("林葵", "葵は元気", True),
    ],
)
def test_what_may_be_part_of_a_name_is_in_doubt(name: str, text: str, doubt: bool) -> None:  # noqa: FBT001 - a case of the table
    assert doubtful(text, [(name, "姉")]) is doubt


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("電話は 075-123-4567 へ", "電話は 【電話番号】 へ"),
        ("０９０ー１２３４ー５６７８に", "【電話番号】に"),
        ("(075)123-4567", "(【電話番号】"),
        ("+81 90 1234 5678", "【電話番号】"),
        ("市内は 123-4567", "市内は 【電話番号】"),
        ("本人の 090-1111-2222 と 09011112222", "本人の 090-1111-2222 と 09011112222"),
        ("2026-05-10 と E-2026-00042 と 10:30", "2026-05-10 と E-2026-00042 と 10:30"),
        ("hana@example.jp まで", "【メールアドレス】 まで"),
        ("北区大原町３－２－１ ひまわり荘", "【ほかの人の住所】 ひまわり荘"),
    ],
)
def test_numbers_and_addresses_of_others_go_and_the_persons_own_stay(text: str, masked: str) -> None:
    wholes = [("北区大原町3-2-1", "ほかの人の住所")]
    assert Veil(wholes=wholes, own_numbers=["090-1111-2222"]).cover(text) == masked


def test_an_address_that_the_person_shares_stays_and_a_strange_one_is_in_doubt() -> None:
    veil = Veil(wholes=[("北区大原町3-2-1", "ほかの人の住所")], own_numbers=["北区大原町3-2-1"])
    assert veil.cover("北区大原町3-2-1 に住む") == "北区大原町3-2-1 に住む"
    assert not veil.in_doubt("北区大原町3-2-1 に住む")
    assert veil.in_doubt("左京区田中町4-5 に引っ越した")


def test_what_is_struck_by_hand_goes_everywhere_also_across_what_is_masked_already() -> None:
    struck = ["【母】の病院", "向かいの 家"]
    veil = Veil(names=MOTHER, struck=struck)
    assert veil.cover("花子の病院は遠い。向かいの家も") == "【伏せました】は遠い。【伏せました】も"
    assert veil.strike("花子の病院は遠い。向かいの\n家も") == "花子の病院は遠い。【伏せました】も"
    assert Veil(names=MOTHER, struck=["母"]).cover("花子と母") == "【母】と【伏せました】"
    assert veil.covered("花子と向かいの家", "【母】と【伏せました】") == {"母": 1, "伏せました": 1}


def test_words_that_may_be_somebodys_name_are_pointed_out() -> None:
    masked = "【母】と田中さん、主治医の鈴木先生、看護師さん、お母さん、山田さん"
    assert somebody_in(masked, ["山田 太郎"]) == ["田中", "鈴木"]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("佐藤（ケアマネ）", ["佐藤"]),
        ("佐藤 一郎", ["佐藤 一郎"]),
        ("民生委員の鈴木さん", ["鈴木"]),
        ("高橋ケアマネ", ["高橋"]),
        ("母", []),
        ("", []),
    ],
)
def test_a_field_that_says_who_somebody_is_gives_their_name(said: str, names: list[str]) -> None:
    assert named_in(said) == names


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("LINE：yoshi_hinan、夜は裏口から。支援者は田中さん", [("田中", "name"), ("yoshi_hinan", "reach")]),
        ("夜だけ\n山田 よし（やまだ よし）", [("山田 よし", "name"), ("やまだ よし", "name")]),
        ("夜はみなとの家から", [("みなとの家", "place")]),
        ("聖母病院に入院。病院に電話", [("聖母病院", "place")]),
        ("ひまわり荘の2階", [("ひまわり荘", "place")]),
        ("左京区田中町4-5に", [("左京区田中町4-5", "place"), ("左京区田中町", "place")]),
    ],
)
def test_what_a_note_tells_of_who_where_and_how_is_found(note: str, told: list[tuple[str, str]]) -> None:
    assert [(words, tells.value) for words, tells in told_by(note)] == told


@pytest.mark.parametrize(
    "note",
    [
        *(
            "夜だけ",
            "裏口の呼び鈴から",
            "昼間 のみ",
            "民生委員に相談、すこし待って",
            "図書館で会う",
            "友人宅",
            "入院中",
        ),
        *("LINEで", "2026年まで", "母の病院と学校", "近くの公園、地区の集まり", ""),
    ],
)
def test_ordinary_words_of_a_note_are_no_secret(note: str) -> None:
    """What is masked wherever it stands must not be what anybody may say."""
    assert told_by(note) == []
