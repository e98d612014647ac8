"""What the households of the demo live through, as plain data: everybody is invented and called by their place."""

from dataclasses import dataclass, field

YAMABUKI, HINAGESHI, TSUKIMISOU, WAREMOKOU = "やまぶき", "青葉 ひなげし", "つきみそう", "われもこう"
SELF = "本人"


@dataclass(frozen=True)
class Kin:
    """A member: what they are to the 本人, their age in years or a band, what they do, where they are if elsewhere."""

    as_: str
    called: str
    age: str = ""
    does: str = ""
    elsewhere: str = ""


@dataclass(frozen=True)
class Goal:
    """A plan in force: a goal in somebody's words, its steps as (level, what, who kind, who, how often)."""

    words: str
    hope: str
    steps: tuple[tuple[str, str, str, str, str], ...]
    begun_days_ago: int
    reviewed_in_days: int
    whose: str = ""


@dataclass(frozen=True)
class Nearness:
    """Staying connected: wished how, with what care; quiet contacts as (way, rhythm, words, next in days)."""

    words: str
    care: str
    quiet: tuple[tuple[str, str, str, int], ...]
    since_days_ago: int


@dataclass(frozen=True)
class Promise:
    """A call back or a meeting, promised yesterday: with whom, in how many days and at what hour."""

    kind: str
    counterpart: str
    handle: str
    in_days: int
    hour: int
    phone: str = ""
    place: str = ""
    note: str = ""


@dataclass(frozen=True)
class Introduced:
    """A referral: to whom, of whom, why; what was handed on (with the family's consent); and what was answered.

    ``answer`` came ``answered_days_ago``; one that waits is asked for again in ``asked_in_days``.
    """

    days_ago: int
    to: str
    how: str
    why: str
    whose: str = SELF
    handed: str = ""
    answer: str = "waiting"
    answered_days_ago: int = 0
    answer_words: str = ""
    asked_in_days: int | None = None


@dataclass(frozen=True)
class Family:
    """Who takes part in a course: somebody of a household of the demo, or by what they want to be called."""

    case: str = ""
    whose: str = ""
    called: str = ""


