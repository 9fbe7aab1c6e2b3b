"""Cutting the person from the answers of a screening, and what becomes of the answers.

While the campaign is open they lie in boxes, encrypted and of one size, with the groups declared
for them; at the closing what may be shown about groups is computed once, the answers become entries
in an order of their own, without those groups, and the secret is destroyed. An entry is found by
the person's private code alone: the store keeps what the code derives (`proof`), so it cannot tell
whose an entry is, and whoever has the code can have it shown,
compared or deleted.
"""

import hashlib
import hmac
import json
import logging
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from storage.questionnaires import campaigns
from storage.questionnaires.campaigns import Campaign, Cell, Phase
from storage.questionnaires.sealing import KEY_BYTES, wipe_inbox
from storage.screening import taking as screening
from storage.screening.taking import Draft
from storage.times import stored
from surveys.boyko import Result, load_key, score
from surveys.boyko_form import FORM
from surveys.boyko_key import ITEMS
from surveys.screening_groups import Entry, Summary, summarise

log = logging.getLogger(__name__)

SIZE = 2048
"""Bytes of what a box holds, filled up: its size tells nothing of the school's name."""
_NONCE = 12
_PURPOSE = b"screening entry v1"


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry as kept."""

    proof: bytes
    campaign_id: int
    cells: dict[str, str]
    answers: bytes
    wording: str
    key: str

    @property
    def result(self) -> Result:
        """What the answers come to."""
        return score(unpacked(self.answers))


def proof_of(code: str) -> bytes:
    """What the store keeps instead of a private code (HMAC-SHA-256 with the code as its key)."""
    return hmac.new(code.encode(), _PURPOSE, hashlib.sha256).digest()


def seal(
    conn: sqlite3.Connection,
    draft_id: int,
    person_id: int,
    secret: bytes,
    *,
    answer_buttons: str,
    now: datetime,
) -> bool:
    """Put the answers in a box, note the participation, erase every other trace; in one step.

    Args:
        conn: the store.
        draft_id: a complete draft whose result was shown (`screening.ready`).
        person_id: whose it is.
        secret: of the campaign (`screening_secrets`).
        answer_buttons: what the data of the buttons that answer begins with: presses of them that
            still wait are wiped too.
        now: the moment, which is kept nowhere.

    Returns:
        False if there was nothing to seal. The caller runs `Database.truncate_wal`.
    """
    draft = screening.own(conn, draft_id, person_id)
    if draft is None or not draft.complete or draft.campaign.phase(now) is not Phase.OPEN:
        return False
    code = conn.execute("SELECT code FROM screening_drafts WHERE id = ?", (draft_id,)).fetchone()[0]
    if code is None:
        return False
    entry = Sealed(
        proof_of(code),
        draft.campaign.id,
        _cells(conn, draft),
        packed(screening.answers_of(conn, draft_id)),
        draft.edition.name,
        load_key().edition,
    )
    _put(conn, entry, secret)
    conn.execute(
        "INSERT INTO participations (campaign_id, person_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (draft.campaign.id, person_id),
    )
    conn.execute("DELETE FROM screening_drafts WHERE id = ?", (draft_id,))
    wipe_inbox(conn, person_id, answer_buttons=answer_buttons)
    return True


def settle(
    conn: sqlite3.Connection, secret_of: Callable[[int], bytes], *, now: datetime
) -> list[int]:
    """After the closing: boxes become entries, drafts are erased, groups are counted once.

    Returns:
        The campaigns settled now. The caller destroys their secrets and runs
        `Database.truncate_wal`.
    """
    due = conn.execute(
        "SELECT id FROM campaigns WHERE questionnaire_id = ? AND settled = 0 AND closes_at <= ?",
        (FORM, stored(now)),
    ).fetchall()
    for (campaign_id,) in due:
        _settle(conn, campaign_id, secret_of(campaign_id))
    return [row[0] for row in due]


def settled(conn: sqlite3.Connection, campaign_id: int) -> bool:
    """Whether the campaign's boxes are opened for good, so that its secret serves nobody."""
    row = conn.execute("SELECT settled FROM campaigns WHERE id = ?", (campaign_id,)).fetchone()
    return row is None or bool(row["settled"])


def summary_of(conn: sqlite3.Connection, campaign_id: int) -> Summary | None:
    """What may be shown about groups; None before the closing."""
    row = conn.execute(
        "SELECT summary FROM screening_summaries WHERE campaign_id = ?", (campaign_id,)
    ).fetchone()
    return None if row is None else Summary.model_validate_json(row["summary"])


def find(
    conn: sqlite3.Connection, code: str, secret_of: Callable[[int], bytes]
) -> tuple[Campaign, Sealed] | None:
    """The entry that this private code belongs to, in an open campaign or a closed one."""
    found = _found(conn, code, secret_of)
    if found is None:
        return None
    campaign = campaigns.find(conn, found[0].campaign_id)
    return None if campaign is None else (campaign, found[0])


def delete(conn: sqlite3.Connection, code: str, secret_of: Callable[[int], bytes]) -> bool:
    """Erase the entry of this private code; the caller runs `Database.truncate_wal`.

    What was counted at the closing stays: a second count without it would show it by subtraction.
    False if there is none (any more).
    """
    found = _found(conn, code, secret_of)
    if found is None:
        return False
    entry, box = found
    if box is None:
        conn.execute("DELETE FROM screening_entries WHERE proof = ?", (entry.proof,))
    else:
        conn.execute(
            "DELETE FROM screening_boxes WHERE campaign_id = ? AND key = ?",
            (entry.campaign_id, box),
        )
    return True


