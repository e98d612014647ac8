"""Every field of staff, drafts, the log and alerts has been thought about."""

import datetime as dt

import pytest
from django.db import connection

from engawa.kernel.privacy import Keeping
from engawa.office.access import privacy as access
from engawa.office.access.actors import KEEPER
from engawa.office.access.models import Staff
from engawa.office.access.walls import acting_as
from engawa.office.alerts import jobs
from engawa.office.alerts import privacy as alerts
from engawa.office.alerts.actions import tell
from engawa.office.alerts.models import Alert
from engawa.office.audit import privacy as audit


@pytest.mark.parametrize(
    "keeping",
    [
        access.STAFF, access.MEMBERSHIP, access.GRANT, access.DRAFT, access.KEPT_POST,
        audit.ENTRY, audit.SEAL, alerts.ALERT,
    ],
)  # fmt: skip
def test_no_field_is_forgotten(keeping: Keeping) -> None:
    assert keeping.unnamed() == set()


@pytest.mark.django_db
def test_alerts_that_were_read_long_ago_are_forgotten_and_unread_ones_stay(counsellor: Staff) -> None:
    for number in range(2):
        tell(staff=[counsellor], kind="access.glass_broken", who="木下", number=str(number))
    with acting_as(KEEPER):
        old = Alert.objects.first()
        assert old
        old.read_at = old.made_at - dt.timedelta(days=91)
        old.save()
    assert jobs.keep_house() == 1
    with acting_as(KEEPER):
        assert Alert.objects.get().read_at is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM alerts_alert")
        assert cursor.fetchone() == (0,)
