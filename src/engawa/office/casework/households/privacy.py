"""What is kept about households（世帯）. Figures stay when the words go."""

from engawa.kernel.privacy import Keeping
from engawa.office.casework.households.models import (
    Household,
    LifeEvent,
    LifeEventKind,
    Member,
    Need,
    NeedKind,
    Relation,
    Secret,
)

_KEPT = "世帯の最後のケースの終結から、自治体の文書保存年限まで"

HOUSEHOLD = Keeping(Household, {"name": "", "note": ""}, frozenset({"id", "begun_at"}), _KEPT)
MEMBER = Keeping(
    Member,
    personal={
        "called": "",
        "name": "",
        "reading": "",
        "birth_date": None,
        "whereabouts": "",
        "died_on": None,
        "occupation": "",
        "note": "",
    },
    plain=frozenset({"id", "household", "person", "sex", "age_years", "age_band", "age_on", "birth_order"})
    | {"lives_here", "deceased", "added_at"},
    kept=_KEPT,
)
RELATION = Keeping(
    Relation,
    personal={"words": ""},
    plain=frozenset({"id", "household", "one", "other", "kind", "ending", "since_year", "until_year"}),
    kept=_KEPT,
)
SECRET = Keeping(
    Secret,
    personal={"words": "", "note": ""},
    plain=frozenset({"id", "household", "member", "organisation", "kind"}),
    kept=_KEPT,
)
NEED = Keeping(
    Need,
    personal={"words": "－", "writer": ""},  # a need without a kind has to say something
    plain=frozenset({"id", "household", "member", "kind", "noted_on", "settled_on", "by"}),
    kept=_KEPT,
)
LIFE_EVENT = Keeping(
    LifeEvent,
    personal={"words": "", "writer": ""},
    plain=frozenset({"id", "household", "member", "kind", "on", "about", "recorded_at", "by"}),
    kept=_KEPT,
)
_LISTED = frozenset({"code", "label", "source", "position", "starts_on", "ends_on"})
NEED_KIND = Keeping(NeedKind, {}, _LISTED, "選択肢として残す")
LIFE_EVENT_KIND = Keeping(LifeEventKind, {}, _LISTED | {"effect"}, "選択肢として残す")
