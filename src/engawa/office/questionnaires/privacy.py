"""What is kept about questionnaires: surveys have no names, and what is asked about people is kept with them."""

from engawa.kernel.privacy import Keeping
from engawa.office.questionnaires.models import Answer, FormCheck, NationalForm, Question, Questionnaire, Response

_FORMS = "質問票の版として、ずっと"
_SURVEYS = "調査の公表から、自治体の文書保存年限まで"

QUESTIONNAIRE = Keeping(
    Questionnaire,
    personal={},
    plain=frozenset({"id", "kind", "name", "version", "position", "source", "checked_on", "released_at", "released_by"})
    | {"checked_by", "checked_against", "import_id"},
    kept=_FORMS,
)
QUESTION = Keeping(
    Question,
    personal={"notes": {}},
    plain=frozenset({"id", "questionnaire", "position", "key", "section", "text", "help", "form", "options", "unit"})
    | {"required", "primary", "condition", "professional", "import_id"},
    kept=_FORMS,
)
RESPONSE = Keeping(Response, {}, frozenset({"id", "questionnaire", "number", "answered_on", "import_id"}), _SURVEYS)
# Other columns of a ledger may hold what somebody wrote about themselves.
ANSWER = Keeping(Answer, {"notes": {}}, frozenset({"id", "response", "question", "chosen", "import_id"}), _SURVEYS)
NATIONAL_FORM = Keeping(NationalForm, {}, frozenset({"code", "number", "name", "source", "edition"}), _FORMS)
FORM_CHECK = Keeping(FormCheck, {}, frozenset({"id", "form", "edition", "on", "against", "fits", "note", "by"}), _FORMS)
