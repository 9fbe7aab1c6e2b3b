"""The audit log: only ever longer, and whoever changes it by hand is found out."""

import ast
import inspect
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import audit
from storage.audit import By, Deed
from storage.backups import backup
from storage.people import invitations, networks, organisations, register, relinking, roster
from storage.people.networks import NetworkKind
from storage.privacy import erasing
from storage.questionnaires import campaigns, inviting

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


def fill(conn: sqlite3.Connection, rows: int = 3) -> None:
    for number in range(rows):
        audit.record(conn, By(7, NOW), Deed.ROLE_TAKEN, about=number, before={"role": "expert"})


def test_rows_come_back_as_they_were_written_newest_first(conn: sqlite3.Connection) -> None:
    by = By(7, NOW)
    audit.record(conn, by, Deed.NETWORK_LEADER, object="network:3", before={"leader": "Ейск"})
    audit.record(conn, By(None, NOW), Deed.ERASED, about=9)
    newest, oldest = audit.page(conn).entries
    assert (newest.actor, newest.about, newest.deed) == (None, 9, "erased")
    assert (oldest.actor, oldest.at, oldest.object) == (7, NOW, "network:3")
    assert oldest.before == {"leader": "Ейск"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 8 WHERE id = 2",
        "DELETE FROM audit WHERE id = 2",
        "DELETE FROM audit",
        "INSERT INTO audit (id, at, deed, hash) VALUES (9, '', '', x'00')",
        "INSERT OR REPLACE INTO audit (id, at, deed, hash) VALUES (2, '', '', x'00')",
        "INSERT INTO audit (at, deed, hash) VALUES ('', '', x'00')",
    ],
)
def test_nothing_but_appending_is_accepted(conn: sqlite3.Connection, statement: str) -> None:
    fill(conn)
    with pytest.raises(sqlite3.IntegrityError, match="audit log"):
        conn.execute(statement)
    assert audit.verify(conn).rows == 3


@pytest.mark.parametrize(
    ("edit", "found"),
    [
        ("UPDATE audit SET about = 77 WHERE id = 2", 2),
        ("UPDATE audit SET before = '{}' WHERE id = 1", 1),
        ("DELETE FROM audit WHERE id = 2", 3),
        ("UPDATE audit SET hash = x'00' WHERE id = 3", 3),
    ],
)
def test_an_edit_behind_the_triggers_breaks_the_chain(
    conn: sqlite3.Connection, edit: str, found: int
) -> None:
    fill(conn)
    assert audit.verify(conn).broken is None
    for trigger in ("audit_is_not_changed", "audit_is_not_shortened"):
        conn.execute(f"DROP TRIGGER {trigger}")
    conn.execute(edit)
    assert audit.verify(conn).broken == found


def test_the_check_of_a_database_follows_the_chain(
    conn: sqlite3.Connection, tmp_path: Path
) -> None:
    fill(conn)
    chain = backup.inspect(tmp_path / "bot.sqlite3").chain
    assert chain == audit.verify(conn)
    assert chain.rows == 3


def test_a_deed_that_changes_nothing_leaves_no_row(conn: sqlite3.Connection) -> None:
    by = By(7, NOW)
    number = networks.create(conn, "Цифра", NetworkKind.KRC, "Ейский район", by=by)
    for _ in range(2):
        networks.create(conn, "Цифра", NetworkKind.KRC, "Ейский район", by=by)
        networks.set_member(conn, number, "Абинский район", member=True, by=by)
        networks.set_leader(conn, number, "Абинский район", by=by)
    networks.remove(conn, number, by=by)
    networks.remove(conn, number, by=by)
    deeds = [entry.deed for entry in reversed(audit.page(conn).entries)]
    assert deeds == ["network-made", "network-members", "network-leader", "network-dissolved"]


def test_a_failed_step_leaves_no_row(conn: sqlite3.Connection) -> None:
    conn.execute("BEGIN")
    conn.execute("SAVEPOINT job")
    networks.create(conn, "Цифра", NetworkKind.KRC, "Ейский район", by=By(7, NOW))
    conn.execute("ROLLBACK TO job")
    conn.execute("COMMIT")
    assert audit.page(conn).total == 0


def test_every_handler_says_whose_deed_it_is() -> None:
    """A storage function with `by` is a deed of staff: a handler that calls it gives it."""
    rooms = (
        *(campaigns, erasing, invitations, inviting, networks, roster),
        *(organisations, register, relinking),
    )
    deeds = {
        f"{room.__name__.rpartition('.')[2]}.{name}"
        for room in rooms
        for name, function in inspect.getmembers(room, inspect.isfunction)
        if "by" in inspect.signature(function).parameters
    }
    assert len(deeds) >= 9
    silent, seen = [], set()
    for path in sorted((ROOT / "handlers").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = ast.unparse(node.args[0])
            if called not in deeds or called == "erasing.forget":  # one's own erasing
                continue
            seen.add(called)
            given = {keyword.arg for keyword in node.keywords} | set(map(ast.unparse, node.args))
            if not {"by", "situation.by"} & given:
                silent.append(f"{path.name}:{node.lineno} {called}")
    assert silent == []
    assert len(seen) >= 8
