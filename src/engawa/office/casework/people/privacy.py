"""What is kept about people（人）."""

from engawa.kernel.privacy import Keeping
from engawa.office.casework.people.models import Person

PERSON = Keeping(
    Person,
    personal={"name": "", "reading": "", "nickname": "", "birth_date": None, "phone": "", "address": ""},
    plain=frozenset({"id", "sex", "age_years", "age_band", "age_on"}),
    kept="最後のケースの終結から、自治体の文書保存年限まで",
)
