from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission

# How auditors read what was done.
DEEDS = {
    "casework.add_document": _("書類を加えた"),
    "casework.add_member": _("家族を加えた"),
    "casework.add_version": _("書類の新しい版を加えた"),
    "casework.answer_assessment": _("アセスメントに書いた"),
    "casework.answer_handover": _("引継ぎに答えた"),
    "casework.answer_referral": _("つなぎの返事を書いた"),
    "casework.answer_inquiry": _("別の機関の照会に答えた"),
    "casework.approve_destruction": _("廃棄リストを承認した"),
    "casework.ask_elsewhere": _("別の機関に、同じ人かをたずねた"),
    "casework.ask_missed": _("閲覧の申請で番号が見つからなかった"),
    "casework.ask_to_see": _("閲覧を申請した"),
    "casework.begin_assessment": _("アセスメントを始めた"),
    "casework.begin_gathering": _("家族教室・家族会をつくった"),
    "casework.begin_household": _("世帯の記録をはじめた"),
    "casework.begin_plan": _("計画をはじめた"),
    "casework.begin_staying": _("つながり続けることを書いた"),
    "casework.carry_cases": _("担当のケースを手帳に入れた"),
    "casework.change_part": _("支援チームの役割を変えた"),
    "casework.change_staying": _("つながり方を直した"),
    "casework.closed": _("終結した"),
    "casework.correct_contact": _("対応の記録を直した"),
    "casework.take_back_contact": _("対応の記録を取り消した"),
    "casework.correct_event": _("世帯の出来事を直した"),
    "casework.correct_member": _("家族の記録を直した"),
    "casework.correct_need": _("課題を直した"),
    "casework.correct_sitting": _("家族教室・家族会の出席を直した"),
    "casework.correct_referral": _("つなぎを直した"),
    "casework.correct_relation": _("家族の関係を直した"),
    "casework.decide_plan": _("支援決定を記録した"),
    "casework.decline_to_show": _("閲覧の申請を断った"),
    "casework.describe_document": _("書類の説明を直した"),
    "casework.describe_gathering": _("家族教室・家族会を直した"),
    "casework.describe_household": _("世帯について書いた"),
    "casework.destroy_again": _("復元で戻った記録をもう一度消去した"),
    "casework.approve_disclosure": _("本人への開示を承認した"),
    "casework.begin_disclosure": _("本人への開示の準備をはじめた"),
    "casework.disclose": _("承認された開示のファイルを出した"),
    "casework.end_disclosure": _("本人への開示を取りやめた"),
    "casework.prepare_disclosure": _("開示する記録を選んだ"),
    "casework.return_disclosure": _("本人への開示を準備に戻した"),
    "casework.strike_words": _("開示する記録のことばを手で伏せた"),
    "casework.submit_disclosure": _("本人への開示の承認を求めた"),
    "casework.unstrike_words": _("手で伏せたことばを戻した"),
    "casework.draft_plan": _("計画を書きはじめた"),
    "casework.draw_tie": _("つながりを描いた"),
    "casework.draw_up": _("廃棄リストをつくった"),
    "casework.drop_other": _("別の名・住所・連絡先を消した"),
    "casework.drop_plan": _("作成中の計画を取りやめた"),
    "casework.drop_secret": _("世帯員の秘匿を消した"),
    "casework.edit_facts": _("わかっていることを直した"),
    "casework.edit_person": _("本人についてわかっていることを直した"),
    "casework.end_right": _("見られるのを終えた"),
    "casework.end_share": _("共有を終えた"),
    "casework.end_staying": _("「つながり続ける」をおわりにした"),
    "casework.erase": _("保存年限により消去した"),
    "casework.evaluate_plan": _("計画を評価した"),
    "casework.finish_assessment": _("アセスメントを確定した"),
    "casework.finish_review": _("見直しを書いた"),
    "casework.finish_step": _("次にすることを済ませた"),
    "casework.give_up_destruction": _("廃棄リストを取りやめた"),
    "casework.handed_over": _("引き継いだ"),
    "casework.hold_sitting": _("家族教室・家族会の出席を書いた"),
    "casework.hold_review": _("モニタリングを記録した"),
    "casework.inquiry_received": _("別の機関の照会が届いた"),
    "casework.join_household": _("ケースを同じ世帯にした"),
    "casework.join_team": _("支援チームに機関を加えた"),
    "casework.keep_other": _("別の名・住所・連絡先を書いた"),
    "casework.keep_secret": _("世帯員の秘匿を書いた"),
    "casework.keep_paper": _("同意の書面を書きとめた"),
    "casework.let_quiet_contact_wait": _("静かな便りを先に延ばした"),
    "casework.leave_gathering": _("家族教室・家族会の参加をおえた"),
    "casework.let_see": _("閲覧の申請に応じた"),
    "casework.lift_hold": _("保全を解いた"),
    "casework.link_talk": _("やりとりをケースに結んだ"),
    "casework.list_referrals": _("返事待ちのつなぎを見た"),
    "casework.list_cases": _("ケースの一覧を見た"),
    "casework.list_gaps": _("足りないつなぎ先の一覧を見た"),
    "casework.list_handovers": _("引継ぎの一覧を見た"),
    "casework.list_load": _("担当替えのためにケースの一覧を見た"),
    "casework.list_loads": _("担当の重さの一覧を見た"),
    "casework.list_requests": _("閲覧の申請の一覧を見た"),
    "casework.look_elsewhere": _("別の機関に同じ人の記録があるかを確かめた"),
    "casework.merge": _("ふたつの記録を同じ人として統合した"),
    "casework.note_agreement": _("計画への同意を記録した"),
    "casework.note_conference": _("支援調整会議を記録した"),
    "casework.note_need": _("課題を書いた"),
    "casework.note_stage": _("段階を記録した"),
    "casework.offer_handover": _("引継ぎを打診した"),
    "casework.open_case": _("ケースをつくった"),
    "casework.part_household": _("まとめた世帯をふたつに分けた"),
    "casework.pass_on": _("担当を替えた"),
    "casework.place_hold": _("保全した"),
    "casework.plan_quiet_contact": _("静かな便りを予定した"),
    "casework.plan_review": _("見直す日を決めた"),
    "casework.print": _("帳票を出した"),
    "casework.print_list": _("ケース一覧を出した"),
    "casework.read": _("ケースを読んだ"),
    "casework.read_consents": _("同意と共有を読んだ"),
    "casework.read_destruction": _("廃棄リストを読んだ"),
    "casework.read_disclosure": _("開示する記録を確かめた"),
    "casework.read_document": _("書類を開いた"),
    "casework.read_gathering": _("家族教室・家族会を読んだ"),
    "casework.read_handover": _("引継ぎを読んだ"),
    "casework.read_person": _("本人のページを読んだ"),
    "casework.read_readers": _("ケースを見た人の一覧を読んだ"),
    "casework.read_request": _("閲覧の申請を読んだ"),
    "casework.read_talk": _("ケースのやりとりを読んだ"),
    "casework.record_consent": _("同意を記録した"),
    "casework.record_contact": _("対応を記録した"),
    "casework.record_event": _("世帯の出来事を記録した"),
    "casework.redraw_tie": _("つながりを直した"),
    "casework.refer": _("つなぎを書いた"),
    "casework.relate": _("家族の関係を書いた"),
    "casework.remove_member": _("家族の書きまちがいを消した"),
    "casework.reopened": _("再開した"),
    "casework.revise_plan": _("計画を改訂した"),
    "casework.rewrite_plan": _("作成中の計画を書いた"),
    "casework.rub_out_tie": _("つながりの書きまちがいを消した"),
    "casework.set_intensity": _("支援の濃さを記録した"),
    "casework.set_term": _("保存年限を決めた"),
    "casework.share": _("共有した"),
    "casework.shred_document": _("書類を消去した"),
    "casework.split": _("統合した記録をふたりに分けた"),
    "casework.step": _("匿名と名前のあいだの歩みを書いた"),
    "casework.stop_quiet_contact": _("静かな便りをやめた"),
    "casework.strike_agency": _("支援チームの書きまちがいを消した"),
    "casework.strike_event": _("世帯の出来事の書きまちがいを消した"),
    "casework.strike_need": _("課題の書きまちがいを消した"),
    "casework.strike_referral": _("つなぎの書きまちがいを消した"),
    "casework.take_certificate": _("廃棄証明書を出した"),
    "casework.take_part_again": _("家族教室・家族会の参加に戻した"),
    "casework.take_part": _("家族教室・家族会に家族を加えた"),
    "casework.take_urgent": _("至急の対応を受けた"),
    "casework.unrelate": _("家族の関係の書きまちがいを消した"),
    "casework.withdraw_consent": _("同意の取りやめを記録した"),
    "casework.withdraw_handover": _("引継ぎの打診を取り下げた"),
    "casework.write_consent_text": _("同意の文面の新しい版をつくった"),
}

