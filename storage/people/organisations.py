"""Schools, kindergartens and centres: one row each, however people write the name."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from storage.audit import By, Deed, record
from storage.scopes import Scope, within


def known(conn: sqlite3.Connection, municipality: str) -> list[tuple[int, str]]:
    """Id and name of the organisations of a municipality, those with more people first."""
    rows = conn.execute(
        "SELECT o.id, o.name FROM organisations o LEFT JOIN people p ON p.organisation_id = o.id"
        " WHERE o.municipality = ? GROUP BY o.id ORDER BY count(p.id) DESC, o.name",
        (municipality,),
    )
    return [(row["id"], row["name"]) for row in rows]


def within_municipality(
    conn: sqlite3.Connection, organisation_id: int, municipality: str
) -> str | None:
    """The organisation's name, if it is one of this municipality: a button's id may be forged."""
    row = conn.execute(
        "SELECT name FROM organisations WHERE id = ? AND municipality = ?",
        (organisation_id, municipality),
    ).fetchone()
    return None if row is None else row["name"]


def municipality_of(conn: sqlite3.Connection, organisation_id: int | str) -> str:
    """Where it is; '' if it is there no more."""
    row = conn.execute(
        "SELECT municipality FROM organisations WHERE id = ?", (organisation_id,)
    ).fetchone()
    return "" if row is None else str(row["municipality"])


def add(conn: sqlite3.Connection, municipality: str, name: str, sound: str) -> int:
    """The id of the organisation of this sound (bot.search.sound); made if it is new."""
    conn.execute(
        "INSERT INTO organisations (municipality, name, sound) VALUES (?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (municipality, name, sound),
    )
    row = conn.execute(
        "SELECT id FROM organisations WHERE municipality = ? AND sound = ?", (municipality, sound)
    ).fetchone()
    return int(row["id"])


@dataclass(frozen=True)
class Organisation:
    """One organisation; `people` counts those who named it."""

    id: int
    municipality: str
    name: str
    people: int


def listed(conn: sqlite3.Connection, scopes: Sequence[Scope]) -> list[Organisation]:
    """Every organisation within the scopes, by municipality and name."""
    inside, arguments = within(scopes, "o.municipality", "o.id")
    rows = conn.execute(
        "SELECT o.id, o.municipality, o.name, count(p.id) AS people FROM organisations o"  # noqa: S608 - the condition is ours
        f" LEFT JOIN people p ON p.organisation_id = o.id WHERE {inside}"
        " GROUP BY o.id ORDER BY o.municipality, o.name",
        arguments,
    )
    return [Organisation(row[0], row[1], row[2], row[3]) for row in rows]


def card(
    conn: sqlite3.Connection, scopes: Sequence[Scope], organisation_id: int
) -> Organisation | None:
    """One organisation, if within the scopes: a button's id may be forged."""
    return next((one for one in listed(conn, scopes) if one.id == organisation_id), None)


def rename(
    conn: sqlite3.Connection,
    scopes: Sequence[Scope],
    organisation_id: int,
    name: str,
    sound: str,
    *,
    by: By,
) -> int | None:
    """Give it another name; the id of the one that sounds so already, if there is, else None.

    Nothing happens where it is out of scope, or another sounds like it: those are merged instead.
    """
    found = card(conn, scopes, organisation_id)
    if found is None:
        return None
    other = conn.execute(
        "SELECT id FROM organisations WHERE municipality = ? AND sound = ? AND id <> ?",
        (found.municipality, sound, organisation_id),
    ).fetchone()
    if other is not None:
        return int(other["id"])
    if name != found.name:
        conn.execute(
            "UPDATE organisations SET name = ?, sound = ? WHERE id = ?",
            (name, sound, organisation_id),
        )
        record(
            conn,
            by,
            Deed.ORGANISATION_RENAMED,
            object=f"organisation:{organisation_id}",
            before={"name": found.name},
            after={"name": name},
        )
    return None


def merge(
    conn: sqlite3.Connection, scopes: Sequence[Scope], gone: int, kept: int, *, by: By
) -> bool:
    """Make two rows of one organisation one: everybody of the first belongs to the second.

    False if either is out of scope, or they lie in different municipalities.
    """
    first, second = card(conn, scopes, gone), card(conn, scopes, kept)
    if first is None or second is None or gone == kept:
        return False
    if first.municipality != second.municipality:
        return False
    conn.execute("UPDATE people SET organisation_id = ? WHERE organisation_id = ?", (kept, gone))
    _hand_over(conn, gone, kept)
    conn.execute("DELETE FROM organisations WHERE id = ?", (gone,))
    record(
        conn,
        by,
        Deed.ORGANISATIONS_MERGED,
        object=f"organisation:{kept}",
        before={"name": first.name, "people": first.people},
        after={"name": second.name, "people": first.people + second.people},
    )
    return True


SCOPED = (
    "grants",
    "invitations",
    "campaigns",
    "roadmaps",
    "roadmap_imports",
    "events",
    "notices",
    "forms",
    "trainee_groups",
    "tasks",
    "screening_contacts",
    "entered_figures",
    "register",
)
"""The tables with `scope_kind` and `scope_ref`; a test compares them with the schema."""


def _hand_over(conn: sqlite3.Connection, gone: int, kept: int) -> None:
    """What was the merged organisation's is the other's: roles, questionnaires, events, tasks.

    Where the other has such a row already (the same role of the same person), that one stays.
    """
    for table in SCOPED:
        conn.execute(
            f"UPDATE OR IGNORE {table} SET scope_ref = ?"  # noqa: S608 - tables of ours
            " WHERE scope_kind = 'organisation' AND scope_ref = ?",
            (str(kept), str(gone)),
        )
    for table in ("grants", "invitations"):
        conn.execute(
            f"DELETE FROM {table} WHERE scope_kind = 'organisation' AND scope_ref = ?",  # noqa: S608 - tables of ours
            (str(gone),),
        )
