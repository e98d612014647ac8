"""How the desk says things: waits, moments, who a visitor is, what was promised when."""

import datetime as dt
import unicodedata

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from engawa.kernel import clock
from engawa.kernel.age import words_of
from engawa.kernel.hours import LAST_MINUTE
from engawa.kernel.words import translated
from engawa.office.desk.models import Appointment
from engawa.office.desk.rules import Due, Unit, due, wait
from engawa.office.talks.models import Talk
from engawa.ui.templatetags.ui import tag

register = template.Library()
_GLANCE = 60


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
    return _("%(handle)s さん") % {"handle": talk.handle} if talk.handle else _("名のらない人")


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
    said = [requester_label(talk.requester) if talk.requester else "", translated(words_of(talk.age_band))]
    return "・".join(part for part in said if part)


@register.filter
def promised_to(one: Appointment) -> str:
    """To whom something was promised: the case's number, else what they are called."""
    if one.case:
        return one.case.number
    return one.handle or _("名のらない人")


@register.filter
def kind_label(one: Appointment) -> str:
    """電話・折返し, or 面談予約."""
    return _("面談予約") if one.is_meeting else _("電話・折返し")


@register.filter
def asked_for(one: Appointment) -> str:
    """What is to be known at a glance: whom, where, and the first of the note."""
    whom = one.handle if one.case and one.handle else one.get_counterpart_display()
    said = [whom, one.place if one.is_meeting and one.place else one.phone, one.note[:_GLANCE]]
    return "　".join(part for part in said if part)


@register.filter
def span_words(one: Appointment) -> str:
    """Day and time of a promise: 11/24（火） 19:30–20:00."""
    over = timezone.localtime(one.ends_at)
    day = date_format(over, _("n/j（D）") if over.year == clock.today().year else _("Y/n/j（D）"))
    return f"{day} {span_times(one)}"


@register.filter
def span_times(one: Appointment) -> str:
    """The time of a promise on its day: 19:30–20:00, 19:30 以降, 一日のうち."""
    over = timezone.localtime(one.ends_at)
    begin = f"{timezone.localtime(one.starts_at):%H:%M}" if one.starts_at else ""
    end = "" if over.time() >= LAST_MINUTE else f"{over:%H:%M}"
    return f"{begin}–{end}" if end else _("%(begin)s 以降") % {"begin": begin} if begin else _("一日のうち")


@register.filter
def due_words(one: Appointment) -> str:
    """How a promise stands just now: 今日中, 19:30以降, 過ぎています."""
    starts = timezone.localtime(one.starts_at) if one.starts_at else None
    ends = timezone.localtime(one.ends_at)
    how = due(starts, ends, clock.now())
    begin = f"{starts:%H:%M}" if starts else ""
    words = {
        Due.OVERDUE: _("過ぎています"),
        Due.FROM: (_("%(begin)s から") if one.is_meeting else _("%(begin)s以降")) % {"begin": begin},
        Due.UNTIL: _("%(end)s まで") % {"end": f"{ends:%H:%M}"},
        Due.TODAY: _("今日中"),
        Due.TOMORROW: _("あす %(begin)s") % {"begin": begin},
        Due.LATER: f"{date_format(ends, _('n/j'))} {begin}",
    }
    return words[how].strip()


@register.simple_tag
def due_tag(one: Appointment) -> SafeString:
    """The same as a tag; what may be kept now, or should have been, stands out."""
    starts, now = one.starts_at, clock.now()
    ripe = one.ends_at < now or (starts is not None and starts <= now)
    return tag(label=due_words(one), tone="wait" if ripe else "plain")


@register.filter
def tel(number: str) -> str:
    """A phone number as a link takes it."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", number) if sign.isdigit() or sign == "+")
