"""The whole bot with everything on; only the speed limits of Telegram are lifted."""

import asyncio
import sqlite3
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvloop

from bench.server import FIRST_PERSON
from bot.app import App
from bot.delivery.limiter import UNLIMITED
from bot.operations import logs
from bot.people import consent
from bot.settings import Settings
from storage.audiences import Audience
from storage.database import Database
from storage.people import organisations, people
from storage.people.people import Field
from storage.questionnaires import campaigns
from storage.scopes import REGION
from surveys.questionnaire import Anonymity, Choice, Questionnaire, SelectOne

TOKEN = "1:bench-token-of-no-bot-at-all-00000000000"
QUESTIONS = 60

FORM = Questionnaire(
    id="bench",
    version=1,
    title="Bench",
    about="Bench",
    thanks="Thanks",
    items=tuple(
        SelectOne(
            name=f"q{number}",
            label=f"Question {number}: how satisfied are you with what the centre offers?",
            required=True,
            choices=tuple(Choice(name=f"a{n}", label=f"Answer {n}") for n in range(1, 6)),
        )
        for number in range(1, QUESTIONS + 1)
    ),
)


def fill(conn: sqlite3.Connection, count: int) -> None:
    """People who are registered, and a campaign for them."""
    now = datetime.now(UTC)
    school = organisations.add(conn, "Крымский район", "МБОУ СОШ № 5", "сош 5")
    first = 0
    for telegram_id in range(FIRST_PERSON, FIRST_PERSON + count):
        person = people.arrive(conn, telegram_id, payload=None, now=now)
        first = first or person.id
        people.consent(conn, person.id, consent.CURRENT, now=now, kind=people.PERSONAL_DATA)
        said: dict[Field, str | int | None] = {
            Field.SURNAME: "A",
            Field.FIRST_NAME: "B",
            Field.PATRONYMIC: "",
            Field.MUNICIPALITY: "Крымский район",
            Field.ORGANISATION: school,
            Field.POSITION: "учитель",
            Field.COMMUNITY: "физика",
        }
        people.say(conn, person.id, said, search="a b")
        people.finish_registration(conn, person.id, now=now)
    campaigns.open_campaign(
        conn,
        FORM,
        subject="",
        anonymity=Anonymity.NAMED,
        audience=Audience(),
        scope=REGION,
        opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(days=1),
        author=first,
        request_key="bench",
        now=now,
    )


async def main() -> None:
    """Run until the parent ends us."""
    address, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    logs.configure("json", "INFO")
    db = await Database.open(folder / "bot.sqlite3")
    await db.write(fill, count)
    await db.close()
    settings = Settings(
        _env_file=None, bot_token=TOKEN, bot_api_url=address, data_dir=folder, health_port=0
    )
    # The planner's invitations would mix with the replies that are measured: no ticking.
    async with App(settings, limits=UNLIMITED, ticking=False):
        print("ready", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main())
