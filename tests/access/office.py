"""Who gets through which door of the office. A URL that is not listed here fails the tests.

Each line says who of the cast gets in; everybody else finds nothing (404), and whoever is not signed in is led to
sign in. Where a URL is about one thing, it is about one of the desk's organisation (see ``world``).
"""

from dataclasses import dataclass, field

from cast import CAST
from engawa.office.statistics.queries import TABLES

ALL = frozenset(CAST)
NOBODY: frozenset[str] = frozenset()
DESK = frozenset({"counsellor", "colleague", "supervisor"})  # of the organisation that holds the case
COUNSELLORS = DESK | {"stranger"}  # who work at any desk
OFFERED = frozenset({"coordinator", "companion"})  # of the ward that the case is offered to: they read
OPENERS = COUNSELLORS | OFFERED
CASEWORKERS = OPENERS | {"partner"}
ADMINISTRATOR = frozenset({"administrator"})
AUDITOR = frozenset({"auditor"})
ONESELF = frozenset({"counsellor"})
TEXT_WRITERS = frozenset({"supervisor", "coordinator"})
MANAGER = frozenset({"manager"})
TABLE_READERS = frozenset({"supervisor", "coordinator", "manager", "prefecture"})
RELEASERS = frozenset({"manager"})
OWN_EDITOR = frozenset({"supervisor"})  # of the organisation that runs the desk
DESK_EDITORS = frozenset({"supervisor", "manager", "administrator"})
SET_EDITORS = frozenset({"supervisor", "coordinator"})
SET_READERS = SET_EDITORS | {"manager"}
A_YEAR_OF_ONE_TABLE = f"?first=2025-04-01&last=2026-03-31&table={TABLES[0].name}"


# Pages on which a case may stand without a reading of it: the log itself, and what one had just written oneself.
OF_THE_LOG_OR_ONESELF = frozenset({"audit/", "me/kept/<uuid:pk>/"})


@dataclass(frozen=True)
class Line:
    """Who gets in, by which method, with which values of the world as the URL's arguments."""

    who: frozenset[str]
    method: str = "GET"
    given: dict[str, str] = field(default_factory=dict)
    query: str = ""


def get(who: frozenset[str], **given: str) -> Line:
    return Line(who, "GET", given)


def post(who: frozenset[str], **given: str) -> Line:
    return Line(who, "POST", given)


