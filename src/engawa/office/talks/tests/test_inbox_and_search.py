"""What the desk reads: tabs, counts, who is next, search behind the wall, what visitors may expect."""

import datetime as dt
from collections.abc import Callable

import psycopg
import pytest
from django.db import connection

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actors import COURIER, KEEPER, Actor, NotAllowed
from engawa.office.access.models import Grant, Organisation, Staff
from engawa.office.access.permissions import Role
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry
from engawa.office.directory.models import Desk
from engawa.office.talks import access, queries
from engawa.office.talks.actions import answers, desks, holding
from engawa.office.talks.models import Message, Presence, ReplyDraft, Talk, Template
from engawa.office.talks.queries import Tab
from engawa.post.letters import ExpectationPublished, Letter

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def handles(talks: list[Talk]) -> list[str]:
    return [talk.handle for talk in talks]


@pytest.fixture
def talks(open_talk: Callable[..., Talk], by: Actor) -> dict[str, Talk]:
    """Four talks: one that waits long, one that waits briefly and is mine, one left to be read, one closed."""
    now = clock.now()
    talks = {
        "long": open_talk("八年になります", handle="ねこやなぎ", said_at=now - 11 * MINUTE),
        "mine": open_talk("夜の川", handle="こもれび", said_at=now - 2 * MINUTE),
        "left": open_talk("読んでもらえたら", handle="たんぽぽ", said_at=now - 60 * MINUTE, answer_needed=False),
        "closed": open_talk("ありがとう", handle="すみれ", said_at=now - 90 * MINUTE),
    }
    holding.claim(by=by, talk_id=talks["mine"].pk)
    holding.close(by=by, talk_id=talks["closed"].pk)
    return talks


@pytest.mark.parametrize(
    ("tab", "expected"),
    [
        (Tab.WAITING, ["ねこやなぎ", "こもれび"]),
        (Tab.MINE, ["こもれび"]),
        (Tab.LEFT, ["たんぽぽ"]),
        (Tab.ALL, ["こもれび", "ねこやなぎ", "たんぽぽ", "すみれ"]),
    ],
)
def test_each_tab_has_its_talks_in_its_order(talks: dict[str, Talk], by: Actor, tab: Tab, expected: list[str]) -> None:
    assert handles(queries.inbox(by, tab)) == expected


def test_the_counts_are_those_of_the_tabs(talks: dict[str, Talk], by: Actor) -> None:
    assert queries.counts(by) == {Tab.WAITING: 2, Tab.MINE: 1, Tab.LEFT: 1}
    assert queries.waiting_count(by) == 2


def test_all_talks_are_paged_by_their_last_word(talks: dict[str, Talk], by: Actor) -> None:
    older = queries.inbox(by, Tab.ALL, before=talks["long"].last_word_at)
    assert handles(older) == ["たんぽぽ", "すみれ"]


def test_next_is_who_has_waited_longest_and_is_held_by_nobody(talks: dict[str, Talk], by: Actor) -> None:
    assert queries.next_waiting(by) == talks["long"]
    holding.claim(by=by, talk_id=talks["long"].pk)
    assert queries.next_waiting(by) is None


def test_the_inbox_shows_what_the_visitor_said_last(talks: dict[str, Talk], by: Actor) -> None:
    answers.reply(by=by, talk_id=talks["mine"].pk, words="返事", message_id=uuid7())
    assert queries.inbox(by, Tab.MINE)[0].preview == "夜の川"  # type: ignore[attr-defined]


@pytest.mark.parametrize("who", ["stranger", "partner", "supporter", "administrator", "manager", "prefecture"])
def test_who_does_not_work_the_desk_sees_an_empty_inbox(
    talks: dict[str, Talk], who: str, request: pytest.FixtureRequest, actor_of: Callable[[Staff], Actor]
) -> None:
    actor = actor_of(request.getfixturevalue(who))
    with acting_as(actor):
        assert queries.inbox(actor, Tab.ALL) == []
        assert queries.search(actor, "夜の川") == []
        with pytest.raises(NotAllowed):
            access.talk_for(actor, talks["mine"].pk)


def rows_seen(actor: Actor) -> dict[str, int]:
    tables = ("talks_talk", "talks_message", "talks_replydraft")
    with acting_as(actor), connection.cursor() as cursor:
        return {table: int(cursor.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in tables}  # noqa: S608 - our own names


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COUNSELLOR, Role.SUPERVISOR}))
def test_a_colleague_who_works_no_desk_sees_no_talk_even_in_raw_sql(
    talks: dict[str, Talk], by: Actor, role: Role, desk_organisation: Organisation
) -> None:
    """X-01: the second wall asks for the permission of the desk as the first does, not for any role beside it."""
    with acting_as(by):
        answers.keep_draft(by=by, talk_id=talks["mine"].pk, words="書きかけ")
    with acting_as(KEEPER):
        beside = Staff.objects.create(email="beside@example.org", name="となりの人")
        beside.memberships.create(organisation=desk_organisation, role=role, starts_on=dt.date(2020, 4, 1))
    assert rows_seen(Actor(beside.id, beside.name)) == {"talks_talk": 0, "talks_message": 0, "talks_replydraft": 0}
    assert min(rows_seen(by).values()) > 0


