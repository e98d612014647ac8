"""What there is in みやこ市, as plain data. All people are invented and named after plants, all bodies are invented."""

from dataclasses import dataclass

from engawa.office.access.models import Organisation
from engawa.office.access.permissions import Role
from engawa.office.directory.models import Desk, Resource

Kind = Organisation.Kind


@dataclass(frozen=True)
class Body:
    """An organisation of the city."""

    name: str
    reading: str
    kind: Organisation.Kind


@dataclass(frozen=True)
class Person:
    """A member of staff; ``address`` is the part of the sign-in address before the @."""

    address: str
    name: str
    reading: str
    body: str
    role: Role
    persona: str = ""


@dataclass(frozen=True)
class Window:
    """A consultation desk with its weekly hours: weekday (1 = Monday) → opening and closing time."""

    name: str
    reading: str
    body: str
    group: Desk.Group
    summary: str
    summary_easy: str
    summary_english: str
    phone: str
    address: str
    areas: str
    takes_talks: bool
    hours: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class Place:
    """A resource of the community."""

    kind: Resource.Kind
    name: str
    reading: str
    summary: str
    summary_easy: str
    summary_english: str
    times: str
    where: str
    online: bool


CENTRE = "みやこ市ひきこもり支援センター"
SAKYO = "左京保健福祉センター"
FUSHIMI = "伏見保健福祉センター"
CITY = "みやこ市保健福祉局"
PREFECTURE = "県こころの健康推進課"
NPO = "NPO法人 ひだまり舎"

BODIES = (
    Body(CENTRE, "みやこしひきこもりしえんせんたー", Kind.ENTRUSTED),
    Body(SAKYO, "さきょうほけんふくしせんたー", Kind.WARD_CENTRE),
    Body(FUSHIMI, "ふしみほけんふくしせんたー", Kind.WARD_CENTRE),
    Body(CITY, "みやこしほけんふくしきょく", Kind.CITY),
    Body(PREFECTURE, "けんこころのけんこうすいしんか", Kind.PREFECTURE),
    Body(NPO, "ひだまりしゃ", Kind.PARTNER),
)

STAFF = (
    Person("sakura", "相談員 さくら", "さくら", CENTRE, Role.COUNSELLOR, "さくら"),
    Person("momiji", "相談員 もみじ", "もみじ", CENTRE, Role.COUNSELLOR, "もみじ"),
    Person("yanagi", "主任 やなぎ", "やなぎ", CENTRE, Role.SUPERVISOR, "やなぎ"),
    Person("kaede", "係長 かえで", "かえで", SAKYO, Role.COORDINATOR, "かえで"),
    Person("tsubaki", "支援員 つばき", "つばき", SAKYO, Role.COMPANION, "つばき"),
    Person("sumire", "係長 すみれ", "すみれ", FUSHIMI, Role.COORDINATOR, "すみれ"),
    Person("hinata", "担当 ひなた", "ひなた", NPO, Role.PARTNER, "ひなた"),
    Person("matsu", "課長 まつ", "まつ", CITY, Role.MANAGER),
    Person("take", "管理 たけ", "たけ", CITY, Role.ADMINISTRATOR),
    Person("ume", "監査 うめ", "うめ", CITY, Role.AUDITOR),
    Person("sugi", "県担当 すぎ", "すぎ", PREFECTURE, Role.PREFECTURE),
    Person("nazuna", "サポーター なずな", "なずな", NPO, Role.SUPPORTER),
)

# The city answers for the desk that it has entrusted to the centre: who, where and as what else.
FURTHER_ROLES = (
    *(("matsu", body, Role.MANAGER) for body in (CENTRE, SAKYO, FUSHIMI)),
    ("yanagi", CENTRE, Role.PROFESSIONAL),
)

_WEEKDAYS = tuple(range(1, 6))
DESK = "「よりそい・つなぐ」相談窓口"

