"""Component tags of the design system, available in every template without loading.

Each tag takes typed keyword arguments only, renders one small template of ``ui/components`` and refuses
variants that do not exist. The gallery page shows them all; docs/design-system.md says when to use which.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.contrib.messages import get_messages
from django.forms import BaseForm, BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from engawa.kernel import words
from engawa.ui import variants
from engawa.ui.beside import Beside, beside
from engawa.ui.browsers import browser_called
from engawa.ui.icons import path_of
from engawa.ui.tables import Sort, labelled
from engawa.ui.variants import ButtonKind, ButtonSize, Picture, Tone, Width, chosen

register = template.Library()
_NUMBERS_TO_CALL = re.compile(r"(?<![\d-])(?:1[01]\d|0\d{1,3}-\d{2,4}-\d{3,4})(?![\d-])")
register.filter("translated", words.translated)
register.filter("browser_called", browser_called)


def _component(template_name: str, /, **values: Any) -> SafeString:
    return render_to_string(f"ui/components/{template_name}.html", values)


@register.filter
def with_calls(text: str) -> SafeString:
    """``text`` with its telephone numbers as links that a thumb can call: 119, 0120-279-338."""
    linked = _NUMBERS_TO_CALL.sub(
        lambda found: f'<a href="tel:{found[0].replace("-", "")}">{found[0]}</a>', conditional_escape(text)
    )
    return mark_safe(linked)  # noqa: S308 - escaped before the links are set


@register.simple_tag
def icon(name: str, *, label: str = "") -> SafeString:
    """A line icon; decoration unless it has a ``label``."""
    role = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html('<svg class="icon" viewBox="0 0 24 24" {}><path d="{}"/></svg>', role, path_of(name))


@register.simple_tag
def button(
    *,
    label: str,
    kind: ButtonKind = "plain",
    size: ButtonSize = "normal",
    icon: str = "",
    type: str = "submit",  # noqa: A002 - the attribute's name
    name: str = "",
    value: str = "",
    form: str = "",
    opens: str = "",
    formaction: str = "",
    id: str = "",  # noqa: A002 - the attribute's name
    disabled: bool = False,
) -> SafeString:
    """A button: ``go`` is the one deed of the page, ``care`` cannot be undone, ``opens`` is a dialog's id."""
    return _component(
        "button",
        label=label,
        kind=chosen(kind, variants.ButtonKind, of="button"),
        size=chosen(size, variants.ButtonSize, of="button"),
        icon=icon,
        type="button" if opens else type,
        name=name,
        value=value,
        form=form,
        opens=opens,
        formaction=formaction,
        id=id,
        disabled=disabled,
    )


@register.simple_tag
def link_button(
    *, label: str, href: str, kind: ButtonKind = "plain", size: ButtonSize = "normal", icon: str = ""
) -> SafeString:
    """A link that looks like a button."""
    return _component(
        "link_button",
        label=label,
        href=href,
        kind=chosen(kind, variants.ButtonKind, of="link_button"),
        size=chosen(size, variants.ButtonSize, of="link_button"),
        icon=icon,
    )


@register.simple_tag
def field(bound: BoundField, *, width: Width = "full", chips: bool = False, label: str = "") -> SafeString:
    """A form field with label, help and errors. ``chips`` lays the choices of a group out in one line."""
    return _component(
        "field",
        field=bound,
        label=label or bound.label,
        width=chosen(width, variants.Width, of="field"),
        chips=chips,
    )


@register.simple_tag
def form_errors(form: BaseForm, *, title: str = "") -> SafeString:
    """What is wrong with a form, on top of it, each line leading to its field; ``title`` where nothing was written."""
    fields = [bound for bound in form if bound.errors and not bound.is_hidden]
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    general = [*form.non_field_errors(), *hidden]
    return _component("form_errors", form=form, fields=fields, general=general, title=title)


@register.simple_tag
def overtaken(form: BaseForm, *, more: Sequence[Beside] = ()) -> SafeString:
    """What stands there now beside what was written, where somebody else was quicker; ``more`` is in no field."""
    return render_to_string("ui/overtaken.html", {"lines": [*beside(form), *more]})


@register.simple_tag
def chip(*, label: str, href: str, current: bool = False, care: bool = False, lang: str = "") -> SafeString:
    """A small round link: a filter, a language, one of several ways to go on."""
    return _component("chip", label=label, href=href, current=current, care=care, lang=lang)


@register.simple_tag
def tag(*, label: str, tone: Tone = "plain", title: str = "") -> SafeString:
    """A word that says what state something is in. It stands in every row of long lists, so no template is filled."""
    kind = _toned(chosen(tone, variants.Tone, of="tag"))
    said = format_html(' title="{}"', title) if title else ""
    return format_html('<span class="tag{}"{}>{}</span>', kind, said, label)


def _toned(tone: str) -> str:
    return "" if tone == "plain" else f" {tone}"


@register.simple_block_tag
def card(
    content: str,
    *,
    title: str = "",
    href: str = "",
    tone: Tone = "plain",
    level: int = 2,
    raised: bool = False,
) -> SafeString:
    """A sheet of paper with a title."""
    return _component(
        "card",
        content=content,
        title=title,
        href=href,
        tone=chosen(tone, variants.Tone, of="card"),
        level=level,
        raised=raised,
    )