# What staff are told; ``urgent_…`` stand out.
ALERTS = (
    ("handover_offered", _("引継ぎ"), _("{giver}からケース {number} の引継ぎの打診があります")),
    ("handover_accepted", _("引継ぎ"), _("{taker}がケース {number} を受けました")),
    ("handover_declined", _("引継ぎ"), _("{taker}はケース {number} を受けられませんでした")),
    ("inquiry_received", _("照会"), _("別の機関から、ケース {number} の人について照会がありました")),
    ("inquiry_answered", _("照会"), _("ケース {number} の照会に返事がありました")),
    ("urgent_contact", _("至急"), _("ケース {number} に至急の対応があります")),
    ("urgent_untaken", _("至急"), _("ケース {number} の至急の対応を、{minutes}分たっても誰も受けていません")),
    ("access_asked", _("同意と共有"), _("{who}さんがケース {number} の閲覧を申請しています")),
    ("access_given", _("同意と共有"), _("ケース {number} を見られるようになりました")),
    ("access_declined", _("同意と共有"), _("ケース {number} の閲覧の申請に返事があります")),
    ("consent_withdrawn", _("同意と共有"), _("ケース {number} の同意が取りやめられ、共有が終わりました")),
    ("shared", _("同意と共有"), _("{giver}からケース {number} の一部が共有されました")),
    ("destroyed", _("保存と消去"), _("廃棄リストが承認され、{count}件の記録が消去されました")),
    ("disclosure_asked", _("本人への開示"), _("ケース {number} の開示が、読んで承認されるのを待っています")),
    (
        "disclosure_approved",
        _("本人への開示"),
        _("ケース {number} の開示が承認されました。お渡しの前にもう一度読んでください"),
    ),
    ("disclosure_returned", _("本人への開示"), _("ケース {number} の開示が準備に戻りました")),
    ("review_due", _("担当"), _("ケース {number} の見直しの日です")),
    ("load_received", _("担当"), _("{giver}さんの担当ケースを{count}件引き継ぎました")),
    ("load_given", _("担当"), _("担当ケース{count}件を、ほかの人が引き継ぎました")),
    (
        "life_event",
        _("世帯の出来事"),
        _("ケース {number} の世帯に出来事がありました（{what}）。声をかける時機かもしれません"),
    ),
    ("quiet_contact", _("静かな便り"), _("ケース {number}：そろそろ「{way}」のころです。無理のない日にどうぞ")),
    ("referral_waits", _("つなぎ"), _("ケース {number}：つなぎの返事を確かめる日です")),
    ("plan_review", _("モニタリング"), _("ケース {number}：計画（{plan}）をいっしょに見る日です")),
)

