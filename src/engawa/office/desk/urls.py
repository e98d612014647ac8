"""URLs of the desk."""

from django.urls import path

from engawa.office.desk.views import appointments, calls, cases, inbox, promises, talks, templates

app_name = "desk"

urlpatterns = [
    path("desk/", inbox.inbox, name="inbox"),
    path("desk/next/", inbox.who_is_next, name="next"),
    path("desk/presence/", inbox.presence, name="presence"),
    path("desk/calls/new/", calls.new_call, name="call"),
    path("desk/appointments/", promises.overview, name="appointments"),
    path("desk/appointments/new/", promises.for_caller, name="promise"),
    path("desk/appointments/<uuid:pk>/", appointments.appointment, name="appointment"),
    path("desk/appointments/<uuid:pk>/do/<slug:deed>/", appointments.do, name="do_appointment"),
    path("desk/appointments/<uuid:pk>/done/", appointments.done, name="done"),
    path("desk/appointments/<uuid:pk>/again/", appointments.again, name="again"),
    path("desk/appointments/<uuid:pk>/cancel/", appointments.cancel, name="cancel"),
    path("cases/<str:number>/appointments/", promises.of_case, name="case_appointments"),
    path("cases/<str:number>/appointments/new/", promises.for_case, name="promise_for_case"),
    path("desk/templates/", templates.overview, name="templates"),
    path("desk/templates/<uuid:desk_id>/new/", templates.keep, name="new_template"),
    path("desk/templates/<uuid:desk_id>/<uuid:template_id>/", templates.keep, name="template"),
    path("desk/templates/<uuid:desk_id>/<uuid:template_id>/drop/", templates.drop, name="drop_template"),
    path("desk/talks/<uuid:talk_id>/", talks.talk, name="talk"),
    path("desk/talks/<uuid:talk_id>/words/", talks.words, name="words"),
    path("desk/talks/<uuid:talk_id>/head/", talks.head, name="head"),
    path("desk/talks/<uuid:talk_id>/beside/", talks.beside, name="beside"),
    path("desk/talks/<uuid:talk_id>/seen/", talks.seen, name="seen"),
    path("desk/talks/<uuid:talk_id>/reply/", talks.reply, name="reply"),
    path("desk/talks/<uuid:talk_id>/draft/", talks.draft, name="draft"),
    path("desk/talks/<uuid:talk_id>/do/<slug:deed>/", talks.do, name="do"),
    path("desk/talks/<uuid:talk_id>/case/", cases.make, name="make_case"),
    path("desk/talks/<uuid:talk_id>/link/", cases.link, name="link"),
    path("desk/talks/<uuid:talk_id>/contact/", cases.record, name="record"),
    path("desk/talks/<uuid:talk_id>/promise/", promises.for_talk, name="promise_in_talk"),
    path("desk/talks/<uuid:talk_id>/move/", cases.move, name="move"),
]
