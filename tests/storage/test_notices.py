"""A notice in the store: rows made at once, counts that add up, pausing that lets nothing slip."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import audiences, outbox, peace
from storage.audiences import Attitude, Audience, ToMeeting
from storage.database import connect_file
from storage.migrating import migrate
from storage.notices import account as notice_account
from storage.notices import changes as notice_changes
from storage.notices import confirming, notices, steering
from storage.notices.notices import Content, State
from storage.peace import Topic
from storage.people import people
from storage.people.people import Field, Role
from storage.scopes import REGION, Scope, ScopeKind
from storage.times import stored

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
TOWNS = ("Ейский район", "Абинский район", "Сочи")
UNASKED = ("notice",)


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    made = connect_file(tmp_path / "bot.sqlite3")
    migrate(made)
    yield made
    made.close()


def somebody(conn: sqlite3.Connection, number: int, town: str = TOWNS[0]) -> int:
    person = people.arrive(conn, 1000 + number, payload=None, now=NOW)
    said: dict[Field, str | int | None] = {
        Field.SURNAME: "Щеглова",
        Field.FIRST_NAME: f"Анна{number}",
        Field.PATRONYMIC: "",
        Field.MUNICIPALITY: town,
        Field.COMMUNITY: "физика" if number % 2 else "химия",
    }
    people.say(conn, person.id, said, search=f"щеглова анна{number}")
    people.finish_registration(conn, person.id, now=NOW)
    return person.id


def a_notice(conn: sqlite3.Connection, count: int = 4, key: str = "k") -> notices.Notice:
    ids = [somebody(conn, number) for number in range(count)]
    return confirming.create(
        conn,
        Content(text="Семинар"),
        Audience(),
        REGION,
        author=ids[0],
        starts_at=NOW,
        request_key=key,
        now=NOW,
    )


def rows(conn: sqlite3.Connection) -> list[outbox.Outgoing]:
    return outbox.due(conn, NOW + timedelta(days=1), limit=1000)


def state(conn: sqlite3.Connection, number: int) -> State:
    found = notices.find(conn, number)
    assert found is not None
    return found.state


def adds_up(conn: sqlite3.Connection, number: int) -> None:
    account = notice_account.account(conn, number)
    assert sum(account.counts.values()) + account.erased == account.planned


def test_rows_are_made_once_however_often_it_is_planned(conn: sqlite3.Connection) -> None:
    notice = a_notice(conn)
    assert confirming.begin(conn, now=NOW - timedelta(seconds=1)) == 0
    assert confirming.begin(conn, now=NOW) == 4
    assert confirming.begin(conn, now=NOW) == 0
    assert len(rows(conn)) == 4
    adds_up(conn, notice.id)


def test_what_is_in_flight_when_it_is_paused_does_not_slip_out_afterwards(
    conn: sqlite3.Connection,
) -> None:
    notice = a_notice(conn)
    confirming.begin(conn, now=NOW)
    first, second, *_ = rows(conn)
    assert outbox.claim(conn, first.id)
    assert steering.pause(conn, notice.id)
    assert rows(conn) == []
    assert not outbox.claim(conn, second.id)
    outbox.postpone(conn, first.id, NOW)  # Telegram said «too many requests»
    assert rows(conn) == []
    assert steering.resume(conn, notice.id)
    assert len(rows(conn)) == 4


def test_what_is_cancelled_stays_cancelled_whatever_comes_back(conn: sqlite3.Connection) -> None:
    notice = a_notice(conn)
    confirming.begin(conn, now=NOW)
    first, second, *_ = rows(conn)
    outbox.claim(conn, first.id)
    assert steering.cancel(conn, notice.id)
    outbox.sent(conn, first.id, [7], NOW)
    outbox.postpone(conn, second.id, NOW)
    outbox.end(conn, second.id, "dropped", "muted")
    account = notice_account.account(conn, notice.id)
    assert account.counts == {("sent", ""): 1, ("dropped", "cancelled"): 3}
    assert not steering.resume(conn, notice.id)
    assert state(conn, notice.id) is State.CANCELLED


@pytest.mark.parametrize("paused", [False, True])
def test_it_is_done_when_its_last_row_is(conn: sqlite3.Connection, paused: bool) -> None:
    notice = a_notice(conn, 1)
    confirming.begin(conn, now=NOW)
    [row] = rows(conn)
    if paused:
        steering.pause(conn, notice.id)
    assert steering.finish(conn) == []
    steering.resume(conn, notice.id)
    outbox.claim(conn, row.id)
    assert steering.finish(conn) == []
    outbox.sent(conn, row.id, [1], NOW)
    assert steering.finish(conn) == [notice.id]
    assert state(conn, notice.id) is State.DONE


def test_a_correction_is_made_once_and_only_of_what_was_sent(conn: sqlite3.Connection) -> None:
    notice = a_notice(conn)
    confirming.begin(conn, now=NOW)
    first, second, third, _ = rows(conn)
    for row in (first, second, third):
        outbox.claim(conn, row.id)
    outbox.sent(conn, first.id, [1], NOW)
    outbox.end(conn, second.id, "failed", "blocked")
    assert notice_changes.correct(conn, notice.id, "Иначе", revision=0, now=NOW) == 2
    assert notice_changes.correct(conn, notice.id, "Иначе", revision=0, now=NOW) == 0
    kinds = [row.kind for row in rows(conn)]
    assert kinds.count(outbox.CORRECTION) == 2
    assert notice_changes.withdraw(conn, notice.id, now=NOW) == 2
    assert notice_changes.withdraw(conn, notice.id, now=NOW) == 0
    adds_up(conn, notice.id)


def test_a_kill_leaves_a_notice_in_doubt_and_repeats_a_correction(
    conn: sqlite3.Connection,
) -> None:
    notice = a_notice(conn, 2)
    confirming.begin(conn, now=NOW)
    first, second = rows(conn)
    for row in (first, second):
        outbox.claim(conn, row.id)
    outbox.sent(conn, first.id, [1], NOW)
    notice_changes.correct(conn, notice.id, "Иначе", revision=0, now=NOW)
    for row in rows(conn):
        outbox.claim(conn, row.id)
    outbox.recover(conn)
    account = notice_account.account(conn, notice.id)
    assert account.counts == {("sent", ""): 1, ("unknown", "interrupted"): 1}
    assert account.corrections == {("waiting", "repeated"): 2}


def test_nobody_approves_their_own_notice(conn: sqlite3.Connection) -> None:
    author, other = somebody(conn, 1), somebody(conn, 2)
    notice = confirming.create(
        conn,
        Content(text="Семинар"),
        Audience(),
        REGION,
        author=author,
        starts_at=NOW,
        request_key="k",
        now=NOW,
        approvers=[other],
    )
    assert confirming.begin(conn, now=NOW) == 0
    assert not confirming.decide(conn, notice.id, author, approved=True, now=NOW)
    assert confirming.decide(conn, notice.id, other, approved=True, now=NOW)
    assert not confirming.decide(conn, notice.id, other, approved=False, now=NOW)
    assert confirming.begin(conn, now=NOW) == 2


def test_the_week_counts_what_reached_somebody_and_a_summary_comes_when_there_is_room(
    conn: sqlite3.Connection,
) -> None:
    notice = a_notice(conn, 1)
    confirming.begin(conn, now=NOW)
    [row] = rows(conn)
    assert peace.standing(conn, row.person_id, UNASKED, now=NOW).this_week == 0
    outbox.claim(conn, row.id)
    outbox.sent(conn, row.id, [1], NOW)
    later = NOW + timedelta(days=6)
    assert peace.standing(conn, row.person_id, UNASKED, now=later).this_week == 1
    found = peace.burden(
        conn, Audience(), REGION, UNASKED, topic=Topic.NOTICES, budget=1, now=later
    )
    assert (found.people, found.written, found.over, found.muted) == (1, 1, 1, 0)
    for number in (2, 3):
        key = f"more:{number}"
        outbox.put(conn, key, person_id=row.person_id, kind="notice", due_at=later)
        [waiting] = outbox.due(conn, later, limit=9, kinds=["notice"])
        peace.merge(conn, waiting, UNASKED, budget=1, now=later)
    assert len(peace.merged(conn, row.person_id)) == 2
    assert outbox.due(conn, NOW + timedelta(days=7, seconds=-1), limit=9) == []
    [summary] = outbox.due(conn, NOW + timedelta(days=7), limit=9)
    assert summary.kind == outbox.SUMMARY
    covers = [one.id for one in peace.merged(conn, row.person_id)]
    outbox.claim(conn, summary.id)
    outbox.sent(conn, summary.id, [5], NOW, covers=covers)
    assert peace.merged(conn, row.person_id) == []
    assert notice.id == 1


def test_a_mute_is_a_state_and_not_a_toggle(conn: sqlite3.Connection) -> None:
    anna = somebody(conn, 1)
    for _ in range(2):
        peace.set_mute(conn, anna, Topic.NOTICES, muted=True)
        assert peace.muted_topics(conn, anna) == {"notices"}
    for _ in range(2):
        peace.set_mute(conn, anna, Topic.NOTICES, muted=False)
        assert peace.muted_topics(conn, anna) == frozenset()


def test_an_audience_by_a_meeting(conn: sqlite3.Connection) -> None:
    came, missed, online, silent = (somebody(conn, number) for number in range(4))
    conn.execute(
        "INSERT INTO events (id, scope_kind, title, created_at) VALUES (1, 'region', 'С', ?)",
        (stored(NOW),),
    )
    conn.execute("INSERT INTO occurrences (id, event_id, uid, check_in) VALUES (1, 1, 'u', 'c')")
    for person, choice in ((came, "coming"), (missed, "coming"), (online, "online")):
        conn.execute(
            "INSERT INTO signups (occurrence_id, person_id, choice, said_at) VALUES (1, ?, ?, ?)",
            (person, choice, stored(NOW)),
        )
    conn.execute(
        "INSERT INTO attendances (occurrence_id, person_id, how, marked_at)"
        " VALUES (1, ?, 'code', ?)",
        (came, stored(NOW)),
    )

    def of(*attitudes: Attitude) -> list[int]:
        said = tuple(ToMeeting(occurrence=1, attitude=one) for one in attitudes)
        return audiences.members(conn, Audience(meetings=said), REGION)

    assert of(Attitude.COMING) == [came, missed]
    assert of(Attitude.CAME) == [came]
    assert of(Attitude.MISSED) == [missed]
    assert of(Attitude.SILENT) == [silent]
    assert of(Attitude.ONLINE, Attitude.CAME) == [came, online]


@st.composite
def expressions(draw: st.DrawFn, depth: int = 2) -> Audience:
    """Any audience of towns, communities and lists, with unions and exclusions."""
    nested = st.just(()) if depth == 0 else st.lists(expressions(depth - 1), max_size=2).map(tuple)
    return Audience(
        roles=draw(st.sampled_from([(), (Role.TEACHER,)])),
        municipalities=tuple(draw(st.lists(st.sampled_from(TOWNS), max_size=2))),
        communities=tuple(draw(st.lists(st.sampled_from(["физика", "химия"]), max_size=1))),
        people=tuple(draw(st.lists(st.integers(1, 12), max_size=3))),
        also=draw(nested),
        but=draw(nested),
    )


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    conn = connect_file(tmp_path_factory.mktemp("audiences") / "bot.sqlite3")
    migrate(conn)
    for number in range(12):
        somebody(conn, number, TOWNS[number % 3])
    yield conn
    conn.close()


@given(
    audience=expressions(), scope=st.sampled_from([REGION, Scope(ScopeKind.MUNICIPALITY, "Сочи")])
)
@settings(max_examples=150, deadline=None)
def test_an_expression_means_what_it_says(
    town: sqlite3.Connection, audience: Audience, scope: Scope
) -> None:
    everybody = {
        person: row
        for person in range(1, 13)
        if (row := people.by_id(town, person)) is not None
        and (scope == REGION or row.municipality == scope.ref)
    }

    def own(one: Audience, person: people.Person) -> bool:
        return (
            (not one.municipalities or person.municipality in one.municipalities)
            and (not one.communities or person.community in one.communities)
            and (not one.people or person.id in one.people)
        )

    def matches(one: Audience, person: people.Person) -> bool:
        inside = own(one, person) or any(matches(other, person) for other in one.also)
        return inside and not any(matches(other, person) for other in one.but)

    expected = [number for number, person in everybody.items() if matches(audience, person)]
    assert audiences.members(town, audience, scope) == expected
    assert audiences.reach(town, audience, scope).people == len(expected)
    kept = Audience.model_validate_json(audience.model_dump_json())
    assert kept == audience
