"""The sheets of gatherings of families: what they are, their days, who takes part, who was there."""

from engawa.office.casework.intake import rules as intake
from engawa.office.ledger.rules.cells import Column, read_minutes
from engawa.office.ledger.rules.people import OF_WHOM
from engawa.office.ledger.rules.told import Part, Told, choice, count, day, flag, number, text

KINDS = {"家族教室": "course", "家族会・家族交流会": "meeting", "家族会": "meeting", "家族交流会": "meeting"}
OF_GATHERING = number("集まり番号", "number", required=True)
ON = day("開いた日", "on", required=True, happened=True)
ATTENDEE = number("参加番号", "attendee", required=True)

GATHERINGS = (
    Told(
        "家族の集まり",
        (
            OF_GATHERING,
            text("機関", "body", required=True),
            choice("種類", "kind", KINDS, required=True),
            text("名称", "name", required=True),
            text("場所", "place"),
            text("すすめる人", "leader"),
            text("どんな集まりか", "about"),
            day("おわった日", "ended_on"),
        ),
        intake.GatheringRow,
        Part.PEOPLE,
        words="about",
    ),
    Told(
        "集まりの回",
        (
            OF_GATHERING,
            ON,
            Column("所要分", read_minutes, field="minutes"),
            text("テーマ", "theme"),
            count("名のらずに来た人", "nameless"),
        ),
        intake.SittingRow,
        Part.PEOPLE,
        words="theme",
    ),
    Told(
        "集まりの参加者",
        (
            OF_GATHERING,
            ATTENDEE,
            number("ケース番号", "case"),
            OF_WHOM,
            text("呼び名", "called"),
            day("いつから", "since", required=True, happened=True),
            day("いつまで", "until"),
        ),
        intake.AttendeeRow,
        Part.PEOPLE,
        keeps_notes=False,
    ),
    Told(
        "集まりの出席",
        (
            OF_GATHERING,
            ON,
            ATTENDEE,
            flag("出欠", "present", yes="出席", no="欠席", default=True),
            number("対応番号", "contact"),
        ),
        intake.AttendanceRow,
        Part.PEOPLE,
        keeps_notes=False,
    ),
)
