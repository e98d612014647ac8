"""What a ledger costs grows with its own rows, not with those that are there before."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engawa.office.access.walls import acting_as
from engawa.office.casework.intake.queries.cases import contacts_known
from engawa.office.ledger.actions.taking_in import LEDGER, ROWS_AT_A_TIME

pytestmark = pytest.mark.django_db


def test_contacts_are_looked_up_by_the_index_of_their_numbers() -> None:
    with acting_as(LEDGER), connection.cursor() as cursor:
        with CaptureQueriesContext(connection) as asked:
            contacts_known(f"T{n}" for n in range(ROWS_AT_A_TIME))
        cursor.execute("SET LOCAL enable_seqscan = off")  # a table as good as empty is read whole otherwise
        cursor.execute(f"EXPLAIN {asked[0]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "contact_number" in plan
