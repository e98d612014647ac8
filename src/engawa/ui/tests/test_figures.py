import re

import pytest

from engawa.ui.figures import Figure, Kind, draw

MONTHS = ["9月", "10月"]


def test_the_text_alternative_says_every_number_and_what_was_not_measured() -> None:
    figure = draw(kind="line", caption="件数", labels=MONTHS, series={"本人": [12, None]}, unit="件")
    assert figure.alternative == "件数。本人：9月 12件、10月 －"
    assert figure.rows == (("9月", "12"), ("10月", "－"))


@pytest.mark.parametrize("kind", ["bar", "stacked"])
def test_the_second_series_differs_by_pattern_as_well_as_by_colour(kind: str) -> None:
    series = {"本人": [1, 2], "家族": [3, 4]}
    figure = draw(kind=kind, caption="件数", labels=MONTHS, series=series)  # type: ignore[arg-type]
    patterns = set(re.findall(r'<pattern id="([^"]+)"', figure.svg))
    assert len(patterns) == 1
    assert all(f"url(#{pattern})" in figure.svg for pattern in patterns)


def test_lines_differ_by_dash() -> None:
    figure = draw(kind="line", caption="件数", labels=MONTHS, series={"本人": [1, 2], "家族": [3, 4]})
    assert "stroke-dasharray" in figure.svg


def test_a_page_takes_its_own_inks_and_paper_has_real_ones() -> None:
    figure = draw(kind="bar", caption="件数", labels=MONTHS, series={"本人": [1, 2]})
    assert "var(--indigo)" in figure.svg
    assert "#2f4f7a" not in figure.svg
    assert "var(" not in figure.paper
    assert "Noto Sans CJK JP" in figure.paper


def test_names_of_series_and_labels_are_escaped() -> None:
    figure = draw(kind="bar", caption="件数", labels=["<script>"], series={"<b>": [1], "家族": [2]})
    assert "<script>" not in figure.svg
    assert "<b>" not in figure.svg


def test_what_cannot_be_told_apart_or_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="6 series"):
        draw(kind="bar", caption="件数", labels=["1"], series={str(name): [1] for name in range(6)})
    with pytest.raises(ValueError, match="one number for each label"):
        draw(kind="bar", caption="件数", labels=MONTHS, series={"本人": [1]})


def ticks(figure: Figure) -> list[str]:
    return re.findall(r">([\d.,]+)</text>", re.sub(r"<text[^>]*font-size=\"11px\".*?</text>", "", figure.paper))


@pytest.mark.parametrize("kind", ["bar", "stacked", "line"])
@pytest.mark.parametrize("values", [[1, 2], [0, 1], [0, 0], [3, None]])
def test_counts_have_whole_ticks_that_begin_at_nothing(kind: Kind, values: list[int | None]) -> None:
    """Nobody is two tenths of a case."""
    figure = draw(kind=kind, caption="件数", labels=MONTHS, series={"本人": values}, unit="件")
    shown = ticks(figure)
    assert len(shown) == len(set(shown)) >= 2
    assert [tick for tick in shown if "." in tick] == []


def test_shares_keep_their_parts() -> None:
    figure = draw(kind="bar", caption="割合", labels=MONTHS, series={"本人": [0.2, 0.5]}, unit="％")
    assert any("." in tick for tick in ticks(figure))


def test_long_labels_are_laid_in_lines_and_never_cut() -> None:
    labels = [
        "「よりそい・つなぐ」相談窓口",
        "保健福祉センター各課・室",
        *(f"とても長い名前の機関その{n}" for n in range(12)),
    ]
    figure = draw(kind="bar", caption="件数", labels=labels, series={"件数": [1] * len(labels)}, width=300)
    written = "".join(re.findall(r">([^<>]+)<", figure.paper))
    assert all(label in written for label in labels)
    assert "…" not in figure.paper
    assert [row[0] for row in figure.rows] == labels
