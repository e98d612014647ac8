"""What fits a question, which questions show, and how an answer reads."""

import pytest

from engawa.office.questionnaires.rules import (
    DATE,
    MULTIPLE,
    NUMBER,
    REFUSED,
    SCALE,
    SINGLE,
    TEXT,
    UNKNOWN,
    Asked,
    Condition,
    NotAnAnswer,
    NotReleasable,
    Said,
    check_release,
    fitted,
    missing,
    position,
    printed,
    shows,
    ticked,
)

HOME = Asked("home", "住まい", SINGLE, ("持家", "借家"), required=True)
RENT = Asked("rent", "家賃", NUMBER, unit="円", condition=Condition("home", ("借家",)))
TOPICS = Asked("topics", "相談", MULTIPLE, ("病気", "仕事", "家族"), primary=True)
CALM = Asked("calm", "安心", SCALE, ("不安", "ふつう", "安心"))


@pytest.mark.parametrize(
    ("question", "typed", "kept"),
    [
        (HOME, ("借家",), ("借家",)),
        (HOME, ("",), ()),
        (TOPICS, ("家族", "病気"), ("病気", "家族")),
        (RENT, ("４５，０００",), ("45000",)),
        (RENT, ("-0.50",), ("-0.50",)),
        (Asked("d", "日", DATE), ("2026-04-01",), ("2026-04-01",)),
        (Asked("t", "ことば", TEXT), ("葛󠄀城さん\n😀",), ("葛󠄀城さん\n😀",)),
        (CALM, ("ふつう",), ("ふつう",)),
    ],
)
def test_what_fits_is_kept_in_one_form(question: Asked, typed: tuple[str, ...], kept: tuple[str, ...]) -> None:
    assert fitted(question, Said(chosen=typed)).chosen == kept


@pytest.mark.parametrize(
    ("question", "typed", "message"),
    [
        (HOME, ("城",), "選択肢にありません"),
        (HOME, ("持家", "借家"), "ひとつだけ"),
        (RENT, ("五万くらい",), "数で"),
        (RENT, ("NaN",), "大きすぎます"),
        (RENT, ("1e40",), "大きすぎます"),
        (Asked("d", "日", DATE), ("4月ごろ",), "補足に"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(question: Asked, typed: tuple[str, ...], message: str) -> None:
    with pytest.raises(NotAnAnswer, match=message):
        fitted(question, Said(chosen=typed))


@pytest.mark.parametrize("kind", [UNKNOWN, REFUSED])
def test_unknown_and_refused_are_answers_and_no_value_stands_beside_them(kind: str) -> None:
    said = fitted(HOME, Said(kind, ("持家",), note="次回"))
    assert said == Said(kind, (), note="次回")
    assert said.answered
    assert missing([HOME], {"home": said}) == []


def test_at_most_one_topic_is_the_most_pressing_and_it_is_among_the_chosen() -> None:
    assert fitted(TOPICS, Said(chosen=("病気",), primary="仕事")).chosen == ("病気", "仕事")
    assert printed(TOPICS, Said(chosen=("病気", "仕事"), primary="仕事")) == "病気、◎仕事"
    assert fitted(HOME, Said(chosen=("持家",), primary="持家")).primary == ""


def test_a_question_shows_only_after_the_answers_it_depends_on() -> None:
    assert shows(RENT, {"home": Said(chosen=("借家",))})
    assert not shows(RENT, {"home": Said(chosen=("持家",))})
    assert not shows(RENT, {"home": Said(UNKNOWN)})
    assert not shows(RENT, {})


def test_a_required_question_that_is_not_asked_is_not_missed() -> None:
    needed = Asked("rent", "家賃", NUMBER, required=True, condition=Condition("home", ("借家",)))
    assert missing([HOME, needed], {}) == [HOME]
    assert missing([HOME, needed], {"home": Said(chosen=("借家",))}) == [needed]


@pytest.mark.parametrize(
    ("question", "said", "words"),
    [
        (RENT, Said(chosen=("45000",)), "45000円"),
        (RENT, Said(UNKNOWN, note="母が払う"), "不明（母が払う）"),
        (RENT, Said(REFUSED), "答えたくない"),
        (RENT, Said(note="母が払う"), "母が払う"),
        (CALM, Said(chosen=("安心",)), "3／3（安心）"),
        (HOME, Said(), ""),
    ],
)
def test_an_answer_reads_in_one_line(question: Asked, said: Said, words: str) -> None:
    assert printed(question, said) == words


def test_an_option_has_a_place_and_no_answer_has_none() -> None:
    assert position(CALM, Said(chosen=("安心",))) == 3
    assert position(CALM, Said(UNKNOWN)) is None
    assert position(CALM, Said()) is None


@pytest.mark.parametrize(
    ("questions", "message"),
    [
        ([], "まだありません"),
        ([HOME, Asked("home", "すまい", TEXT)], "符号が同じ"),
        ([Asked("a", "問", SINGLE, ("はい",))], "2つ以上"),
        ([Asked("a", "問", SINGLE, ("はい", "はい"))], "同じ選択肢"),
        ([RENT, HOME], "その前にありません"),
        ([HOME, Asked("x", "問", TEXT, condition=Condition("home", ("城",)))], "選択肢から"),
    ],
)
def test_a_draft_that_nobody_could_answer_is_not_released(questions: list[Asked], message: str) -> None:
    with pytest.raises(NotReleasable, match=message):
        check_release(questions)


@pytest.mark.parametrize(
    ("question", "said", "paper"),
    [
        (HOME, Said(chosen=("借家",)), "□ 持家　■ 借家"),
        (HOME, Said(), "□ 持家　□ 借家"),
        (HOME, Said(kind=REFUSED), "□ 持家　□ 借家　■ 答えたくない"),
        (TOPICS, Said(chosen=("病気", "家族"), primary="家族"), "■ 病気　□ 仕事　◎ 家族"),
        (HOME, Said(chosen=("持家",), note="親の名義"), "■ 持家　□ 借家\n（親の名義）"),
        (RENT, Said(chosen=("45000",)), "45000円"),
        (RENT, Said(), "　　　　円"),
        (RENT, Said(kind=UNKNOWN), "不明"),
    ],
)
def test_paper_shows_every_option_with_its_box(question: Asked, said: Said, paper: str) -> None:
    assert ticked(question, said) == paper
