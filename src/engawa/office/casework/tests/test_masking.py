"""Names of others in what is given out: masked in every form that can be known, in doubt where it cannot."""

import pytest

from engawa.office.casework.retention.masking import doubtful, mask

MOTHER = [("山田 花子", "母"), ("やまだ はなこ", "母")]


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