# The tabs of a case: what people call it, its page, its place, and which part of the case it shows（None: the whole）.
TABS = [
    (_("経過"), "casework:case", 10, Part.BASICS),
    (_("本人"), "casework:person", 15, Part.BASICS),
    (_("アセスメント"), "casework:assessments", 20, Part.ASSESSMENTS),
    (_("計画"), "casework:plans", 35, Part.PLANS),
    (_("家族"), "casework:family", 40, Part.FAMILY),
    (_("支援の輪"), "casework:support", 45, Part.FAMILY),
    (_("見直し"), "casework:load_of_case", 70, Part.COURSE),
    (_("帳票"), "casework:papers", 75, Part.BASICS),
    (_("同意・共有"), "casework:consents", 80, None),
    (_("保存と消去"), "casework:kept", 90, None),
]
# Where staff find pages that belong to no single case; those with a number beside them are registered below.
ENTRIES = (
    ("つなぐ", _("ケース"), "casework:cases", Permission.CASEWORK_CASE_VIEW, 10),
    ("支える", _("外回りの手帳"), "casework:notebook", Permission.CASEWORK_CASE_EDIT, 20),
    ("支える", _("家族教室・家族会"), "casework:gatherings", Permission.CASEWORK_CASE_VIEW, 30),
    ("支える", _("担当の重さ"), "casework:loads", Permission.CASEWORK_GRANT_GIVE, 90),
    ("確かめる", _("足りないつなぎ先"), "casework:gaps", Permission.CASEWORK_GRANT_GIVE, 80),
    ("管理", _("保存と消去"), "casework:retention", Permission.CASEWORK_RETENTION_VIEW, 70),
    ("管理", _("同意の文面"), "casework:consent_texts", Permission.CASEWORK_GRANT_GIVE, 60),
)
BENEATH = {
    "casework:plans": ("casework:staying",),
    "casework:load_of_case": ("casework:intensity",),
    "casework:consents": ("casework:share", "casework:readers"),
}


