"""The notebook for outreach（外回りの手帳）: a page that works without a network, and the two addresses behind it."""

import json
from base64 import b64encode
from hashlib import blake2b

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engawa.kernel.doors import open_page
from engawa.office.access.actors import Actor, NotAllowed
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.audit.actions import note_listing
from engawa.office.casework.access import case_for
from engawa.office.casework.cases.models import Case
from engawa.office.casework.forms.notebook import NewPinForm, NotebookForm, PinForm
from engawa.office.casework.forms.timeline import ContactForm
from engawa.office.casework.timeline.actions import record_contact
from engawa.office.casework.timeline.queries import arrived, carried_cases, offered_to_carry, was_said
from engawa.office.casework.views.answers import did

EMPTY_PAGE = "The page is empty: cases and words come from behind a door, and from the device itself."


@open_page(EMPTY_PAGE)
def notebook(request: StaffRequest) -> HttpResponse:
    words = {
        "online": _("つながっています"),
        "offline": _("ネットワークがありません。書いたものはこの端末で待っています"),
        "signin": _("サインインが切れています。書いたものは残っています"),
        "trouble": _("いまは受け取れませんでした。書いたものは残っています。あとでもう一度送ります"),
        "insecure": _("手帳は、https で始まる安全なつながりでだけ使えます"),
        "draft": _("書きかけ"),
        "waiting": _("待っています"),
        "sent": _("送りました"),
        "refused": _("戻ってきました"),
        "choose": _("選んでください"),
        "other": _("ほかのケース（番号で書く）"),
        "sure": _("ほんとうに捨てる"),
        "copied": _("内容を写しました"),
        "wrong": _("PINがちがいます。あと%(left)s回まちがえると鍵がかかり、サインインするまで開きません"),
        "short": _("PINは6文字以上にしてください"),
        "differ": _("2つのPINがちがいます。もう一度入れてください"),
        "lost": _(
            "事務所の秘密鍵が替わったため、前に書いた%(count)s件を開けず、送れていません。消さずにこの端末に残しています。"
            "サインアウトせずに、システム管理者に「前の秘密鍵を戻してください」と伝えてください。戻るとここで開いて送れます"
        ),
        "gone": _("このケースには、いまは書けません。番号を確かめるか、内容を写して担当の人に渡してください"),
    }
    pins = {"opening": PinForm("opening"), "choosing": NewPinForm("choosing")}
    return render(request, "casework/notebook/shell.html", {"form": NotebookForm(), "words": words} | pins)


@open_page("The script that serves the notebook without a network; it holds nothing.")
def worker(request: StaffRequest) -> HttpResponse:
    answer = render(request, "casework/notebook/worker.js", content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


@staff_page()
def carry(request: StaffRequest) -> HttpResponse:
    """Whose notebook it is, its key, the cases that they take along, and what is needed to send.

    Whoever may write no case any more still opens what they wrote.
    """
    cases = [_line(case) for case in carried_cases(request.actor, request.GET.getlist("case"))]
    offered = [_line(case) for case in offered_to_carry(request.actor)]
    numbers = [one["number"] for one in (*cases, *offered)]
    note_listing(by=request.actor, deed="casework.carry_cases", numbers=numbers, carried=len(cases))
    former = [_key_of(request.actor, secret) for secret in settings.SECRET_KEY_FALLBACKS]
    own = {"owner": str(request.actor.id), "key": _key_of(request.actor, settings.SECRET_KEY), "former": former}
    return JsonResponse(own | {"token": get_token(request), "cases": cases, "offered": offered})


def _line(case: Case) -> dict[str, str]:
    return {"number": case.number, "called": case.called or _("名のらない人")}


def _key_of(actor: Actor, secret: str) -> str:
    """With it the notebook seals what waits on a device: the same on every visit, another for everybody.

    Of a secret that the office had before, so that nothing is lost with it: what was sealed then is opened once more.
    """
    own = blake2b(secret.encode(), digest_size=32, salt=actor.id.bytes, person=b"engawa notebook")
    return b64encode(own.digest()).decode()


@staff_page()
@require_POST
def send(request: StaffRequest) -> HttpResponse:
    """Take in one entry. The entry's key makes a second arrival harmless; a refusal says why."""
    try:
        said = {str(name): str(value) for name, value in dict(json.loads(request.body)).items()}
    except (ValueError, TypeError):
        return _refused([_("読めない記録です")])
    try:
        case = case_for(request.actor, said.get("number", ""), Permission.CASEWORK_CASE_EDIT, part=Part.COURSE)
    except NotAllowed:
        return JsonResponse({}, status=404)
    form = ContactForm(said, case=case)
    if form.is_valid() and _is_recorded(form, request.actor, case):
        return JsonResponse({"told": _told(case)})
    return _refused(
        [
            f"{form[name].label}：{one}" if name in form.fields else str(one)
            for name, told in form.errors.items()
            for one in told
        ]
    )


def _is_recorded(form: ContactForm, actor: Actor, case: Case) -> bool:
    """Whether the entry stands in the case, now or since it arrived before; if not, the form says why."""
    if known := arrived(form.cleaned_data["key"]):
        if was_said(known, case, form.cleaned_data):
            return True
        told = _("一度 %(number)s に届いていて、書いてあることがちがいます。そのケースのページで直してください")
        form.add_error(None, told % {"number": known.case.number})
        return False
    return bool(did(form, record_contact, by=actor, case=case, **form.cleaned_data))


def _told(case: Case) -> list[str]:
    """What the writer did not know when they wrote."""
    return [_("このケースは終結しています。記録はケースに残りました")] if case.state == "closed" else []


def _refused(reasons: list[str]) -> HttpResponse:
    return JsonResponse({"reasons": reasons}, status=422)
