import sqlite3
from datetime import timedelta

import pytest

from storage.audiences import Audience
from storage.people.people import Role
from storage.questionnaires import answering, moving, overseeing, responses, submitting
from storage.questionnaires.responses import Entry, Response
from storage.questionnaires.steps import Outcome, Verdict
from storage.questionnaires.submitting import Sent
from surveys.answers import Answer
from surveys.engine import Ask, Review
from surveys.refusals import Code
from tests.kit.forms import EVERYTHING, NOW, opened, register

FULL: dict[str, Answer] = {
    "hello": None,
    "came": "yes",
    "liked": ["talks"],
    "place": {"choice": "other", "other": "в парке"},
    "score": 4,
    "order": ["b", "a", "c"],
    "years": 12,
    "hours": None,
    "when": "2026-11-20",
    "words": "Больше практики",
    "ok": "OK",
}


@pytest.fixture
def person(conn: sqlite3.Connection) -> int:
    return register(conn, 501)


@pytest.fixture
def response(conn: sqlite3.Connection, person: int) -> Response:
    entered = responses.start_or_continue(conn, opened(conn).id, person, now=NOW)
    assert entered.entry is Entry.STARTED
    assert entered.response is not None
    return entered.response


def answer(conn: sqlite3.Connection, response: Response, item: str, value: Answer) -> Outcome:
    return answering.record_answer(conn, response.id, response.person_id, item, value, now=NOW)


def typed(conn: sqlite3.Connection, response: Response, raw: str, number: int) -> Outcome:
    return answering.record_typed(
        conn, response.id, response.person_id, raw, message_id=number, now=NOW
    )


def asked(conn: sqlite3.Connection, response: Response) -> str | None:
    found = responses.find(conn, response.id, response.person_id)
    assert found is not None
    step = found.step(NOW)
    return step.item.name if isinstance(step, Ask) else None


def fill(conn: sqlite3.Connection, response: Response, until: str | None = None) -> None:
    for name, value in FULL.items():
        if name == until:
            return
        assert answer(conn, response, name, value).verdict is Verdict.RECORDED


def test_every_answer_leads_to_the_next_item_and_at_last_to_the_review(
    conn: sqlite3.Connection, response: Response
) -> None:
    for name, value in FULL.items():
        assert asked(conn, response) == name
        outcome = answer(conn, response, name, value)
        assert outcome.verdict is Verdict.RECORDED
        assert outcome.response is not None
        assert outcome.response.answers[name] == value
    assert asked(conn, response) is None


def test_a_double_tap_records_once_and_says_so(
    conn: sqlite3.Connection, response: Response
) -> None:
    answer(conn, response, "hello", None)
    answer(conn, response, "came", "yes")
    again = answer(conn, response, "came", "no")
    assert again.verdict is Verdict.ALREADY
    assert again.response is not None
    assert again.response.answers["came"] == "yes"


def test_a_tap_on_an_item_not_reached_changes_nothing(
    conn: sqlite3.Connection, response: Response
) -> None:
    assert answer(conn, response, "score", 5).verdict is Verdict.NOT_NOW
    assert asked(conn, response) == "hello"


def test_somebody_elses_response_is_not_there(conn: sqlite3.Connection, response: Response) -> None:
    stranger = register(conn, 777)
    outcome = answering.record_answer(conn, response.id, stranger, "hello", None, now=NOW)
    assert outcome == Outcome(Verdict.GONE)
    assert not responses.discard(conn, response.id, stranger)
    assert submitting.submit(conn, response.id, stranger, now=NOW).sent is Sent.GONE


def test_ticks_count_only_after_done(conn: sqlite3.Connection, response: Response) -> None:
    fill(conn, response, until="liked")
    for choice in ("people", "talks", "talks"):
        answering.tick_choice(
            conn, response.id, response.person_id, "liked", choice, on=True, now=NOW
        )
    drafted = responses.find(conn, response.id, response.person_id)
    assert drafted is not None
    assert drafted.drafts == {"liked": ["talks", "people"]}
    assert asked(conn, response) == "liked"
    done = answering.finish_choices(conn, response.id, response.person_id, "liked", now=NOW)
    assert done.verdict is Verdict.RECORDED
    assert done.response is not None
    assert done.response.answers["liked"] == ["talks", "people"]
    again = answering.finish_choices(conn, response.id, response.person_id, "liked", now=NOW)
    assert again.verdict is Verdict.ALREADY


