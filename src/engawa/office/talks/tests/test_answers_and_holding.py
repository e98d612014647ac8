"""What counsellors do with a talk: claim, answer, hold, note, whisper, release, close, move."""

from collections.abc import Callable

import pytest

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access.actors import COURIER, Actor, NotAllowed
from engawa.office.access.models import Staff
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry
from engawa.office.talks.actions import answers, holding
from engawa.office.talks.models import Message, ReplyDraft, Talk
from engawa.post.letters import CounsellorTyping, Letter, TalkClosed, TalkTaken, WordAnswered

pytestmark = pytest.mark.django_db


def reread(talk: Talk) -> Talk:
    with acting_as(COURIER):
        return Talk.objects.select_related("claimed_by").get(pk=talk.pk)


@pytest.fixture
def talk(open_talk: Callable[..., Talk]) -> Talk:
    return open_talk()


def test_an_answer_leaves_by_letter_in_the_counsellors_chosen_name(
    talk: Talk, by: Actor, counsellor: Staff, outgoing: Callable[[], list[Letter]]
) -> None:
    Staff.objects.filter(pk=counsellor.pk).update(persona="さくら")
    said = answers.reply(by=by, talk_id=talk.pk, words=" 来てくれて、ありがとう。\r\n", message_id=uuid7())
    taken, answered = outgoing()
    assert isinstance(taken, TalkTaken)
    assert isinstance(answered, WordAnswered)
    assert (answered.words, answered.persona, answered.automatic) == ("来てくれて、ありがとう。", "さくら", False)
    assert answered.message_id == said.pk


def test_the_counsellors_own_name_never_leaves_the_office(
    talk: Talk, by: Actor, counsellor: Staff, outgoing: Callable[[], list[Letter]]
) -> None:
    """000-06: neither side has to give a name."""
    answers.reply(by=by, talk_id=talk.pk, words="はい", message_id=uuid7())
    answers.ask_to_wait(by=by, talk_id=talk.pk)
    assert counsellor.name not in repr(outgoing())
    assert "相談員" in repr(outgoing())


def test_an_answer_stops_the_clock_and_is_measured_once(talk: Talk, by: Actor) -> None:
    """001-12: the time to the first answer is kept; later answers do not move it."""
    first = answers.reply(by=by, talk_id=talk.pk, words="はい", message_id=uuid7())
    answers.reply(by=by, talk_id=talk.pk, words="それから", message_id=uuid7())
    again = reread(talk)
    assert again.waiting_since is again.unread_since is None
    assert again.first_answer_at == first.said_at
    assert again.claimed_by_id == by.id


def test_sending_the_same_form_twice_says_it_once(talk: Talk, by: Actor, outgoing: Callable[[], list[Letter]]) -> None:
    form = uuid7()
    one = answers.reply(by=by, talk_id=talk.pk, words="はい", message_id=form)
    two = answers.reply(by=by, talk_id=talk.pk, words="はい", message_id=form)
    assert one.pk == two.pk
    assert [letter.kind for letter in outgoing()].count("word-answered") == 1


@pytest.mark.parametrize("words", ["", "  \n ", "\x00\x07", "あ" * 20_001], ids=["empty", "blank", "control", "long"])
def test_words_that_cannot_be_sent_change_nothing(
    talk: Talk, by: Actor, words: str, outgoing: Callable[[], list[Letter]]
) -> None:
    with pytest.raises(answers.WordsRefused):
        answers.reply(by=by, talk_id=talk.pk, words=words, message_id=uuid7())
    assert reread(talk).claimed_by is None
    assert outgoing() == []


def test_asking_to_wait_takes_the_talk_but_its_clock_runs_on(
    talk: Talk, by: Actor, outgoing: Callable[[], list[Letter]]
) -> None:
    answers.ask_to_wait(by=by, talk_id=talk.pk)
    again = reread(talk)
    assert again.waiting_since == talk.waiting_since
    assert again.first_answer_at is None
    letter = outgoing()[-1]
    assert isinstance(letter, WordAnswered)
    assert letter.automatic


def test_asking_to_wait_speaks_the_visitors_language(
    open_talk: Callable[..., Talk], by: Actor, outgoing: Callable[[], list[Letter]]
) -> None:
    answers.ask_to_wait(by=by, talk_id=open_talk(language="en").pk)
    assert "Please give me a little time" in repr(outgoing()[-1])


