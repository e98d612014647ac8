"""Template tags of casework's own pages."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from engawa.office.casework.cases.models import Case, Standing
from engawa.office.casework.cases.tabs import Shown, tabs_of
from engawa.office.casework.plans.queries.plans import labels_of_changes
from engawa.office.questionnaires.models import NationalForm
from engawa.ui.templatetags.ui import tag

register = template.Library()


@register.simple_tag(takes_context=True)
def case_tabs(context: Context, case: Case) -> list[Shown]:
    """The tabs of ``case``, for ``{% tabs %}``."""
    request = context["request"]
    return tabs_of(request.actor, case, request.path)


@register.simple_tag
def case_state(case: Case) -> SafeString:
    """In which state the case is, in a word."""
    if case.carried_on:
        return tag(label=gettext("引継いで対応中"), tone="info")
    return tag(label=str(Standing(case.state).label), tone="ok" if case.state == Standing.CONTINUING else "plain")


@register.simple_tag
def unchecked(code: str) -> str:
    """The source of a national form that nobody has compared with its original yet（再現版・未確認）, or nothing."""
    form = NationalForm.objects.standing().get(pk=code)
    return form.source if form.reconstructed else ""


@register.filter
def changes_called(codes: list[str]) -> list[str]:
    """What noticed changes are called."""
    return labels_of_changes(codes)
