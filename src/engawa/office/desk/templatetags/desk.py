"""How the desk says things: waits, moments, who a visitor is."""

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from engawa.kernel import clock
from engawa.office.desk.rules import Unit, wait
from engawa.office.talks.models import Talk

register = template.Library()


@register.simple_tag
def waiting_clock(since: dt.datetime) -> SafeString:
    """How long somebody has waited; ``desk.js`` keeps it going."""
    return format_html(
        '<time class="tag wait" datetime="{}" data-waiting>{}</time>', since.isoformat(), _wait_words(since)
    )


def _wait_words(since: dt.datetime) -> str:
    number, unit = wait(since, clock.now())
    words = {
        Unit.MINUTES: _("%(number)d分 待ち"),
        Unit.HOURS: _("%(number)d時間 待ち"),
        Unit.DAYS: _("%(number)d日 待ち"),
    }
    return words[unit] % {"number": number}


@register.filter
def moment_at(when: dt.datetime) -> str:
    """A moment as short as it can be told: the time today, 昨日, or the day."""
    local, today = timezone.localtime(when), clock.today()
    if local.date() == today:
        return f"{local:%H:%M}"
    if local.date() == today - dt.timedelta(days=1):
        return _("昨日 %(time)s") % {"time": f"{local:%H:%M}"}
    form = "n/j" if local.year == today.year else "Y/n/j"
    return date_format(local, form)


@register.filter
def name_of(talk: Talk) -> str:
    """What a visitor is called: the handle with さん, or that there is none."""
    return _("%(handle)s さん") % {"handle": talk.handle} if talk.handle else _("名のらない方")


@register.filter
def requester_label(said: str) -> str:
    """What visitors said of themselves, in words."""
    labels = {
        "self": _("本人"),
        "family": _("家族・親族"),
        "agency": _("支援する人・機関"),
        "company": _("会社・お店・農家"),
        "other": _("その他"),
    }
    return labels.get(said, said)


@register.filter
def who(talk: Talk) -> str:
    """Requester and age in one label, as far as they were said."""
    said = [requester_label(talk.requester) if talk.requester else "", talk.age_band]
    return "・".join(part for part in said if part)
