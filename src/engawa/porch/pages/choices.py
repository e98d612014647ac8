"""What may be chosen when a talk begins. Always with an empty choice: not to say is an answer, too.

The value of a choice is what the office reads; for ages, topics and routes that is the Japanese wording itself.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Choices = list[tuple[str, str | Promise]]

NOT_SAID = _("言わない")
# Everybody may ask: the person, a family member, whoever supports, whoever could take somebody in.
REQUESTERS: Choices = [
    ("", NOT_SAID),
    ("self", _("本人")),
    ("family", _("家族・親族")),
    ("agency", _("支援する人・機関")),
    ("company", _("会社・お店・農家")),
]
AGE_BANDS: Choices = [
    ("", NOT_SAID),
    ("10代", pgettext_lazy("年代", "10代")),
    ("20代", pgettext_lazy("年代", "20代")),
    ("30代", pgettext_lazy("年代", "30代")),
    ("40代", pgettext_lazy("年代", "40代")),
    ("50代", pgettext_lazy("年代", "50代")),
    ("60代", pgettext_lazy("年代", "60代")),
    ("70代以上", pgettext_lazy("年代", "70代以上")),
]
TOPICS: Choices = [
    ("", NOT_SAID),
    ("ただ話したい", _("ただ話したい")),
    ("毎日の暮らし", _("毎日の暮らし")),
    ("こころとからだ", _("こころとからだ")),
    ("家族のこと", _("家族のこと")),
    ("人とのつながり・居場所", _("人とのつながり・居場所")),
    ("学ぶこと・働くこと", _("学ぶこと・働くこと")),
    ("お金のこと", _("お金のこと")),
    ("ほかのこと", _("ほかのこと")),
]
ROUTES: Choices = [
    ("", NOT_SAID),
    ("広報・ちらし", _("広報・ちらし")),
    ("インターネット", _("インターネット")),
    ("家族や知り合い", _("家族や知り合い")),
    ("支援機関・病院・学校", _("支援機関・病院・学校")),
    ("そのほか", _("そのほか")),
]
SHELF_NAMES = {
    "place": _("居場所"),
    "course": _("家でできる講座"),
    "family_group": _("家族の会"),
    "experience": _("見学・体験"),
}
GROUPS = {key: label for key, label in REQUESTERS if key}
