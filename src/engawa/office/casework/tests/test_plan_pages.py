"""Pages of plans and of staying connected, as staff meet them."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from engawa.kernel import clock
from engawa.kernel.privacy import Keeping
from engawa.office.access.actions import grant
from engawa.office.access.actors import COMMAND
from engawa.office.access.models import Draft, Grant, Organisation
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.models import Case
from engawa.office.casework.plans import privacy
from engawa.office.casework.plans.models.lists import WorkMenu
from engawa.office.casework.plans.models.plans import Plan, PlanReview, PlanStep
from engawa.office.casework.plans.models.staying import QuietContact, Staying
from engawa.office.casework.tests.conftest import House

pytestmark = pytest.mark.django_db
TODAY = clock.today()
LATER = TODAY + dt.timedelta(days=180)
WRITTEN = {
    "hope": "家で働きたい",
    "starts_on": TODAY.isoformat(),
    "ends_on": LATER.isoformat(),
    "goal-0-words": "だれかと話せるようになりたい",
    "goal-0-until": "",
    "step-0-0-what": "オンラインの居場所をのぞく",
    "step-0-0-level": "social",
    "step-0-0-who_kind": "staff",
    "step-0-0-who": "相談 花子",
    "step-0-0-often": "週1回",
    "step-0-0-until": "",
    "use-0-service": "",
    "review-0-due_on": TODAY.isoformat(),
}


@pytest.fixture
def client(here: House, client_of: Any) -> Any:
    return client_of(here.staff)


@pytest.fixture
def plan(client: Client, here: House, case: Case) -> Plan:
    """In force."""
    client.post(f"/cases/{case.number}/plans/new/", WRITTEN)
    with acting_as(here.actor):
        made = Plan.objects.get()
    client.post(f"/cases/{case.number}/plans/{made.pk}/begin/", {"on": TODAY.isoformat()})
    return made


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    "keeping",
    [value for value in vars(privacy).values() if isinstance(value, Keeping)],
    ids=lambda one: one.model.__name__,
)
def test_no_field_of_plans_is_forgotten(keeping: Keeping) -> None:
    assert keeping.unnamed() == set()
    assert keeping.kept


def test_the_menus_of_work_preparation_are_offered_while_steps_are_written(client: Client, case: Case) -> None:
    """003-10: from a workshop to farming, by commuting or in a camp; whatever else is meant is written freely."""
    shown = page(client, f"/cases/{case.number}/plans/new/")
    for menu in ("ワークショップ", "通所", "合宿", "農業体験", "就農訓練", "模擬面接"):
        assert f'<option value="{menu}' in shown, menu
    assert 'list="menus-here"' in shown
    assert all(WorkMenu.objects.values_list("source", flat=True))


def test_a_plan_is_written_begun_and_read_with_the_persons_words_first(client: Client, case: Case, plan: Plan) -> None:
    """000-07."""
    url = f"/cases/{case.number}/plans/{plan.pk}/"
    text = page(client, url)
    for words in (
        "家で働きたい",
        "だれかと話せるようになりたい",
        "社会生活",
        "職員 相談 花子",
        "週1回",
        "実施中",
        "まだ聞いていません",
    ):
        assert words in text, words
    assert text.index("家で働きたい") < text.index("担当者")
    assert "だれかと話せるようになりたい" in page(client, f"/cases/{case.number}/plans/")
    assert "計画をはじめた（初回）" in page(client, f"/cases/{case.number}/")


def test_the_name_of_a_colleague_becomes_a_link_to_them(client: Client, here: House, case: Case, plan: Plan) -> None:
    with acting_as(here.actor):
        step = PlanStep.objects.get()
        assert (step.staff, step.who) == (here.staff, "")


def test_a_plan_in_force_has_no_form_and_its_writing_page_leads_back(client: Client, case: Case, plan: Plan) -> None:
    answer = client.get(f"/cases/{case.number}/plans/{plan.pk}/write/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/cases/{case.number}/plans/{plan.pk}/")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"goal-0-words": ""}, "ステップの前に、本人の目標を"),
        ({"step-0-0-what": ""}, "することを書いてください"),
        ({"use-0-agency": "若者サポート"}, "事業を選んでください"),
        ({"ends_on": (TODAY - dt.timedelta(days=1)).isoformat()}, "おわりの日が、はじめの日より前"),
        (
            {"use-0-service": "work_preparation", "use-0-starts_on": "2026-04-01", "use-0-ends_on": "2027-05-01"},
            "延長の理由",
        ),
        ({"review-0-due_on": "きのう"}, "日付として読めません"),
    ],
)
def test_what_cannot_be_is_said_at_its_place_and_nothing_typed_is_lost(
    client: Client, here: House, case: Case, wrong: Any, message: str
) -> None:
    answer = client.post(f"/cases/{case.number}/plans/new/", WRITTEN | wrong)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert message in text
    assert "家で働きたい" in text
    assert "週1回" in text
    with acting_as(here.actor):
        assert not Plan.objects.exists()


def test_a_service_past_its_year_is_marked_at_the_field_for_the_reason(client: Client, case: Case) -> None:
    """003-10."""
    period = {"use-1-starts_on": "2026-04-01", "use-1-ends_on": "2027-05-01"}
    lines = {"use-0-service": "", "use-1-service": "work_preparation"} | period
    answer = client.post(f"/cases/{case.number}/plans/new/", WRITTEN | lines)
    blank, line = answer.context["sheet"].uses
    assert not blank.errors
    assert list(line.errors) == ["reason"]
    assert "下の印のついた欄" in str(answer.context["form"].non_field_errors())


def test_sending_twice_makes_one_plan(client: Client, here: House, case: Case) -> None:
    key = re.search(r'name="key" value="([^"]+)"', page(client, f"/cases/{case.number}/plans/new/"))
    assert key
    for _time in range(2):
        client.post(f"/cases/{case.number}/plans/new/", WRITTEN | {"key": key[1]})
    with acting_as(here.actor):
        assert Plan.objects.count() == 1


def test_who_was_overtaken_sees_goals_and_steps_of_both_side_by_side_and_saves_again(
    client: Client, here: House, case: Case
) -> None:
    """Also a goal that only the other one wrote."""
    url = client.post(f"/cases/{case.number}/plans/new/", WRITTEN).headers["Location"] + "write/"
    seen = {"seen": client.get(url).context["form"]["seen"].value()}
    theirs = {"step-0-1-what": "庭に出る", "goal-1-words": "先に書かれた目標", "review-0-due_on": LATER.isoformat()}
    assert client.post(url, WRITTEN | seen | theirs).status_code == 302
    mine = WRITTEN | seen | {"goal-0-words": "あとから書いた目標"}
    late = client.post(url, mine)
    assert late.status_code == 422
    steps = "オンラインの居場所をのぞく　社会生活　職員　相談 花子　週1回"
    both = {one.label: (one.present, one.mine) for one in late.context["sheet"].beside}
    assert both == {
        "目標1": (f"だれかと話せるようになりたい\n{steps}\n庭に出る", f"あとから書いた目標\n{steps}"),
        "目標2": ("先に書かれた目標", ""),
        "モニタリング": (LATER.isoformat(), TODAY.isoformat()),
    }
    assert "先に書かれた目標</td>" in late.text
    assert client.post(url, mine | {"seen": late.context["form"]["seen"].value()}).status_code == 302
    with acting_as(here.actor):
        assert [goal.words for goal in Plan.objects.get().goals.all()] == ["あとから書いた目標"]


def test_a_saved_plan_leaves_no_unfinished_writing_behind(client: Client, here: House, case: Case) -> None:
    url = f"/cases/{case.number}/plans/new/"
    with acting_as(here.actor):
        Draft.objects.create(staff=here.staff, path=url, fields={"hope": ["書きかけ"]})
    client.post(url, WRITTEN)
    with acting_as(here.actor):
        assert not Draft.objects.exists()


def test_from_revision_over_evaluation_to_the_next_plan_by_pages_alone(
    client: Client, here: House, case: Case, plan: Plan
) -> None:
    plans = f"/cases/{case.number}/plans"
    answer = client.post(f"{plans}/{plan.pk}/revise/", {"reason": "望みが変わった"})
    text = page(client, answer.headers["Location"])
    seen = re.search(r'name="seen" value="([^"]+)"', text)
    assert seen
    client.post(answer.headers["Location"], WRITTEN | {"goal-0-words": "庭に出たい", "seen": seen[1]})
    with acting_as(here.actor):
        revision = Plan.objects.get(state="draft")
    client.post(f"{plans}/{revision.pk}/begin/", {"on": TODAY.isoformat()})
    text = page(client, f"{plans}/{revision.pk}/")
    assert "庭に出たい" in text
    assert "改訂の理由：望みが変わった" in text
    assert "このあとの計画があります" in page(client, f"{plans}/{plan.pk}/")
    assert "変化なし" in page(client, f"{plans}/{revision.pk}/evaluation/")
    said = {
        "on": TODAY.isoformat(),
        "changes": ["mind"],
        "result": "again",
        "reached_0": "closer",
        "words_0": "少しだけ",
    }
    assert client.post(f"{plans}/{revision.pk}/evaluation/", said).status_code == 302
    text = page(client, f"{plans}/{revision.pk}/")
    for words in ("精神の安定", "近づいた", "少しだけ", "再プランして継続", "次の計画をつくる"):
        assert words in text, words
    assert "庭に出たい" in page(client, f"{plans}/{revision.pk}/again/")
    with acting_as(here.actor):
        goal = revision.goals.get()
    answer = client.post(f"{plans}/{revision.pk}/again/", {"goals": [goal.pk]})
    assert "計画を書く（2回目）" in page(client, answer.headers["Location"])


@pytest.mark.parametrize(
    ("tail", "said", "shown"),
    [
        (
            "extend/",
            {"until": (LATER + dt.timedelta(days=30)).isoformat(), "reason": "もう少し"},
            "改訂の理由：もう少し",
        ),
        ("agreement/", {"on": TODAY.isoformat(), "how": "spoken", "note": "うん、と言った"}, "うん、と言った"),
        ("conference/", {"on": TODAY.isoformat(), "note": "この内容でよい"}, "この内容でよい"),
    ],
)
def test_what_follows_a_plan_is_written_down_on_a_page_of_its_own(
    client: Client, case: Case, plan: Plan, tail: str, said: Any, shown: str
) -> None:
    url = f"/cases/{case.number}/plans/{plan.pk}/{tail}"
    page(client, url)
    refused = client.post(url, {"on": ""})
    assert refused.status_code == 422
    answer = client.post(url, said)
    assert shown in page(client, answer.headers["Location"])


def test_only_the_municipality_finds_the_page_of_the_decision_open(
    client: Client, client_of: Any, here: House, there: House, case: Case, plan: Plan
) -> None:
    """003-09."""
    with acting_as(COMMAND):
        Organisation.objects.filter(pk=here.organisation.pk).update(kind="entrusted")
        Organisation.objects.filter(pk=there.organisation.pk).update(kind="city")
        until = clock.now() + dt.timedelta(days=1)
        basis = Grant.Basis.CONFERENCE_POVERTY
        grant(by=COMMAND, case_id=case.pk, organisation=there.organisation, basis=basis, reason="会議", ends_at=until)
    url = f"/cases/{case.number}/plans/{plan.pk}/"
    said = {"decision": "decided", "on": TODAY.isoformat()}
    assert "支援決定を記録" not in page(client, url)
    refused = client.post(f"{url}decision/", said)
    assert refused.status_code == 422
    assert "支援決定は自治体が行います" in refused.content.decode()
    municipal = client_of(there.staff)
    assert "支援決定を記録" in page(municipal, url)
    municipal.post(f"{url}decision/", said)
    assert there.organisation.name in page(client, url)


def test_a_review_is_found_on_todays_page_and_written_down(client: Client, here: House, case: Case, plan: Plan) -> None:
    with acting_as(here.actor):
        Case.objects.filter(pk=case.pk).update(lead=here.staff)
        review = PlanReview.objects.get()
    url = f"/cases/{case.number}/plans/{plan.pk}/reviews/{review.pk}/"
    assert url in page(client, "/")
    answer = client.post(url, {"on": TODAY.isoformat(), "note": "よく眠れている"})
    assert "よく眠れている" in page(client, answer.headers["Location"])
    assert url not in page(client, "/")


def test_staying_connected_is_written_delivered_put_off_and_stopped_by_pages_alone(
    client: Client, here: House, case: Case
) -> None:
    """003-26, 003-27."""
    staying = f"/cases/{case.number}/staying/"
    client.post(staying, {"words": "手紙だけなら", "care": "呼び鈴は鳴らさない"})
    letter = {"way": "letter", "rhythm": "monthly", "words": "季節のこと", "next_on": TODAY.isoformat()}
    client.post(f"{staying}quiet/", letter)
    text = page(client, f"/cases/{case.number}/plans/")
    for words in ("手紙だけなら", "呼び鈴は鳴らさない", "手紙・毎月", "季節のこと"):
        assert words in text, words
    with acting_as(here.actor):
        Case.objects.filter(pk=case.pk).update(lead=here.staff)
        quiet = QuietContact.objects.get()
    assert "静かな便りのころ" in page(client, "/")
    one = f"{staying}quiet/{quiet.pk}/"
    assert "季節のこと" in page(client, one)
    client.post(f"{one}wait/", {"until": LATER.isoformat(), "word": "入院中"})
    assert "待っているわけ：入院中" in page(client, f"/cases/{case.number}/plans/")
    assert "静かな便りのころ" not in page(client, "/")
    client.post(f"{one}made/", {"on": TODAY.isoformat(), "content": "紫陽花の絵はがき"})
    assert "紫陽花の絵はがき" in page(client, f"/cases/{case.number}/")
    client.post(f"{one}stop/")
    assert "手紙・毎月" not in page(client, f"/cases/{case.number}/plans/")
    client.post(f"{staying}end/", {"reason": "本人の希望"})
    with acting_as(here.actor):
        assert Staying.objects.get().end_reason == "本人の希望"
    assert client.post(f"{one}stop/", follow=True).status_code == 200


@pytest.mark.parametrize(
    ("tail", "said", "message"),
    [
        ("", {"words": ""}, "必須"),
        ("end/", {"reason": ""}, "必須"),
        ("quiet/", {"way": "letter", "rhythm": "monthly", "next_on": "2026-05-10", "until": "2026-05-01"}, "より前"),
        ("quiet/{quiet}/made/", {"on": (TODAY + dt.timedelta(days=1)).isoformat()}, "先の日付"),
        ("quiet/{quiet}/wait/", {"until": TODAY.isoformat(), "word": "x"}, "明日よりあと"),
    ],
)
def test_what_cannot_be_of_quiet_contacts_is_said_in_words(
    client: Client, here: House, case: Case, tail: str, said: Any, message: str
) -> None:
    staying = f"/cases/{case.number}/staying/"
    client.post(staying, {"words": "手紙だけなら"})
    client.post(f"{staying}quiet/", {"way": "letter", "rhythm": "monthly", "next_on": TODAY.isoformat()})
    with acting_as(here.actor):
        quiet = QuietContact.objects.get()
    answer = client.post(staying + tail.format(quiet=quiet.pk), said)
    assert answer.status_code == 422
    assert message in answer.content.decode()


def test_the_page_of_plans_asks_the_database_as_often_for_many_plans_as_for_one(
    client: Client, here: House, case: Case, plan: Plan
) -> None:
    url = f"/cases/{case.number}/plans/"

    def asked() -> int:
        with CaptureQueriesContext(connection) as counted:
            page(client, url)
        return len(counted)

    page(client, url)
    one = asked()
    for whose in ("母", "弟", "父"):
        client.post(f"{url}new/", WRITTEN | {"whose": whose})
    assert asked() == one <= 30


@pytest.mark.parametrize(
    ("days", "told"),
    [(-1, "受付日より前です"), (400, "ひと月より先の日"), (None, "まだ何も書かれていません")],
)
def test_a_plan_that_is_entered_late_begins_on_the_day_that_is_given(
    client: Client, here: House, case: Case, days: int | None, told: str
) -> None:
    client.post(f"/cases/{case.number}/plans/new/", WRITTEN | {"ends_on": "2999-01-01"})
    with acting_as(here.actor):
        made = Plan.objects.get()
        Case.objects.filter(pk=case.pk).update(received_on=TODAY - dt.timedelta(days=60))
    url = f"/cases/{case.number}/plans/{made.pk}/begin/"
    assert client.get(url).context["form"]["on"].value() == TODAY
    received = TODAY - dt.timedelta(days=60)
    wrong = "" if days is None else (received + dt.timedelta(days=days)).isoformat()
    refused = client.post(url, {"on": wrong})
    assert refused.status_code == 422
    assert told in str(refused.context["form"].errors["on"])
    assert client.post(url, {"on": received.isoformat()}).status_code == 302
    with acting_as(here.actor):
        begun = Plan.objects.get()
    assert (begun.state, begun.began_on) == ("running", received)
