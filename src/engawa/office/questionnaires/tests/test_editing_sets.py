"""Question sets are edited as drafts and released; what was released stays."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from engawa.office.access.actors import NotAllowed
from engawa.office.access.models import Staff
from engawa.office.questionnaires import actions
from engawa.office.questionnaires.models import NationalForm, Question, Questionnaire
from engawa.office.questionnaires.queries import questions_in_order
from engawa.office.questionnaires.rules import NotReleasable

pytestmark = pytest.mark.django_db
YES_NO = {"section": "家", "form": "single", "options": ["はい", "いいえ"]}


@pytest.fixture
def by(supervisor: Any, actor_of: Any) -> Any:
    return actor_of(supervisor)


@pytest.fixture
def browser(supervisor: Any, client_of: Any) -> Client:
    made: Client = client_of(supervisor)
    return made


@pytest.fixture
def city_browser(manager: Staff, client_of: Callable[[Staff], Client]) -> Client:
    return client_of(manager)


def living() -> Questionnaire:
    return Questionnaire.objects.newest_released().get(name="くらしとつながり")


def texts(questionnaire: Questionnaire) -> list[str]:
    return [question.text for question in questions_in_order(questionnaire)]


def test_a_new_version_is_a_copy_that_is_edited_and_released_while_the_old_one_stays(by: Any) -> None:
    old = living()
    draft = actions.draft_version(by=by, questionnaire=old)
    assert actions.draft_version(by=by, questionnaire=old) == draft
    assert texts(draft) == texts(old)
    outing = draft.questions.get(key="outing")
    actions.put_question(by=by, questionnaire=draft, question=outing, text="このごろの外出")
    actions.drop_question(by=by, question=draft.questions.get(key="role"))
    released = actions.release(by=by, questionnaire=draft)
    assert living() == released
    assert (released.version, released.released_by_id) == (2, by.id)
    assert "外出の状況" in texts(old)
    assert "このごろの外出" in texts(released)
    assert "役割や楽しみ" not in texts(released)


def test_a_set_of_our_own_is_written_ordered_and_released(by: Any) -> None:
    made = actions.begin_set(by=by, name="家での安全")
    for text in ("一つめ", "二つめ", "三つめ"):
        actions.put_question(by=by, questionnaire=made, text=text, **YES_NO)
    actions.move_question(by=by, question=made.questions.get(text="三つめ"), earlier=True)
    actions.move_question(by=by, question=made.questions.get(text="一つめ"), earlier=True)
    actions.move_question(by=by, question=made.questions.get(text="二つめ"), earlier=False)
    assert texts(made) == ["一つめ", "三つめ", "二つめ"]
    assert not actions.release(by=by, questionnaire=made).reconstructed


def test_a_draft_that_nobody_could_answer_is_refused_in_words(by: Any) -> None:
    made = actions.begin_set(by=by, name="家での安全")
    with pytest.raises(NotReleasable, match="まだありません"):
        actions.release(by=by, questionnaire=made)
    actions.put_question(by=by, questionnaire=made, text="問い", **YES_NO | {"options": ["はい"]})
    with pytest.raises(NotReleasable, match="2つ以上"):
        actions.release(by=by, questionnaire=made)


def test_neither_a_name_nor_a_question_is_there_twice_and_a_released_version_takes_no_more(by: Any) -> None:
    made = actions.begin_set(by=by, name="家での安全")
    with pytest.raises(NotReleasable, match="同じ名前"):
        actions.begin_set(by=by, name="家での安全")
    actions.put_question(by=by, questionnaire=made, text="問い", **YES_NO)
    with pytest.raises(NotReleasable, match="同じ文"):
        actions.put_question(by=by, questionnaire=made, text="問い", **YES_NO)
    actions.release(by=by, questionnaire=made)
    for deed in (actions.release, actions.give_up_draft):
        with pytest.raises(NotReleasable, match="公開した版"):
            deed(by=by, questionnaire=made)
    with pytest.raises(NotReleasable, match="公開した版"):
        actions.drop_question(by=by, question=made.questions.get())


def test_whoever_may_not_edit_sets_changes_nothing(counsellor: Any, actor_of: Any) -> None:
    by = actor_of(counsellor)
    for deed, given in (
        (actions.begin_set, {"name": "x"}),
        (actions.draft_version, {"questionnaire": living()}),
        (actions.release, {"questionnaire": living()}),
        (actions.give_up_draft, {"questionnaire": living()}),
        (actions.drop_question, {"question": living().questions.get(key="role")}),
    ):
        with pytest.raises(NotAllowed):
            deed(by=by, **given)


def typed(**more: Any) -> dict[str, Any]:
    return {"section": "家", "text": "眠れていますか", "form": "single", "options": "はい\n\nいいえ ", **more}


def test_the_pages_lead_from_a_draft_to_a_release(browser: Client) -> None:
    assert "くらしとつながり" in browser.get("/questions/").content.decode()
    page = browser.post("/questions/", {"name": "夜のこと"})
    assert page.status_code == 302
    assert "設問がまだありません" in browser.get(page["Location"]).content.decode()
    refused = browser.post(f"{page['Location']}release/")
    assert refused.status_code == 422
    assert "まだありません" in refused.content.decode()
    assert browser.post(f"{page['Location']}new/", typed()).status_code == 302
    first = Question.objects.get(text="眠れていますか")
    assert first.options == ["はい", "いいえ"]
    depending = typed(text="いつから", form="text", options="", after=first.key, any="いいえ")
    assert browser.post(f"{page['Location']}new/", depending).status_code == 302
    assert Question.objects.get(text="いつから").condition == {"key": first.key, "any": ["いいえ"]}
    assert browser.post(f"{page['Location']}release/").status_code == 302
    assert "第1版" in browser.get(page["Location"]).content.decode()


def test_what_was_typed_stays_when_a_question_is_refused_or_a_colleague_was_first(browser: Client, by: Any) -> None:
    draft = actions.draft_version(by=by, questionnaire=living())
    question = draft.questions.get(key="role")
    url = f"/questions/{draft.pk}/{question.pk}/"
    assert "役割や楽しみ" in browser.get(url).content.decode()
    twin = browser.post(url, typed(text="外出の状況"))
    assert twin.status_code == 422
    assert "同じ文" in twin.content.decode()
    late = browser.post(url, typed(seen="0123456789abcdef"))
    assert late.status_code == 422
    assert "ほかの人が先に" in late.content.decode()
    assert "眠れていますか" in late.content.decode()
    assert "今の設問" in late.content.decode()
    assert browser.post(url, typed(seen=late.context["form"]["seen"].value())).status_code == 302, "having compared"


def test_a_question_is_moved_and_taken_out_on_the_page_and_the_draft_given_up(browser: Client, by: Any) -> None:
    draft = actions.draft_version(by=by, questionnaire=living())
    second = questions_in_order(draft)[1]
    url = f"/questions/{draft.pk}/{second.pk}/arrange/"
    browser.post(url, {"choice": "up"})
    assert texts(draft)[0] == second.text
    browser.post(url, {"choice": "drop"})
    assert second.text not in texts(draft)
    assert browser.post(f"/questions/{draft.pk}/give-up/").status_code == 302
    assert not Questionnaire.objects.filter(pk=draft.pk).exists()
    assert browser.post(f"/questions/{living().pk}/give-up/").status_code == 422


def test_comparing_with_the_original_takes_the_mark_away(city_browser: Client) -> None:
    one, browser = living(), city_browser
    assert "再現版・未確認" in browser.get(f"/questions/{one.pk}/").content.decode()
    url, against = f"/questions/{one.pk}/checked/", {"against": "様式集 令和5年版"}
    assert browser.post(url, {"on": "2999-01-01"} | against).status_code == 422
    assert browser.post(url, {"on": "2026-11-01"}).status_code == 422
    assert browser.post(url, {"on": "2026-11-01"} | against).status_code == 302
    page = browser.get(f"/questions/{one.pk}/").content.decode()
    assert "再現版・未確認" not in page
    assert "様式集 令和5年版" in page


def test_a_form_filled_from_records_is_unchecked_until_somebody_compared_it(
    manager: Staff, counsellor: Staff, client_of: Callable[[Staff], Client]
) -> None:
    """Standards §1: reconstructions are marked until checked; who checked, when, against what is kept as data."""
    browser, url = client_of(manager), "/questions/forms/evaluation/"
    assert NationalForm.objects.standing().filter(fits=None).count() == 4
    assert "再現版・未確認" in browser.get(url).content.decode()
    said = {"on": "2026-11-01", "against": "様式集 令和5年版"}
    bare = browser.post(url, said | {"fits": "no"})
    assert bare.status_code == 422
    assert "ちがっていたところを書いてください" in bare.content.decode()
    assert browser.post(url, said | {"on": "2999-01-01", "fits": "yes"}).status_code == 422
    assert browser.post(url, said | {"fits": "no", "note": "残された課題の枠がない"}).status_code == 302
    assert "再現版・未確認" in browser.get(url).content.decode()
    assert browser.post(url, said | {"fits": "yes"}).status_code == 302
    page = browser.get(url).content.decode()
    assert "再現版・未確認」" in page  # only what the mark means is explained
    assert "原本と照合ずみ" in page
    assert manager.name in page
    NationalForm.objects.filter(pk="evaluation").update(edition=2)
    assert "原本と照合ずみ" not in browser.get(url).content.decode()
    assert client_of(counsellor).get(url).status_code == 404


@pytest.mark.parametrize("who", ["supervisor", "coordinator"])
def test_whoever_edits_sets_elsewhere_than_in_the_city_takes_no_mark_away_and_is_not_asked_to(
    who: str, request: pytest.FixtureRequest, client_of: Callable[[Staff], Client], actor_of: Any
) -> None:
    """Standards §1: the mark holds for the whole house, and so does taking it away."""
    staff, one, form = request.getfixturevalue(who), living(), NationalForm.objects.get(pk="evaluation")
    day = dt.date(2026, 11, 1)
    said = {"on": str(day), "against": "様式集", "fits": "yes"}
    browser = client_of(staff)
    for url, post in ((f"/questions/{one.pk}/", "checked/"), ("/questions/forms/evaluation/", "")):
        page = browser.get(url).content.decode()
        assert "市の担当が記録します" in page
        assert 'name="against"' not in page
        assert [browser.post(url + post, sent).status_code for sent in (said, {"on": ""})] == [404, 404]
        assert "再現版・未確認" in browser.get(url).content.decode()
    by = actor_of(staff)
    with pytest.raises(NotAllowed):
        actions.check_against_original(by=by, questionnaire=one, on=day, against="様式集")
    with pytest.raises(NotAllowed):
        actions.check_form(by=by, form=form, said=actions.Comparison(day, "様式集", fits=True))


def test_a_manager_of_the_city_compares_and_changes_no_set(city_browser: Client, manager: Staff, actor_of: Any) -> None:
    """Comparing is a permission of its own: who answers for the city's forms need not be who writes them."""
    one = living()
    pages = [city_browser.get(url).content.decode() for url in ("/questions/", f"/questions/{one.pk}/")]
    assert "新しい質問票をつくる" not in pages[0]
    assert "新しい版の下書きをつくる" not in pages[1]
    assert 'name="against"' in pages[1]
    assert [city_browser.post("/questions/", sent).status_code for sent in ({"name": "家での安全"}, {"name": ""})] == [
        404,
        404,
    ]
    assert city_browser.post(f"/questions/{one.pk}/draft/").status_code == 404
    with pytest.raises(NotAllowed):
        actions.draft_version(by=actor_of(manager), questionnaire=one)
