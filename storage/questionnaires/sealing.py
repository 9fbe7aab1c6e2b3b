"""Confidential answers: on submit they are cut from the person, for good.

The answers go to `sealed_responses` under a random key with only the groups declared before the
opening; who took part is noted apart, without when. The draft is erased, and what Telegram sent of
this chat is wiped from the inbox: a pressed button carries the text of the message it stands on,
which here is the summary of all answers.

What is erased is overwritten (`secure_delete`) in the main file once the caller has run
`Database.truncate_wal`.
"""

import json
import secrets
import sqlite3
from collections.abc import Mapping
from datetime import datetime

from storage.questionnaires.campaigns import Cell
from storage.questionnaires.responses import Response, dumped
from storage.times import stored
from surveys.answers import Answer
from surveys.boyko_form import FORM

KEY_BYTES = 16


def seal(conn: sqlite3.Connection, response: Response, given: Mapping[str, Answer]) -> None:
    """Move the answers that count to the store without persons; erase every other trace."""
    cells = _cells(conn, response)
    conn.execute(
        "INSERT INTO sealed_responses (campaign_id, key, cells, answers) VALUES (?, ?, ?, ?)",
        (response.campaign.id, secrets.token_bytes(KEY_BYTES), dumped(cells), dumped(dict(given))),
    )
    conn.execute(
        "INSERT INTO participations (campaign_id, person_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (response.campaign.id, response.person_id),
    )
    conn.execute("DELETE FROM responses WHERE id = ?", (response.id,))
    wipe_inbox(conn, response.person_id)


def settle(conn: sqlite3.Connection, *, now: datetime, most: int = -1) -> int:
    """After the closing of anonymous campaigns: erase drafts, put the sealed rows in key order.

    At most so many of them; -1 for all.

    SQLite writes a page in the order rows came: with the register beside it, whoever holds the
    file could match the two. Rewritten in the order of their keys, neither says who came when.

    Returns:
        How many campaigns were settled; if any, the caller runs `Database.truncate_wal`.
    """
    due = conn.execute(
        "SELECT id FROM campaigns WHERE anonymity = 'anonymous' AND settled = 0 AND closes_at <= ?"
        " AND questionnaire_id <> ? LIMIT ?",  # storage.screening.sealing settles a screening
        (stored(now), FORM, most),
    ).fetchall()
    for (campaign_id,) in due:
        conn.execute("DELETE FROM responses WHERE campaign_id = ?", (campaign_id,))
        for table, columns in (
            ("sealed_responses", "campaign_id, key, cells, answers"),
            ("participations", "campaign_id, person_id"),
        ):
            rows = conn.execute(
                f"SELECT {columns} FROM {table} WHERE campaign_id = ?",  # noqa: S608 - named above
                (campaign_id,),
            ).fetchall()
            conn.execute(f"DELETE FROM {table} WHERE campaign_id = ?", (campaign_id,))  # noqa: S608 - named above
            places = ", ".join("?" for _ in columns.split(", "))
            conn.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608 - named above
                sorted(tuple(row) for row in rows),
            )
        conn.execute("UPDATE campaigns SET settled = 1 WHERE id = ?", (campaign_id,))
    return len(due)


_OF_PERSON = (Cell.MUNICIPALITY, Cell.ORGANISATION, Cell.POSITION)


def _cells(conn: sqlite3.Connection, response: Response) -> dict[str, str | None]:
    row = conn.execute(
        "SELECT p.municipality, o.name AS organisation, p.position FROM people p"
        " LEFT JOIN organisations o ON o.id = p.organisation_id WHERE p.id = ?",
        (response.person_id,),
    ).fetchone()
    return {cell.value: row[cell.value] for cell in _OF_PERSON if cell in response.campaign.cells}


def wipe_inbox(
    conn: sqlite3.Connection, person_id: int, *, answer_buttons: str | None = None
) -> None:
    """Take the person's words out of every raw update kept for their chat.

    Updates still to be handled (this very press among them) lose the text of the message their
    button stands on and stay otherwise whole: wiping them would lose a tap. Only presses whose data
    begins with `answer_buttons` lose that too: they answer a form that is no more.
    """
    row = conn.execute("SELECT telegram_id FROM people WHERE id = ?", (person_id,)).fetchone()
    chat = row["telegram_id"]
    conn.execute("UPDATE inbox SET payload = NULL WHERE chat = ? AND state <> 'new'", (chat,))
    for update_id, payload in conn.execute(
        "SELECT update_id, payload FROM inbox WHERE chat = ? AND payload IS NOT NULL", (chat,)
    ).fetchall():
        update = json.loads(payload)
        shown = update.get("callback_query", {}).get("message")
        if shown is None:
            continue
        for field in ("text", "entities", "reply_markup"):
            shown.pop(field, None)
        press = update["callback_query"]
        if answer_buttons is not None and press.get("data", "").startswith(answer_buttons):
            press["data"] = answer_buttons
        conn.execute(
            "UPDATE inbox SET payload = ? WHERE update_id = ?",
            (json.dumps(update, ensure_ascii=False).encode(), update_id),
        )
