"""Papers: whatever character somebody wrote, there is a paper, and it says what it cannot draw."""

from pathlib import Path

import pypdfium2
import pytest

from engawa.kernel.typesetting import typeset

KEPT = "葛\U000e0100城 𠮷田 \ufa19\ufa26 김철수 ㍻①か\u309a"
LACKING = "😊 👨\u200d👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3 ᜀ 𛀁 สมชาย \ue000 a\x1bb \uffff \U000e0fff"
TEMPLATE = """#let said = json("content.json")
#set document(title: "x")
#set text(font: "Noto Sans CJK JP", lang: "ja")
#said.words
#for row in said.rows [ #row.first() ]
#image("a.svg", alt: said.words)"""


def typeset_words(folder: Path, words: str) -> str:
    template = folder / "a.typ"
    template.write_text(TEMPLATE)
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40">'
        f'<text y="30" font-family="Noto Sans CJK JP">{words}</text></svg>'
    )
    pdf = pypdfium2.PdfDocument(typeset(template, {"words": words, "rows": [("ถ", 1)]}, {"a.svg": drawing}))
    return "".join(page.get_textpage().get_text_range() for page in pdf)


@pytest.mark.parametrize("words", [KEPT, LACKING, "①\u20dd か\u309a\u309a"])
def test_no_character_in_words_or_drawings_hinders_a_paper(tmp_path: Path, words: str) -> None:
    assert "〓（U+0E16）" in typeset_words(tmp_path, words)


def test_what_the_fonts_lack_is_named_by_its_code_points_and_the_rest_stays(tmp_path: Path) -> None:
    text = typeset_words(tmp_path, f"{KEPT}ありがとう😊👪、ᜀ")
    for words in ("𠮷田", "김철수", "①", "ありがとう〓（U+1F60A U+1F46A）、〓（U+1700）"):
        assert words in text, words
