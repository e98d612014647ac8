"""Builds the demo city through the same actions that people use: nothing here writes a row by itself."""

import datetime as dt
import uuid
from collections.abc import Callable
from contextlib import closing
from importlib import resources
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from engawa.courier.door import PorchDoor
from engawa.courier.inward import Inward
from engawa.courier.outward import Outward
from engawa.engine.demo import city
from engawa.engine.demo.lives import COURSE, LIVES
from engawa.engine.demo.living import Living, let_families_meet, on_day
from engawa.kernel import clock
from engawa.kernel.age import read_age
from engawa.kernel.hours import Weekly
from engawa.kernel.spreadsheets.reading import Source
from engawa.office.access.actions import organisations, staff
from engawa.office.access.actors import COMMAND, Actor
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.queries import actor_of
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.timeline.actions import record_contact
from engawa.office.directory import actions as directory
from engawa.office.directory.models import Desk
from engawa.office.ledger.actions.receiving import Handed, import_files
from engawa.office.talks.actions import answers, desks
from engawa.porch.entrances import web
from engawa.porch.seats.cookie import SessionStore, who_sits

PASSWORD = "engawa-demo"  # noqa: S105 - the demo city's staff are invented, and it refuses a real data folder
# Base 32, as authenticator apps take it; the command shows the six digits that it gives just now.
TOTP_SECRET = "ENGAWADEMOENGAWADEMOENGAWADEMO22"  # noqa: S105 - as above
_FIRST_DAY = dt.date(2019, 4, 1)

Step = Callable[[], None]


def address_of(person: city.Person) -> str:
    """The sign-in address of an invented member of staff."""
    return f"{person.address}@miyako.example"


class Builder:
    """Builds the city step by step; ``steps`` names them for a progress bar."""

    def __init__(self) -> None:
        self.bodies: dict[str, Organisation] = {}
        self.staff: dict[str, Staff] = {}
        self.desks: dict[str, Desk] = {}
        self.cases: dict[str, tuple[Case, str]] = {}
        self.homes: dict[str, Living] = {}
        self.passphrases: dict[str, tuple[str, ...]] = {}

    @property
    def steps(self) -> list[tuple[str, Step]]:
        """What to do, in order, each with a word for the person who waits."""
        return [
            ("organisations", _as_command(self.found_bodies)),
            ("staff", _as_command(self.invite_everybody)),
            ("desks", _as_command(self.open_desks)),
            ("places", _as_command(self.list_places)),
            ("the past (ledger)", _as_command(self.take_in_ledger)),
            ("cases", self.open_cases),
            ("households", self.let_households_live),
            ("talks", self.let_people_talk),
        ]

    def found_bodies(self) -> None:
        for body in city.BODIES:
            self.bodies[body.name] = organisations.found_organisation(
                by=COMMAND, name=body.name, reading=body.reading, kind=body.kind, area_code=""
            )

    def invite_everybody(self) -> None:
        for person in city.STAFF:
            with clock.standing_at(on_day(_FIRST_DAY)):
                invited = staff.invite_staff(
                    by=COMMAND,
                    email=address_of(person),
                    name=person.name,
                    reading=person.reading,
                    organisation=self.bodies[person.body],
                    role=person.role,
                ).staff
            self.staff[person.address] = invited
            staff.describe_self(
                by=self.actor(person.address),
                staff=invited,
                name=person.name,
                reading=person.reading,
                persona=person.persona,
            )
            staff.equip(by=COMMAND, staff=invited, password=PASSWORD, totp_secret=TOTP_SECRET)

        for address, body, role in city.FURTHER_ROLES:
            staff.set_role(by=COMMAND, staff=self.staff[address], organisation=self.bodies[body], role=role)

    def open_desks(self) -> None:
        for window in city.WINDOWS:
            desk = directory.open_desk(by=COMMAND, organisation=self.bodies[window.body], details=_details(window))
            directory.set_hours(by=COMMAND, desk=desk, hours=[_weekly(*line) for line in window.hours])
            directory.publish_desk(by=COMMAND, desk=desk)
            self.desks[window.name] = desk
        for title, body in city.TEMPLATES:
            desks.keep_template(by=self.actor("yanagi"), desk=self.desks[city.DESK], title=title, body=body)

    def list_places(self) -> None:
        for place in city.PLACES:
            details = vars(place) | {"organisation": self.bodies[city.CENTRE]}
            directory.publish_resource(by=COMMAND, resource=directory.add_resource(by=COMMAND, details=details))

    def take_in_ledger(self) -> None:
        folder = resources.files("engawa.engine.demo") / "ledger"
        files = [
            Source(file.name, file.read_bytes())
            for file in sorted(folder.iterdir(), key=lambda file: file.name)
            if file.name.endswith(".csv") and file.name != "expected.csv"
        ]
        import_files(by=COMMAND, ledger=Handed(files, "みやこ市の相談台帳", self.bodies[city.CITY]))

    def open_cases(self) -> None:
        today = clock.today()
        for story in city.STORIES:
            with acting_as(lead := self.actor(story.lead)):
                self._tell(story, lead, today)

    def _tell(self, story: city.Story, lead: Actor, today: dt.date) -> None:
        age = read_age(story.age)
        with clock.standing_at(on_day(today - dt.timedelta(days=story.received_days_ago))):
            case = open_case(
                by=lead,
                desk=self.desks[story.desk],
                requester=story.requester,
                route=story.route,
                complaint=story.complaint,
                handle=story.handle,
                name=story.name,
                reading=story.reading,
                age_years=age.years,
                age_band="" if age.band is None else f"{age.band}代",
                sex=story.sex,
                lead=self.staff[story.lead],
            )
        self.cases[story.handle or story.name] = case, story.lead
        for days_ago, method, counterpart, minutes, content in story.contacts:
            day = today - dt.timedelta(days=days_ago)
            with clock.standing_at(on_day(day)):
                record_contact(
                    by=lead,
                    case=case,
                    on=day,
                    method=method,
                    counterpart=counterpart,
                    minutes=minutes,
                    content=content,
                )

    def let_households_live(self) -> None:
        for life in LIVES:
            case, lead = self.cases[life.case]
            with acting_as(by := self.actor(lead)):
                self.homes[life.case] = Living(by, case, life, clock.today())
                self.homes[life.case].tell()
        with acting_as(by := self.actor("yanagi")):
            let_families_meet(by, self.bodies[city.CENTRE], COURSE, self.homes, clock.today())

    def let_people_talk(self) -> None:
        _carry()
        now = clock.now()
        for visit in city.VISITS:
            Visitor(self, visit, now).talk()
        with acting_as(COMMAND):
            desks.publish_expectations(by=COMMAND)
        _carry()

    def actor(self, address: str) -> Actor:
        """A member of staff as the one who acts."""
        return actor_of(self.staff[address])


