"""What is stored about a person is read off the schema, so nothing can be forgotten."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from bot.texts import stored as words
from storage.people import people
from storage.people.people import PERSONAL_DATA
from storage.privacy import personal

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


def somebody(conn: sqlite3.Connection, telegram_id: int = 501) -> int:
    person = people.arrive(conn, telegram_id, payload="inv_x", now=NOW)
    people.consent(conn, person.id, "ru-1", now=NOW, kind=PERSONAL_DATA)
    return person.id


def test_no_table_holds_somebody_unknown_to_erasing(conn: sqlite3.Connection) -> None:
    assert personal.loose(conn) == [], "give it a foreign key to people, or name it in personal.py"


def test_every_table_of_a_person_has_a_name_in_words(conn: sqlite3.Connection) -> None:
    assert set(personal.owned(conn)) - set(words.KINDS) == set(), "name it in bot/texts/stored.py"


def test_the_guide_shows_until_when_each_kind_is_kept() -> None:
    guide = (ROOT / "docs/guide/privacy.md").read_text(encoding="utf-8")
    assert words.document() in guide


def test_a_table_made_tomorrow_is_found_with_what_hangs_on_it(conn: sqlite3.Connection) -> None:
    number, other = somebody(conn), somebody(conn, 502)
    conn.executescript(
        "CREATE TABLE diaries (id INTEGER PRIMARY KEY,"
        " owner INTEGER REFERENCES people ON DELETE CASCADE);"
        "CREATE TABLE pages (diary INTEGER REFERENCES diaries ON DELETE CASCADE, words TEXT);"
        "CREATE TABLE prizes (given_by INTEGER REFERENCES people ON DELETE SET NULL);"
        "CREATE TABLE whispers (person INTEGER, words TEXT);"
    )
    for person in (number, other):
        conn.execute("INSERT INTO diaries (owner) VALUES (?)", (person,))
    conn.execute("INSERT INTO pages VALUES (1, 'моё'), (2, 'чужое')")
    conn.execute("INSERT INTO prizes VALUES (?), (?)", (number, number))
    held = {one.table: one.rows for one in personal.everything(conn, number)}
    assert held["pages"] == ({"diary": 1, "words": "моё"},)
    assert len(held["people"]) == len(held["consents"]) == 1
    assert personal.Mention("prizes", "given_by", 2) in personal.mentions(conn, number)
    assert personal.loose(conn) == ["whispers.person"]


def test_whoever_is_erased_is_held_nowhere(conn: sqlite3.Connection) -> None:
    from storage.privacy import erasing  # noqa: PLC0415 - beside what it is compared with

    number = somebody(conn)
    conn.execute("INSERT INTO dialogs VALUES (501, 'x', '{}', '2026-11-23T07:00:00Z')")
    conn.execute(
        "INSERT INTO inbox (update_id, chat, received_at, payload, state)"
        " VALUES (1, 501, '', x'31', 'new'), (2, 900, '', x'31', 'aside')"
    )
    held = {one.table for one in personal.everything(conn, number)}
    assert {"people", "consents", "dialogs", "inbox"} <= held
    erasing.forget(conn, 501)
    assert personal.everything(conn, number) == []
    left = conn.execute("SELECT count(*) FROM inbox WHERE payload IS NOT NULL").fetchone()[0]
    assert left == 0, "an update set aside may show the person in somebody else's chat"
