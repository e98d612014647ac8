"""Every field of questionnaires has been thought about."""

import pytest

from engawa.kernel.privacy import Keeping
from engawa.office.questionnaires.privacy import ANSWER, QUESTION, QUESTIONNAIRE, RESPONSE


@pytest.mark.parametrize("keeping", [QUESTIONNAIRE, QUESTION, RESPONSE, ANSWER])
def test_no_field_is_forgotten(keeping: Keeping) -> None:
    assert keeping.unnamed() == set()
    assert keeping.kept
