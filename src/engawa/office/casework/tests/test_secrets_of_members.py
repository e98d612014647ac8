"""What is secret of a member who is nobody's 本人: a mother who fled, with her new name and address."""

import datetime as dt
import io
import zipfile
from typing import Any

import pypdfium2
import pytest
from django.db import ProgrammingError, connection, transaction

from engawa.kernel import clock
from engawa.office.access.actions import grant
from engawa.office.access.actors import COMMAND, KEEPER, NotAllowed
from engawa.office.access.parts import Part
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry
from engawa.office.casework.cases.actions import answer_handover, edit_facts, offer_handover, open_case
from engawa.office.casework.cases.models import Case, CaseSearch
from engawa.office.casework.cases.queries import find_cases
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.households.models import Member, Secret
from engawa.office.casework.identity.actions import give_name_again, merge_with, split, take_name_back
from engawa.office.casework.maps.actions.family import add_member, correct_member, remove_member
from engawa.office.casework.maps.actions.household import join_household
from engawa.office.casework.maps.actions.secrets import correct_secret, drop_secret, keep_secret
from engawa.office.casework.maps.queries import secrets_of, version_of
from engawa.office.casework.people.models import Person
from engawa.office.casework.retention.others import doubt_about, own_members, veil_of

pytestmark = pytest.mark.django_db
NAME, PLACE = SECRETS = "別名 せつ", "丹後市避難町1"


@pytest.fixture
def mother(here: Any, case: Case) -> Member:
    """A mother whose new name and whereabouts our organisation keeps."""
    with acting_as(here.actor):
        mother = add_member(by=here.actor, case=case, as_="mother", name="山田 よし")
        keep_secret(by=here.actor, case=case, member=mother, kind="name", words=NAME)
        keep_secret(by=here.actor, case=case, member=mother, kind="whereabouts", words=PLACE, note="夜は出ない")
    return mother


@pytest.fixture
def theirs(there: Any, case: Case, mother: Member) -> Case:
    """The case of another organisation in the same household: of the father, from whom she fled."""
    with acting_as(there.actor):
        made = open_case(by=there.actor, desk=there.desk, requester="self", name="山田 次郎")
    with acting_as(COMMAND):
        join_household(by=COMMAND, case=made, other=case, member=None)
        return Case.objects.get(pk=made.pk)


def words(actor: Any, case: Case) -> set[str]:
    with acting_as(actor):
        return {secret.words for secret in secrets_of(actor, Case.objects.get(pk=case.pk))}


def rows(actor: Any) -> list[int]:
    """How much PostgreSQL itself shows of secrets and their past, past every query of ours."""
    with acting_as(actor), connection.cursor() as cursor:
        count = "SELECT (SELECT count(*) FROM casework_secret), (SELECT count(*) FROM casework_secretpast)"
        return list(cursor.execute(count).fetchone())


def handed_over(here: Any, there: Any, case: Case) -> None:
    with acting_as(here.actor):
        handover = offer_handover(by=here.actor, case=case, taker=there.organisation, package="引継ぎ")
    with acting_as(there.actor):
        answer_handover(by=there.actor, handover=handover, accepted=True)


def test_another_organisation_in_the_same_household_finds_the_secret_on_no_page_and_in_no_file(
    here: Any, there: Any, case: Case, theirs: Case, client_of: Any
) -> None:
    """X-01: not on pages, in maps, forms, exports, search, timeline or what auditors read."""
    stranger, mine = client_of(there.staff), client_of(here.staff)
    base = f"/cases/{theirs.number}/"
    pages = ["", "person/", "person/history/", "family/", "support/", "papers/", "family/secrets/new/", "handover/"]
    said = "".join(stranger.get(base + page).content.decode() for page in pages)
    for actor in (here.actor, there.actor):
        with acting_as(actor):
            assert [find_cases(actor, text) for text in SECRETS] == [[], []]
    found = mine.get(f"/cases/{case.number}/family/").content.decode()
    assert [text in found for text in (NAME, PLACE, "夜は出ない")] == [True] * 3
    assert "山田 よし" in said, "the mother herself is no secret"
    assert [text for text in (PLACE, "避難町", "夜は出ない") if text in said] == []
    with acting_as(KEEPER):
        kept = [str(one) for one in Entry.objects.values_list("deed", "subject", "detail")]
        kept += [str(one) for one in CaseSearch.objects.values_list("text", "family", "pieces")]
    assert [line for line in kept if NAME in line or PLACE in line or "避難" in line] == []


