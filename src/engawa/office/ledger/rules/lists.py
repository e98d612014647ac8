"""Lists of words from which several sheets choose."""

SEXES = {"男": "1", "男性": "1", "女": "2", "女性": "2", "その他": "9", "不明": "0"}
METHODS = {
    "電話": "phone",
    "面談": "interview",
    "来所": "interview",
    "メール": "mail",
    "訪問": "visit",
    "チャット": "chat",
    "SNS": "sns",
    "オンライン面談": "video",
    "手紙": "letter",
    "おたより": "newsletter",
    "同行": "accompaniment",
    "その他": "other",
}
