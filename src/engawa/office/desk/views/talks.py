"""One talk: what was said, what is being written, and every deed of the reply box."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engawa.kernel.ids import uuid7
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.permissions import Permission
from engawa.office.desk import queries as desk
from engawa.office.desk.forms import CaseForm, LinkForm
from engawa.office.desk.rules import requester_of
from engawa.office.desk.views.inbox import inbox_context
from engawa.office.talks import access, queries
from engawa.office.talks.actions import answers, holding
from engawa.office.talks.models import Message, Talk
from engawa.office.talks.rules import WORDS_LIMIT

# Deeds without words of their own, by their name in the URL.
DEEDS: dict[str, Callable[..., object]] = {
    "claim": holding.claim,
    "release": holding.release,
    "wait": answers.ask_to_wait,
    "say-read": answers.say_it_was_read,
    "mark-read": holding.mark_read,
    "no-answer": holding.answer_is_not_needed,
    "close": holding.close,
    "reopen": holding.reopen,
}
# Deeds that take the words of the reply box.
SPOKEN: dict[str, Callable[..., Message]] = {
    "note": answers.note,
    "whisper": answers.whisper,
    "worry": answers.raise_worry,
    "ease": answers.ease_worry,
}


@staff_page()
@require_safe
def talk(request: StaffRequest, talk_id: UUID) -> HttpResponse:
    """The page of a talk, for the desk and for whoever sees its case."""
    shown = access.talk_for(request.actor, talk_id)
    return render(request, "desk/talk.html", inbox_context(request, shown) | pane_context(request, shown))


@staff_page()
@require_safe
def words(request: StaffRequest, talk_id: UUID) -> HttpResponse:
    """What was said, when something new was."""
    shown = access.talk_for(request.actor, talk_id)
    return render(request, "desk/words.html", {"talk": shown, "said": queries.words_of(request.actor, shown)})


@staff_page()
@require_safe
def head(request: StaffRequest, talk_id: UUID) -> HttpResponse:
    """Who holds the talk, when that changed."""
    shown = access.talk_for(request.actor, talk_id, noted=False)
    return render(request, "desk/head.html", _state(request, shown))


@staff_page()
@require_safe
def beside(request: StaffRequest, talk_id: UUID) -> HttpResponse:
    """What colleagues are writing in this talk just now."""
    shown = access.talk_for(request.actor, talk_id, noted=False)
    writing = queries.colleagues_writing(request.actor, shown)
    return render(request, "desk/beside.html", {"talk": shown, "writing": writing})


@staff_page(Permission.DESK_TALK_REPLY)
@require_POST
def seen(request: StaffRequest, talk_id: UUID) -> HttpResponse:
    """The words are before a counsellor's eyes."""
    holding.mark_seen(by=request.actor, talk_id=talk_id)
    return HttpResponse(status=204)


@staff_page(Permission.DESK_TALK_REPLY)
@require_POST
def reply(request: StaffRequest, talk_id: UUID) -> HttpResponse:
    """Answer. Whatever stands in the way, what was typed stays in the box."""
    typed = request.POST.get("words", "")
    try:
        answers.reply(
            by=request.actor,
            talk_id=talk_id,
            words=typed,
            message_id=_form_id(request),
            beside="beside" in request.POST,
        )
    except holding.AlreadyClaimed as first:
        return _again(request, talk_id, typed, collision=first.talk)
    except answers.WordsRefused as why:
        return _again(request, talk_id, typed, refusal=_refusal(why))
    return _done(request, talk_id)


@staff_page(Permission.DESK_TALK_REPLY)
@require_POST
def do(request: StaffRequest, talk_id: UUID, deed: str) -> HttpResponse:
    """Claim, release, ask to wait, note … What stands in the box is kept unless the deed was to say it."""
    typed = request.POST.get("words", "")
    try:
        if deed in SPOKEN:
            SPOKEN[deed](by=request.actor, talk_id=talk_id, words=typed)
            typed = ""
        else:
            _deed(deed)(by=request.actor, talk_id=talk_id)
    except holding.AlreadyClaimed as first:
        return _again(request, talk_id, typed, collision=first.talk)
    except answers.WordsRefused as why:
        return _again(request, talk_id, typed, refusal=_refusal(why))
    if "words" in request.POST:
        answers.keep_draft(by=request.actor, talk_id=talk_id, words=typed)
    return _done(request, talk_id)


