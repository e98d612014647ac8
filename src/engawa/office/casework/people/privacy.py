"""What is kept about people（人）."""

from engawa.kernel.privacy import Keeping
from engawa.office.casework.people.models import Mark, OtherAddress, OtherName, OtherReach, Person

_KEPT = "最後のケースの終結から、自治体の文書保存年限まで"

PERSON = Keeping(
    Person,
    personal={"name": "", "reading": "", "nickname": "", "birth_date": None, "phone": "", "address": ""},
    plain=frozenset({"id", "sex", "age_years", "age_band", "age_on", "merged_into"}),
    kept=_KEPT,
)
OTHER_NAME = Keeping(
    OtherName,
    personal={"name": "", "reading": "", "note": ""},
    plain=frozenset({"id", "person", "kind", "organisation", "starts_on", "ends_on"}),
    kept=_KEPT,
)
OTHER_ADDRESS = Keeping(
    OtherAddress,
    personal={"address": "", "note": ""},
    plain=frozenset({"id", "person", "kind", "organisation", "starts_on", "ends_on"}),
    kept=_KEPT,
)
OTHER_REACH = Keeping(
    OtherReach,
    personal={"reach": "", "note": ""},
    plain=frozenset({"id", "person", "kind", "organisation", "message", "starts_on", "ends_on"}),
    kept=_KEPT,
)
MARK = Keeping(Mark, personal={"mark": ""}, plain=frozenset({"id", "person"}), kept=_KEPT)