WINDOWS = (
    Window(
        DESK,
        "よりそいつなぐそうだんまどぐち",
        CENTRE,
        Desk.Group.ALL_AGE,
        "年齢をとわず、ご本人・ご家族・まわりの方のご相談をお受けします。まとまっていなくても、だいじょうぶです。",
        "なんさいの 人でも そうだん できます。かぞくの 人も どうぞ。話が まとまって いなくても だいじょうぶです。",
        "For people of any age, their families and those around them. Your thoughts need not be in order.",
        "075-000-0100",
        "みやこ市左京区あおば1-1 支援センター2階",
        "みやこ市全域",
        takes_talks=True,
        hours=(*((day, "10:00", "21:00") for day in _WEEKDAYS), (6, "13:00", "21:00"), (7, "13:00", "21:00")),
    ),
    Window(
        SAKYO,
        "さきょうほけんふくしせんたー",
        SAKYO,
        Desk.Group.WARD_CENTRE,
        "左京にお住まいの方の、くらし・健康・福祉の窓口です。訪問もいたします。",
        "さきょうに すんでいる 人の まどぐちです。家に うかがうことも できます。",
        "For residents of Sakyo: daily life, health and welfare. We also visit.",
        "075-000-0200",
        "みやこ市左京区みどり町2-3",
        "左京",
        takes_talks=False,
        hours=tuple((day, "08:30", "17:00") for day in _WEEKDAYS),
    ),
    Window(
        FUSHIMI,
        "ふしみほけんふくしせんたー",
        FUSHIMI,
        Desk.Group.WARD_CENTRE,
        "伏見にお住まいの方の、くらし・健康・福祉の窓口です。",
        "ふしみに すんでいる 人の まどぐちです。",
        "For residents of Fushimi: daily life, health and welfare.",
        "075-000-0300",
        "みやこ市伏見区みずべ4-5",
        "伏見",
        takes_talks=False,
        hours=tuple((day, "08:30", "17:00") for day in _WEEKDAYS),
    ),
)

PLACES = (
    Place(
        Resource.Kind.PLACE,
        "夜の居場所「月あかり」",
        "よるのいばしょつきあかり",
        "だれとも話さなくてもいい部屋です。本を読む、お茶を飲む、うとうとする。呼び名だけで入れます。",
        "だれとも 話さなくて いい へやです。本を よんだり、お茶を のんだり できます。本当の 名前は いりません。",
        "A quiet room. Read, have tea, doze; no need to talk, no real name needed.",
        "木曜 20:00–22:00",
        "支援センター1階",
        online=True,
    ),
    Place(
        Resource.Kind.COURSE,
        "家でできる在宅ワーク入門",
        "いえでできるざいたくわーくにゅうもん",
        "画面もマイクもオフのまま参加できます。4回、1回50分。途中からでも、1回だけでも。",
        "カメラと マイクは つかわなくて いいです。4かい あります。1かいだけでも いいです。",
        "Take part with camera and microphone off. Four sessions of 50 minutes; come to one or all.",
        "第2・第4水曜 14:00–14:50",
        "オンライン",
        online=True,
    ),
    Place(
        Resource.Kind.FAMILY_GROUP,
        "家族の会「よりあい」",
        "かぞくのかいよりあい",
        "同じ気持ちの家族が集まって話します。聞くだけの方も多くいらっしゃいます。",
        "かぞくの 人が あつまって 話します。聞くだけでも いいです。",
        "Families who share the same worries meet and talk. Many come just to listen.",
        "第3土曜 13:30–15:30",
        "市民会館 和室",
        online=False,
    ),
    Place(
        Resource.Kind.EXPERIENCE,
        "畑の見学と、すこしだけ作業",
        "はたけのけんがく",
        "人と話す場面がほとんどない畑です。見るだけの日もあります。送り迎えに支援員が同行します。",
        "人と あまり 話さない 畑です。見るだけでも いいです。しえんいんが いっしょに 行きます。",
        "A field where there is hardly any need to talk. Just looking is fine; a companion goes along.",
        "火・金曜 10:00–11:30",
        "みやこ市北部の農園",
        online=False,
    ),
)

TEMPLATES = (
    ("はじめのあいさつ", "書いてくださって、ありがとうございます。ここでは、急がなくてだいじょうぶです。"),
    (
        "すこし待ってもらう",
        "読みました。すこし考えてからお返事します。そのままお待ちいただいても、閉じていただいてもかまいません。",
    ),
    ("聞くだけでもよいと伝える", "まとまっていなくても、一言だけでも、読んでいます。"),
    (
        "夜の居場所を紹介",
        "木曜の夜に「月あかり」という居場所があります。話さなくてもいい部屋です。よかったら、のぞいてみてください。",
    ),
    (
        "つぎの時間を案内",
        "きょうの相談は21時までです。続きはいつでも書いておいてください。あすの10時から順に読みます。",
    ),
)


@dataclass(frozen=True)
class Visit:
    """A talk of the demo: what a visitor wrote and what was answered, some minutes before the demo starts.

    ``said`` holds (minutes ago, who, words); who is ``visitor`` or the address of a member of staff.
    """

    handle: str
    requester: str
    age_band: str
    area: str
    topic: str
    route: str
    answer_needed: bool
    said: tuple[tuple[int, str, str], ...]


