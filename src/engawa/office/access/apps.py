from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _

from engawa.kernel.doors import every_view_is_declared


class Access(AppConfig):
    name = "engawa.office.access"
    label = "access"

    def ready(self) -> None:
        from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
        from axes.signals import user_locked_out
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from engawa.office.access import hearing, navigation, sign_in
        from engawa.office.access.permissions import Permission
        from engawa.office.audit import wording

        register(every_view_is_declared, Tags.urls)
        user_logged_in.connect(sign_in.on_signed_in)
        user_logged_out.connect(sign_in.on_signed_out)
        user_locked_out.connect(sign_in.on_locked_out)
        authentication_failed.connect(sign_in.on_factor_failed)
        authenticator_added.connect(sign_in.on_factor_added)
        authenticator_removed.connect(sign_in.on_factor_removed)
        hearing.register("staff", lambda actor, ref: actor.key == ref)
        manage, break_glass = Permission.ACCESS_STAFF_MANAGE, Permission.CASEWORK_CASE_BREAK_GLASS
        navigation.register(navigation.Entry("管理", _("職員"), "access:staff_list", manage, 10))
        navigation.register(navigation.Entry("管理", _("機関"), "access:organisation_list", manage, 20))
        navigation.register(navigation.Entry("管理", _("緊急閲覧"), "access:glass", break_glass, 30))
        navigation.register(navigation.Entry("管理", _("監査記録"), "access:log", Permission.AUDIT_LOG_READ, 40))
        wording.register(
            {
                "access.accept_invitation": _("招待を受けた"),
                "access.add_factor": _("二つ目の確認を加えた"),
                "access.break_glass": _("緊急閲覧をした"),
                "access.break_glass_missed": _("ない番号で緊急閲覧をしようとした"),
                "access.close_break_glass": _("緊急閲覧を閉じた"),
                "access.close_organisation": _("機関を閉じた"),
                "access.deactivate": _("職員を停止した"),
                "access.describe_organisation": _("機関の情報を直した"),
                "access.describe_self": _("自分の設定を直した"),
                "access.end_role": _("役割を終えた"),
                "access.found_organisation": _("機関を加えた"),
                "access.equip": _("二つ目の確認をそろえた"),
                "access.factor_failed": _("二つ目の確認に失敗した"),
                "access.grant": _("閲覧の根拠を与えた"),
                "access.invite_staff": _("職員を招待した"),
                "access.list_glass": _("緊急閲覧の一覧を見た"),
                "access.locked_out": _("サインインが止まった"),
                "access.reactivate": _("停止を解いた"),
                "access.remove_factor": _("二つ目の確認を外した"),
                "access.renew_invitation": _("招待をやりなおした"),
                "access.revoke": _("閲覧の根拠を終えた"),
                "access.set_role": _("役割を与えた"),
                "access.sign_in": _("サインインした"),
                "access.sign_out": _("サインアウトした"),
                "audit.check": _("監査記録のつながりを確かめた"),
                "audit.read": _("監査記録を読んだ"),
            }
        )
