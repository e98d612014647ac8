"""The list of devices says what people call their browser."""

import pytest

from engawa.ui.browsers import browser_called

WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
)
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "called"),
    [
        (WINDOWS, "Windows の Chrome"),
        (f"{WINDOWS} Edg/130.0.0.0", "Windows の Edge"),
        (f"{PHONE} Version/17.5 Mobile/15E148 Safari/604.1", "iPhone の Safari"),
        (f"{PHONE} CriOS/130.0 Mobile/15E148 Safari/604.1", "iPhone の Chrome"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0", "Linux の Firefox"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 SamsungBrowser/26.0 Chrome/122.0 Safari/537.36",
         "Android の Samsung Internet"),
        ("curl/8.5", "わからないブラウザ"),
        ("", "わからないブラウザ"),
    ],
)  # fmt: skip
def test_a_browser_is_called_by_its_name_and_system(agent: str, called: str) -> None:
    assert browser_called(agent) == called