VISITS = (
    Visit("こもれび", "self", "30代", "左京", "", "市民しんぶん", True, (
        (26, "visitor", "きのう、はじめてコンビニじゃない道を歩きました。"),
        (24, "sakura", "いつもと違う道、どんな感じがしましたか。"),
        (2, "visitor", "夜しか起きていられなくて、でも夜の川はきれいでした。\n働きたいって言うと笑われそうで、ここでしか言えないです。"),
    )),
    Visit("ねこやなぎ", "family", "70代以上", "伏見", "家族との関係", "知人・家族から", True, (
        (11, "visitor", "息子が部屋から出なくなって八年になります。\nどこに話したらよいのか、ずっと分かりませんでした。"),
    )),
    Visit("たんぽぽ", "self", "", "", "", "", False, (
        (60 * 22, "visitor", "返事はいりません。読んでもらえたら。"),
    )),
    Visit("すずらん", "other", "40代", "北", "", "関係機関の紹介", True, (
        (60 * 27, "visitor", "訪問先のお宅に、長く姿を見せない息子さんがいらっしゃいます。どのように声をかけたらよいでしょう。"),
        (60 * 26, "momiji", "ご連絡ありがとうございます。まず、ご家族の困りごとから伺ってみてはいかがでしょうか。"),
        (60 * 25, "visitor", "やってみます。またここに書きます。"),
        (60 * 25 - 8, "momiji", "いつでもどうぞ。うまくいかない日のことも、書いてください。"),
    )),
)  # fmt: skip


@dataclass(frozen=True)
class Story:
    """A case of the demo that is going on now; contacts as (days ago, method, counterpart, minutes, content)."""

    body: str
    desk: str
    lead: str
    received_days_ago: int
    requester: str
    route: str
    complaint: str
    handle: str
    name: str
    reading: str
    age: str
    sex: str
    contacts: tuple[tuple[int, str, str, int, str], ...]


STORIES = (
    Story(CENTRE, DESK, "sakura", 96, "family", "チラシ・リーフレット", "高校を出てから、ずっと家にいます。父が倒れて、この先のことが心配です。", "やまぶき", "", "", "40代", "1", (
        (96, "phone", "family", 45, "母から電話。高校を出てから二十年あまり、家で過ごしている。父が倒れ、先のことが心配になった。"),
        (80, "interview", "family", 60, "母が来所。「怒らせないように暮らしてきました」。本人は夜に台所で音楽を聴いている。"),
        (52, "letter", "self", 10, "母に手紙を託す。返事は求めない。好きな曲のことだけ書いた。"),
        (31, "phone", "family", 20, "手紙が机の上に置いてあったとのこと。捨てられていない。"),
        (9, "letter", "self", 10, "二通目。季節の花の写真を入れた。"),
    )),
    Story(SAKYO, SAKYO, "kaede", 210, "other", "関係機関の紹介", "母の介護で手いっぱいで、貯金がへっていく。自分のことは、そのあとで。", "", "青葉 ひなげし", "アオバ ヒナゲシ", "52", "1", (
        (210, "visit", "family", 50, "地域包括支援センターと同行訪問。母の介護の話から。本人は奥の部屋。"),
        (150, "visit", "self", 30, "玄関で初めて声をかけ合う。「寒いのに、どうも」。"),
        (120, "agency_meeting", "other", 60, "地域包括支援センターと。介護のことはセンター、本人のことはこちら、と分けた。"),
        (75, "accompaniment", "self", 120, "通院に同行。待合では並んで座り、ほとんど話さず。帰りに自販機で缶コーヒー。"),
        (14, "visit", "self", 40, "「動くのは春からでいいですか」と本人。春まで、月に一度顔を出すことにした。"),
    )),
    Story(CENTRE, DESK, "momiji", 18, "self", "ホームページ", "家でできる仕事なら、してみたい。", "つきみそう", "", "", "27", "2", (
        (18, "chat", "self", 48, "夜の相談から。家でできる仕事なら、してみたい。"),
        (4, "video", "self", 30, "画面オフで、在宅ワーク講座の説明。次回は自分の文字で質問すると決めた。"),
    )),
    Story(SAKYO, SAKYO, "tsubaki", 64, "other", "関係機関の紹介", "弟の学校のことで相談したら、兄のことも気になってきて。", "われもこう", "", "", "20代", "1", (
        (64, "visit", "family", 40, "学校の先生と同行。母は夜勤明け。弟の不登校から、家にいる兄の話になった。"),
        (58, "visit", "self", 15, "庭から声をかける。縁側の障子のむこうで「はい」。"),
        (30, "visit", "self", 45, "縁側に並んで座る。本の話。「夜なら、人のいるところにも行けるかも」。"),
        (12, "accompaniment", "self", 60, "「月あかり」の前まで歩いて、引き返す。「入口、わかりました」。"),
    )),
    Story(FUSHIMI, FUSHIMI, "sumire", 140, "family", "市民しんぶん", "孫が、学校にも仕事にも行っていません。年は言いたくないです。", "のぎく", "", "", "不明", "0", (
        (140, "phone", "family", 30, "祖母から。孫が学校にも仕事にも行っていない。年ははっきり言いたくないとのこと。"),
        (70, "phone", "family", 15, "変わりなし。こちらからの電話は月末に一度と約束。"),
    )),
)  # fmt: skip
