"""Lets the households of the demo live: each thing is written down on its day, through the actions that people use."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engawa.engine.demo.lives import SELF, Course, Family, Goal, Introduced, Kin, Life, Nearness
from engawa.kernel import clock
from engawa.kernel.age import read_age
from engawa.office.access.actors import Actor
from engawa.office.access.models import Organisation
from engawa.office.casework.assessments.actions import answer_question, begin_assessment, finish_assessment, note_stage
from engawa.office.casework.assessments.models import Stage
from engawa.office.casework.cases.models import Case
from engawa.office.casework.consents.actions import record_consent
from engawa.office.casework.consents.models import Consent, ConsentText
from engawa.office.casework.gatherings.actions import About, begin_gathering, hold_sitting, take_part
from engawa.office.casework.gatherings.models import Attendee, Gathering
from engawa.office.casework.households.models import LifeEventKind, Member, NeedKind
from engawa.office.casework.identity.actions import keep_reach
from engawa.office.casework.load.actions import plan_review
from engawa.office.casework.maps.actions.family import add_member
from engawa.office.casework.maps.actions.household import describe_household
from engawa.office.casework.maps.actions.life import note_need, record_event
from engawa.office.casework.maps.actions.team import join_team
from engawa.office.casework.maps.actions.ties import draw_tie
from engawa.office.casework.maps.models import Agency
from engawa.office.casework.plans.actions.following import note_agreement
from engawa.office.casework.plans.actions.staying import begin_staying, plan_quiet_contact
from engawa.office.casework.plans.actions.writing import Content, GoalSaid, StepSaid, begin_plan, draft_plan
from engawa.office.casework.referrals.actions import answer_referral, refer
from engawa.office.casework.referrals.models import ReferralKind
from engawa.office.desk.actions.appointments import promise
from engawa.office.directory.models import Resource
from engawa.office.questionnaires.models import Questionnaire
from engawa.office.questionnaires.rules import Said

_SHEET = "くらしとつながり"
_A_YEAR, _HALF_A_YEAR = dt.timedelta(days=365), dt.timedelta(days=180)


def on_day(day: dt.date, hour: int = 10) -> dt.datetime:
    """An hour of a day in Japan."""
    return dt.datetime.combine(day, dt.time(hour), clock.JAPAN)


@dataclass
class Living:
    """One household of the demo, while ``by`` writes down what is known of it. Call ``tell`` as that actor."""

    by: Actor
    case: Case
    life: Life
    today: dt.date
    members: dict[str, Member | None] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)

    def tell(self) -> None:
        """Everything, each thing on its day."""
        self._on(self.case.received_on, self._tell_of_the_family)
        for days, name, whose, words in self.life.events:
            kind = LifeEventKind.objects.get(label=name)
            facts = {"member": self.members[whose], "kind": kind, "on": self._ago(days), "words": words}
            self._on(max(self._ago(days), self.case.received_on), record_event, **facts)
        for name, part, person, days in self.life.agencies:
            facts = {"name": name, "role": part, "contact_person": person, "since": self._ago(days)}
            self.agencies[name] = self._on(self._ago(days), join_team, **facts)
        for whose, to, strength, flow in self.life.ties:
            draw_tie(**self._here, member=self.members[whose], strength=strength, flow=flow, **self._end_of(to))
        self._tell_of_the_way()
        self._tell_of_what_is_to_come()

    def _tell_of_the_family(self, **here: Any) -> None:
        self.members = {SELF: None, "": None} | {kin.called: self._kin(kin) for kin in self.life.kin}
        self.case.refresh_from_db()
        self.members[SELF] = self.case.member
        if self.life.household:
            describe_household(**here, name="", note=self.life.household)
        for whose, name, words in self.life.needs:
            kind = NeedKind.objects.get(label=name)
            note_need(**here, member=self.members[whose], kind=kind, words=words, noted_on=self.case.received_on)
        for sort, reach, message, note in self.life.reaches:
            keep_reach(**here, kind=sort, reach=reach, message=message, note=note)

    def _kin(self, kin: Kin) -> Member:
        age = read_age(kin.age)
        return add_member(
            **self._here,
            as_=kin.as_,
            called=kin.called,
            occupation=kin.does,
            whereabouts=kin.elsewhere,
            lives_here=not kin.elsewhere,
            age_years=age.years,
            age_band="" if age.band is None else str(age),
        )

    def _tell_of_the_way(self) -> None:
        for days, code, words in self.life.stages:
            stage = Stage.objects.get(code=code)
            self._on(self._ago(days), note_stage, stage=stage, on=self._ago(days), note=words)
        for days, answers in self.life.answers.items():
            self._on(self._ago(days), self._assess, on=self._ago(days), answers=answers)

    def _assess(self, *, on: dt.date, answers: dict[str, str], **here: Any) -> None:
        sheet = Questionnaire.objects.newest_released().get(name=_SHEET)
        made = begin_assessment(**here, questionnaire=sheet, on=on)
        for question in sheet.questions.filter(key__in=answers):
            said = Said(chosen=(answers[question.key],), source="self")
            answer_question(by=self.by, assessment=made, question=question, said=said, seen=0)
        finish_assessment(by=self.by, assessment=made)

    def _tell_of_what_is_to_come(self) -> None:
        life = self.life
        if life.nearness:
            self._on(self._ago(life.nearness.since_days_ago), self._stay, nearness=life.nearness)
        if life.goal:
            self._on(self._ago(life.goal.begun_days_ago), self._plan, goal=life.goal)
        if life.shared_with:
            self._on(self.case.received_on, self._agree)
        for introduced in life.introduced:
            self._on(self._ago(introduced.days_ago), self._introduce, one=introduced)
        if life.looked_at_in_days is not None:
            plan_review(**self._here, due_on=self._ago(-life.looked_at_in_days))
        for one in life.promises:
            starts = on_day(self._ago(-one.in_days), one.hour)
            facts = {name: getattr(one, name) for name in ("kind", "counterpart", "handle", "phone", "place", "note")}
            with clock.standing_at(on_day(self._ago(1))):
                promise(
                    **self._here,
                    organisation=self.case.organisation,
                    starts_at=starts,
                    ends_at=starts + dt.timedelta(hours=1),
                    **facts,
                )

    def _stay(self, *, nearness: Nearness, **here: Any) -> None:
        staying = begin_staying(**here, words=nearness.words, care=nearness.care)
        for way, rhythm, words, days in nearness.quiet:
            facts: dict[str, Any] = {
                "way": way,
                "rhythm": rhythm,
                "words": words,
                "next_on": self._ago(-days),
                "until": None,
            }
            plan_quiet_contact(by=self.by, staying=staying, **facts)

    def _introduce(self, *, one: Introduced, **here: Any) -> None:
        """Somebody is introduced, and whatever was answered by now."""
        on = self._ago(one.days_ago)
        resource = Resource.objects.filter(name=one.to).first()
        member = self.members[one.whose]
        said: dict[str, Any] = {"resource": resource} if resource else {"name": one.to}
        said |= {"member": member.pk if member and one.whose != SELF else None, "on": on, "wish": one.why}
        if one.handed:
            consent = Consent.objects.filter(case=self.case).first()
            said |= {"parts": ["basics"], "handed": one.handed, "basis": "consent", "consent": consent}
        if one.asked_in_days is not None:
            said |= {"check_on": self._ago(-one.asked_in_days)}
        later = "waiting" if one.answered_days_ago else one.answer
        made = refer(**here, kind=ReferralKind.objects.get(code=one.how), answer=later, **said)
        if one.answered_days_ago:
            with clock.standing_at(on_day(self._ago(one.answered_days_ago))):
                answer_referral(by=self.by, referral=made, answer=one.answer, answer_words=one.answer_words)

    def _plan(self, *, goal: Goal, **here: Any) -> None:
        begun = self._ago(goal.begun_days_ago)
        steps = [StepSaid(what, level, kind, who, often=often) for level, what, kind, who, often in goal.steps]
        content = Content([GoalSaid(goal.words, None, steps)], [], [self._ago(-goal.reviewed_in_days)])
        head: dict[str, Any] = {
            "hope": goal.hope,
            "starts_on": begun,
            "ends_on": begun + _HALF_A_YEAR,
            "worker": self.case.lead,
        }
        plan = draft_plan(**here, content=content, whose=goal.whose, **head)
        note_agreement(by=self.by, plan=plan, on=begun, how="spoken")
        begin_plan(by=self.by, plan=plan)

    def _agree(self, **here: Any) -> None:
        day = self.case.received_on
        said: dict[str, Any] = {
            "giver": "family",
            "giver_name": "母",
            "way": "word",
            "given_on": day,
            "ends_on": day + _A_YEAR,
        }
        text = ConsentText.objects.filter(code="sharing").latest("version")
        scope: dict[str, Any] = {"purposes": ["coordination"], "parts": ["course"]}
        record_consent(**here, text=text, agencies=[self.life.shared_with], **said, **scope)

    def _end_of(self, to: str) -> dict[str, Any]:
        if agency := self.agencies.get(to):
            return {"agency": agency}
        resource = Resource.objects.filter(name=to).first()
        return {"resource": resource} if resource else {"name": to}

    @property
    def _here(self) -> dict[str, Any]:
        return {"by": self.by, "case": self.case}

    def _on(self, day: dt.date, deed: Callable[..., Any], **said: Any) -> Any:
        with clock.standing_at(on_day(day)):
            return deed(**self._here, **said)

    def _ago(self, days: int) -> dt.date:
        return self.today - dt.timedelta(days=days)


def let_families_meet(
    by: Actor, body: Organisation, course: Course, homes: Mapping[str, Living], today: dt.date
) -> None:
    """A course for families: everybody joins with the first day on which they come, and each day is held on its day."""
    held: Gathering | None = None
    families: dict[int, Attendee] = {}
    for days, theme, minutes, unnamed, came in course.days:
        on = today - dt.timedelta(days=days)
        with clock.standing_at(on_day(on)):
            held = held or begin_gathering(by=by, organisation=body, **_about(course))
            for place in came:
                who = _who(course.families[place], homes)
                families[place] = families.get(place) or take_part(by=by, gathering=held, since=on, **who)
            present = [families[place] for place in came]
            hold_sitting(by=by, gathering=held, present=present, on=on, theme=theme, minutes=minutes, nameless=unnamed)


def _about(course: Course) -> About:
    return {
        "kind": course.kind,
        "name": course.name,
        "place": course.place,
        "leader": course.leader,
        "about": course.about,
    }


def _who(family: Family, homes: Mapping[str, Living]) -> dict[str, Any]:
    home = homes.get(family.case)
    member = home.members[family.whose] if home else None
    return {"case": home and home.case, "member": member.pk if member else None, "called": family.called}
