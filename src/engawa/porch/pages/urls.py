"""URLs of the visitor's pages. The language stands in the path, so that choosing one needs no cookie."""

from django.urls import path

from engawa.porch.pages.views import reading, seats, talks

app_name = "pages"
urlpatterns = [
    path("", reading.home, name="home"),
    path("look/", reading.look, name="look"),
    path("desks/", reading.desks, name="desks"),
    path("desks/<uuid:desk_id>/", reading.desk, name="desk"),
    path("first/<slug:group>/", reading.first, name="first"),
    path("about/", reading.about, name="about"),
    path("privacy/", reading.privacy, name="privacy"),
    path("accessibility/", reading.accessibility, name="accessibility"),
    path("ruby/<slug:wish>/", reading.ruby, name="ruby"),
    path("close/", reading.close, name="close"),
    path("calendar/", reading.calendar, name="calendar"),
    path("talk/", talks.start, name="start"),
    path("talk/<uuid:talk_id>/", talks.talk, name="talk"),
    path("talk/<uuid:talk_id>/stream/", talks.stream, name="stream"),
    path("talk/<uuid:talk_id>/typing/", talks.typing, name="typing"),
    path("seat/ticket/", talks.renew_ticket, name="renew_ticket"),
    path("come-back/", seats.come_back, name="come_back"),
    path("seat/", seats.seat, name="seat"),
    path("seat/passphrase/", seats.passphrase, name="passphrase"),
    path("seat/words/", seats.transcript, name="transcript"),
    path("seat/stand-up/", seats.stand_up, name="stand_up"),
    path("seat/delete/", seats.delete, name="delete"),
    path("seat/deleted/", seats.deleted, name="deleted"),
]
