"""URLs of casework."""

from django.urls import path

from engawa.office.casework.views import assessments, cases, consents, contacts, handovers, requests, states

app_name = "casework"
urlpatterns = [
    path("cases/", cases.case_list, name="cases"),
    path("cases/new/", cases.open_new, name="open"),
    path("cases/handovers/", handovers.handover_list, name="handovers"),
    path("cases/handovers/<uuid:pk>/", handovers.handover, name="handover"),
    path("cases/requests/", requests.requests, name="requests"),
    path("cases/requests/new/", requests.ask, name="ask"),
    path("cases/requests/<uuid:pk>/", requests.request_page, name="request"),
    path("cases/consent-texts/", consents.texts, name="consent_texts"),
    path("cases/consent-texts/<uuid:pk>/", consents.text, name="consent_text"),
    path("cases/<str:number>/", cases.case, name="case"),
    path("cases/<str:number>/facts/", cases.facts, name="facts"),
    path("cases/<str:number>/talks/<uuid:pk>/", cases.talk, name="talk"),
    path("cases/<str:number>/contact/", contacts.write, name="contact"),
    path("cases/<str:number>/contact/<uuid:pk>/", contacts.correct, name="correct"),
    path("cases/<str:number>/contact/<uuid:pk>/versions/", contacts.versions, name="versions"),
    path("cases/<str:number>/contact/<uuid:pk>/done/", contacts.finish, name="finish"),
    path("cases/<str:number>/contact/<uuid:pk>/take/", contacts.take, name="take"),
    path("cases/<str:number>/close/", states.close, name="close"),
    path("cases/<str:number>/reopen/", states.reopen, name="reopen"),
    path("cases/<str:number>/handover/", handovers.offer, name="offer"),
    path("cases/<str:number>/consents/", consents.consents, name="consents"),
    path("cases/<str:number>/consents/new/", consents.consent, name="consent"),
    path("cases/<str:number>/consents/<uuid:pk>/withdraw/", consents.withdraw, name="withdraw_consent"),
    path("cases/<str:number>/shares/new/", consents.share, name="share"),
    path("cases/<str:number>/shares/<uuid:pk>/stop/", consents.stop, name="stop_share"),
    path("cases/<str:number>/readers/", requests.readers, name="readers"),
    path("cases/<str:number>/assessments/", assessments.assessment_list, name="assessments"),
    path("cases/<str:number>/assessments/begin/", assessments.begin, name="begin_assessment"),
    path("cases/<str:number>/assessments/stage/", assessments.step, name="stage"),
    path("cases/<str:number>/assessments/changes/", assessments.changes, name="changes"),
    path("cases/<str:number>/assessments/compare/", assessments.compare, name="compare"),
    path("cases/<str:number>/assessments/<uuid:pk>/", assessments.assessment, name="assessment"),
    path("cases/<str:number>/assessments/<uuid:pk>/finish/", assessments.finish, name="finish_assessment"),
    path("cases/<str:number>/assessments/<uuid:pk>/history/", assessments.history, name="assessment_history"),
    path("cases/<str:number>/assessments/<uuid:pk>/answers/<uuid:question>/", assessments.answer, name="answer"),
]