def test_notes_and_drafts_of_the_desk_stay_with_it_where_a_talk_is_read_for_its_case_even_in_raw_sql(
    talks: dict[str, Talk], coordinator: Staff, by: Actor, actor_of: Callable[[Staff], Actor]
) -> None:
    case_id, talk = uuid7(), talks["mine"]
    with acting_as(by):
        answers.note(by=by, talk_id=talk.pk, words="気になる")
        answers.keep_draft(by=by, talk_id=talk.pk, words="書きかけ")
    with acting_as(COURIER):
        Talk.objects.filter(pk=talk.pk).update(case_id=case_id)
        said = Message.objects.filter(talk=talk).exclude(direction__in=["note", "whisper"]).count()
        Grant.objects.create(
            case_id=case_id, organisation=coordinator.memberships.get().organisation, basis="consent", reason="同意",
            starts_at=clock.now(), ends_at=clock.now() + MINUTE,
        )  # fmt: skip
    seen = rows_seen(actor_of(coordinator))
    assert seen == {"talks_talk": 1, "talks_message": said, "talks_replydraft": 0}


def test_reading_a_talk_is_written_down(talks: dict[str, Talk], by: Actor) -> None:
    access.talk_for(by, talks["mine"].pk)
    with acting_as(COURIER):
        assert Entry.objects.filter(deed="talks.read", reading=True, subject=str(talks["mine"].pk)).exists()


def test_who_sees_the_case_reads_its_talk_and_cannot_answer_it(
    talks: dict[str, Talk], coordinator: Staff, by: Actor, actor_of: Callable[[Staff], Actor]
) -> None:
    """000-06: once linked, the history is there for who carries the case; what colleagues note is not."""
    case_id, reader = uuid7(), actor_of(coordinator)
    with acting_as(by):
        answers.raise_worry(by=by, talk_id=talks["mine"].pk, words="気になる")
        answers.keep_draft(by=by, talk_id=talks["mine"].pk, words="書きかけ")
        assert (why := queries.worry_of(by, access.talk_for(by, talks["mine"].pk)))
        assert why.body == "気になる"
        assert "気になる" in {message.body for message in queries.words_of(by, talks["mine"])}
    with acting_as(COURIER):
        Talk.objects.filter(pk=talks["mine"].pk).update(case_id=case_id)
        Grant.objects.create(
            case_id=case_id,
            organisation=coordinator.memberships.get().organisation,
            staff=coordinator,
            basis=Grant.Basis.CONSENT,
            starts_at=clock.now(),
            ends_at=clock.now() + MINUTE,
        )
    with acting_as(reader):
        assert access.talk_for(reader, talks["mine"].pk) == talks["mine"]
        assert {message.direction for message in queries.words_of(reader, talks["mine"])} == {"in"}
        assert queries.colleagues_writing(reader, talks["mine"]) == []
        assert queries.worry_of(reader, access.talk_for(reader, talks["mine"].pk)) is None
        with pytest.raises(NotAllowed):
            answers.reply(by=reader, talk_id=talks["mine"].pk, words="はい", message_id=uuid7())


@pytest.mark.parametrize(
    "words",
    ["夜の川", "ﾖﾙﾉｶﾜ", "川", "こもれび", "コモレビ", "　夜の　川 "],
    ids=["words", "kana", "one", "handle", "script", "space"],
)
def test_search_finds_words_and_handles(talks: dict[str, Talk], by: Actor, words: str) -> None:
    found = handles(queries.search(by, words))
    assert found == ([] if words == "ﾖﾙﾉｶﾜ" else ["こもれび"])


@pytest.mark.parametrize("words", ["", "   ", "%", "_", "夜川", "' OR 1=1 --", "\\"])
def test_search_finds_nothing_where_nothing_is(talks: dict[str, Talk], by: Actor, words: str) -> None:
    assert queries.search(by, words) == []


def test_notes_are_found_too(talks: dict[str, Talk], by: Actor) -> None:
    answers.note(by=by, talk_id=talks["mine"].pk, words="自転車が得意")
    assert handles(queries.search(by, "自転車")) == ["こもれび"]


def plan_for(role: str, cluster: str) -> str:
    """How the role would look for messages by pieces, where only an index can save it from reading them all."""
    name = connection.settings_dict["NAME"]
    with psycopg.connect(host=cluster, user=role, dbname=name) as other:
        other.execute("SET enable_seqscan = off")
        rows = other.execute("EXPLAIN SELECT talk_id FROM talks_message WHERE pieces @> ARRAY['夜の']").fetchall()
    return "\n".join(str(row[0]) for row in rows)


def test_the_search_uses_its_index_behind_the_wall(db: None, cluster: str) -> None:
    """measured.md: the wall keeps a plain query from the index, so the search asks as the owner of the tables."""
    assert "message_pieces" in plan_for("engawa_office_owner", cluster)
    assert "message_pieces" not in plan_for("engawa_office", cluster)