@pytest.mark.parametrize("whose", ["here", "there"])
def test_no_map_and_no_paper_carries_a_secret_not_even_where_it_was_written(
    here: Any, there: Any, case: Case, theirs: Case, client_of: Any, whose: str
) -> None:
    """X-01: what is printed leaves the house."""
    house, one = (here, case) if whose == "here" else (there, theirs)
    browser, base = client_of(house.staff), f"/cases/{one.number}/"
    page = browser.get(f"{base}family/").content.decode()
    drawn = page[page.index("<svg") : page.index("</details>", page.index("map-words"))]
    papers = [f"{base}papers/{paper}/{form}/" for paper in ("family", "support") for form in ("xlsx", "pdf")]
    files = [browser.get(paper) for paper in papers]
    assert [answer.status_code for answer in files] == [200] * 4
    assert "山田 よし" in drawn
    assert NAME not in drawn
    assert PLACE not in drawn
    secrets = [text.encode() for text in (NAME, PLACE, "避難")]
    assert [text for text in secrets for answer in files if text in unpacked(answer.content)] == []


def unpacked(content: bytes) -> bytes:
    """What a workbook or a PDF says."""
    if content.startswith(b"%PDF"):
        return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)).encode()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


def test_both_walls_show_it_where_it_was_written_alone(here: Any, there: Any, case: Case, theirs: Case) -> None:
    with acting_as(here.actor):
        secret = Secret.objects.get(kind="whereabouts")
        correct_secret(by=here.actor, case=case, secret=secret, words=f"{PLACE}の2階")
    assert (words(here.actor, case), rows(here.actor)) == ({NAME, f"{PLACE}の2階"}, [2, 1])
    assert (words(there.actor, theirs), rows(there.actor)) == (set(), [0, 0])
    with acting_as(there.actor):
        seen = Case.objects.get(pk=theirs.pk)
        for write in (correct_secret, drop_secret):
            with pytest.raises(NotAllowed):
                write(by=there.actor, case=seen, secret=secret, **({"words": "x"} if write is correct_secret else {}))
        said = {"household": secret.household, "member": secret.member, "organisation": here.organisation}
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Secret.objects.create(**said, kind="name", words="よそから")


@pytest.mark.parametrize("parts", [[Part.BASICS], None])
def test_whoever_is_let_see_the_case_or_lacks_the_family_sees_no_secret(
    here: Any, there: Any, case: Case, mother: Member, parts: list[Part] | None, client_of: Any
) -> None:
    """A right to the whole case opens the family and not what is secret there; nobody keeps one for others."""
    said = {"basis": "urgent", "organisation": there.organisation, "reason": "支援会議"}
    with acting_as(COMMAND):
        grant(by=COMMAND, case_id=case.pk, parts=parts, ends_at=clock.now() + dt.timedelta(days=1), **said)
    with acting_as(there.actor):
        seen = Case.objects.get(pk=case.pk)
        with pytest.raises(NotAllowed):
            keep_secret(by=there.actor, case=seen, member=mother, kind="name", words="x")
    assert (words(there.actor, case), rows(there.actor)) == (set(), [0, 0])
    browser, base = client_of(there.staff), f"/cases/{case.number}/family/"
    with acting_as(COMMAND):
        secret = Secret.objects.get(kind="name")
    pages = [browser.get(f"{base}secrets/{tail}/").status_code for tail in ("new", secret.pk)]
    assert pages == [404, 404]
    assert NAME not in browser.get(base).content.decode()


