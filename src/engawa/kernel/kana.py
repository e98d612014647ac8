"""Search keys for Japanese text: what people type finds what is written, whatever the script or width.

A key is made for searching and never shown; names themselves are stored as written (standards.md §5.2).
"""

import re
import unicodedata

# Old and variant forms of characters common in names → the form most people type.
# A selection of everyday variants, not a standard; extended as offices meet more.
_VARIANTS = str.maketrans(
    {
        variant: plain
        for plain, variants in {
            "高": "髙", "崎": "﨑嵜碕", "斎": "齋斉齊", "浅": "淺", "辺": "邊邉", "浜": "濱濵", "沢": "澤", "広": "廣",
            "桜": "櫻", "竜": "龍", "滝": "瀧", "国": "國圀", "島": "嶋嶌", "富": "冨", "吉": "𠮷", "真": "眞",
            "恵": "惠", "徳": "德", "渓": "溪", "桧": "檜", "桑": "桒", "柳": "栁", "隆": "隆", "黒": "黑",
            "沼": "沼", "実": "實", "静": "靜", "亜": "亞", "関": "關", "鉄": "鐵", "宝": "寶", "寿": "壽",
            "栄": "榮", "万": "萬", "与": "與", "塩": "鹽", "学": "學", "会": "會", "円": "圓", "県": "縣",
            "条": "條", "蔵": "藏", "辻": "辻", "藪": "薮籔", "曽": "曾", "檀": "壇", "槙": "槇", "遥": "遙",
            "神": "神", "祐": "祐", "福": "福", "祥": "祥", "礼": "禮", "瀬": "瀨", "頼": "賴", "豊": "豐",
            "彦": "彥", "郎": "郞郎", "冴": "冱", "巌": "巖", "嘉": "嘉", "穂": "穗", "緑": "綠", "薫": "薰",
            "都": "都", "杉": "杦", "館": "舘", "橋": "槗", "奥": "奧", "尭": "堯", "鴎": "鷗", "葛": "葛",
            "土": "圡", "船": "舩", "来": "來", "清": "淸", "青": "靑", "昇": "曻", "将": "將", "芸": "藝", "伝": "傳",
            "鶴": "靏靎", "梅": "楳", "峰": "峯", "岳": "嶽", "灯": "燈", "為": "爲", "穎": "頴", "剣": "劍劔",
        }.items()
        for variant in variants
        if variant != plain
    }
)  # fmt: skip
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_NOISE = re.compile(r"[\s\-‐-―ーｰ−・･.,、。()（）「」『』'’\"]+")
_HIRAGANA_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}


def to_katakana(text: str) -> str:
    """Hiragana as katakana; everything else unchanged."""
    return text.translate(_HIRAGANA_TO_KATAKANA)


def search_key(text: str) -> str:
    """The folded form of ``text``: one width, one case, katakana, plain variants, no long vowels, hyphens or spaces.

    A key is its own key: folding is repeated until nothing changes, because taking out a sign can join its neighbours.
    """
    key = _folded(text)
    while (again := _folded(key)) != key:
        key = again
    return key


def _folded(text: str) -> str:
    plain = _SELECTORS.sub("", text).translate(_VARIANTS)
    return _NOISE.sub("", to_katakana(unicodedata.normalize("NFKC", plain).casefold()))


def pieces(key: str) -> list[str]:
    """The pairs of neighbouring characters of a search key, without repeats: what an index is asked for.

    A key of one character gives that character; an empty key gives nothing.
    """
    if len(key) < 2:
        return [key] if key else []
    return sorted({key[start : start + 2] for start in range(len(key) - 1)})
