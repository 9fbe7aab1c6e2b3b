"""A store as large as the region: 20 000 people, 60 events, 300 000 answers, all invented.

Rows are put in directly, not through the conversations: the same rows, in seconds.
"""

import json
import random
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.audiences import Audience
from storage.database import connect_file
from storage.migrating import migrate
from storage.people.networks import NetworkKind, create, set_members
from storage.people.people import PERSONAL_DATA
from storage.questionnaires import campaigns
from storage.scopes import REGION
from storage.times import stored
from surveys.loading import load_all
from surveys.questionnaire import Anonymity, Closed, Range, SelectMultiple
from surveys.reference import communities, municipalities

PEOPLE = 20_000
EVENTS = 60
RESPONSES = 1_000
"""To each event's questionnaire; with five answers each, 300 000."""
INVITED = 2_500
NETWORKS = 10
COORDINATORS = 44 + NETWORKS
FIRST_STAFF = 900_000_000
"""Telegram ids of coordinators, upwards: the networks' after the municipalities'."""
MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
"""09:00 in Moscow."""


def fill(path: Path, *, seed: int = 7) -> None:
    """Make the store at `path`."""
    conn = connect_file(path)
    migrate(conn)
    conn.execute("BEGIN")
    dice = random.Random(seed)
    _people(conn, dice)
    _staff(conn)
    _events(conn, dice)
    conn.execute("COMMIT")
    conn.close()


def _people(conn: sqlite3.Connection, dice: random.Random) -> None:
    places = municipalities()
    schools = [(place, f"СОШ № {n}") for place in places for n in range(1, 31)]
    conn.executemany(
        "INSERT INTO organisations (municipality, name, sound) VALUES (?, ?, ?)",
        [(place, name, name.casefold()) for place, name in schools],
    )
    weights = [1 / (rank + 3) for rank in range(len(places))]
    since = MONDAY - timedelta(days=420)
    rows = []
    for number in range(1, PEOPLE + 1):
        place = dice.choices(range(len(places)), weights)[0]
        day = stored(since + timedelta(minutes=dice.randrange(420 * 24 * 60)))
        rows.append(
            (
                500_000_000 + number,
                f"Фамилия{number}",
                "Имя",
                "",
                places[place],
                place * 30 + dice.randrange(30) + 1,
                "учитель",
                dice.choice(communities()),
                day,
                day,
                day if dice.random() < 0.01 else None,
            )
        )
    conn.executemany(
        "INSERT INTO people (telegram_id, surname, first_name, patronymic, municipality,"
        " organisation_id, position, community, created_at, registered_at, unreachable_since)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def _staff(conn: sqlite3.Connection) -> None:
    places = municipalities()
    for number in range(NETWORKS):
        network = create(conn, f"Сеть {number + 1}", NetworkKind.KRC, places[number])
        set_members(conn, network, places[number::NETWORKS])
    now = stored(MONDAY - timedelta(days=90))
    scopes = [("municipality", place) for place in places]
    scopes += [("network", str(number + 1)) for number in range(NETWORKS)]
    for number, (kind, ref) in enumerate(scopes):
        person = conn.execute(
            "INSERT INTO people (telegram_id, surname, first_name, patronymic, municipality,"
            " organisation_id, position, community, created_at, registered_at)"
            " VALUES (?, 'Координатор', 'Вера', '', ?, 1, 'методист', ?, ?, ?) RETURNING id",
            (FIRST_STAFF + number, places[number % 44], communities()[0], now, now),
        ).fetchone()[0]
        conn.execute(
            "INSERT INTO consents (person_id, kind, version, given_at) VALUES (?, ?, 'ru-1', ?)",
            (person, PERSONAL_DATA, now),
        )
        conn.execute(
            "INSERT INTO grants (person_id, role, scope_kind, scope_ref, granted_at)"
            " VALUES (?, 'coordinator', ?, ?, ?)",
            (person, kind, ref, now),
        )


def _events(conn: sqlite3.Connection, dice: random.Random) -> None:
    form = load_all()["event_satisfaction"]
    town = {row["id"]: row["municipality"] for row in conn.execute("SELECT * FROM people")}
    everybody = list(town)
    for number in range(EVENTS):
        # The last ones are this week's: still open, or ahead.
        starts = MONDAY + timedelta(days=5 * (number - EVENTS + 3), hours=4)
        opens = starts + timedelta(hours=2)
        anonymous = number % 2 == 0
        invited = dice.sample(everybody, INVITED)
        campaign = None
        if opens < MONDAY:
            campaign = campaigns.open_campaign(
                conn,
                form,
                subject=f"Семинар {number + 1}",
                anonymity=Anonymity.ANONYMOUS if anonymous else Anonymity.NAMED,
                audience=Audience(),
                scope=REGION,
                opens_at=opens,
                closes_at=opens + timedelta(days=7),
                author=1,
                request_key=f"bench:{number}",
                now=opens,
            ).id
            _responses(conn, dice, form.items, campaign, invited, town, opens, anonymous=anonymous)
        event = conn.execute(
            "INSERT INTO events (scope_kind, scope_ref, number, section, title, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            (
                *(("region", "") if number % 3 == 0 else ("network", str(number % NETWORKS + 1))),
                f"{number % 5 + 1}.{number}",
                number % 5 + 1,
                f"Семинар {number + 1}",
                stored(MONDAY - timedelta(days=400)),
            ),
        ).fetchone()[0]
        meeting = conn.execute(
            "INSERT INTO occurrences (event_id, starts_at, ends_at, uid, check_in, campaign_id)"
            " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            (event, stored(starts), stored(opens), f"u{number}", f"c{number}", campaign),
        ).fetchone()[0]
        conn.executemany(
            "INSERT INTO signups (occurrence_id, person_id, choice, said_at)"
            " VALUES (?, ?, 'coming', ?)",
            [(meeting, person, stored(starts)) for person in invited[:1500]],
        )
        if starts < MONDAY:
            conn.executemany(
                "INSERT INTO attendances (occurrence_id, person_id, how, marked_at)"
                " VALUES (?, ?, 'list', ?)",
                [(meeting, person, stored(starts)) for person in invited[:1200]],
            )


def _responses(  # noqa: PLR0917
    conn: sqlite3.Connection,
    dice: random.Random,
    items: tuple[object, ...],
    campaign: int,
    invited: list[int],
    town: dict[int, str],
    opens: datetime,
    *,
    anonymous: bool,
) -> None:
    at = stored(opens)
    conn.executemany(
        "INSERT INTO invitees (campaign_id, person_id, invited_at) VALUES (?, ?, ?)",
        [(campaign, person, at) for person in invited],
    )
    for person in dice.sample(invited, RESPONSES):
        answers: dict[str, object] = {}
        for item in items:
            if isinstance(item, SelectMultiple):
                answers[item.name] = [item.choices[0].name]
            elif isinstance(item, Closed):
                answers[item.name] = dice.choice(item.choices).name
            elif isinstance(item, Range):
                answers[item.name] = dice.choice(item.values())
        text = json.dumps(answers)
        if anonymous:
            conn.execute(
                "INSERT INTO sealed_responses VALUES (?, ?, ?, ?)",
                (campaign, dice.randbytes(16), json.dumps({"municipality": town[person]}), text),
            )
            conn.execute("INSERT INTO participations VALUES (?, ?)", (campaign, person))
        else:
            conn.execute(
                "INSERT INTO responses (campaign_id, person_id, started_at, touched_at,"
                " submitted_at, submission) VALUES (?, ?, ?, ?, ?, ?)",
                (campaign, person, at, at, at, text),
            )
