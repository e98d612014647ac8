"""What rules say is kept in Japanese and shown in the reader's language, with what was filled in."""

import copy

from django.utils.translation import override

from engawa.kernel.age import Age, words_of
from engawa.kernel.words import Words, listed, said_by, translated


def test_words_are_kept_in_japanese_and_read_in_english() -> None:
    with override("en"):
        told = Words("%(name)sさん、ようこそ", name="100%")
        assert told == "100%さん、ようこそ"
        assert translated(told) == translated(ValueError(told)) == "Welcome, 100%"


def test_words_within_words_are_translated_too() -> None:
    with override("en"):
        first = Words("%(plan)s（改訂%(revision)s）", plan=Words("%(number)s回目", number=2), revision=1)
        assert translated(copy.deepcopy(first)) == "No. 2 (revision 1)"


def test_ages_as_they_are_kept_are_read_in_english() -> None:
    with override("en"):
        assert translated(words_of("40代")) == "40s"
        assert translated(words_of("70代以上")) == "70s or older"
        assert translated(words_of("若いころ")) == "若いころ"
        assert translated(Age().words) == "Unknown"


def test_what_people_typed_and_nothing_at_all_stay_as_they_are() -> None:
    assert translated("50%引き") == "50%引き"
    assert translated("") == translated(None) == ""


def test_several_words_are_read_with_what_stands_between_them_in_english() -> None:
    told = listed(["手紙", Words("不明")])
    assert told == "手紙、不明"
    with override("en"):
        assert translated(told) == "手紙, Unknown"


def test_why_something_was_refused_stays_what_it_was() -> None:
    told = Words("%(number)s回目", number=2)
    assert said_by(ValueError(told)) is told
    assert said_by(ValueError("不明")) == "不明"
    assert said_by(ValueError()) == ""