@register.simple_block_tag
def door(content: str, *, title: str, href: str, icon: str, main: bool = False, go: str = "") -> SafeString:
    """One of the few large ways in."""
    return _component("door", content=content, title=title, href=href, icon=icon, main=main, go=go)


@register.simple_block_tag
def callout(content: str, *, title: str = "", tone: Tone = "plain") -> SafeString:
    """Something that must be read before going on."""
    return _component("callout", content=content, title=title, tone=chosen(tone, variants.Tone, of="callout"))


@register.simple_block_tag
def empty_state(content: str, *, title: str, picture: Picture = "mat", level: int = 2) -> SafeString:
    """Nothing here yet: why, and what to do."""
    picture_path = f"ui/pictures/{chosen(picture, variants.Picture, of='empty_state')}.svg"
    return _component("empty_state", content=content, title=title, picture=picture_path, level=level)


@register.simple_tag(takes_context=True)
def toasts(context: Context) -> SafeString:
    """The region in which short messages appear; read out politely."""
    request = context.get("request")
    return _component("toasts", messages=get_messages(request) if request else [])


@register.simple_block_tag
def dialog(content: str, *, id: str, title: str) -> SafeString:  # noqa: A002 - the attribute's name
    """A dialog, opened by ``button opens=id``; without JavaScript its content stands open in the page."""
    return _component("dialog", content=content, id=id, title=title)


@register.simple_block_tag
def table(
    content: str, *, caption: str, tall: bool = False, caption_hidden: bool = False, stacks: bool = False
) -> SafeString:
    """A table that scrolls inside its own box; ``tall`` keeps the head in sight.

    On a phone each row of a table that ``stacks`` is a block, every cell of it beside the head of its column.
    """
    body = mark_safe(labelled(content)) if stacks else content  # noqa: S308 - rendered before
    return _component("table", content=body, caption=caption, tall=tall, caption_hidden=caption_hidden, stacks=stacks)


@register.simple_tag(takes_context=True)
def sort_header(
    context: Context, sort: Sort, *, key: str, label: str, numeric: bool = False, start: str = ""
) -> SafeString:
    """A column head that sorts by ``key``; keeps the rest of the query string."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    query["sort"] = sort.toggled(key)
    return _component(
        "sort_header",
        href=f"?{query.urlencode()}",
        label=label,
        numeric=numeric,
        direction=sort.direction_of(key),
        start=start,
    )


@register.simple_block_tag(takes_context=True)
def filters(context: Context, content: str, *, label: str = "") -> SafeString:
    """A form of filters above a table or list; works by query string, keeps the sorting."""
    return _component("filters", content=content, label=label, sort=context["request"].GET.get("sort", ""))


@register.simple_tag(takes_context=True)
def pages(context: Context, page: Any) -> SafeString:
    """Links to the neighbouring pages of a list (a Django ``Page``)."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    rest = query.urlencode()
    return _component("pages", page=page, query=f"{rest}&" if rest else "")


@register.simple_tag
def tabs(*, entries: Iterable[Any], label: str) -> SafeString:
    """Sibling views of one thing; ``entries`` have ``label``, ``url``, ``here`` and perhaps ``count``."""
    return _component("tabs", entries=entries, label=label)


@register.simple_block_tag
def timeline(content: str, *, label: str) -> SafeString:
    """What happened, in order; holds ``moment`` tags."""
    return _component("timeline", content=content, label=label)


@register.simple_block_tag
def moment(
    content: str, *, when: str, title: str, machine: str = "", tone: Tone = "plain", level: int = 3
) -> SafeString:
    """One thing that happened. ``machine`` is the time in ISO form; ``level`` the rank of its heading.

    A long story has hundreds, so no template is filled.
    """
    return format_html(
        '<li class="moment{}"><span class="knot" aria-hidden="true"></span><time{}>{}</time>'
        "<div><h{level}>{}</h{level}>{}</div></li>",
        _toned(chosen(tone, variants.Tone, of="moment")),
        format_html(' datetime="{}"', machine) if machine else "",
        when,
        title,
        content,
        level=level,
    )


@register.simple_tag
def figure(drawing: Any) -> SafeString:
    """A drawn ``engawa.ui.figures.Figure`` with caption, text alternative and its data as a table."""
    return _component("figure", figure=drawing)


@register.simple_tag
def stat(*, label: str, value: object, unit: str = "", change: str = "", trend: Sequence[float] = ()) -> SafeString:
    """One number with its name, perhaps what changed, and a small line of its past."""
    return _component("stat", label=label, value=value, unit=unit, change=change, trend=trend)


@register.simple_tag
def spark(values: Sequence[float], *, label: str = "") -> SafeString:
    """A line of the last values, the size of a word."""
    low, high = min(values, default=0), max(values, default=1)
    step = 100 / max(len(values) - 1, 1)
    heights = (22 - 20 * (value - low) / ((high - low) or 1) for value in values)
    points = " ".join(f"{place * step:.1f},{height:.1f}" for place, height in enumerate(heights))
    return _component("spark", points=points, label=label)