def test_saying_that_it_was_read_takes_a_left_word_out_of_the_inbox(
    open_talk: Callable[..., Talk], by: Actor, outgoing: Callable[[], list[Letter]]
) -> None:
    left = open_talk("返事はいりません", answer_needed=False)
    answers.say_it_was_read(by=by, talk_id=left.pk)
    assert reread(left).unread_since is None
    assert reread(left).claimed_by is None
    assert "読みました" in repr(outgoing()[-1])


def test_notes_and_whispers_never_leave(
    talk: Talk, by: Actor, supervisor: Staff, actor_of: Callable[..., Actor], outgoing: Callable[[], list[Letter]]
) -> None:
    answers.note(by=by, talk_id=talk.pk, words="川の話が好き")
    with acting_as(actor_of(supervisor)):
        answers.whisper(by=actor_of(supervisor), talk_id=talk.pk, words="急がず、川の話をもう少し")
    kinds = set(Message.objects.filter(talk=talk).values_list("direction", flat=True))
    assert {"note", "whisper"} <= kinds
    assert outgoing() == []


def test_only_a_supervisor_whispers(talk: Talk, by: Actor) -> None:
    with pytest.raises(NotAllowed):
        answers.whisper(by=by, talk_id=talk.pk, words="こう言ってみて")


def test_who_is_second_learns_who_was_first(
    talk: Talk, by: Actor, colleague: Staff, actor_of: Callable[..., Actor]
) -> None:
    holding.claim(by=by, talk_id=talk.pk)
    second = actor_of(colleague)
    with acting_as(second), pytest.raises(holding.AlreadyClaimed) as refusal:
        holding.claim(by=second, talk_id=talk.pk)
    assert refusal.value.talk.claimed_by
    assert refusal.value.talk.claimed_by.name == by.name


def test_claiming_again_what_one_holds_is_harmless(talk: Talk, by: Actor, outgoing: Callable[[], list[Letter]]) -> None:
    holding.claim(by=by, talk_id=talk.pk)
    holding.claim(by=by, talk_id=talk.pk)
    assert [letter.kind for letter in outgoing()] == ["talk-taken"]


def test_an_answer_to_a_colleagues_talk_is_held_back_unless_asked_for(
    talk: Talk, by: Actor, colleague: Staff, actor_of: Callable[..., Actor]
) -> None:
    holding.claim(by=by, talk_id=talk.pk)
    second = actor_of(colleague)
    with acting_as(second):
        with pytest.raises(holding.AlreadyClaimed):
            answers.reply(by=second, talk_id=talk.pk, words="わたしも", message_id=uuid7())
        assert not Message.objects.filter(talk=talk, direction="out").exists()
        answers.reply(by=second, talk_id=talk.pk, words="わたしも", message_id=uuid7(), beside=True)
    assert reread(talk).claimed_by_id == by.id


def test_a_released_talk_is_free_for_the_next(
    talk: Talk, by: Actor, colleague: Staff, actor_of: Callable[..., Actor]
) -> None:
    holding.claim(by=by, talk_id=talk.pk)
    holding.release(by=by, talk_id=talk.pk)
    second = actor_of(colleague)
    with acting_as(second):
        assert holding.claim(by=second, talk_id=talk.pk).claimed_by == colleague


def test_drafts_are_seen_by_colleagues_and_hinted_to_the_visitor(
    talk: Talk, by: Actor, outgoing: Callable[[], list[Letter]]
) -> None:
    answers.keep_draft(by=by, talk_id=talk.pk, words="笑わない")
    answers.keep_draft(by=by, talk_id=talk.pk, words="笑わないですよ")
    draft = ReplyDraft.objects.get(talk=talk)
    assert draft.words == "笑わないですよ"
    assert all(isinstance(letter, CounsellorTyping) for letter in outgoing())
    assert "笑わない" not in repr(outgoing())


def test_sending_or_emptying_drops_the_draft(talk: Talk, by: Actor) -> None:
    answers.keep_draft(by=by, talk_id=talk.pk, words="笑わない")
    answers.keep_draft(by=by, talk_id=talk.pk, words=" ")
    assert not ReplyDraft.objects.exists()
    answers.keep_draft(by=by, talk_id=talk.pk, words="笑わない")
    answers.reply(by=by, talk_id=talk.pk, words="笑わないですよ", message_id=uuid7())
    assert not ReplyDraft.objects.exists()


