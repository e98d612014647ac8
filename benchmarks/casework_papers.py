"""Forms out: a bundle of forty plans, and the course of a case with 2,000 contacts, as PDF and Excel.

    PYTHONPATH=src python benchmarks/casework_papers.py

Makes a throw-away office of invented people (forty plans in force, each with three goals of three steps) and asks for
the files as a counsellor does: signed in, behind row-level security, with what the audit log notes. Prints the median
time on the wall of several requests, and the processor time of Python and its PostgreSQL backend together.
"""
# ruff: noqa: PLC0415 - our own code is imported once the environment says where the house is

import argparse
import datetime as dt
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PLANS, CONTACTS, TARGET_SECONDS = 40, 2_000, 5
TODAY = dt.date(2026, 11, 22)
FILES = {
    "40 plans, PDF": "/cases/papers/plans/pdf/",
    "40 plans, Excel": "/cases/papers/plans/xlsx/",
    "list of cases, PDF": "/cases/papers/list/pdf/",
    "course of 2,000, PDF": "/cases/{number}/papers/course/pdf/",
    "course of 2,000, Excel": "/cases/{number}/papers/course/xlsx/",
}


def main() -> None:
    """Make the office, measure and say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="requests for each file")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="engawa-benchmark-") as home:
        os.environ.update(ENGAWA_HOME=home, ENGAWA_ZONES="office")
        from engawa.engine.home import Home
        from engawa.engine.house import open_house
        from engawa.engine.opening import set_up_django

        set_up_django()
        with open_house(Home.chosen()):
            staff, number = fill()
            times = {name: measure(staff, url.format(number=number), rounds) for name, url in FILES.items()}
    for name, (wall, work, size) in times.items():
        print(f"{name:<24}{wall:6.2f} s on the wall, {work:6.2f} s of work, {size / 1e6:5.2f} MB")
    sys.exit(0 if times["40 plans, PDF"][0] <= TARGET_SECONDS else 1)


def fill() -> tuple[Any, str]:
    """Forty cases with plans; the first has a long course. Who carries them, and the number of the first."""
    from engawa.office.access.actors import COMMAND
    from engawa.office.access.models import Membership, Organisation, Staff
    from engawa.office.access.walls import acting_as
    from engawa.office.casework.cases.actions import edit_facts, open_case
    from engawa.office.directory.models import Desk

    with acting_as(COMMAND):
        organisation = Organisation.objects.create(name="よりそい相談センター", kind="city")
        desk = Desk.objects.create(name="相談窓口", organisation=organisation)
        staff = Staff.objects.create(email="sakura@example.org", name="相田 さくら")
        Membership.objects.create(staff=staff, organisation=organisation, role="counsellor", starts_on=TODAY)
        cases = []
        for place in range(1, PLANS + 1):
            case = open_case(by=COMMAND, desk=desk, requester="family", received_on=TODAY, lead=staff)
            edit_facts(by=COMMAND, case=case, name=f"山田 {place}", reading="やまだ", seen=None)
            write_plan(case, staff)
            cases.append(case)
        write_course(cases[0], staff)
    return staff, cases[0].number


def write_plan(case: Any, staff: Any) -> None:
    """A plan in force, as long as real ones are."""
    from engawa.office.access.actors import COMMAND
    from engawa.office.casework.plans.actions.writing import Content, GoalSaid, StepSaid, begin_plan, draft_plan

    steps = [
        StepSaid("昼までに一度起きてみる", level="daily", who_kind="self", often="週3回"),
        StepSaid("オンラインの居場所をのぞく", level="social", who_kind="agency", who="月あかり", often="月2回"),
        StepSaid("データ入力の体験", level="work", who_kind="staff", until=TODAY + dt.timedelta(days=150)),
    ]
    goals = [GoalSaid(f"だれかと話したい（{place}）", steps=steps) for place in (1, 2, 3)]
    said = {"concern": "部屋から出られない日が続いている。" * 3, "hope": "家で働きたい", "worker": staff}
    period = {"starts_on": TODAY, "ends_on": TODAY + dt.timedelta(days=180)}
    content = Content(goals, reviews=[TODAY + dt.timedelta(days=90)])
    begin_plan(by=COMMAND, plan=draft_plan(by=COMMAND, case=case, content=content, **said, **period))


def write_course(case: Any, staff: Any) -> None:
    """Contacts of some years."""
    from engawa.office.casework.timeline.models import Contact

    Contact.objects.bulk_create(
        Contact(
            case=case, on=TODAY - dt.timedelta(days=place), method="phone", counterpart="family", minutes=30,
            content="夜の川の話をゆっくり聞いた。眠れている。母から、庭に出る日もあると聞いた。", by=staff,
        )
        for place in range(CONTACTS)
    )  # fmt: skip


def measure(staff: Any, url: str, rounds: int) -> tuple[float, float, int]:
    """Median seconds on the wall and of work, and the bytes of the file."""
    client = signed_in(staff)
    wall, work, size = [], [], 0
    for _round in range(rounds):
        worked, begun = seconds_of_work(), time.perf_counter()
        answer = client.get(url)
        wall.append(time.perf_counter() - begun)
        work.append(seconds_of_work() - worked)
        size = len(answer.content)
        if answer.status_code != 200:
            sys.exit(f"{url} answered {answer.status_code}")
    return statistics.median(wall), statistics.median(work), size


def signed_in(staff: Any) -> Any:
    """A browser that is past both factors."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.test import Client

    session = SessionStore()
    session[SESSION_KEY] = str(staff.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = staff.get_session_auth_hash()
    methods = [{"method": "password", "at": time.time()}, {"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods"] = methods
    session["account_authentication_methods_user"] = str(staff.pk)
    session.save()
    client = Client(SERVER_NAME="localhost")
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def seconds_of_work() -> float:
    """Seconds of processor time that this process and its backend have used so far (Linux)."""
    from django.db import connection

    connection.ensure_connection()
    backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
    return time.process_time() + int(backend.split()[0]) / 1e9


if __name__ == "__main__":
    main()