def test_other_waits_for_own_words(conn: sqlite3.Connection, response: Response) -> None:
    fill(conn, response, until="liked")
    pid = response.person_id
    answering.tick_choice(conn, response.id, pid, "liked", "talks", on=True, now=NOW)
    answering.tick_choice(conn, response.id, pid, "liked", "other", on=True, now=NOW)
    early = answering.finish_choices(conn, response.id, pid, "liked", now=NOW)
    assert early.refusal is not None
    assert early.refusal.code is Code.OTHER_IS_EMPTY
    assert typed(conn, response, "столовая", 10).verdict is Verdict.DRAFTED
    done = answering.finish_choices(conn, response.id, pid, "liked", now=NOW)
    assert done.response is not None
    assert done.response.answers["liked"] == {"choice": ["talks", "other"], "other": "столовая"}
    answering.tick_choice(conn, response.id, pid, "place", "other", on=True, now=NOW)
    one = typed(conn, response, "в парке", 11)
    assert one.verdict is Verdict.RECORDED
    assert one.response is not None
    assert one.response.answers["place"] == {"choice": "other", "other": "в парке"}


def test_an_order_is_complete_with_the_last_but_one_place(
    conn: sqlite3.Connection, response: Response
) -> None:
    fill(conn, response, until="order")

    def place(choice: str, at: int) -> Outcome:
        return answering.place_choice(
            conn, response.id, response.person_id, "order", choice, place=at, now=NOW
        )

    assert place("c", 0).verdict is Verdict.DRAFTED
    assert place("c", 0).verdict is Verdict.NOT_NOW, "pressed twice"
    assert place("c", 1).verdict is Verdict.NOT_NOW, "one choice on two places"
    assert place("b", 0).verdict is Verdict.DRAFTED, "begins the order again"
    done = place("a", 1)
    assert done.verdict is Verdict.RECORDED
    assert done.response is not None
    assert done.response.answers["order"] == ["b", "a", "c"]


def test_a_typed_message_handled_twice_answers_one_item(
    conn: sqlite3.Connection, response: Response
) -> None:
    fill(conn, response, until="years")
    assert typed(conn, response, "12", 40).verdict is Verdict.RECORDED
    assert typed(conn, response, "12", 40).verdict is Verdict.ALREADY
    assert asked(conn, response) == "hours"


def test_misses_are_counted_until_something_is_taken(
    conn: sqlite3.Connection, response: Response
) -> None:
    fill(conn, response, until="years")
    first = typed(conn, response, "много", 40)
    second = typed(conn, response, "очень много", 41)
    assert first.refusal is not None
    assert second.refusal is not None
    assert (first.refusal.help, second.refusal.help) == (False, True)
    taken = typed(conn, response, "30", 42)
    assert taken.response is not None
    assert taken.response.misses == 0


def test_back_pressed_twice_goes_back_once(conn: sqlite3.Connection, response: Response) -> None:
    fill(conn, response, until="score")
    for _ in range(2):
        moving.go_back(conn, response.id, response.person_id, "score", now=NOW)
    assert asked(conn, response) == "place"
    answer(conn, response, "place", "iro")
    assert asked(conn, response) == "score"


def test_changing_an_answer_from_the_review_returns_to_it(
    conn: sqlite3.Connection, response: Response
) -> None:
    fill(conn, response)
    moving.go_to(conn, response.id, response.person_id, "score", now=NOW)
    assert asked(conn, response) == "score"
    outcome = answer(conn, response, "score", 2)
    assert outcome.response is not None
    assert isinstance(outcome.response.step(NOW), Review)
    assert outcome.response.answers["score"] == 2


def test_a_sent_response_can_be_changed_and_what_was_sent_stands_until_sent_again(
    conn: sqlite3.Connection, response: Response
) -> None:
    pid = response.person_id
    fill(conn, response)
    assert submitting.submit(conn, response.id, pid, now=NOW).sent is Sent.NAMED
    assert submitting.submit(conn, response.id, pid, now=NOW).sent is Sent.ALREADY
    assert answer(conn, response, "score", 1).verdict is Verdict.SENT
    reopened = responses.reopen(conn, response.id, pid, now=NOW)
    assert reopened is not None
    assert reopened.answers == FULL
    assert isinstance(reopened.step(NOW), Review)
    moving.go_to(conn, response.id, pid, "score", now=NOW)
    answer(conn, response, "score", 1)
    assert responses.submission(conn, response.id)["score"] == 4
    again = submitting.submit(conn, response.id, pid, now=NOW)
    assert (again.sent, again.again) == (Sent.NAMED, True)
    assert responses.submission(conn, response.id)["score"] == 1