class Visitor:
    """One visitor of the demo, at a real seat with a real passphrase."""

    def __init__(self, builder: Builder, visit: city.Visit, now: dt.datetime) -> None:
        self.builder, self.visit, self.now = builder, visit, now
        self.session: SessionBase = SessionStore()
        self.talk_id: uuid.UUID | None = None

    def talk(self) -> None:
        """Say and answer everything, each word at its time."""
        for minutes_ago, who, words in self.visit.said:
            with clock.standing_at(self.now - dt.timedelta(minutes=minutes_ago)):
                self._say(words) if who == "visitor" else self._answer(who, words)
                _carry()

    def _say(self, words: str) -> None:
        if self.talk_id is None:
            opened = web.open_talk(
                session=self.session, address=self.visit.handle, token=uuid.uuid4(), beginning=self._beginning(words)
            )
            self.talk_id = opened.talk_id
            self.builder.passphrases[self.visit.handle] = opened.passphrase
            return
        sitting = who_sits(self.session)
        if sitting is None:
            raise RuntimeError("a visitor of the demo lost their seat")
        web.say(
            sitting=sitting,
            talk_id=self.talk_id,
            token=uuid.uuid4(),
            words=words,
            answer_needed=self.visit.answer_needed,
        )

    def _answer(self, who: str, words: str) -> None:
        if self.talk_id is None:
            raise RuntimeError("an answer of the demo comes before its question")
        with acting_as(counsellor := self.builder.actor(who)):
            answers.reply(by=counsellor, talk_id=self.talk_id, words=words, message_id=uuid.uuid4())

    def _beginning(self, words: str) -> web.Beginning:
        visit = self.visit
        return web.Beginning(
            words=words,
            terms_version="1",
            desk_id=self.builder.desks[city.DESK].pk,
            handle=visit.handle,
            requester=visit.requester,
            age_band=visit.age_band,
            area=visit.area,
            topic=visit.topic,
            route=visit.route,
            answer_needed=visit.answer_needed,
        )


def _carry() -> None:
    """Let the courier go to and fro until nothing waits."""
    with closing(PorchDoor()) as porch:
        inward, outward = Inward(porch), Outward(porch)
        while outward.round() + inward.round(wait=0):
            pass


def _as_command(step: Step) -> Step:
    def run() -> None:
        with acting_as(COMMAND):
            step()

    return run


def _weekly(weekday: int, opens: str, closes: str) -> Weekly:
    return Weekly(weekday, dt.time.fromisoformat(opens), dt.time.fromisoformat(closes))


def _details(window: city.Window) -> dict[str, Any]:
    details = vars(window).copy()
    for apart in ("body", "hours"):
        details.pop(apart)
    return details
