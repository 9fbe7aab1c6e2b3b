import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.audit import By
from storage.database import connect_file
from storage.migrating import migrate
from storage.people import organisations, people
from storage.people.people import Field, Grant, Role
from storage.privacy import erasing
from storage.scopes import (
    PERSON_PLACE,
    REGION,
    Scope,
    ScopeKind,
    covered,
    municipalities_in,
    within,
)

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


@pytest.fixture
def conn(tmp_path: Path) -> sqlite3.Connection:
    raw = connect_file(tmp_path / "bot.sqlite3")
    migrate(raw)
    return raw


def test_a_stranger_is_nobody(conn: sqlite3.Connection) -> None:
    assert people.find(conn, 501) is None


def test_registration_stands_at_the_first_empty_field(conn: sqlite3.Connection) -> None:
    person = people.arrive(conn, 501, payload="c_7", now=NOW)
    assert person.missing is Field.SURNAME
    people.say(
        conn,
        person.id,
        {Field.SURNAME: "Щеглова", Field.FIRST_NAME: "Анна", Field.PATRONYMIC: ""},
        search="щеглова анна",
    )
    found = people.find(conn, 501)
    assert found is not None
    assert found.missing is Field.MUNICIPALITY
    assert found.patronymic == ""
    assert found.start_payload == "c_7"


def test_arriving_again_keeps_the_deep_link_and_makes_no_second_person(
    conn: sqlite3.Connection,
) -> None:
    first = people.arrive(conn, 501, payload="c_7", now=NOW)
    again = people.arrive(conn, 501, payload=None, now=NOW)
    assert (again.id, again.start_payload) == (first.id, "c_7")


def test_the_deep_link_outlives_the_registration_until_it_is_followed(
    conn: sqlite3.Connection,
) -> None:
    person = people.arrive(conn, 501, payload="c_7", now=NOW)
    people.finish_registration(conn, person.id, now=NOW)
    kept = people.find(conn, 501)
    assert kept is not None
    assert (kept.registered, kept.start_payload) == (True, "c_7")
    people.followed(conn, person.id)
    done = people.find(conn, 501)
    assert done is not None
    assert done.start_payload is None


def test_moving_to_another_municipality_leaves_the_organisation(conn: sqlite3.Connection) -> None:
    conn.execute("INSERT INTO organisations VALUES (1, 'Крымский район', 'СОШ № 5', 'сош 5')")
    person = people.arrive(conn, 501, payload=None, now=NOW)
    at_home: dict[Field, str | int | None] = {
        Field.MUNICIPALITY: "Крымский район",
        Field.ORGANISATION: 1,
    }
    people.say(conn, person.id, at_home, search="")
    people.say(conn, person.id, {Field.MUNICIPALITY: "Крымский район"}, search="")
    same = people.find(conn, 501)
    assert same is not None
    assert same.organisation == "СОШ № 5"
    people.say(conn, person.id, {Field.MUNICIPALITY: "Ейский район"}, search="")
    moved = people.find(conn, 501)
    assert moved is not None
    assert moved.organisation is None


def test_a_person_is_found_with_consent_and_grants_in_one_statement(
    conn: sqlite3.Connection,
) -> None:
    person = people.arrive(conn, 501, payload=None, now=NOW)
    people.consent(conn, person.id, "ru-1", now=NOW, kind=people.PERSONAL_DATA)
    conn.execute(
        "INSERT INTO grants (person_id, role, scope_kind, scope_ref, granted_at)"
        " VALUES (?, 'coordinator', 'municipality', 'Ейский район', '2026-11-22T06:00:00Z')",
        (person.id,),
    )
    statements: list[str] = []
    conn.set_trace_callback(statements.append)
    found = people.find(conn, 501)
    conn.set_trace_callback(None)
    assert found is not None
    assert found.consented == "ru-1"
    assert found.grants == (Grant(Role.COORDINATOR, Scope(ScopeKind.MUNICIPALITY, "Ейский район")),)
    assert found.roles == {Role.TEACHER, Role.COORDINATOR}
    assert len([s for s in statements if not s.startswith("--")]) == 1


def test_finding_a_person_never_scans_a_table(conn: sqlite3.Connection) -> None:
    plan = conn.execute(f"EXPLAIN QUERY PLAN {people.PERSON} WHERE p.telegram_id = ?", (1,))
    assert not [row["detail"] for row in plan if row["detail"].startswith("SCAN p")]


def network(conn: sqlite3.Connection) -> Scope:
    conn.execute(
        "INSERT INTO networks (id, title, kind, leader)"
        " VALUES (3, 'Наставничество', 'krc', 'Крымский район')"
    )
    conn.executemany(
        "INSERT INTO network_members VALUES (3, ?)", [("Крымский район",), ("Ейский район",)]
    )
    return Scope(ScopeKind.NETWORK, "3")


def test_a_network_covers_its_members_and_nothing_wider(conn: sqlite3.Connection) -> None:
    scope = network(conn)
    inside = Scope(ScopeKind.MUNICIPALITY, "Ейский район")
    outside = Scope(ScopeKind.MUNICIPALITY, "Абинский район")
    assert covered(conn, [scope], inside)
    assert not covered(conn, [scope], outside)
    assert not covered(conn, [scope], REGION)
    assert not covered(conn, [inside], scope)
    assert not covered(conn, [], inside)
    assert covered(conn, [REGION], scope)