TABLE: dict[str, Line] = {
    # home
    "": get(ALL),
    "search/": get(ALL),
    # one's own corner
    "second-factor/": get(ALL),
    "me/": get(ALL),
    "me/here/": post(ALL),
    "me/ticket/": get(ALL),
    "me/drafts/": get(ALL),
    "me/kept/<uuid:pk>/": get(ONESELF, pk="kept"),
    "me/kept/<uuid:pk>/drop/": post(ONESELF, pk="kept"),
    "me/again/": get(ALL),
    "me/again/factor/": get(ALL),
    "me/again/passkey/": get(ALL),
    "me/password/": get(ALL),
    "me/factors/": get(ALL),
    "me/factors/app/": get(ALL),
    "me/factors/app/remove/": get(NOBODY),  # nobody of the cast has an app
    "me/factors/passkeys/": get(ALL),
    "me/factors/passkeys/add/": get(ALL),
    "me/factors/passkeys/<int:pk>/": get(NOBODY, pk="number"),  # nobody of the cast has a passkey
    "me/factors/passkeys/<int:pk>/remove/": get(NOBODY, pk="number"),
    "me/factors/codes/": get(NOBODY),  # nobody of the cast has codes
    "me/factors/codes/new/": get(ALL),
    "me/factors/codes/file/": get(NOBODY),
    "me/sessions/": get(ALL),
    # staff and organisations
    "staff/": get(ADMINISTRATOR),
    "staff/invite/": get(ADMINISTRATOR),
    "staff/<uuid:pk>/": get(ADMINISTRATOR, pk="staff"),
    "staff/<uuid:pk>/role/": post(ADMINISTRATOR, pk="staff"),
    "staff/<uuid:pk>/renew/": post(ADMINISTRATOR, pk="staff"),
    "staff/<uuid:pk>/stop/": post(ADMINISTRATOR, pk="staff"),
    "staff/<uuid:pk>/resume/": post(ADMINISTRATOR, pk="staff"),
    "staff/roles/<uuid:pk>/end/": post(ADMINISTRATOR, pk="membership"),
    "organisations/": get(ADMINISTRATOR),
    "organisations/new/": get(ADMINISTRATOR),
    "organisations/<uuid:pk>/": get(ADMINISTRATOR, pk="organisation"),
    "organisations/<uuid:pk>/close/": post(ADMINISTRATOR, pk="organisation"),
    # broken glass and the log
    "glass/": get(OPENERS),
    "glass/break/": get(OPENERS),
    "glass/<uuid:pk>/close/": post(ONESELF, pk="glass"),
    "audit/": get(AUDITOR),
    "audit/check/": get(AUDITOR),
    # alerts
    "alerts/": get(ALL),
    "alerts/bell/": get(ALL),
    "alerts/read/": post(ALL),
    "alerts/<uuid:pk>/": post(ONESELF, pk="alert"),
    # letters that could not be read or delivered
    "letters/": get(ADMINISTRATOR),
    "letters/in/<uuid:envelope_id>/retry/": post(ADMINISTRATOR, envelope_id="envelope"),
    "letters/in/<uuid:envelope_id>/settle/": post(ADMINISTRATOR, envelope_id="envelope"),
    "letters/out/<uuid:letter_id>/retry/": post(ADMINISTRATOR, letter_id="letter"),
    "letters/out/<uuid:letter_id>/settle/": post(ADMINISTRATOR, letter_id="letter"),
    # desks, hours, resources
    "directory/": get(DESK_EDITORS),
    "directory/desks/new/": get(DESK_EDITORS),
    "directory/desks/<uuid:desk_id>/": get(OWN_EDITOR, desk_id="desk"),
    "directory/desks/<uuid:desk_id>/hours/": post(OWN_EDITOR, desk_id="desk"),
    "directory/desks/<uuid:desk_id>/closed-days/": post(OWN_EDITOR, desk_id="desk"),
    "directory/desks/<uuid:desk_id>/closed-days/<day:day>/reopen/": post(OWN_EDITOR, desk_id="desk", day="day"),
    "directory/desks/<uuid:desk_id>/publish/": post(OWN_EDITOR, desk_id="desk"),
    "directory/resources/new/": get(DESK_EDITORS),
    "directory/resources/<uuid:resource_id>/": get(OWN_EDITOR, resource_id="resource"),
    "directory/resources/<uuid:resource_id>/publish/": post(OWN_EDITOR, resource_id="resource"),
    # the desk
    "desk/": get(COUNSELLORS),
    "desk/next/": get(COUNSELLORS),
    "desk/presence/": post(COUNSELLORS),
    "desk/calls/new/": get(OPENERS),
    "desk/appointments/": get(OPENERS),
    "desk/appointments/new/": get(COUNSELLORS),
    "desk/appointments/<uuid:pk>/": get(DESK | OFFERED, pk="appointment"),
    "desk/appointments/<uuid:pk>/do/<slug:deed>/": post(DESK, pk="appointment", deed="take"),
    "desk/appointments/<uuid:pk>/done/": post(DESK, pk="appointment"),
    "desk/appointments/<uuid:pk>/again/": post(DESK, pk="appointment"),
    "desk/appointments/<uuid:pk>/cancel/": post(DESK, pk="appointment"),
    "desk/templates/": get(frozenset({"supervisor", "manager"})),
    "desk/templates/<uuid:desk_id>/new/": get(OWN_EDITOR, desk_id="desk"),
    "desk/templates/<uuid:desk_id>/<uuid:template_id>/": get(OWN_EDITOR, desk_id="desk", template_id="template"),
    "desk/templates/<uuid:desk_id>/<uuid:template_id>/drop/": post(OWN_EDITOR, desk_id="desk", template_id="template"),
    "desk/talks/<uuid:talk_id>/": get(DESK | OFFERED, talk_id="talk"),
    "desk/talks/<uuid:talk_id>/words/": get(DESK | OFFERED, talk_id="talk"),
    "desk/talks/<uuid:talk_id>/head/": get(DESK | OFFERED, talk_id="talk"),
    "desk/talks/<uuid:talk_id>/beside/": get(DESK | OFFERED, talk_id="talk"),
    "desk/talks/<uuid:talk_id>/seen/": post(DESK, talk_id="talk"),
    "desk/talks/<uuid:talk_id>/reply/": post(DESK, talk_id="talk"),
    "desk/talks/<uuid:talk_id>/draft/": post(DESK, talk_id="talk"),
    "desk/talks/<uuid:talk_id>/do/<slug:deed>/": post(DESK, talk_id="talk", deed="claim"),
    # Whoever reads a talk through its case reaches these; the actions behind refuse what only the holders may do.
    "desk/talks/<uuid:talk_id>/case/": post(DESK | OFFERED, talk_id="talk"),
    "desk/talks/<uuid:talk_id>/link/": post(DESK | OFFERED, talk_id="talk"),
    "desk/talks/<uuid:talk_id>/contact/": post(DESK | OFFERED, talk_id="talk"),
    "desk/talks/<uuid:talk_id>/promise/": get(DESK, talk_id="talk"),
    "desk/talks/<uuid:talk_id>/move/": post(DESK, talk_id="talk"),
    # conferences: the sittings; their items show to those who see the case
    "conferences/": get(CASEWORKERS),
    "conferences/<str:number>/": get(CASEWORKERS, number="conference"),
    # tables and the ledger
    "tables/": get(TABLE_READERS),
    "tables/file/<str:form>/": Line(TABLE_READERS, given={"form": "csv"}, query=A_YEAR_OF_ONE_TABLE),
    "tables/verification/": get(TABLE_READERS),
    "tables/verification/release/": post(RELEASERS),
    "tables/verification/file/<str:form>/": Line(TABLE_READERS, given={"form": "csv"}, query=A_YEAR_OF_ONE_TABLE),
    "ledger/": get(MANAGER),
    "ledger/out/": get(TEXT_WRITERS),
    "ledger/<uuid:import_id>/": get(MANAGER, import_id="import"),
    "ledger/<uuid:import_id>/set-aside.xlsx": get(MANAGER, import_id="import"),
    "ledger/<uuid:import_id>/take-in/": post(MANAGER, import_id="import"),
    "ledger/<uuid:import_id>/give-up/": post(MANAGER, import_id="import"),
    "ledger/<uuid:import_id>/undo/": post(MANAGER, import_id="import"),
    # question sets
    "questions/": get(SET_READERS),
    "questions/forms/<str:code>/": get(SET_READERS, code="form"),
    "questions/<uuid:pk>/": get(SET_READERS, pk="set"),
    "questions/<uuid:pk>/draft/": post(SET_EDITORS, pk="set"),
    "questions/<uuid:pk>/release/": post(SET_EDITORS, pk="set"),
    "questions/<uuid:pk>/give-up/": post(SET_EDITORS, pk="set"),
    "questions/<uuid:pk>/checked/": post(MANAGER, pk="set"),
    "questions/<uuid:pk>/new/": get(SET_EDITORS, pk="set"),
    "questions/<uuid:pk>/<uuid:question>/": get(SET_EDITORS, pk="set", question="question"),
    "questions/<uuid:pk>/<uuid:question>/arrange/": post(SET_EDITORS, pk="set", question="question"),
    # cases
    "cases/": get(CASEWORKERS),
    "cases/new/": get(OPENERS),
    "cases/handovers/": get(CASEWORKERS),
    "cases/handovers/<uuid:pk>/": get(DESK | OFFERED, pk="handover"),
    "cases/<str:number>/": get(DESK | OFFERED, number="case"),
    "cases/<str:number>/talks/<uuid:pk>/": get(DESK | OFFERED, number="case", pk="talk"),
    "cases/<str:number>/talks/<uuid:pk>/part/": get(DESK, number="case", pk="talk"),
    "cases/<str:number>/person/": get(DESK | OFFERED, number="case"),
    "cases/<str:number>/person/edit/": get(DESK, number="case"),
    "cases/<str:number>/person/history/": get(DESK | OFFERED, number="case"),
    "cases/<str:number>/person/steps/<slug:deed>/": Line(DESK, given={"number": "case", "deed": "step"}),
    "cases/<str:number>/person/names/": get(DESK, number="case"),
    "cases/<str:number>/person/names/<uuid:pk>/": get(DESK, number="case", pk="other_name"),
    "cases/<str:number>/person/addresses/": get(DESK, number="case"),
    "cases/<str:number>/person/addresses/<uuid:pk>/": get(DESK, number="case", pk="other_address"),
    "cases/<str:number>/person/reaches/": get(DESK, number="case"),
    "cases/<str:number>/person/reaches/<uuid:pk>/": get(DESK, number="case", pk="other_reach"),
    "cases/<str:number>/person/merge/": get(DESK, number="case"),
    "cases/<str:number>/person/merges/<uuid:pk>/split/": get(DESK, number="case", pk="merge"),
    "cases/<str:number>/person/ask/": post(DESK, number="case"),
    "cases/<str:number>/inquiries/<uuid:pk>/": get(DESK, number="case", pk="received"),
    "cases/<str:number>/facts/": get(DESK, number="case"),
    "cases/<str:number>/contact/": get(DESK, number="case"),
    "cases/<str:number>/contact/<uuid:pk>/": get(DESK, number="case", pk="contact"),
    "cases/<str:number>/contact/<uuid:pk>/versions/": get(DESK | OFFERED, number="case", pk="contact"),
    "cases/<str:number>/contact/<uuid:pk>/done/": post(DESK, number="case", pk="contact"),
    "cases/<str:number>/contact/<uuid:pk>/take/": post(DESK, number="case", pk="contact"),
    "cases/<str:number>/documents/": get(DESK | OFFERED, number="case"),
    "cases/<str:number>/documents/new/": get(DESK, number="case"),
    "cases/<str:number>/documents/<uuid:pk>/": get(DESK | OFFERED, number="case", pk="document"),
    "cases/<str:number>/documents/<uuid:pk>/renew/": get(DESK, number="case", pk="document"),
    "cases/<str:number>/documents/<uuid:pk>/describe/": get(DESK, number="case", pk="document"),
    "cases/<str:number>/documents/<uuid:pk>/file/<int:version>/": get(
        DESK | OFFERED, number="case", pk="document", version="number"
    ),
    "cases/<str:number>/documents/<uuid:pk>/preview/<int:version>/": get(
        DESK | OFFERED, number="case", pk="document", version="number"
    ),
    "cases/<str:number>/appointments/": get(DESK | OFFERED, number="case"),
    "cases/<str:number>/appointments/new/": get(DESK, number="case"),
    "notebook/carry/": get(ALL),
    "notebook/send/": post(ALL),
    "cases/<str:number>/close/": get(DESK, number="case"),
    "cases/<str:number>/reopen/": get(DESK, number="case"),
    "cases/<str:number>/handover/": get(DESK, number="case"),
    "cases/<str:number>/consents/": get(DESK | OFFERED, number="case"),
    "cases/<str:number>/consents/new/": get(DESK, number="case"),
    "cases/<str:number>/consents/<uuid:pk>/paper/": get(DESK, number="case", pk="consent"),
    "cases/<str:number>/consents/<uuid:pk>/withdraw/": get(DESK, number="case", pk="consent"),
    "cases/<str:number>/shares/new/": get(OWN_EDITOR, number="case"),
    "cases/<str:number>/rights/<uuid:pk>/stop/": post(OWN_EDITOR, number="case", pk="right"),
    "cases/<str:number>/readers/": get(OWN_EDITOR, number="case"),
    "cases/gaps/": get(TEXT_WRITERS),
    "cases/loads/": get(TEXT_WRITERS),
    "cases/loads/<uuid:pk>/pass-on/": get(OWN_EDITOR, pk="worker"),
    "cases/<str:number>/review/": get(DESK | OFFERED, number="case"),
    "cases/<str:number>/review/write/": get(DESK, number="case"),
    "cases/<str:number>/intensity/": get(DESK, number="case"),
    "cases/retention/": get(TEXT_WRITERS | MANAGER),
    "cases/retention/terms/new/": get(MANAGER),
    "cases/retention/draw-up/<uuid:pk>/": post(OWN_EDITOR, pk="organisation"),
    "cases/retention/<uuid:pk>/": get(OWN_EDITOR | MANAGER, pk="destruction"),
    "cases/retention/<uuid:pk>/settle/": post(OWN_EDITOR | MANAGER, pk="destruction"),
    "cases/retention/<uuid:pk>/certificate.pdf": get(NOBODY, pk="destruction"),  # not approved yet
    "cases/<str:number>/kept/": get(DESK | OFFERED, number="case"),
    "cases/<str:number>/kept/disclosure/": get(DESK, number="case"),
    "cases/<str:number>/kept/disclosure/<uuid:pk>/": get(DESK, number="case", pk="disclosure"),
    "cases/<str:number>/kept/disclosure/<uuid:pk>/settle/": post(
        OWN_EDITOR | {"colleague"}, number="case", pk="disclosure"
    ),
    "cases/<str:number>/kept/disclosure/<uuid:pk>/<str:form>/": get(DESK, number="case", pk="given", form="pdf"),
    "cases/<str:number>/kept/hold/": get(OWN_EDITOR, number="case"),
    "cases/<str:number>/kept/hold/<uuid:pk>/lift/": get(OWN_EDITOR, number="case", pk="hold"),
    "cases/requests/": get(CASEWORKERS),
    "cases/requests/new/": get(CASEWORKERS),
    "cases/requests/<uuid:pk>/": get(frozenset({"supervisor", "stranger"}), pk="request"),
    "cases/consent-texts/": get(TEXT_WRITERS),
    "cases/consent-texts/<uuid:pk>/": get(TEXT_WRITERS, pk="consent_text"),
    "cases/<str:number>/assessments/": get(DESK | OFFERED, number="case"),
    "cases/<str:number>/assessments/begin/": get(DESK, number="case"),
    "cases/<str:number>/assessments/stage/": get(DESK, number="case"),
    "cases/<str:number>/assessments/changes/": get(DESK | OFFERED, number="case"),
    "cases/<str:number>/assessments/compare/": get(DESK | OFFERED, number="case"),
    "cases/<str:number>/assessments/<uuid:pk>/": get(DESK | OFFERED, number="case", pk="assessment"),
    "cases/<str:number>/assessments/<uuid:pk>/finish/": post(DESK, number="case", pk="assessment"),
    "cases/<str:number>/assessments/<uuid:pk>/history/": get(DESK | OFFERED, number="case", pk="assessment"),
    "cases/<str:number>/assessments/<uuid:pk>/answers/<uuid:question>/": get(
        DESK | OFFERED, number="case", pk="assessment", question="question"
    ),
    # its family and what carries it
    "cases/<str:number>/family/": get(DESK | OFFERED, number="case"),
    "cases/<str:number>/family/household/": get(DESK, number="case"),
    "cases/<str:number>/family/join/": get(DESK, number="case"),
    "cases/<str:number>/family/joinings/<uuid:pk>/part/": get(DESK, number="case", pk="joining"),
    "cases/<str:number>/family/members/new/": get(DESK, number="case"),
    "cases/<str:number>/family/members/<uuid:pk>/": get(DESK, number="case", pk="mother"),
    "cases/gatherings/": get(CASEWORKERS),
    "cases/gatherings/new/": get(OPENERS),
    "cases/gatherings/<uuid:pk>/": get(DESK, pk="gathering"),
    "cases/gatherings/<uuid:pk>/describe/": get(DESK, pk="gathering"),
    "cases/gatherings/<uuid:pk>/families/new/": get(DESK, pk="gathering"),
    "cases/gatherings/<uuid:pk>/families/<uuid:attendee>/leave/": post(DESK, pk="gathering", attendee="attendee"),
    "cases/gatherings/<uuid:pk>/families/<uuid:attendee>/again/": post(DESK, pk="gathering", attendee="attendee"),
    "cases/gatherings/<uuid:pk>/days/new/": get(DESK, pk="gathering"),
    "cases/gatherings/<uuid:pk>/days/<uuid:sitting>/": get(DESK, pk="gathering", sitting="sitting"),
    "cases/referrals/": get(CASEWORKERS),
    "cases/<str:number>/referrals/": get(DESK | OFFERED, number="case"),
    "cases/<str:number>/referrals/new/": get(DESK, number="case"),
    "cases/<str:number>/referrals/<uuid:pk>/": get(DESK, number="case", pk="referral"),
    "cases/<str:number>/referrals/<uuid:pk>/answer/": get(DESK, number="case", pk="referral"),
    "cases/<str:number>/family/secrets/new/": get(DESK, number="case"),
    "cases/<str:number>/family/secrets/<uuid:pk>/": get(DESK, number="case", pk="secret"),
    "cases/<str:number>/family/relations/new/": get(DESK, number="case"),
    "cases/<str:number>/family/relations/<uuid:pk>/": get(DESK, number="case", pk="relation"),
    "cases/<str:number>/family/needs/new/": get(DESK, number="case"),
    "cases/<str:number>/family/needs/<uuid:pk>/": get(DESK, number="case", pk="need"),
    "cases/<str:number>/family/events/new/": get(DESK, number="case"),
    "cases/<str:number>/family/events/<uuid:pk>/": get(DESK, number="case", pk="event"),
    "cases/<str:number>/support/": get(DESK | OFFERED, number="case"),
    "cases/<str:number>/support/agencies/new/": get(DESK, number="case"),
    "cases/<str:number>/support/agencies/<uuid:pk>/": get(DESK, number="case", pk="agency"),
    "cases/<str:number>/support/ties/new/": get(DESK, number="case"),
    "cases/<str:number>/support/ties/<uuid:pk>/": get(DESK, number="case", pk="tie"),
    # forms as files
    "cases/papers/list/<str:form>/": get(CASEWORKERS, form="xlsx"),
    "cases/papers/plans/<str:form>/": get(CASEWORKERS, form="xlsx"),
    "cases/<str:number>/papers/": get(DESK | OFFERED, number="case"),
    "cases/<str:number>/papers/course/<str:form>/": get(DESK | OFFERED, number="case", form="xlsx"),
    "cases/<str:number>/papers/family/<str:form>/": get(DESK | OFFERED, number="case", form="xlsx"),
    "cases/<str:number>/papers/support/<str:form>/": get(DESK | OFFERED, number="case", form="xlsx"),
    "cases/<str:number>/papers/plans/<uuid:pk>/<str:form>/": get(DESK | OFFERED, number="case", pk="plan", form="xlsx"),
    "cases/<str:number>/papers/evaluations/<uuid:pk>/<str:form>/": get(
        DESK | OFFERED, number="case", pk="plan", form="xlsx"
    ),
    "cases/<str:number>/papers/assessments/<uuid:pk>/<str:form>/": get(
        DESK | OFFERED, number="case", pk="assessment", form="xlsx"
    ),
    "cases/<str:number>/papers/sets/<uuid:pk>/<str:form>/": get(DESK | OFFERED, number="case", pk="set", form="xlsx"),
    # plans, and staying connected
    "cases/<str:number>/plans/": get(DESK | OFFERED, number="case"),
    "cases/<str:number>/plans/new/": get(DESK, number="case"),
    "cases/<str:number>/plans/<uuid:pk>/": get(DESK | OFFERED, number="case", pk="plan"),
    "cases/<str:number>/plans/<uuid:pk>/write/": get(DESK, number="case", pk="plan"),
    "cases/<str:number>/plans/<uuid:pk>/begin/": get(DESK, number="case", pk="plan"),
    "cases/<str:number>/plans/<uuid:pk>/drop/": post(DESK, number="case", pk="plan"),
    "cases/<str:number>/plans/<uuid:pk>/revise/": get(DESK, number="case", pk="plan"),
    "cases/<str:number>/plans/<uuid:pk>/extend/": get(DESK, number="case", pk="plan"),
    "cases/<str:number>/plans/<uuid:pk>/again/": get(DESK, number="case", pk="plan"),
    "cases/<str:number>/plans/<uuid:pk>/agreement/": get(DESK, number="case", pk="plan"),
    "cases/<str:number>/plans/<uuid:pk>/conference/": get(DESK, number="case", pk="plan"),
    "cases/<str:number>/plans/<uuid:pk>/decision/": get(DESK, number="case", pk="plan"),
    "cases/<str:number>/plans/<uuid:pk>/reviews/<uuid:review>/": get(DESK, number="case", pk="plan", review="review"),
    "cases/<str:number>/plans/<uuid:pk>/evaluation/": get(DESK, number="case", pk="plan"),
    "cases/<str:number>/staying/": get(DESK, number="case"),
    "cases/<str:number>/staying/end/": get(DESK, number="case"),
    "cases/<str:number>/staying/quiet/": get(DESK, number="case"),
    "cases/<str:number>/staying/quiet/<uuid:pk>/": get(DESK, number="case", pk="quiet"),
    "cases/<str:number>/staying/quiet/<uuid:pk>/made/": get(DESK, number="case", pk="quiet"),
    "cases/<str:number>/staying/quiet/<uuid:pk>/wait/": get(DESK, number="case", pk="quiet"),
    "cases/<str:number>/staying/quiet/<uuid:pk>/stop/": post(DESK, number="case", pk="quiet"),
}

# Open to everybody, each for the reason that its door gives.
OPEN = {
    "notebook/",
    "notebook/worker.js",
    "invitation/<uuid:staff_id>/<str:token>/",
    "sign-off/",
    "sign-in/",
    "sign-out/",
    "sign-in/inactive/",
    "sign-in/factor/",
    "sign-in/passkey/",
    "ui/gallery/",
}