def test_a_colleagues_fresh_draft_is_seen_and_an_old_one_is_not(
    talks: dict[str, Talk], by: Actor, colleague: Staff, actor_of: Callable[[Staff], Actor]
) -> None:
    second = actor_of(colleague)
    with acting_as(second):
        answers.keep_draft(by=second, talk_id=talks["mine"].pk, words="わたしが")
    assert [draft.words for draft in queries.colleagues_writing(by, talks["mine"])] == ["わたしが"]
    assert queries.my_draft(by, talks["mine"]) == ""
    ReplyDraft.objects.update(saved_at=clock.now() - 5 * MINUTE)
    assert queries.colleagues_writing(by, talks["mine"]) == []


def test_presence_ends_by_itself(talks: dict[str, Talk], by: Actor, desk: Desk, counsellor: Staff) -> None:
    desks.be_present(by=by)
    assert queries.present_at([desk.organisation_id]) == [counsellor]
    Presence.objects.update(seen_at=clock.now() - 4 * MINUTE)
    assert queries.present_at([desk.organisation_id]) == []


def test_what_visitors_may_expect_is_measured_and_published(
    open_talk: Callable[..., Talk], by: Actor, desk: Desk, outgoing: Callable[[], list[Letter]]
) -> None:
    """001-12: the time to a first answer is the median of the last four weeks, and is said only when it is known."""
    hour_ago = clock.now() - 60 * MINUTE
    five_weeks_ago = hour_ago - dt.timedelta(weeks=5)  # too old to be measured
    desks.be_present(by=by)
    for begin, minutes in [*((hour_ago, some) for some in (4, 10, 30)), *[(five_weeks_ago, 50)] * 3]:
        talk = open_talk()
        with acting_as(COURIER):
            Talk.objects.filter(pk=talk.pk).update(
                answer_counts_from=begin, first_answer_at=begin + minutes * MINUTE, waiting_since=None
            )
    open_talk()
    with acting_as(KEEPER):
        assert desks.publish_expectations(by=KEEPER) == 1
    letter = outgoing()[-1]
    assert isinstance(letter, ExpectationPublished)
    assert (letter.desk_id, letter.present, letter.waiting, letter.minutes) == (desk.pk, 1, 1, 10)


def test_too_few_answers_make_no_expectation(open_talk: Callable[..., Talk], by: Actor, desk: Desk) -> None:
    talk = open_talk()
    answers.reply(by=by, talk_id=talk.pk, words="はい", message_id=uuid7())
    assert queries.expectation_of(by, desk, clock.now()).minutes is None


def test_templates_are_kept_by_those_who_may(
    desk: Desk, by: Actor, supervisor: Staff, actor_of: Callable[[Staff], Actor]
) -> None:
    chief = actor_of(supervisor)
    with acting_as(chief):
        kept = desks.keep_template(by=chief, desk=desk, title="はじめに", body="来てくれて、ありがとう。")
        desks.keep_template(by=chief, desk=desk, title="はじめに", body="書いてくれて、ありがとう。", template=kept)
    assert [one.body for one in queries.templates_of(desk)] == ["書いてくれて、ありがとう。"]
    with pytest.raises(NotAllowed):
        desks.keep_template(by=by, desk=desk, title="勝手に", body="…")
    with pytest.raises(NotAllowed):
        desks.drop_template(by=by, template=kept)
    with acting_as(chief):
        desks.drop_template(by=chief, template=kept)
    assert not Template.objects.exists()


def test_unsent_drafts_are_forgotten_after_a_month(talks: dict[str, Talk], by: Actor) -> None:
    answers.keep_draft(by=by, talk_id=talks["mine"].pk, words="いつか")
    with acting_as(KEEPER):
        assert desks.forget_unsent(by=KEEPER) == 0
        ReplyDraft.objects.update(saved_at=clock.now() - dt.timedelta(days=31))
        assert desks.forget_unsent(by=KEEPER) == 1


def test_the_minutes_of_a_talk_come_from_what_was_said(talks: dict[str, Talk], by: Actor) -> None:
    answers.reply(by=by, talk_id=talks["mine"].pk, words="はい", message_id=uuid7())
    (day,) = queries.days_of(talks["mine"])
    assert day.minutes in {2, 3}


def test_a_word_that_everybody_says_is_found_newest_first(open_talk: Callable[..., Talk], by: Actor) -> None:
    """The other way of the search: so many messages say it that the talks are walked from the newest instead."""
    talk = open_talk("こんばんは、また来ました")
    with acting_as(COURIER):
        said = Message.objects.get(talk=talk)
        Message.objects.bulk_create(
            Message(
                id=uuid7(),
                talk=talk,
                direction="in",
                body=said.body,
                said_at=said.said_at,
                folded=said.folded,
                pieces=said.pieces,
            )
            for _ in range(2001)
        )
    newer = open_talk("こんばんは")
    assert queries.search(by, "こんばんは") == [newer, talk]
