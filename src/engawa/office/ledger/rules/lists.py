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
    "所内会議": "staff_meeting",
    "支援調整会議": "coordination",
    "支援会議": "support_meeting",
    "他機関との会議": "agency_meeting",
    "他機関との会議・協議": "agency_meeting",
    "その他": "other",
}