def test_what_stood_openly_becomes_a_secret_and_leaves_the_record_and_its_past(
    here: Any, there: Any, case: Case, theirs: Case, mother: Member, client_of: Any
) -> None:
    """She fled after the place was written down: it is not found any more by looking at what stood before."""
    with acting_as(here.actor):
        Member.objects.filter(pk=mother.pk).update(whereabouts="実家")
        Member.objects.filter(pk=mother.pk).update(whereabouts="みなとの家")
        Member.objects.filter(pk=mother.pk).update(note="みまもり")
    browser, url = client_of(here.staff), f"/cases/{case.number}/family/secrets/new/"
    asked = browser.get(url, {"member": mother.pk}).content.decode()
    assert f'value="{mother.pk}" selected' in asked
    sent = {"member": mother.pk, "kind": "whereabouts", "words": "", "clear": "on"}
    assert browser.post(url, sent).url == f"/cases/{case.number}/family/"
    assert "みなとの家" in words(here.actor, case)
    with acting_as(there.actor):
        past = set(Member.objects.get(pk=mother.pk).events.values_list("whereabouts", flat=True))
    assert past == {""}, "the form says that it leaves what was written before"
    refused = browser.post(url, sent)
    assert refused.status_code == 422
    assert "秘匿する名か居場所を書いてください" in refused.content.decode()


def test_a_name_that_becomes_secret_is_no_longer_found(here: Any, case: Case, mother: Member) -> None:
    with acting_as(here.actor):
        keep_secret(by=here.actor, case=case, member=mother, kind="name", clear=True)
        assert "山田 よし" in words(here.actor, case)
        assert Member.objects.get(pk=mother.pk).name == ""
        assert set(Member.objects.get(pk=mother.pk).events.values_list("name", flat=True)) == {""}
    with acting_as(KEEPER):
        assert "山田" not in CaseSearch.objects.get(case=case).family


def test_two_who_correct_a_secret_at_once_see_each_other_s_words(
    here: Any, case: Case, mother: Member, client_of: Any
) -> None:
    browser = client_of(here.staff)
    with acting_as(here.actor):
        secret = Secret.objects.get(kind="whereabouts")
        seen = version_of(secret)
        correct_secret(by=here.actor, case=case, secret=secret, words="宮津市別町2")
    url = f"/cases/{case.number}/family/secrets/{secret.pk}/"
    late = browser.post(url, {"words": "舞鶴市3", "seen": seen})
    page = late.content.decode()
    assert (late.status_code, "宮津市別町2" in page, "舞鶴市3" in page) == (422, True, True)
    assert browser.post(url, {"words": " ", "seen": ""}).status_code == 422
    assert browser.post(url, {"strike": "1", "seen": late.context["panel"].form["seen"].value()}).status_code == 302
    assert words(here.actor, case) == {NAME}
    assert rows(here.actor) == [1, 2]


def test_secrets_and_their_past_go_along_when_the_case_is_handed_over(
    here: Any, there: Any, case: Case, mother: Member, client_of: Any
) -> None:
    giver, taker = client_of(here.staff), client_of(there.staff)
    assert (
        "秘匿の名・住所・連絡先（DVなど）が2件あります" in giver.get(f"/cases/{case.number}/handover/").content.decode()
    )
    with acting_as(here.actor):
        correct_secret(by=here.actor, case=case, secret=Secret.objects.get(kind="name"), words="新名 せつ")
    handed_over(here, there, case)
    assert (words(there.actor, case), rows(there.actor)) == ({"新名 せつ", PLACE}, [2, 3])
    assert rows(here.actor) == [0, 0]
    with acting_as(there.actor):
        url = f"/cases/handovers/{case.handovers.get().pk}/"
    assert "2件、この機関のものになりました" in taker.get(url).content.decode()


def test_who_keeps_another_case_of_the_household_keeps_the_secrets_beside_whoever_took_one(
    here: Any, there: Any, case: Case, mother: Member, client_of: Any
) -> None:
    with acting_as(here.actor):
        second = open_case(by=here.actor, desk=here.desk, requester="self")
        join_household(by=here.actor, case=second, other=case, member=None)
    offer = client_of(here.staff).get(f"/cases/{case.number}/handover/").content.decode()
    assert "家族の分は、相手に写しが渡り、ここにも残ります" in offer
    handed_over(here, there, case)
    assert words(here.actor, second) == {NAME, PLACE} == words(there.actor, case)
    assert [rows(one.actor) for one in (here, there)] == [[2, 0], [2, 0]]