def packed(answers: dict[int, bool]) -> bytes:
    """84 answers as bits, item 1 first, in 11 bytes."""
    bits = "".join("1" if answers[number] else "0" for number in range(1, ITEMS + 1))
    return int(bits.ljust(88, "0"), 2).to_bytes(11, "big")


def unpacked(answers: bytes) -> dict[int, bool]:
    """The reverse of `packed`."""
    bits = f"{int.from_bytes(answers, 'big'):088b}"
    return {number: bits[number - 1] == "1" for number in range(1, ITEMS + 1)}


def _settle(conn: sqlite3.Connection, campaign_id: int, secret: bytes) -> None:
    entries = sorted((one for _, one in _open(conn, campaign_id, secret)), key=lambda e: e.proof)
    summary = summarise(
        Entry(
            one.result,
            one.wording,
            one.cells.get(Cell.MUNICIPALITY, ""),
            one.cells.get(Cell.ORGANISATION, ""),
            one.cells.get(Cell.POSITION, ""),
            one.cells.get(Cell.SERVICE, ""),
        )
        for one in entries
    )
    for table in ("screening_boxes", "screening_drafts"):
        conn.execute(f"DELETE FROM {table} WHERE campaign_id = ?", (campaign_id,))  # noqa: S608 - named above
    conn.executemany(
        "INSERT INTO screening_entries (proof, campaign_id, cells, answers, wording, key_edition)"
        " VALUES (?, ?, '{}', ?, ?, ?)",
        [(one.proof, campaign_id, one.answers, one.wording, one.key) for one in entries],
    )
    took_part = conn.execute(
        "SELECT person_id FROM participations WHERE campaign_id = ? ORDER BY person_id",
        (campaign_id,),
    ).fetchall()
    conn.execute("DELETE FROM participations WHERE campaign_id = ?", (campaign_id,))
    conn.executemany(
        "INSERT INTO participations (campaign_id, person_id) VALUES (?, ?)",
        [(campaign_id, row[0]) for row in took_part],
    )
    conn.execute(
        "INSERT INTO screening_summaries (campaign_id, summary) VALUES (?, ?)",
        (campaign_id, summary.model_dump_json()),
    )
    conn.execute("UPDATE campaigns SET settled = 1 WHERE id = ?", (campaign_id,))


def _found(
    conn: sqlite3.Connection, code: str, secret_of: Callable[[int], bytes]
) -> tuple[Sealed, bytes | None] | None:
    proof = proof_of(code)
    row = conn.execute("SELECT * FROM screening_entries WHERE proof = ?", (proof,)).fetchone()
    if row is not None:
        entry = Sealed(
            row["proof"],
            row["campaign_id"],
            json.loads(row["cells"]),
            row["answers"],
            row["wording"],
            row["key_edition"],
        )
        return entry, None
    boxed = conn.execute("SELECT DISTINCT campaign_id FROM screening_boxes").fetchall()
    for (campaign_id,) in boxed:
        for key, entry in _open(conn, campaign_id, secret_of(campaign_id)):
            if hmac.compare_digest(entry.proof, proof):
                return entry, key
    return None


def _put(conn: sqlite3.Connection, entry: Sealed, secret: bytes) -> None:
    content = json.dumps(
        {
            "proof": entry.proof.hex(),
            "cells": entry.cells,
            "answers": entry.answers.hex(),
            "wording": entry.wording,
            "key": entry.key,
        },
        ensure_ascii=False,
    ).encode()
    content = content.ljust(-(-len(content) // SIZE) * SIZE)
    nonce = secrets.token_bytes(_NONCE)
    campaign = str(entry.campaign_id).encode()
    box = nonce + ChaCha20Poly1305(secret).encrypt(nonce, content, campaign)
    conn.execute(
        "INSERT INTO screening_boxes (campaign_id, key, box) VALUES (?, ?, ?)",
        (entry.campaign_id, secrets.token_bytes(KEY_BYTES), box),
    )


def _open(
    conn: sqlite3.Connection, campaign_id: int, secret: bytes
) -> Iterator[tuple[bytes, Sealed]]:
    """What the boxes hold, with their keys; a box of another secret is counted in the log."""
    cipher = ChaCha20Poly1305(secret)
    lost = 0
    rows = conn.execute(
        "SELECT key, box FROM screening_boxes WHERE campaign_id = ?", (campaign_id,)
    ).fetchall()
    for row in rows:
        nonce, box = row["box"][:_NONCE], row["box"][_NONCE:]
        try:
            found = json.loads(cipher.decrypt(nonce, box, str(campaign_id).encode()))
        except InvalidTag:
            lost += 1
            continue
        yield (
            row["key"],
            Sealed(
                bytes.fromhex(found["proof"]),
                campaign_id,
                found["cells"],
                bytes.fromhex(found["answers"]),
                found["wording"],
                found["key"],
            ),
        )
    if lost:
        log.error("screening %d: the secret of %d boxes is lost", campaign_id, lost)


def _cells(conn: sqlite3.Connection, draft: Draft) -> dict[str, str]:
    row = conn.execute(
        "SELECT p.municipality, o.name AS organisation FROM people p"
        " LEFT JOIN organisations o ON o.id = p.organisation_id WHERE p.id = ?",
        (draft.person_id,),
    ).fetchone()
    known = {
        Cell.MUNICIPALITY: row["municipality"] or "",
        Cell.ORGANISATION: row["organisation"] or "",
        Cell.POSITION: draft.position,
        Cell.SERVICE: draft.service or "",
    }
    return {cell.value: value for cell, value in known.items() if cell in draft.campaign.cells}
