"""What is kept or printed stays Japanese while somebody reads in English."""

from django.utils.translation import gettext, gettext_lazy, override

from engawa.kernel.japanese import in_japanese, written_in_japanese


def test_a_kept_text_is_japanese_and_the_reader_stays_in_english() -> None:
    with override("en"):
        assert str(gettext_lazy("保存する")) == "Save"
        assert in_japanese(gettext_lazy("保存する")) == "保存する"
        assert gettext("保存する") == "Save"


def test_a_paper_is_made_in_japanese_by_an_english_reader() -> None:
    @written_in_japanese
    def paper(word: str) -> str:
        return gettext(word)

    with override("en"):
        assert paper("保存する") == "保存する"
        assert gettext("保存する") == "Save"