@dataclass(frozen=True)
class Course:
    """A course or a meeting for families; ``days`` are (days ago, theme, minutes, unnamed, the places of who came)."""

    kind: str
    name: str
    place: str
    leader: str
    about: str
    families: tuple[Family, ...]
    days: tuple[tuple[int, str, int, int, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Life:
    """What is known of a household beside the contacts of its case, called as the case is.

    ``needs`` are (whose, kind, words), ``events`` (days ago, kind, whose, words), ``agencies`` (name, part, person,
    days ago), ``ties`` (whose, to whom, strength, flow), ``stages`` (days ago, stage, words); ``answers`` are those
    of the sheet くらしとつながり by days ago; ``reaches`` are (kind, number or address, whether a word may be left,
    note); ``shared_with`` whom the family has agreed to talk with.
    """

    case: str
    household: str
    kin: tuple[Kin, ...]
    needs: tuple[tuple[str, str, str], ...] = ()
    events: tuple[tuple[int, str, str, str], ...] = ()
    agencies: tuple[tuple[str, str, str, int], ...] = ()
    ties: tuple[tuple[str, str, str, str], ...] = ()
    stages: tuple[tuple[int, str, str], ...] = ()
    answers: dict[int, dict[str, str]] = field(default_factory=dict)
    reaches: tuple[tuple[str, str, str, str], ...] = ()
    nearness: Nearness | None = None
    goal: Goal | None = None
    promises: tuple[Promise, ...] = ()
    shared_with: str = ""
    introduced: tuple[Introduced, ...] = ()
    looked_at_in_days: int | None = None


LIVES = (
    Life(
        YAMABUKI,
        "母は一階、本人は二階。夜、台所で音楽を聴いている。",
        kin=(
            Kin("mother", "母", "70代", "パート"),
            Kin("father", "父", "78", "年金", "みどり病院"),
            Kin("older_sister", "姉", "48", "会社員", "となりの県"),
        ),
        needs=(
            ("母", "介護・看護", "倒れた夫のことで、頭がいっぱい"),
            (SELF, "社会的孤立（ひきこもりなどを含む）", ""),
            ("", "家族関係・家族の問題", "怒らせないように暮らしてきました"),
        ),
        events=((97, "入院", "父", "夜中に救急車で"),),
        agencies=(
            ("みどり病院", "cooperating", "医療ソーシャルワーカー", 90),
            ("家族の会「よりあい」", "watching", "", 60),
        ),
        ties=(
            ("母", "家族の会「よりあい」", "strong", "both"),
            ("父", "みどり病院", "plain", "in"),
            (SELF, "好きな音楽", "strong", "both"),
            (SELF, "高校の友人", "cut", "none"),
            ("母", "姉", "weak", "in"),
        ),
        stages=((90, "a", "まず、母のつらさを聞くところから"),),
        answers={
            88: {
                "outing": "自室からは出るが、家からは出ない",
                "safety": "やや不安",
                "connection": "まったくない",
                "family_scale": "とても重い",
            },
            12: {
                "outing": "自室からは出るが、家からは出ない",
                "safety": "やや安心",
                "connection": "あまりない",
                "family_scale": "やや重い",
            },
        },
        nearness=Nearness(
            "手紙なら、机の上に置いておいてくれる（母から）",
            "呼び鈴は夕方まで鳴らさない。返事を求める文は書かない",
            (
                ("letter", "monthly", "季節の花と、曲のことを少し", -1),
                ("flyer", "quarterly", "「月あかり」のおたより", 20),
            ),
            80,
        ),
        shared_with="みどり病院",
        introduced=(
            Introduced(
                66,
                "家族の会「よりあい」",
                "introduced",
                "同じ気持ちの人と話してみたい",
                whose="母",
                answer="taken",
                answered_days_ago=60,
                answer_words="はじめの回は、世話人が入口で待っています",
            ),
            Introduced(
                11,
                "みどり病院",
                "letter",
                "退院のあと、家で何が変わるのかを知りたい",
                whose="父",
                handed="家での暮らしのようすを、母の言葉のまま書いた一枚",
                asked_in_days=3,
            ),
        ),
    ),
    Life(
        HINAGESHI,
        "持ち家。母の介護は長男である本人がひとりで担ってきた。",
        kin=(Kin("mother", "母", "84", "要介護2"), Kin("younger_brother", "弟", "49", "自営", "大阪")),
        needs=(
            ("母", "介護・看護", "夜、何度も起こしてしまう"),
            (SELF, "就職活動", "動くのは春からでいいですか"),
            (SELF, "病気", ""),
        ),
        events=((215, "介護のはじまり", "母", "要介護2の認定"),),
        agencies=(
            ("地域包括支援センターあおば", "lead", "ケアマネジャー", 210),
            ("みどり診療所", "informing", "主治医", 80),
        ),
        ties=(
            ("母", "地域包括支援センターあおば", "strong", "both"),
            (SELF, "みどり診療所", "plain", "in"),
            (SELF, "弟", "strained", "none"),
            (SELF, "自販機の缶コーヒー", "plain", "both"),
        ),
        stages=((200, "a", ""), (75, "b", "通院に同行。待合で並んで座った"), (14, "b", "春まではこのままで、と本人")),
        answers={
            190: {
                "outing": "普段は家にいるが、近所のコンビニなどには出かける",
                "rhythm": "とてもつらい",
                "connection": "まったくない",
                "role": "少しある",
            },
            20: {
                "outing": "普段は家にいるが、趣味の用事のときだけ外出する",
                "rhythm": "まあまあ",
                "connection": "少しある",
                "role": "少しある",
            },
        },
        goal=Goal(
            "春になったら、朝の畑を見に行ってみたい",
            "母とけんかせずに、冬をこしたい",
            (
                ("daily", "月に一度、通院のあとに缶コーヒーを飲む", "staff", "", "月1回"),
                ("daily", "母のショートステイの日に、ゆっくり寝る", "agency", "地域包括支援センターあおば", "月2回"),
                ("social", "畑を、車の窓から見る", "self", "", ""),
            ),
            70,
            3,
        ),
        introduced=(
            Introduced(
                40,
                "作業所「あさつゆ」",
                "accompanied",
                "春になったら、畑のほかにも見ておきたい",
                answer="declined",
                answered_days_ago=33,
                answer_words="いまは定員いっぱい。春にまた声をかけてください",
            ),
        ),
        looked_at_in_days=5,
    ),
    Life(
        TSUKIMISOU,
        "",
        kin=(Kin("mother", "母", "50代", "看護師"), Kin("younger_sister", "妹", "22", "学生", "学校の寮")),
        needs=((SELF, "就職活動", "家でできる仕事なら、してみたい"),),
        ties=((SELF, "家でできる在宅ワーク入門", "plain", "in"), (SELF, "文字だけの友だち", "strong", "both")),
        goal=Goal(
            "自分の文字で、質問してみたい",
            "家でできる仕事なら、してみたい",
            (
                ("social", "講座に、画面オフで一回出る", "self", "", "1回だけでも"),
                ("work", "家でできる仕事を三つ見くらべる", "staff", "", ""),
            ),
            4,
            24,
        ),
        introduced=(
            Introduced(4, "家でできる在宅ワーク入門", "told", "画面オフでよいと聞いて、案内だけ", answer="needless"),
        ),
    ),
    Life(
        WAREMOKOU,
        "祖母の家。庭に面した縁側がある。",
        kin=(Kin("mother", "母", "50代", "夜勤のある仕事"), Kin("younger_brother", "弟", "15", "中学生")),
        reaches=(
            ("through", "090-0000-0000", "yes", "母の携帯。夜勤の前、17時ごろに"),
            ("mail", "waremokou@mail.example", "no", "本人が夜に見る"),
        ),
        needs=(("弟", "不登校", "朝になると、おなかがいたい"), (SELF, "生活習慣", "")),
        agencies=(("みどり中学校", "cooperating", "スクールソーシャルワーカー", 40),),
        ties=(
            ("弟", "みどり中学校", "weak", "in"),
            (SELF, "祖母の縁側", "strong", "both"),
            (SELF, "夜の居場所「月あかり」", "weak", "in"),
        ),
        stages=((60, "b", "縁側で会えるようになった"), (12, "c", "「月あかり」の前まで、いっしょに歩いた")),
        nearness=Nearness(
            "縁側に来て、だまって座っていてくれればいい",
            "玄関ではなく庭から。着いたら、ひと声だけ",
            (("visit", "fortnightly", "縁側に、ひとことのメモを置く", 0),),
            58,
        ),
        goal=Goal(
            "『月あかり』で、本を一冊読んで帰りたい",
            "人のいるところに、いられるようになりたい",
            (("social", "木曜の夜、入口まで歩く", "staff", "支援員 つばき", "月2回"),),
            30,
            2,
        ),
        promises=(
            Promise("call_back", "family", "母", 0, 17, phone="090-0000-0000", note="夜勤の前に。弟の学校のこと"),
            Promise("meeting", "self", "われもこう", 1, 14, place="縁側", note="雨なら、車の中で"),
        ),
        introduced=(
            Introduced(20, "みどり中学校", "invited", "保健室で、午後だけすごせないか", whose="弟", asked_in_days=0),
        ),
        looked_at_in_days=4,
    ),
)

COURSE = Course(
    "course",
    "家族教室「声のかけ方」",
    "支援センター2階 和室",
    "臨床心理士",
    "本人にかける言葉を、いっしょに考えます。聞くだけでもかまいません。全5回、途中からでも。",
    (Family(YAMABUKI, "母"), Family(TSUKIMISOU, "母"), Family(called="さざんか"), Family(called="ほおずき")),
    (
        (62, "はじめに：家族もつかれていい", 90, 2, (0, 2, 3)),
        (48, "ひとことメモの書き方", 90, 1, (0, 3)),
        (34, "答えを待つということ", 90, 3, (0, 2, 3)),
        (13, "わたしの一週間", 75, 0, (0, 1, 2)),
    ),
)
