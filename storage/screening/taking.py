"""Taking the screening: a draft of up to 84 answers, which belongs to the person.

What becomes of it: sealed (`storage.screening.sealing`), stopped by the person, or erased `KEPT`
after it was last touched. Nobody but the person ever reads one: every function asks for them.
"""

import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage.people import people
from storage.questionnaires import inviting, responses
from storage.questionnaires.campaigns import Campaign, Cell, Phase, find
from storage.questionnaires.responses import Entry
from storage.screening.wordings import Edition, edition_of, statement
from storage.times import stored
from surveys.boyko import Result, score
from surveys.boyko_key import ITEMS
from surveys.screening_groups import OTHERS, POSITIONS, SERVICE, position_group

KEPT = timedelta(days=14)
"""How long an untouched draft is kept (see `storage.privacy.retention`)."""

CONSENT = "screening"
"""The kind of the consent, beside `people.PERSONAL_DATA`."""

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters of a private code: none that is taken for another when copied by hand."""
CODE_LETTERS = 16
"""31 letters to the power of 16 are 79 bits: nobody tries them all."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A form being filled in. `item` is the one to ask, None when all 84 are answered.

    `position` is a code of `surveys.screening_groups.POSITIONS`, `service` one of `SERVICE`; '' is
    «would not say», None is not asked yet.
    """

    id: int
    person_id: int
    campaign: Campaign
    edition: Edition
    item: int | None
    statement: str
    given: bool | None
    answered: int
    first: bool
    position: str = OTHERS
    service: str | None = None

    @property
    def about_due(self) -> bool:
        """The groups this campaign counts by are still to be asked for."""
        return self.service is None and Cell.SERVICE in self.campaign.cells

    @property
    def complete(self) -> bool:
        """All answers are there."""
        return self.answered == ITEMS


class Step(StrEnum):
    """What came of a press."""

    TAKEN = "taken"
    SAME = "same"  # it was so already: nothing to draw anew
    CLOSED = "closed"
    GONE = "gone"  # sealed, stopped or erased


@dataclass(frozen=True, slots=True)
class Pressed:
    """`draft` as it stands; None when it is gone."""

    step: Step
    draft: Draft | None = None


def begin(
    conn: sqlite3.Connection, campaign_id: int, person_id: int, *, version: str, now: datetime
) -> Pressed:
    """The person has agreed to this version of the consent: begin, or go on."""
    found = responses.peek(conn, campaign_id, person_id, now=now)
    campaign = found.campaign
    if campaign is None or not campaign.screening or found.entry is not Entry.STARTED:
        return Pressed(Step.CLOSED if found.entry is Entry.CLOSED else Step.GONE)
    people.consent(conn, person_id, version, now=now, kind=CONSENT)
    inviting.mark_asked(conn, campaign_id, person_id, now=now)
    conn.execute(
        "INSERT INTO screening_drafts (campaign_id, person_id, touched_at) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET touched_at = excluded.touched_at",
        (campaign_id, person_id, stored(now)),
    )
    return Pressed(Step.TAKEN, of_person(conn, campaign_id, person_id))


def describe(
    conn: sqlite3.Connection,
    draft_id: int,
    person_id: int,
    *,
    position: str | None = None,
    service: str | None = None,
    now: datetime,
) -> Pressed:
    """What the person says of themselves for the groups; None leaves what was said before.

    Raises:
        ValueError: there is no such group.
    """
    draft = own(conn, draft_id, person_id)
    if draft is None:
        return Pressed(Step.GONE)
    if draft.campaign.phase(now) is not Phase.OPEN:
        return Pressed(Step.CLOSED, draft)
    if position not in {None, *POSITIONS} or service not in {None, "", *SERVICE}:
        raise ValueError(position, service)
    conn.execute(
        "UPDATE screening_drafts SET touched_at = ?,"
        " position_group = coalesce(?, position_group), service = coalesce(?, service)"
        " WHERE id = ?",
        (stored(now), position, service, draft_id),
    )
    return Pressed(Step.TAKEN, own(conn, draft_id, person_id))


def of_person(conn: sqlite3.Connection, campaign_id: int, person_id: int) -> Draft | None:
    """The person's draft in this campaign."""
    row = conn.execute(
        "SELECT * FROM screening_drafts WHERE campaign_id = ? AND person_id = ?",
        (campaign_id, person_id),
    ).fetchone()
    return None if row is None else _draft(conn, row)


def own(conn: sqlite3.Connection, draft_id: int, person_id: int) -> Draft | None:
    """The person's own draft; None if it is gone or somebody else's."""
    row = conn.execute(
        "SELECT * FROM screening_drafts WHERE id = ? AND person_id = ?", (draft_id, person_id)
    ).fetchone()
    return None if row is None else _draft(conn, row)


def record(
    conn: sqlite3.Connection,
    draft_id: int,
    person_id: int,
    item: int,
    *,
    yes: bool,
    now: datetime,
) -> Pressed:
    """An answer. A second press on an item corrects it; one on an item not reached is none."""
    draft = own(conn, draft_id, person_id)
    if draft is None:
        return Pressed(Step.GONE)
    if draft.campaign.phase(now) is not Phase.OPEN:
        return Pressed(Step.CLOSED, draft)
    row = conn.execute(
        "SELECT yes FROM screening_answers WHERE draft_id = ? AND item = ?", (draft_id, item)
    ).fetchone()
    if row is None and item != draft.item:
        return Pressed(Step.SAME, draft)
    if row is not None and bool(row["yes"]) is yes and item != draft.item:
        return Pressed(Step.SAME, draft)
    conn.execute(
        "INSERT INTO screening_answers (draft_id, item, yes) VALUES (?, ?, ?)"
        " ON CONFLICT (draft_id, item) DO UPDATE SET yes = excluded.yes",
        (draft_id, item, yes),
    )
    conn.execute(
        "UPDATE screening_drafts SET touched_at = ?, code = NULL,"
        " at_item = CASE at_item WHEN ? THEN NULL ELSE at_item END WHERE id = ?",
        (stored(now), item, draft_id),
    )
    return Pressed(Step.TAKEN, own(conn, draft_id, person_id))


