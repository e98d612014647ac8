"""The porch is open to everybody. A URL that is not listed here fails the tests: somebody must have thought of it.

What lies behind a seat opens with the seat's own key, which only its visitor brings.
"""

OPEN = {
    "",
    "look/",
    "desks/",
    "desks/<uuid:desk_id>/",
    "first/<slug:group>/",
    "about/",
    "privacy/",
    "accessibility/",
    "ruby/<slug:wish>/",
    "close/",
    "calendar/",
    "talk/",
    "come-back/",
    "courier/",
}

WITH_THE_KEY = {
    "talk/<uuid:talk_id>/",
    "talk/<uuid:talk_id>/stream/",
    "talk/<uuid:talk_id>/typing/",
    "seat/",
    "seat/passphrase/",
    "seat/ticket/",
    "seat/words/",
    "seat/stand-up/",
    "seat/delete/",
    "seat/deleted/",
}