def test_a_secret_moves_with_its_member_to_another_household(here: Any, case: Case, mother: Member) -> None:
    with acting_as(here.actor):
        second = open_case(by=here.actor, desk=here.desk, requester="self")
        other = add_member(by=here.actor, case=second, as_="mother")
        join_household(by=here.actor, case=case, other=second, member=None)
        secret = Secret.objects.get(kind="name")
    assert (secret.household_id, secret.member_id) == (other.household_id, mother.pk)
    assert words(here.actor, second) == {NAME, PLACE}


def test_what_is_secret_is_masked_in_what_others_get_and_never_goes_out_by_itself(
    here: Any, there: Any, theirs: Case, case: Case, mother: Member
) -> None:
    """Whichever organisation keeps it: the father asks for his records elsewhere, where her place slipped in."""
    with acting_as(there.actor):
        edit_facts(by=there.actor, case=theirs, complaint="母は")
        veil = veil_of(Case.objects.get(pk=theirs.pk))
    assert veil.cover(f"母は{PLACE}で{NAME}と名乗る") == "母は【ほかの人の住所】で【母】と名乗る"
    with acting_as(here.actor):
        assert {doubt_about(secret, own_members(case)) for secret in Secret.objects.all()} == {"秘匿の記録です"}


def test_what_is_secret_of_a_member_follows_them_when_they_become_the_person_of_a_case_and_back_again(
    here: Any, there: Any, case: Case, theirs: Case, mother: Member, client_of: Any
) -> None:
    """X-01: under the same protection: there alone where it was written, also where others hold a case of hers."""
    with acting_as(here.actor):
        own = open_case(by=here.actor, desk=here.desk, requester="self", name="山田 よし")
        join_household(by=here.actor, case=own, other=case, member=mother)
        other = open_case(by=here.actor, desk=here.desk, requester="self", name="よし")
    with acting_as(COMMAND):
        abroad = open_case(by=COMMAND, desk=there.desk, requester="self", person=Person.objects.get(cases=own))
    assert told_of(here, own, client_of) == told_of(here, case, client_of, "family/") == {NAME, PLACE, "夜は出ない"}
    assert told_of(here, case, client_of) == set(), "the child's own page"
    page = client_of(here.staff).get(f"/cases/{own.number}/person/").content.decode()
    with acting_as(here.actor):
        assert f"/cases/{own.number}/family/secrets/{Secret.objects.get(kind='name').pk}/" in page
        merge = merge_with(by=here.actor, case=own, other=other, reason="声が同じ")
    assert told_of(here, other, client_of) == {NAME, PLACE, "夜は出ない"}
    for one in (abroad, theirs):
        for page in ("person/", "family/", "handover/"):
            assert told_of(there, one, client_of, page) == set(), page
    assert rows(there.actor) == [0, 0]
    with acting_as(here.actor):
        split(by=here.actor, case=Case.objects.get(pk=own.pk), merge=merge, reason="別の人")
    assert [told_of(here, one, client_of) for one in (own, other)] == [{NAME, PLACE, "夜は出ない"}, set()]


def test_what_is_secret_of_somebody_in_another_household_goes_along_with_their_own_case(
    here: Any, there: Any, case: Case, mother: Member, client_of: Any
) -> None:
    """X-01: whoever takes her case keeps it as hers, and learns nothing of the household where it was written."""
    with acting_as(here.actor):
        own = open_case(by=here.actor, desk=here.desk, requester="self", name="山田 よし")
        Member.objects.filter(pk=mother.pk).update(person=own.person)
    offer = client_of(here.staff).get(f"/cases/{own.number}/handover/").content.decode()
    assert "秘匿の名・住所・連絡先（DVなど）が2件あります" in offer
    assert "ほかの世帯の家族としての本人" in offer
    handed_over(here, there, own)
    assert told_of(there, own, client_of) == {NAME, PLACE, "夜は出ない"}
    assert rows(there.actor) == [0, 0], "as hers, not as a member's"
    assert words(here.actor, case) == {NAME, PLACE}


