"""What a password must be, refused in words that say what to do. Nothing has changed until all of them are content."""

from django.contrib.auth import password_validation as django_rules
from django.utils.translation import gettext as _


class LongEnough(django_rules.MinimumLengthValidator):
    """As many signs as the settings say."""

    def get_error_message(self) -> str:
        return _("短すぎます。%(min_length)d文字以上にしてください。好きな文をそのまま使うと、長くても覚えられます。")

    def get_help_text(self) -> str:
        return _("%(length)d文字以上にしてください。") % {"length": self.min_length}


class NotAboutOneself(django_rules.UserAttributeSimilarityValidator):
    """Not like one's own name or address."""

    def get_error_message(self) -> str:
        return _("名前やメールアドレスに似すぎています。関係のないことばにしてください。")

    def get_help_text(self) -> str:
        return _("名前やメールアドレスに似ていないものにしてください。")


class NotCommon(django_rules.CommonPasswordValidator):
    """Not one of those that everybody uses."""

    def get_error_message(self) -> str:
        return _("よく使われるパスワードなので、すぐに当てられます。ほかのことばにしてください。")

    def get_help_text(self) -> str:
        return _("よく使われるものは避けてください。")


class NotOnlyDigits(django_rules.NumericPasswordValidator):
    """Not a number."""

    def get_error_message(self) -> str:
        return _("数字だけでは、すぐに当てられます。文字もまぜてください。")

    def get_help_text(self) -> str:
        return _("数字だけにしないでください。")