def test_forgetting_a_change_leaves_what_was_sent(
    conn: sqlite3.Connection, response: Response
) -> None:
    pid = response.person_id
    fill(conn, response)
    submitting.submit(conn, response.id, pid, now=NOW)
    responses.reopen(conn, response.id, pid, now=NOW)
    assert responses.discard(conn, response.id, pid)
    found = responses.find(conn, response.id, pid)
    assert found is not None
    assert found.sent
    assert responses.submission(conn, response.id)["score"] == 4
    assert not responses.discard(conn, response.id, pid), "what is sent is not discarded"


def test_an_answer_that_a_changed_condition_asks_for_holds_the_sending_back(
    conn: sqlite3.Connection, response: Response
) -> None:
    answer(conn, response, "hello", None)
    answer(conn, response, "came", "no")
    assert asked(conn, response) == "place", "«liked» is for those who came"
    early = submitting.submit(conn, response.id, response.person_id, now=NOW)
    assert early.sent is Sent.INCOMPLETE
    assert asked(conn, response) == "place"


def test_closing_during_answering_takes_nothing_more_and_keeps_what_was_sent(
    conn: sqlite3.Connection, response: Response
) -> None:
    pid = response.person_id
    fill(conn, response)
    submitting.submit(conn, response.id, pid, now=NOW)
    responses.reopen(conn, response.id, pid, now=NOW)
    moving.go_to(conn, response.id, pid, "score", now=NOW)
    overseeing.close_now(conn, response.campaign.id, now=NOW)
    assert answer(conn, response, "score", 1).verdict is Verdict.CLOSED
    assert submitting.submit(conn, response.id, pid, now=NOW).sent is Sent.CLOSED
    assert responses.submission(conn, response.id)["score"] == 4
    assert responses.active(conn, pid, now=NOW) is None


def test_another_questionnaire_under_way_is_named_and_paused_only_on_request(
    conn: sqlite3.Connection, response: Response
) -> None:
    pid = response.person_id
    other = opened(conn, key="two")
    busy = responses.start_or_continue(conn, other.id, pid, now=NOW)
    assert busy.entry is Entry.BUSY
    assert busy.response is not None
    assert busy.response.id == response.id
    entered = responses.start_or_continue(conn, other.id, pid, now=NOW, leave_other=True)
    assert entered.entry is Entry.STARTED
    found = responses.active(conn, pid, now=NOW)
    assert found is not None
    assert found.campaign.id == other.id
    answer(conn, response, "hello", None)
    back = responses.active(conn, pid, now=NOW)
    assert back is not None
    assert back.id == response.id, "a tap on the paused one takes it up again"


def test_who_is_not_of_the_audience_is_not_asked(conn: sqlite3.Connection, person: int) -> None:
    for_experts = opened(conn, audience=Audience(roles=(Role.EXPERT,)))
    entered = responses.start_or_continue(conn, for_experts.id, person, now=NOW)
    assert entered.entry is Entry.NOT_INVITED
    assert responses.mine(conn, person, now=NOW).to_answer == []


def test_my_list_moves_from_to_answer_to_unfinished_to_sent(
    conn: sqlite3.Connection, person: int
) -> None:
    campaign = opened(conn)
    assert [one.id for one in responses.mine(conn, person, now=NOW).to_answer] == [campaign.id]
    entered = responses.start_or_continue(conn, campaign.id, person, now=NOW)
    assert entered.response is not None
    mine = responses.mine(conn, person, now=NOW)
    assert (mine.to_answer, [one.id for one in mine.unfinished]) == ([], [entered.response.id])
    fill(conn, entered.response)
    submitting.submit(conn, entered.response.id, person, now=NOW)
    mine = responses.mine(conn, person, now=NOW)
    assert (mine.to_answer, mine.unfinished) == ([], [])
    assert [one.id for one, _ in mine.sent] == [campaign.id]
    late = NOW + timedelta(days=30)
    assert responses.start_or_continue(conn, campaign.id, person, now=late).entry is Entry.SENT


def test_the_questionnaire_covers_every_type_that_is_asked() -> None:
    assert {item.type for item in EVERYTHING.items} >= {
        "note",
        "select_one",
        "select_multiple",
        "range",
        "rank",
        "integer",
        "decimal",
        "date",
        "text",
        "acknowledge",
    }