@staff_page(Permission.DESK_TALK_REPLY)
@require_POST
def draft(request: StaffRequest, talk_id: UUID) -> HttpResponse:
    """Keep what is being written; with ``template``, add one of the desk's texts, or its free hours (``offer``)."""
    typed = request.POST.get("words", "")
    chosen = request.POST.get("template", "")
    if not chosen:
        answers.keep_draft(by=request.actor, talk_id=talk_id, words=typed)
        return HttpResponse(status=204)
    shown = access.talk_for(request.actor, talk_id)
    texts = {str(one.pk): one.body for one in queries.templates_of(shown.desk)}
    text = desk.offer_of(shown) if chosen == "offer" else texts.get(chosen, "")
    typed = f"{typed.rstrip()}\n{text}".lstrip("\n")
    answers.keep_draft(by=request.actor, talk_id=talk_id, words=typed)
    return _done(request, talk_id)


def pane_context(request: StaffRequest, talk: Talk) -> dict[str, Any]:
    """Everything about one talk: its words, the box below them and what stands beside."""
    actor, case = request.actor, desk.case_of(request.actor, talk)
    return _state(request, talk) | {
        "said": queries.words_of(actor, talk),
        "typed": queries.my_draft(actor, talk),
        "form_id": uuid7(),
        "writing": queries.colleagues_writing(actor, talk),
        "templates": queries.templates_of(talk.desk),
        "may_whisper": access.may(actor, Permission.DESK_TALK_WHISPER, talk),
        "may_edit_templates": access.may(actor, Permission.DESK_TEMPLATE_EDIT, talk),
        "case": case,
        "likely_case": None if talk.case_id else desk.case_of_the_seat(actor, talk),
        "may_open_case": access.may(actor, Permission.CASEWORK_CASE_OPEN, talk),
        "case_form": CaseForm(initial={"requester": requester_of(talk.requester)}),
        "link_form": LinkForm(auto_id="link_%s"),
        "chat_days": desk.chat_days(talk, case),
        "offers": desk.offers(),
        "promised": desk.promised_in(actor, talk),
    }


def _state(request: StaffRequest, talk: Talk) -> dict[str, Any]:
    return {
        "talk": talk,
        "earlier": queries.earlier_talks(request.actor, talk),
        "may_reply": access.may(request.actor, Permission.DESK_TALK_REPLY, talk),
        "mine": talk.claimed_by_id == request.actor.id,
        "worry": queries.worry_of(request.actor, talk),
    }


def _deed(name: str) -> Callable[..., object]:
    if name not in DEEDS:
        raise Http404
    return DEEDS[name]


def _done(request: StaffRequest, talk_id: UUID) -> HttpResponse:
    if not request.htmx:
        return redirect("desk:talk", talk_id)
    shown = access.talk_for(request.actor, talk_id)
    return render(request, "desk/pane.html", pane_context(request, shown))


def _again(request: StaffRequest, talk_id: UUID, typed: str, **why: object) -> HttpResponse:
    shown = access.talk_for(request.actor, talk_id)
    context = pane_context(request, shown) | {"typed": typed, **why}
    if request.htmx:
        return render(request, "desk/pane.html", context)
    return render(request, "desk/talk.html", inbox_context(request, shown) | context, status=409)


def _refusal(why: answers.WordsRefused) -> str:
    if why.args == ("long",):
        return _("長すぎます（%(limit)d文字まで）。書いた文は下に残っています。分けて送ってください。") % {
            "limit": WORDS_LIMIT
        }
    return _("まだ何も書かれていません。ことばを書いてから送ってください。")


def _form_id(request: StaffRequest) -> UUID:
    try:
        return UUID(request.POST.get("form_id", ""))
    except ValueError:
        return uuid7()
