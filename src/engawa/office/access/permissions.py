"""Permissions as one enum, ``scope:resource:action``, and what each role（役割）carries."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Permission(TextChoices):
    """Something a member of staff may do, in the organisations where a role gives it."""

    DESK_TALK_READ = "desk:talk:read", _("やりとりを読む")
    DESK_TALK_REPLY = "desk:talk:reply", _("やりとりに答える")
    DESK_TALK_WHISPER = "desk:talk:whisper", _("相談員に助言する")
    DESK_TEMPLATE_EDIT = "desk:template:edit", _("定型文を直す")
    CASEWORK_CASE_VIEW = "casework:case:view", _("ケースを見る")
    CASEWORK_CASE_EDIT = "casework:case:edit", _("ケースに書く")
    CASEWORK_CASE_OPEN = "casework:case:open", _("ケースをつくる")
    CASEWORK_CASE_HANDOVER = "casework:case:handover", _("引継ぎをする・受ける")
    CASEWORK_CASE_BREAK_GLASS = "casework:case:break-glass", _("緊急閲覧をする")
    CASEWORK_AXES_WRITE = "casework:axes:write", _("診断と六軸評価を読み書きする")
    CASEWORK_GRANT_GIVE = "casework:grant:give", _("閲覧の根拠を与える")
    QUESTIONNAIRES_SET_EDIT = "questionnaires:set:edit", _("質問票を直す")
    QUESTIONNAIRES_ORIGINAL_COMPARE = "questionnaires:original:compare", _("質問票と帳票を見て、原本と照らす")
    CASEWORK_RETENTION_VIEW = "casework:retention:view", _("廃棄リストを見る")
    CASEWORK_RETENTION_PROPOSE = "casework:retention:propose", _("廃棄リストをつくる・保全する")
    CASEWORK_RETENTION_APPROVE = "casework:retention:approve", _("廃棄リストを承認する")
    CASEWORK_DISCLOSURE_APPROVE = "casework:disclosure:approve", _("本人への開示を承認する")
    CONFERENCE_ITEM_VIEW = "conference:item:view", _("会議案件を見る")
    STATISTICS_TABLE_VIEW = "statistics:table:view", _("集計表を見る")
    STATISTICS_REPORT_RELEASE = "statistics:report:release", _("市の報告書の公表を認め、少ない数も見る")
    LEDGER_FILE_IMPORT = "ledger:file:import", _("台帳を取り込む")
    LEDGER_FILE_EXPORT = "ledger:file:export", _("台帳を書き出す")
    DIRECTORY_DESK_EDIT = "directory:desk:edit", _("窓口と時間を直す")
    LETTERBOX_LETTER_SETTLE = "letterbox:letter:settle", _("届かない便りを扱う")
    ACCESS_STAFF_MANAGE = "access:staff:manage", _("職員と機関を管理する")
    ACCESS_GLASS_WATCH = "access:glass:watch", _("緊急閲覧を確かめる")
    AUDIT_LOG_READ = "audit:log:read", _("監査記録を読む")


class Role(TextChoices):
    """A role in one organisation."""

    COUNSELLOR = "counsellor", _("相談員")
    SUPERVISOR = "supervisor", _("スーパーバイザー")
    COORDINATOR = "coordinator", _("寄り添い支援係長")
    COMPANION = "companion", _("よりそい支援員")
    PROFESSIONAL = "professional", _("専門職（診断・六軸評価）")
    PARTNER = "partner", _("関係機関の担当")
    MANAGER = "manager", _("管理職")
    PREFECTURE = "prefecture", _("都道府県の担当")
    SUPPORTER = "supporter", _("サポーター")
    ADMINISTRATOR = "administrator", _("システム管理者")
    AUDITOR = "auditor", _("監査担当")


_P = Permission
_CASEWORK = frozenset(
    {_P.CASEWORK_CASE_VIEW, _P.CASEWORK_CASE_EDIT, _P.CASEWORK_CASE_OPEN, _P.CASEWORK_CASE_HANDOVER,
     _P.CASEWORK_CASE_BREAK_GLASS, _P.CONFERENCE_ITEM_VIEW}
)  # fmt: skip
_DESK = frozenset({_P.DESK_TALK_READ, _P.DESK_TALK_REPLY})

PERMISSIONS_OF: dict[Role, frozenset[Permission]] = {
    Role.COUNSELLOR: _DESK | _CASEWORK,
    Role.SUPERVISOR: _DESK
    | _CASEWORK
    | {
        _P.DESK_TALK_WHISPER,
        _P.DESK_TEMPLATE_EDIT,
        _P.CASEWORK_GRANT_GIVE,
        _P.CASEWORK_RETENTION_VIEW,
        _P.CASEWORK_RETENTION_PROPOSE,
        _P.CASEWORK_RETENTION_APPROVE,
        _P.CASEWORK_DISCLOSURE_APPROVE,
        _P.QUESTIONNAIRES_SET_EDIT,
        _P.QUESTIONNAIRES_ORIGINAL_COMPARE,
        _P.STATISTICS_TABLE_VIEW,
        _P.LEDGER_FILE_EXPORT,
        _P.DIRECTORY_DESK_EDIT,
        _P.ACCESS_GLASS_WATCH,
    },
    Role.COORDINATOR: _CASEWORK
    | {
        _P.CASEWORK_GRANT_GIVE,
        _P.CASEWORK_RETENTION_VIEW,
        _P.CASEWORK_RETENTION_PROPOSE,
        _P.QUESTIONNAIRES_SET_EDIT,
        _P.QUESTIONNAIRES_ORIGINAL_COMPARE,
        _P.STATISTICS_TABLE_VIEW,
        _P.LEDGER_FILE_EXPORT,
    },
    Role.COMPANION: _CASEWORK,
    # Held beside another role by staff with the qualification for it: a diagnosis is nobody else's. By itself it opens
    # no case, and leading a desk does not bring it along.
    Role.PROFESSIONAL: frozenset({_P.CASEWORK_AXES_WRITE}),
    Role.PARTNER: frozenset({_P.CASEWORK_CASE_VIEW, _P.CASEWORK_CASE_HANDOVER, _P.CONFERENCE_ITEM_VIEW}),
    # A manager answers for figures and for the desk's hours, and imports the old ledgers; not for single lives. The
    # report is the city's: only its own managers see all figures whole and release them (statistics.queries). So are
    # the forms: only its own people say that they are like their originals (questionnaires.queries), and a manager
    # changes none.
    Role.MANAGER: frozenset(
        {
            _P.STATISTICS_TABLE_VIEW,
            _P.STATISTICS_REPORT_RELEASE,
            _P.LEDGER_FILE_IMPORT,
            _P.DIRECTORY_DESK_EDIT,
            _P.DESK_TEMPLATE_EDIT,
            _P.QUESTIONNAIRES_ORIGINAL_COMPARE,
        }
        | {_P.CASEWORK_RETENTION_VIEW, _P.CASEWORK_RETENTION_APPROVE}
    ),
    Role.PREFECTURE: frozenset({_P.STATISTICS_TABLE_VIEW}),
    Role.SUPPORTER: frozenset(),
    # Runs the system and sees no case.
    Role.ADMINISTRATOR: frozenset({_P.ACCESS_STAFF_MANAGE, _P.LETTERBOX_LETTER_SETTLE, _P.DIRECTORY_DESK_EDIT}),
    Role.AUDITOR: frozenset({_P.AUDIT_LOG_READ}),
}


def roles_with(permission: Permission) -> list[Role]:
    """The roles that carry the permission."""
    return [role for role, held in PERMISSIONS_OF.items() if permission in held]