class Casework(AppConfig):
    name = "engawa.office.casework"
    label = "casework"

    def ready(self) -> None:
        from engawa.office.access import hearing
        from engawa.office.access.navigation import Entry, register
        from engawa.office.access.upstairs import register_case_finder, register_lead_finder
        from engawa.office.alerts import kinds
        from engawa.office.audit import wording
        from engawa.office.casework.assessments import moments  # noqa: F401 - registers its sources of the timeline
        from engawa.office.casework.assessments.queries import hears_assessment
        from engawa.office.casework.cases import erasures, sharing
        from engawa.office.casework.cases.queries import count_offers_to, lead_in, named_case, named_cases
        from engawa.office.casework.cases.tabs import Tab
        from engawa.office.casework.cases.tabs import register as register_tab
        from engawa.office.casework.consents import moments as _of_consents  # noqa: F401 - registers 同意
        from engawa.office.casework.consents.actions import share_case
        from engawa.office.casework.consents.queries import count_requests_to
        from engawa.office.casework.documents.queries import count_of
        from engawa.office.casework.identity import moments as _identity_moments  # noqa: F401 - registers 匿名から名前まで
        from engawa.office.casework.load import moments as _of_loads  # noqa: F401 - registers 担当替え
        from engawa.office.casework.maps import moments as of_families  # noqa: F401 - registers its sources, too
        from engawa.office.casework.plans.actions.staying import hear_of_contact
        from engawa.office.casework.plans.queries import moments as _plan_moments  # noqa: F401 - registers 計画 and 評価
        from engawa.office.casework.referrals import moments as _of_referrals  # noqa: F401 - registers つなぎ
        from engawa.office.casework.referrals.queries import count_waiting_for, waiting_in
        from engawa.office.casework.retention.erased import ERASED, shred_documents
        from engawa.office.casework.timeline import queries  # noqa: F401 - registers the timeline's own sources
        from engawa.office.casework.timeline.followers import follow

        wording.register(DEEDS)
        hearing.register("assessment", hears_assessment)
        for label, page, order, part in TABS:
            register_tab(Tab(label, page, order, part=part, beneath=BENEATH.get(page, ())))
        register_tab(Tab(_("つなぎ"), "casework:referrals", 50, waiting_in, Part.COURSE))
        register_tab(Tab(_("書類"), "casework:documents", 60, count_of, Part.DOCUMENTS))
        register_case_finder(named_case, named_cases)
        register_lead_finder(lead_in)
        for key, label, words in ALERTS:
            kinds.register(kinds.Kind(f"casework.{key}", label, words, urgent=key.startswith("urgent")))
        follow(hear_of_contact)
        sharing.register(share_case)
        erasures.register(*ERASED)
        erasures.register_shredder("document", shred_documents)
        for entry in ENTRIES:
            register(Entry(*entry))
        for label, page, permission, order, count in (
            (_("引継ぎ"), "handovers", Permission.CASEWORK_CASE_HANDOVER, 30, count_offers_to),
            (_("返事待ちのつなぎ"), "referrals_waiting", Permission.CASEWORK_CASE_VIEW, 32, count_waiting_for),
            (_("閲覧の申請"), "requests", Permission.CASEWORK_CASE_VIEW, 35, count_requests_to),
        ):
            register(Entry("つなぐ", label, f"casework:{page}", permission, order, count))
