"""The list of cases, a case, a new case, its facts, and a talk that belongs to it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from engawa.kernel.ids import uuid7
from engawa.office.access.doors import StaffRequest, staff_page
from engawa.office.access.parts import WHOLE, Part
from engawa.office.access.permissions import Permission
from engawa.office.audit.actions import note_reading
from engawa.office.casework.access import case_for, may, note_listing, parts_of, reasons_to_see
from engawa.office.casework.cases import queries
from engawa.office.casework.cases.actions import edit_facts
from engawa.office.casework.cases.models import Case
from engawa.office.casework.forms.cases import EditForm, ListForm, OpenForm, facts_of
from engawa.office.casework.forms.timeline import TimelineForm, members_offered
from engawa.office.casework.identity.actions import open_named
from engawa.office.casework.identity.queries import known_elsewhere, likely_people, person_chosen
from engawa.office.casework.load.queries import beside
from engawa.office.casework.timeline import sources
from engawa.office.casework.timeline.queries import handovers_of, next_steps, states_of, talks_of, untaken
from engawa.office.casework.timeline.rules import chapters
from engawa.office.casework.views.answers import back_to, did, form_page
from engawa.ui.tables import Sort

LIST_PAGE, TIMELINE_PAGE, TIMELINE_MOST = 50, 30, 60
COLUMNS = {"number": "number", "received": "received_on", "contact": "last_contact_on"}


@staff_page(Permission.CASEWORK_CASE_VIEW)
def case_list(request: StaffRequest) -> HttpResponse:
    form = ListForm(request.GET, actor=request.actor)
    sort = Sort.asked(request.GET.get("sort"), columns=COLUMNS, default="-received")
    listing = queries.Listing(request.actor, form.wanted(), sort.order)
    page = listing.in_pages(LIST_PAGE).get_page(request.GET.get("page"))
    note_listing(request.actor, "casework.list_cases", page, _asked(request, form))
    return render(
        request,
        "casework/cases.html",
        {"form": form, "page": page, "sort": sort, "opens": request.actor.may(Permission.CASEWORK_CASE_OPEN)},
    )


def _asked(request: StaffRequest, form: ListForm) -> dict[str, str]:
    """What the list is narrowed to: codes, ids and days, each of which the form has understood."""
    understood = form.cleaned_data if form.is_valid() else {}
    return {name: request.GET[name] for name in understood if request.GET.get(name)}


@staff_page(Permission.CASEWORK_CASE_VIEW)
def case(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, part=Part.BASICS)
    context = {"case": case, **_timeline(request, case)}
    if request.htmx:
        return render(request, "casework/case.html#timeline", context)
    return render(request, "casework/case.html", context | _rights(request, case))


def _timeline(request: StaffRequest, case: Case) -> dict[str, object]:
    form = _filters(request, case)
    asked = form.cleaned_data if form and form.is_valid() else {}
    most = TIMELINE_MOST if request.GET.get("most") == str(TIMELINE_MOST) else TIMELINE_PAGE
    moments = sources.timeline_of(request.actor, case, sources.Wish(most=most + 1, **asked))
    more = _earlier(request, moments, most) if len(moments) > most else ""
    course = {
        "reads": may(request.actor, Permission.CASEWORK_CASE_VIEW, case, Part.COURSE),
        "writes": may(request.actor, Permission.CASEWORK_CASE_EDIT, case, Part.COURSE),
    }
    return course | {"timeline_form": form, "chapters": chapters(moments[:most]), "more": more}


def _filters(request: StaffRequest, case: Case) -> TimelineForm | None:
    """The filters, once somebody asks for them; most come to read the story."""
    if not request.GET.keys() & {"narrow", *TimelineForm.base_fields}:
        return None
    kinds, workers = sources.kinds(request.actor, case), sources.workers_of(request.actor, case)
    return TimelineForm(request.GET, kinds=kinds, workers=workers, members=members_offered(case))


def _earlier(request: StaffRequest, moments: list[sources.Moment], most: int) -> str:
    """The query of what comes before: more of it, or once the page is long, a new one that ends where this does."""
    asked = request.GET.copy()
    if most < TIMELINE_MOST:
        asked["most"] = str(TIMELINE_MOST)
    else:
        asked.pop("most", None)
        asked["until"] = moments[-1].on.isoformat()
    return asked.urlencode()


def _rights(request: StaffRequest, case: Case) -> dict[str, object]:
    actor = request.actor
    parts = parts_of(actor, case)
    return {
        "reasons": reasons_to_see(actor, case),
        "parts": [part.label for part in Part if part in parts],
        "limited": parts != WHOLE,
        "beside": beside(case) if Part.COURSE in parts else None,
        "edits": may(actor, Permission.CASEWORK_CASE_EDIT, case),
        "urgencies": untaken(case.pk),
        "steps": next_steps(case.pk),
        "holds": case.organisation_id in actor.organisations_with(Permission.CASEWORK_CASE_EDIT),
        "states": states_of(case),
        "offer": next((row for row in handovers_of(case) if row.answered_at is None), None),
        "talks": [link.talk for link in talks_of(case)],
    }


@staff_page(Permission.CASEWORK_CASE_OPEN)
def open_new(request: StaffRequest) -> HttpResponse:
    form = OpenForm(request.POST or None, actor=request.actor, initial={"key": uuid7(), "requester": "family"})
    who = _who(request, form) if form.is_valid() else {}
    if form.is_valid() and not who["alike"]:
        made = did(form, open_named, by=request.actor, **form.facts(person=who["person"]))
        if made and who["elsewhere"]:
            messages.info(request, _("別の機関に、同じ人かもしれない記録があります。「本人」の欄からたずねられます"))
        if made:
            return back_to(request, made, _("ケース %(number)s をつくりました") % {"number": made.number})
    return form_page(request, "casework/open.html", form, **who)


def _who(request: StaffRequest, form: OpenForm) -> dict[str, Any]:
    """Who may be the same person: asked once, before the case is made; nothing is taken for granted."""
    known, same = form.known(), form.cleaned_data["same"]
    person = person_chosen(request.actor, same)
    alike = [] if person or same == OpenForm.NEW else likely_people(request.actor, known)
    form.ask_who(alike)
    return {"person": person, "alike": alike, "elsewhere": known_elsewhere(request.actor, known)}


@staff_page(Permission.CASEWORK_CASE_EDIT)
def facts(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.actor, number, Permission.CASEWORK_CASE_EDIT)
    form = EditForm(request.POST or None, case=case, initial=facts_of(case) | {"seen": queries.version_of(case)})
    if form.is_valid() and did(form, edit_facts, by=request.actor, case=case, **form.facts()):
        return back_to(request, case, _("わかっていることを直しました"))
    return form_page(request, "casework/facts.html", form, case=case)


@staff_page(Permission.CASEWORK_CASE_VIEW)
def talk(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    case = case_for(request.actor, number, part=Part.COURSE)
    talk = get_object_or_404(case.talk_links.select_related("talk__desk"), talk_id=pk).talk
    note_reading(by=request.actor, deed="casework.read_talk", subject=case.number, case_id=case.pk)
    said = talk.messages.exclude(direction="whisper").select_related("by")
    parts = case.organisation_id in request.actor.organisations_with(Permission.CASEWORK_CASE_EDIT)
    return render(request, "casework/talk.html", {"case": case, "talk": talk, "said": said, "parts": parts})
