"""Consents about a case, what is shared on them, and the texts that are agreed to."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actors import NotAllowed
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.models import Organisation
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import may_share
from engawa.office.casework.access import answers_for, case_for, require_holder
from engawa.office.casework.cases.models import Case
from engawa.office.casework.consents import queries
from engawa.office.casework.consents.actions import (
    end_right,
    end_share,
    keep_paper,
    record_consent,
    share_case,
    withdraw_consent,
    write_text,
)
from engawa.office.casework.forms.consents import ConsentForm, PaperForm, ShareForm, TextForm, WithdrawForm
from engawa.office.casework.views.answers import did, form_page


@staff_page(Permission.CASEWORK_CASE_VIEW)
def consents(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, deed="casework.read_consents")
    return render(
        request,
        "casework/consents/list.html",
        {
            "case": case,
            "consents": queries.consents_of(case),
            "seers": queries.who_sees(case),
            "records": case.organisation_id in request.actor.organisations_with(Permission.CASEWORK_CASE_EDIT),
            "shares": may_share(request.actor, case.pk),
            "answers_for": answers_for(request.actor, case),
        },
    )


@staff_page(Permission.CASEWORK_CASE_EDIT)
def consent(request: StaffRequest, number: str) -> HttpResponse:
    """Write down a consent."""
    case = case_for(request.actor, number, Permission.CASEWORK_CASE_EDIT)
    require_holder(request.actor, Permission.CASEWORK_CASE_EDIT, case)
    texts = queries.texts_of(case.organisation_id)
    form = ConsentForm(
        request.POST or None,
        case=case,
        texts=texts,
        purposes=queries.purposes_on(clock.today()),
        initial={"key": uuid7()},
    )
    if form.is_valid() and did(form, record_consent, by=request.actor, case=case, **form.said()):
        return _back(request, case, _("同意を記録しました。共有は、まだ始まっていません"))
    return form_page(request, "casework/consents/write.html", form, case=case, texts=texts)


@staff_page(Permission.CASEWORK_CASE_EDIT)
def paper(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    """Which document is the signed paper of a consent."""
    case = case_for(request.actor, number, Permission.CASEWORK_CASE_EDIT)
    require_holder(request.actor, Permission.CASEWORK_CASE_EDIT, case)
    consent = queries.consent_in(case, pk)
    form = PaperForm(request.POST or None, case=case, initial={"paper": consent.paper_id})
    if form.is_valid() and did(form, keep_paper, by=request.actor, consent=consent, **form.cleaned_data):
        return _back(request, case, _("同意の書面を書きとめました"))
    return form_page(request, "casework/consents/paper.html", form, case=case, consent=consent)


@staff_page(Permission.CASEWORK_CASE_EDIT)
def withdraw(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    """A consent is taken back, and what rests on it ends."""
    case = case_for(request.actor, number, Permission.CASEWORK_CASE_EDIT)
    require_holder(request.actor, Permission.CASEWORK_CASE_EDIT, case)
    consent = queries.consent_in(case, pk)
    form = WithdrawForm(request.POST or None)
    if form.is_valid() and did(form, withdraw_consent, by=request.actor, consent=consent, **form.cleaned_data):
        return _back(request, case, _("同意の取りやめを記録しました。この同意による共有は終わりました"))
    return form_page(request, "casework/consents/withdraw.html", form, case=case, consent=consent)


@staff_page(Permission.CASEWORK_CASE_EDIT)
def share(request: StaffRequest, number: str) -> HttpResponse:
    """Let another organisation see parts of the case."""
    case = case_for(request.actor, number, Permission.CASEWORK_CASE_EDIT)
    if not may_share(request.actor, case.pk):
        raise NotAllowed
    form = ShareForm(
        request.POST or None, case=case, consents=queries.consents_in_force(case), initial={"basis": "consent"}
    )
    if form.is_valid() and did(form, share_case, by=request.actor, case=case, **form.cleaned_data):
        return _back(request, case, _("共有を始めました"))
    return form_page(request, "casework/consents/share.html", form, case=case)


@staff_page(Permission.CASEWORK_CASE_EDIT)
@require_POST
def stop(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    """Let somebody who is not of the holding organisation see the case no longer."""
    case = case_for(request.actor, number, Permission.CASEWORK_CASE_EDIT)
    seer = queries.right_in(case, pk)
    if not seer.may_end:
        raise NotAllowed
    if seer.share:
        end_share(by=request.actor, share=seer.share)
    else:
        end_right(by=request.actor, case=case, right=seer.grant)
    return _back(request, case, _("見られるのを終わりにしました"))


def _back(request: StaffRequest, case: Case, told: str) -> HttpResponse:
    messages.success(request, told)
    return redirect("casework:consents", case.number)


@staff_page(Permission.CASEWORK_GRANT_GIVE)
def texts(request: StaffRequest) -> HttpResponse:
    """The texts that are agreed to, house by house."""
    organisations = Organisation.objects.filter(pk__in=request.actor.organisations_with(Permission.CASEWORK_GRANT_GIVE))
    offered = [(organisation, queries.texts_of(organisation)) for organisation in organisations]
    return render(request, "casework/consents/texts.html", {"offered": offered})


@staff_page(Permission.CASEWORK_GRANT_GIVE)
def text(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A text with its versions, and a new version of it."""
    held = request.actor.organisations_with(Permission.CASEWORK_GRANT_GIVE)
    text = queries.text_in(held, pk)
    form = TextForm(
        request.POST or None,
        organisations=Organisation.objects.filter(pk__in=held),
        initial={"organisation": text.organisation_id or held[0], "title": text.title, "body": text.body},
    )
    if form.is_valid() and did(form, write_text, by=request.actor, code=text.code, **form.cleaned_data):
        messages.success(request, _("新しい版をつくりました。これまでの同意は、前の版のまま残ります"))
        return redirect("casework:consent_texts")
    return form_page(request, "casework/consents/text.html", form, text=text, versions=queries.versions_of(text))
