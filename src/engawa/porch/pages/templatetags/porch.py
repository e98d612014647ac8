"""Times as one says them to a visitor, telephone numbers to tap, and furigana on request."""

import datetime as dt
import re

from django import template
from django.template.context import Context
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from engawa.kernel import clock
from engawa.kernel.clock import JAPAN
from engawa.porch.pages.furigana import with_furigana
from engawa.porch.pages.rules import HOUR, rounded_up

register = template.Library()


@register.filter(name="clock")
def clock_time(moment: dt.datetime) -> str:
    """21:00, in Japanese time; midnight at the end of a stretch is 24:00 elsewhere (see ``closing``)."""
    return f"{moment.astimezone(JAPAN):%-H:%M}"


@register.filter
def closing(moment: dt.datetime) -> str:
    """The end of a stretch of opening hours: midnight is 24:00."""
    return clock_time(moment).replace("0:00", "24:00") if moment.astimezone(JAPAN).hour == 0 else clock_time(moment)


@register.filter
def day(moment: dt.date) -> str:
    """A day as one says it: today, tomorrow, yesterday, else day and weekday."""
    on = moment.astimezone(JAPAN).date() if isinstance(moment, dt.datetime) else moment
    near = {-1: _("きのう"), 0: _("きょう"), 1: _("あす")}
    away = (on - clock.today()).days
    return near[away] if away in near else formats.date_format(on, _("n月j日（D）"))


@register.filter
def day_and_clock(moment: dt.datetime) -> str:
    """Day and time of day."""
    return _("%(day)s %(time)s") % {"day": day(moment), "time": clock_time(moment)}


@register.filter
def about(minutes: int) -> str:
    """A duration that promises no less than was measured."""
    shown = rounded_up(minutes)
    if shown <= HOUR:
        return _("%(minutes)d分ほど") % {"minutes": shown}
    return _("%(hours)s時間ほど") % {"hours": f"{shown / HOUR:g}"}


@register.simple_tag
def phone(number: str) -> SafeString:
    """A telephone number that a thumb can call."""
    return format_html('<a href="tel:{}">{}</a>', re.sub(r"[^0-9+#*]", "", number), number)


@register.simple_block_tag(takes_context=True)
def furigana(context: Context, content: str) -> SafeString:
    """Readings above the kanji of fixed texts, if this visitor asked for them."""
    return with_furigana(content) if context.get("ruby") else mark_safe(content)  # noqa: S308 - rendered by the engine


@register.filter
def iso(moment: dt.datetime) -> str:
    """For ``<time datetime>``."""
    return timezone.localtime(moment, JAPAN).isoformat(timespec="seconds")
