"""Form 3, the course of a case, and form 4, the list of cases."""

import datetime as dt
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Min

from engawa.kernel import clock
from engawa.kernel.japanese import written_in_japanese
from engawa.office.casework.cases.models import Case
from engawa.office.casework.papers.queries.heads import FORM, head_of
from engawa.office.casework.papers.rules import Paper, Section, day, hours, joined, period, told
from engawa.office.casework.plans.models.plans import Plan, PlanReview
from engawa.office.casework.referrals.models import Referral
from engawa.office.casework.referrals.queries import referrals_of
from engawa.office.casework.timeline.models import Contact
from engawa.office.casework.timeline.queries import method_and_present


@written_in_japanese
def course_paper(case: Case) -> Paper:
    """Form 3: 支援経過記録（経過一覧）, the oldest contact first."""
    contacts = Contact.objects.filter(case=case).select_related("by").order_by("on", "at", "recorded_at")
    columns = ("対応日", "手法・対象・場所", "分", "内容", "次にすること", "対応者")
    table = Section("", [_contact(contact) for contact in contacts], columns, (4, 4, 1, 14, 5, 3))
    head = [*head_of(case), ("件数", f"{len(table.rows)}件"), ("作成日", day(clock.today()))]
    sections = [table, *referral_sections(case)]
    return Paper("支援経過記録シート（経過一覧）", head, sections, FORM.format(number=3), broad=True)


def referral_sections(case: Case) -> list[Section]:
    """To whom somebody was introduced（他制度・他機関へつなぐ）, the first one first; nothing where nobody was."""
    rows = [_referral(row) for row in referrals_of(case).order_by("on", "recorded_at")]
    columns = ("つないだ日", "つなぎ先", "つなぎ方", "伝えたこと・根拠", "返事")
    return [Section("つなぎ（他制度・他機関へ）", rows, columns, (4, 5, 4, 10, 8))] if rows else []


def _referral(row: Referral) -> tuple[str, ...]:
    handed = joined("、".join(row.parts_named), str(row.get_basis_display()) if row.parts else "")
    answered = joined(str(row.get_answer_display()), day(row.answered_on))
    return (
        day(row.on),
        "\n".join(filter(None, [row.called, row.contact_person])),
        row.kind.name,
        "\n".join(filter(None, [row.wish, handed, row.handed])),
        "\n".join(filter(None, [answered, row.answer_words])),
    )


def _contact(contact: Contact) -> tuple[str, ...]:
    minutes = "" if contact.minutes is None else str(contact.minutes)
    done = f"（{day(contact.next_done_on)}済）" if contact.next_done_on else ""
    return (
        "\n".join(filter(None, [day(contact.on), hours(contact.at, contact.minutes)])),
        joined(method_and_present(contact), contact.place),
        minutes,
        told(contact.content, contact.own_words, contact.hearsay, contact.opinion),
        joined(contact.next_step, day(contact.next_on) + done),
        contact.shown_writer,
    )


@written_in_japanese
def cases_paper(cases: Sequence[Case]) -> Paper:
    """Form 4: 支援ケース一覧. Plans and dates show as far as the second wall lets the present actor see them."""
    columns = (
        "番号",
        "氏名・呼び名",
        "受付日",
        "経路",
        "主担当",
        "状態",
        "最後の対応",
        "次の予定",
        "プランと期間",
        "評価予定",
    )
    plans, coming = _plans_of(cases), _coming(cases)
    rows = [_case(case, plans.get(case.pk), coming.get(case.pk)) for case in cases]
    head = [("件数", f"{len(rows)}件"), ("作成日", day(clock.today()))]
    table = Section("", rows, columns, (4, 4, 4, 4, 3, 3, 4, 4, 5, 4))
    return Paper("支援ケース一覧", head, [table], FORM.format(number=4), broad=True)


def _plans_of(cases: Sequence[Case]) -> dict[UUID, Plan]:
    """The person's own plan in force, by case."""
    rows = Plan.objects.filter(case__in=cases, state=Plan.State.RUNNING, whose="")
    return {plan.case_id: plan for plan in rows}


def _coming(cases: Sequence[Case]) -> Mapping[UUID, dt.date]:
    """The next day on which something is to be done or a plan is to be looked at, by case."""
    steps = Contact.objects.filter(case__in=cases, next_done_on=None, next_on__isnull=False).order_by()
    reviews = PlanReview.objects.filter(plan__case__in=cases, plan__state=Plan.State.RUNNING, held_on=None).order_by()
    days = [*steps.values_list("case").annotate(Min("next_on"))]
    days += reviews.values_list("plan__case").annotate(Min("due_on"))
    return dict(sorted(days, key=lambda found: found[1], reverse=True))


def _case(case: Case, plan: Plan | None, coming: dt.date | None) -> tuple[str, ...]:
    return (
        case.number,
        case.called,
        day(case.received_on),
        case.route,
        case.lead.name if case.lead else "",
        case.get_state_display(),
        day(case.last_contact_on),
        day(coming),
        joined(plan.name, period(plan.starts_on, plan.ends_on)) if plan else "",
        day(plan.ends_on) if plan else "",  # a plan is evaluated when its period ends
    )