def test_one_s_own_secret_name_is_out_of_sight_while_the_name_is_taken_back(
    here: Any, case: Case, mother: Member, client_of: Any
) -> None:
    with acting_as(here.actor):
        own = open_case(by=here.actor, desk=here.desk, requester="self", name="山田 よし")
        join_household(by=here.actor, case=own, other=case, member=mother)
        asked: Any = {"by": here.actor, "case": own, "agreed_by": "self", "how": "phone"}
        take_name_back(**asked)
        assert list(find_cases(here.actor, "山田 よし")) == []
    pages = ["person/", "person/history/", "family/", "support/", "papers/"]
    assert [told_of(here, own, client_of, page) for page in pages] == [set()] * len(pages)
    assert [told_of(here, case, client_of, page) for page in ("family/", "person/")] == [set()] * 2
    assert "山田 よし" not in client_of(here.staff).get(f"/cases/{case.number}/family/").content.decode()
    with acting_as(here.actor):
        give_name_again(**asked)
    assert told_of(here, own, client_of) == {NAME, PLACE, "夜は出ない"}


def told_of(house: Any, case: Case, client_of: Any, page: str = "person/") -> set[str]:
    """What of the secrets a page of the case tells."""
    said = client_of(house.staff).get(f"/cases/{case.number}/{page}").content.decode()
    return {text for text in (NAME, PLACE, "夜は出ない") if text in said}


def test_a_member_taken_out_as_a_mistake_takes_the_secrets_along(here: Any, case: Case, mother: Member) -> None:
    with acting_as(here.actor):
        remove_member(by=here.actor, case=case, member=mother)
    assert rows(here.actor) == [0, 2]


def test_a_secret_that_says_nothing_is_refused(here: Any, case: Case, mother: Member) -> None:
    with acting_as(here.actor):
        for clear in (False, True):
            with pytest.raises(NotPossible, match="書いてください"):
                keep_secret(by=here.actor, case=case, member=mother, kind="whereabouts", words=" ", clear=clear)


@pytest.fixture
def yoshi(here: Any, case: Case, mother: Member) -> Member:
    """The mother with all that can stand openly of her name."""
    with acting_as(here.actor):
        correct_member(by=here.actor, case=case, member=mother, reading="やまだ よし")
    return mother


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({}, ("山田 よし（やまだ よし）", "")),
        ({"note": "夜だけ"}, ("山田 よし（やまだ よし）", "夜だけ")),
        ({"words": "新名 せつ", "note": "夜だけ"}, ("新名 せつ", "夜だけ\n山田 よし（やまだ よし）")),
        ({"words": "山田 よし（やまだ よし）"}, ("山田 よし（やまだ よし）", "")),
    ],
)
def test_a_name_that_becomes_secret_keeps_its_reading(
    here: Any, case: Case, yoshi: Member, said: dict[str, str], kept: tuple[str, str]
) -> None:
    with acting_as(here.actor):
        secret = keep_secret(by=here.actor, case=case, member=yoshi, kind="name", clear=True, **said)
        left = Member.objects.get(pk=yoshi.pk)
    assert (secret.words, secret.note) == kept
    assert (left.name, left.reading) == ("", "")


def test_who_emptied_the_field_first_leaves_nothing_behind_either(here: Any, case: Case, mother: Member) -> None:
    """X-01: the address that stood openly is not found in the past of the member."""
    with acting_as(here.actor):
        for place in (PLACE, "", "友人宅", ""):
            correct_member(by=here.actor, case=case, member=mother, whereabouts=place)
        keep_secret(by=here.actor, case=case, member=mother, kind="whereabouts", words=PLACE, clear=True)
        past = Member.objects.get(pk=mother.pk).events
        assert set(past.values_list("whereabouts", flat=True)) == {""}
        assert set(past.values_list("name", flat=True)) == {"山田 よし"}, "only what became secret goes"