@pytest.mark.parametrize(
    ("scopes", "seen"),
    [
        ([REGION], {"Ейский район", "Абинский район", "Крымский район"}),
        ([Scope(ScopeKind.NETWORK, "3")], {"Ейский район", "Крымский район"}),
        ([Scope(ScopeKind.MUNICIPALITY, "Абинский район")], {"Абинский район"}),
        (
            [Scope(ScopeKind.MUNICIPALITY, "Абинский район"), Scope(ScopeKind.NETWORK, "3")],
            {"Ейский район", "Абинский район", "Крымский район"},
        ),
        ([Scope(ScopeKind.NETWORK, "4")], set()),
        ([], set()),
    ],
)
def test_a_condition_selects_exactly_the_scopes_people(
    conn: sqlite3.Connection, scopes: list[Scope], seen: set[str]
) -> None:
    network(conn)
    for number, municipality in enumerate(("Ейский район", "Абинский район", "Крымский район")):
        person = people.arrive(conn, 600 + number, payload=None, now=NOW)
        people.say(conn, person.id, {Field.MUNICIPALITY: municipality}, search="")
    condition, arguments = within(scopes, "p.municipality")
    rows = conn.execute(f"SELECT p.municipality FROM people p WHERE {condition}", arguments)
    assert {row[0] for row in rows} == seen


def school(conn: sqlite3.Connection, town: str, name: str) -> Scope:
    number = organisations.add(conn, town, name, name.lower())
    return Scope(ScopeKind.ORGANISATION, str(number))


def test_an_organisation_is_covered_by_what_covers_its_municipality(
    conn: sqlite3.Connection,
) -> None:
    wide = network(conn)
    here, there = school(conn, "Ейский район", "СОШ 5"), school(conn, "Абинский район", "СОШ 1")
    town = Scope(ScopeKind.MUNICIPALITY, "Ейский район")
    assert all(covered(conn, [scope], here) for scope in (REGION, wide, town, here))
    assert not any(covered(conn, [scope], there) for scope in (wide, town, here))
    assert not any(covered(conn, [here], scope) for scope in (REGION, wide, town, there))
    gone = Scope(ScopeKind.ORGANISATION, "999")
    assert not covered(conn, [wide, town, here], gone)
    assert municipalities_in(conn, [here]) == frozenset()


def test_an_organisations_people_are_exactly_its_own(conn: sqlite3.Connection) -> None:
    here, other = school(conn, "Ейский район", "СОШ 5"), school(conn, "Ейский район", "СОШ 6")
    for number, where in enumerate((here, here, other)):
        person = people.arrive(conn, 600 + number, payload=None, now=NOW)
        said: dict[Field, str | int | None] = {Field.ORGANISATION: int(where.ref)}
        people.say(conn, person.id, said | {Field.MUNICIPALITY: "Ейский район"}, search="")

    def seen(*columns: str) -> list[int]:
        condition, arguments = within([here], *columns)
        rows = conn.execute(f"SELECT p.telegram_id FROM people p WHERE {condition}", arguments)
        return sorted(row[0] for row in rows)

    assert seen(*PERSON_PLACE) == [600, 601]
    assert seen("p.municipality") == [], "a query that knows no organisations shows nobody"


def test_every_table_of_a_scope_is_handed_over_when_organisations_become_one(
    conn: sqlite3.Connection,
) -> None:
    rows = conn.execute(
        "SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c"
        " WHERE m.type = 'table' AND c.name = 'scope_ref'"
    )
    assert {row[0] for row in rows} == set(organisations.SCOPED)


def test_a_role_in_a_merged_organisation_is_a_role_in_the_other(conn: sqlite3.Connection) -> None:
    kept, gone = school(conn, "Ейский район", "СОШ № 5"), school(conn, "Ейский район", "СОШ5")
    both = people.arrive(conn, 601, payload=None, now=NOW)
    one = people.arrive(conn, 602, payload=None, now=NOW)
    conn.executemany(
        "INSERT INTO grants (person_id, role, scope_kind, scope_ref, granted_at)"
        " VALUES (?, 'coordinator', 'organisation', ?, '2026-11-22T06:00:00Z')",
        [(both.id, kept.ref), (both.id, gone.ref), (one.id, gone.ref)],
    )
    by = By(None, NOW)
    assert organisations.merge(conn, [REGION], int(gone.ref), int(kept.ref), by=by)
    for telegram_id in (601, 602):
        found = people.find(conn, telegram_id)
        assert found is not None
        assert found.grants == (Grant(Role.COORDINATOR, kept),)


@pytest.mark.parametrize("state", ["new", "aside"])
def test_forgetting_somebody_wipes_what_telegram_sent_of_them(
    conn: sqlite3.Connection, state: str
) -> None:
    people.arrive(conn, 501, payload=None, now=NOW)
    conn.executemany(
        "INSERT INTO inbox (update_id, chat, received_at, payload, state)"
        " VALUES (?, ?, '2026-11-22T06:00:00Z', CAST('Анна' AS BLOB), ?)",
        [(1, 501, state), (2, 502, state)],
    )
    assert erasing.forget(conn, 501)
    left = [row["update_id"] for row in conn.execute("SELECT * FROM inbox WHERE payload NOT NULL")]
    # One set aside is kept for whoever looks for a fault, and may show anybody.
    assert left == ([2] if state == "new" else [])
    assert not erasing.forget(conn, 501)
