"""Twenty invented people who answer questionnaires, tapping every button exactly once."""

import asyncio
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.delivery.typesetting import UNBROKEN
from bot.people import consent
from sandbox.model import Message
from sandbox.telegram import Telegram
from storage.audiences import Audience
from storage.database import Database
from storage.people import organisations, people
from storage.people.people import Field
from storage.questionnaires import campaigns, exports
from storage.questionnaires.campaigns import Campaign
from storage.scopes import REGION
from surveys.questionnaire import Anonymity, Choice, Questionnaire, SelectOne
from tests.kit.forms import register

PEOPLE = range(5001, 5021)
FORMS = 3
QUESTIONS = 12
CANARY = "Канарейкин"
PATIENCE = 60.0
"""Seconds without any news after which a person counts as stuck."""

THINKING = 1.6
"""Seconds a person takes over a question at most: twenty of them tap about 20 times a second."""


def label(question: int, choice: int) -> str:
    return f"{question}-й вопрос, ответ {choice}"


def form(number: int) -> Questionnaire:
    return Questionnaire(
        id=f"drill-{number}",
        version=1,
        title=f"Проверка {number}",
        about="Учебная анкета.",
        thanks=f"Спасибо за анкету {number}.",
        items=tuple(
            SelectOne(
                name=f"q{question}",
                label=f"Вопрос номер {question}?",
                required=True,
                choices=tuple(
                    Choice(name=f"a{choice}", label=label(question, choice)) for choice in (1, 2, 3)
                ),
            )
            for question in range(1, QUESTIONS + 1)
        ),
    )


def wanted(person: int, number: int, question: int) -> int:
    """Which of the three choices this person takes."""
    return (person * 7 + number + question * question) % 3 + 1


async def prepare(folder: Path) -> list[Campaign]:
    """The people, registered, and campaigns open for them all."""
    folder.mkdir(parents=True)
    db = await Database.open(folder / "bot.sqlite3")
    now = datetime.now(UTC)

    def fill(conn: sqlite3.Connection) -> list[Campaign]:
        ids = []
        for person in PEOPLE:
            ids.append(register(conn, person))
            people.consent(conn, ids[-1], consent.CURRENT, now=now, kind=people.PERSONAL_DATA)
            school = organisations.add(conn, "Крымский район", "МБОУ СОШ № 5", "сош 5")
            said: dict[Field, str | int | None] = {
                Field.SURNAME: f"{CANARY}-{person}",
                Field.ORGANISATION: school,
            }
            people.say(conn, ids[-1], said, search="")
        return [
            campaigns.open_campaign(
                conn,
                form(number),
                subject="",
                anonymity=Anonymity.NAMED,
                audience=Audience(),
                scope=REGION,
                opens_at=now - timedelta(hours=1),
                closes_at=now + timedelta(days=2),
                author=ids[0],
                request_key=f"drill-{number}",
                now=now,
            )
            for number in range(1, FORMS + 1)
        ]

    opened = await db.write(fill)
    await db.close()
    return opened


class Respondent:
    """Reads the newest message and taps, once per screen; never twice, never in doubt."""

    def __init__(self, telegram: Telegram, person: int) -> None:
        self.telegram = telegram
        self.person = person
        self._chance = random.Random(person)

    async def answer_everything(self) -> None:
        for number in range(1, FORMS + 1):
            self.telegram.send_text(self.person, "/surveys")
            await self._tap(form(number).title)
            await self._tap("Начать")
            for question in range(1, QUESTIONS + 1):
                await self._tap(label(question, wanted(self.person, number, question)))
            await self._tap("Отправить")
            # Thanks, or, if the bot was killed between sending and thanking, «отправлено»: in
            # either case there is nothing left to send.
            await self._until(lambda: self._button("Отправить") is None, "thanks")

    async def _tap(self, text: str) -> None:
        """Wait for a button that begins so, on any message, think, and tap it once."""
        await self._until(lambda: self._button(text) is not None, text)
        await asyncio.sleep(self._chance.uniform(0, THINKING))
        found = self._button(text)
        assert found is not None
        message, row, column = found
        self.telegram.press(self.person, message.message_id, row=row, column=column)

    async def _until(self, condition: Callable[[], bool], what: str) -> None:
        waited = 0.0
        before = self._texts()
        while not condition():
            await asyncio.sleep(0.01)
            waited += 0.01
            if self._texts() != before:
                before, waited = self._texts(), 0.0
            assert waited < PATIENCE, f"{self.person} is stuck before «{what}»: {before[-1:]}"

    def _messages(self) -> list[Message]:
        return [m for m in self.telegram.history(self.person) if m.outgoing]

    def _texts(self) -> list[str]:
        return [message.text.replace(UNBROKEN, " ") for message in self._messages()]

    def _button(self, text: str) -> tuple[Message, int, int] | None:
        for message in reversed(self._messages()):
            for row, buttons in enumerate(message.buttons()):
                for column, button in enumerate(buttons):
                    if str(button["text"]).startswith(text):
                        return message, row, column
        return None


def found_answers(folder: Path, campaign: Campaign) -> dict[str, dict[str, object]]:
    """surname → the answers that were sent."""
    with closing(sqlite3.connect(folder / "bot.sqlite3")) as conn:
        conn.row_factory = sqlite3.Row
        sent = list(exports.responses(conn, campaign))
    assert len(sent) == len({one.surname for one in sent}), "somebody's answers are there twice"
    return {str(one.surname): dict(one.answers) for one in sent}


def expected_answers(number: int) -> dict[str, dict[str, object]]:
    return {
        f"{CANARY}-{person}": {
            f"q{question}": f"a{wanted(person, number, question)}"
            for question in range(1, QUESTIONS + 1)
        }
        for person in PEOPLE
    }