def record_all(
    conn: sqlite3.Connection, draft_id: int, person_id: int, answers: Mapping[int, bool]
) -> None:
    """Many answers at once, as the demonstration gives them: no press, no step between."""
    if own(conn, draft_id, person_id) is None:
        return
    conn.executemany(
        "INSERT INTO screening_answers (draft_id, item, yes) VALUES (?, ?, ?)"
        " ON CONFLICT (draft_id, item) DO UPDATE SET yes = excluded.yes",
        [(draft_id, item, yes) for item, yes in answers.items()],
    )


def go_to(
    conn: sqlite3.Connection, draft_id: int, person_id: int, item: int, *, now: datetime
) -> Pressed:
    """Show an answered item again, to change it; any other number shows where the answers end."""
    draft = own(conn, draft_id, person_id)
    if draft is None:
        return Pressed(Step.GONE)
    if draft.campaign.phase(now) is not Phase.OPEN:
        return Pressed(Step.CLOSED, draft)
    conn.execute(
        "UPDATE screening_drafts SET touched_at = ?, at_item ="
        " (SELECT item FROM screening_answers WHERE draft_id = ? AND item = ?) WHERE id = ?",
        (stored(now), draft_id, item, draft_id),
    )
    return Pressed(Step.TAKEN, own(conn, draft_id, person_id))


def stop(conn: sqlite3.Connection, draft_id: int, person_id: int, *, now: datetime) -> bool:
    """Erase the draft and withdraw the consent; call `Database.truncate_wal` afterwards.

    False if there was nothing left to erase.
    """
    gone = conn.execute(
        "DELETE FROM screening_drafts WHERE id = ? AND person_id = ?", (draft_id, person_id)
    ).rowcount
    if gone:
        conn.execute(
            "UPDATE consents SET withdrawn_at = ? WHERE person_id = ? AND kind = ?"
            " AND withdrawn_at IS NULL",
            (stored(now), person_id, CONSENT),
        )
    return gone == 1


@dataclass(frozen=True, slots=True)
class Ready:
    """A complete form's result and the private code to be shown with it."""

    draft: Draft
    result: Result
    code: str


def ready(
    conn: sqlite3.Connection, draft_id: int, person_id: int, *, now: datetime
) -> Ready | Pressed:
    """The result of a complete form, before it is sealed.

    The result is shown first and the form sealed next, so that a process that dies between the
    two shows it again, with the same code, instead of never.
    """
    draft = own(conn, draft_id, person_id)
    if draft is None:
        return Pressed(Step.GONE)
    if draft.campaign.phase(now) is not Phase.OPEN:
        return Pressed(Step.CLOSED, draft)
    if not draft.complete:
        return Pressed(Step.TAKEN, draft)
    conn.execute(
        "UPDATE screening_drafts SET code = coalesce(code, ?) WHERE id = ?",
        ("".join(secrets.choice(_ALPHABET) for _ in range(CODE_LETTERS)), draft_id),
    )
    code = conn.execute("SELECT code FROM screening_drafts WHERE id = ?", (draft_id,)).fetchone()[0]
    return Ready(draft, score(answers_of(conn, draft_id)), code)


def answers_of(conn: sqlite3.Connection, draft_id: int) -> dict[int, bool]:
    """The answers of a draft, by item; for the result and the sealing."""
    rows = conn.execute("SELECT item, yes FROM screening_answers WHERE draft_id = ?", (draft_id,))
    return {row["item"]: bool(row["yes"]) for row in rows}


@dataclass(frozen=True, slots=True)
class Mine:
    """A person's screenings: open to them, with their draft if begun; and where they took part."""

    open: list[tuple[Campaign, Draft | None]]
    taken: list[Campaign]


def mine(conn: sqlite3.Connection, person_id: int, *, now: datetime) -> Mine:
    """What /screening shows, by the same rules as invitations."""
    standing = responses.mine(conn, person_id, now=now)
    return Mine(
        [(one, of_person(conn, one.id, person_id)) for one in standing.to_answer if one.screening],
        [one for one, _ in standing.sent if one.screening],
    )


def _draft(conn: sqlite3.Connection, row: sqlite3.Row) -> Draft:
    campaign = find(conn, row["campaign_id"])
    assert campaign is not None  # noqa: S101 - a foreign key says so
    given = answers_of(conn, row["id"])
    item = row["at_item"] or next((n for n in range(1, ITEMS + 1) if n not in given), None)
    return Draft(
        id=row["id"],
        person_id=row["person_id"],
        campaign=campaign,
        edition=edition_of(conn, campaign),
        item=item,
        statement="" if item is None else statement(conn, campaign, item),
        given=None if item is None else given.get(item),
        answered=len(given),
        first=item == 1,
        position=row["position_group"] or _position(conn, row["person_id"]),
        service=row["service"],
    )


def _position(conn: sqlite3.Connection, person_id: int) -> str:
    """The group of what they wrote of themselves in /me."""
    row = conn.execute("SELECT position FROM people WHERE id = ?", (person_id,)).fetchone()
    return position_group(row["position"] or "")
