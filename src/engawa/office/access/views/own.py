"""One's own corner: the way in, the profile, drafts, what was kept, signing off."""

from uuid import UUID

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from engawa.kernel.doors import open_page
from engawa.kernel.live import NoTicket, opened, ticket_for
from engawa.office.access import actions, idle
from engawa.office.access.doors import StaffRequest, signed_in_page, staff_page
from engawa.office.access.forms import FirstPasswordForm, SelfForm, read_draft
from engawa.office.access.hearing import still_heard
from engawa.office.access.kept_words import in_words
from engawa.office.access.models import KeptPost, Staff
from engawa.office.access.queries import draft_of, invited, kept_posts


@signed_in_page("whoever has no second factor yet is led to set one up")
@require_safe
def second_factor(request: StaffRequest) -> HttpResponse:
    return render(request, "access/second_factor.html")


@open_page("the one-time way in of somebody who has no password yet; the token is the secret")
def invitation(request: HttpRequest, staff_id: UUID, token: str) -> HttpResponse:
    staff = invited(staff_id, token)
    if staff is None:
        return render(request, "access/invitation_used.html", status=410)
    form = FirstPasswordForm(staff, request.POST or None)
    if form.is_valid():
        actions.accept_invitation(staff=staff, password=form.cleaned_data["new_password1"])
        return redirect("account_login")
    return render(request, "access/invitation.html", {"form": form, "staff": staff}, status=_status(form))


@open_page("a page signs off by itself when nobody is there; whoever is gone already stays gone")
@require_POST
def sign_off(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        idle.sign_off(request)
    return HttpResponse(status=204)


@staff_page()
@require_POST
def here(_request: StaffRequest) -> HttpResponse:
    """Somebody is typing on an open page: the door has set the clock anew."""
    return HttpResponse(status=204)


@staff_page(unattended=True)
@require_safe
def renew_ticket(request: StaffRequest) -> HttpResponse:
    """An open page goes on listening, to what its reader may still hear."""
    try:
        topics = still_heard(request.actor, opened(request.GET.get("ticket", "")).topics)
    except NoTicket:
        return HttpResponse(status=400)
    return JsonResponse({"ticket": ticket_for(topics)})


@staff_page()
def me(request: StaffRequest) -> HttpResponse:
    staff = Staff.objects.get(pk=request.actor.id)
    form = SelfForm(request.POST or None, instance=staff)
    if form.is_valid():
        actions.describe_self(by=request.actor, staff=staff, **form.cleaned_data)
        return redirect("access:me")
    context = {"form": form, "staff": staff, "kept_posts": kept_posts(request.actor)}
    return render(request, "access/me.html", context, status=_status(form))


@staff_page()
def drafts(request: StaffRequest) -> HttpResponse:
    if request.method != "POST":
        return JsonResponse({"fields": draft_of(request.actor, request.GET.get("path", ""))})
    sent = read_draft(request.body)
    if sent is None:
        return HttpResponse(status=400)
    path, fields = sent
    actions.keep_draft(by=request.actor, path=path, fields=fields)
    return HttpResponse(status=204)


@staff_page()
@require_safe
def kept(request: StaffRequest, pk: UUID) -> HttpResponse:
    post = _kept(request, pk)
    fields = [(name, value) for name, values in post.fields.items() for value in values]
    return render(request, "access/kept.html", {"post": post, "fields": fields, "words": in_words(post.fields)})


@staff_page()
@require_POST
def drop_kept(request: StaffRequest, pk: UUID) -> HttpResponse:
    actions.drop_post(by=request.actor, kept=_kept(request, pk))
    return redirect("access:me")


def _kept(request: StaffRequest, pk: UUID) -> KeptPost:
    post = kept_posts(request.actor).filter(pk=pk).first()
    if post is None:
        raise Http404
    return post


def _status(form: BaseForm) -> int:
    return 422 if form.errors else 200