def test_nobody_is_taken_out_of_a_household_of_which_another_organisation_holds_a_case(
    here: Any, there: Any, case: Case, theirs: Case, mother: Member, client_of: Any
) -> None:
    """X-01: with or without a secret of the other organisation, and whom its case is about, too: refused alike."""
    with acting_as(here.actor):
        aunt = add_member(by=here.actor, case=case, called="おば")
    refusals = []
    with acting_as(there.actor):
        seen = Case.objects.get(pk=theirs.pk)
        for member in Member.objects.filter(pk__in=[mother.pk, aunt.pk, case.member_id]):
            with pytest.raises(NotPossible) as refused:
                remove_member(by=there.actor, case=seen, member=member)
            refusals.append(str(refused.value))
    assert len(refusals) == 3
    assert len(set(refusals)) == 1
    url = f"/cases/{theirs.number}/family/members/{mother.pk}/"
    shown = client_of(there.staff).get(url).context["panel"].form
    answer = client_of(there.staff).post(url, {"strike": "1", "seen": shown["seen"].value()})
    page = answer.content.decode()
    assert (answer.status_code, "その機関と相談してください" in page, "「同居している」を外し" in page) == (
        422,
        True,
        True,
    )
    assert rows(here.actor) == [2, 0]


def test_whoever_is_let_see_the_family_alone_takes_nobody_out_of_it(
    here: Any, there: Any, case: Case, mother: Member
) -> None:
    """What the holder keeps secret of a member neither stops nor tells on itself: it is refused for all alike."""
    said = {"basis": "consent", "organisation": there.organisation, "reason": "同意"}
    with acting_as(COMMAND):
        until = clock.now() + dt.timedelta(days=1)
        grant(by=COMMAND, case_id=case.pk, parts=[Part.FAMILY], ends_at=until, **said)
    with acting_as(there.actor), pytest.raises(NotPossible, match="ほかの機関が"):
        remove_member(by=there.actor, case=Case.objects.get(pk=case.pk), member=Member.objects.get(pk=mother.pk))


def test_how_to_reach_her_is_masked_in_what_others_get(there: Any, theirs: Case, here: Any, case: Case) -> None:
    note = "LINE：yoshi_hinan、夜は裏口の呼び鈴から。支援者は田中さん"
    with acting_as(here.actor):
        secret = Secret.objects.get(kind="whereabouts")
        correct_secret(by=here.actor, case=case, secret=secret, words=PLACE, note=note)
    with acting_as(there.actor):
        veil = veil_of(Case.objects.get(pk=theirs.pk))
    masked = veil.cover("母はyoshi_hinanで、夜は裏口の呼び鈴から。田中さんに聞く")
    assert masked == "母は【ほかの人の連絡先】で、夜は裏口の呼び鈴から。【ほかの人】さんに聞く"


def test_what_was_secret_before_is_masked_as_what_is_secret_now(
    here: Any, there: Any, case: Case, theirs: Case, mother: Member
) -> None:
    """standards 4.1: corrected, struck, or kept of somebody who was taken out since, with what its notes tell."""
    with acting_as(here.actor):
        name, place = (Secret.objects.get(kind=kind) for kind in ("name", "whereabouts"))
        correct_secret(by=here.actor, case=case, secret=name, words="新名 せつ", note="山田 みち")
        correct_secret(by=here.actor, case=case, secret=place, words="宮津市別町2", note="みなとの家、夜だけ")
        drop_secret(by=here.actor, case=case, secret=place)
        aunt = add_member(by=here.actor, case=case, called="おば")
        keep_secret(by=here.actor, case=case, member=aunt, kind="name", words="秋野 ゆう（あきの ゆう）")
    with acting_as(COMMAND):
        aunt.delete()
    with acting_as(there.actor):
        veil = veil_of(Case.objects.get(pk=theirs.pk))
    told = [NAME, "新名 せつ", PLACE, "宮津市別町2", "みなとの家", "秋野 ゆう", "あきのゆう", "山田みち"]
    roles = ["母", "母", *["ほかの人の住所"] * 3, "家族", "家族", "ほかの人"]
    masked = veil.cover("、".join(told) + "。夜だけ、おばが来る")
    assert masked == "、".join(f"【{role}】" for role in roles) + "。夜だけ、おばが来る"