def test_closing_tells_the_visitor_once_and_reopening_is_silent(
    talk: Talk, by: Actor, outgoing: Callable[[], list[Letter]]
) -> None:
    holding.close(by=by, talk_id=talk.pk)
    holding.close(by=by, talk_id=talk.pk)
    assert [type(letter) for letter in outgoing()] == [TalkClosed]
    assert reread(talk).waiting_since is None
    holding.reopen(by=by, talk_id=talk.pk)
    assert reread(talk).closed_at is None


def test_an_answer_that_is_not_needed_stops_the_clock_without_a_word(
    talk: Talk, by: Actor, outgoing: Callable[[], list[Letter]]
) -> None:
    holding.answer_is_not_needed(by=by, talk_id=talk.pk)
    assert reread(talk).waiting_since is None
    assert reread(talk).first_answer_at is None
    assert outgoing() == []


def test_seen_words_are_marked_and_still_wait(talk: Talk, by: Actor) -> None:
    holding.mark_seen(by=by, talk_id=talk.pk)
    assert Message.objects.get(talk=talk, direction="in").seen_at
    assert reread(talk).waiting_since


def test_an_old_talk_moves_to_the_new_seat_of_who_lost_the_passphrase(
    open_talk: Callable[..., Talk], by: Actor, outgoing: Callable[[], list[Letter]]
) -> None:
    old, newer = open_talk("合言葉をなくす前"), open_talk("合言葉をなくしました")
    holding.move_to_seat_of(by=by, talk_id=old.pk, newer_id=newer.pk)
    assert reread(old).seat_id == newer.seat_id
    assert Message.objects.filter(talk=old, direction="in", body="合言葉をなくす前").exists()
    assert outgoing() == []


def test_a_talk_does_not_move_to_its_own_seat(talk: Talk, by: Actor) -> None:
    with pytest.raises(holding.NotTheirSeat):
        holding.move_to_seat_of(by=by, talk_id=talk.pk, newer_id=talk.pk)


def test_no_letter_is_written_to_a_seat_that_was_left(
    talk: Talk, by: Actor, outgoing: Callable[[], list[Letter]]
) -> None:
    with acting_as(COURIER):
        talk.seat.__class__.objects.filter(pk=talk.seat_id).update(left_at=clock.now())
    answers.reply(by=by, talk_id=talk.pk, words="もう届かないことば", message_id=uuid7())
    assert outgoing() == []


DEEDS: list[Callable[..., object]] = [
    lambda by, talk: answers.reply(by=by, talk_id=talk.pk, words="はい", message_id=uuid7()),
    lambda by, talk: answers.ask_to_wait(by=by, talk_id=talk.pk),
    lambda by, talk: answers.say_it_was_read(by=by, talk_id=talk.pk),
    lambda by, talk: answers.note(by=by, talk_id=talk.pk, words="メモ"),
    lambda by, talk: answers.keep_draft(by=by, talk_id=talk.pk, words="下書き"),
    lambda by, talk: holding.claim(by=by, talk_id=talk.pk),
    lambda by, talk: holding.release(by=by, talk_id=talk.pk),
    lambda by, talk: holding.mark_seen(by=by, talk_id=talk.pk),
    lambda by, talk: holding.mark_read(by=by, talk_id=talk.pk),
    lambda by, talk: holding.close(by=by, talk_id=talk.pk),
    lambda by, talk: holding.reopen(by=by, talk_id=talk.pk),
    lambda by, talk: holding.move_to_seat_of(by=by, talk_id=talk.pk, newer_id=talk.pk),
]


@pytest.mark.parametrize("who", ["stranger", "partner", "supporter", "manager", "administrator", "coordinator"])
@pytest.mark.parametrize("deed", DEEDS)
def test_who_does_not_work_the_desk_can_do_nothing_with_a_talk(
    talk: Talk,
    deed: Callable[..., object],
    who: str,
    request: pytest.FixtureRequest,
    actor_of: Callable[[Staff], Actor],
) -> None:
    actor = actor_of(request.getfixturevalue(who))
    with pytest.raises(NotAllowed), acting_as(actor):
        deed(actor, talk)


def test_every_deed_is_in_the_audit_log_without_a_word_of_the_talk(talk: Talk, by: Actor) -> None:
    answers.reply(by=by, talk_id=talk.pk, words="ひみつのことば", message_id=uuid7())
    holding.close(by=by, talk_id=talk.pk)
    with acting_as(COURIER):
        entries = list(Entry.objects.filter(subject=str(talk.pk)))
    assert {"talks.receive_talk", "talks.reply", "talks.close"} <= {entry.deed for entry in entries}
    assert "ひみつ" not in repr([entry.__dict__ for entry in entries])
