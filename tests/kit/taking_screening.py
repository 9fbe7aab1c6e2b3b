"""Somebody takes a screening in the chat: for tests of what comes after the answering.

Apart from `tests.kit.screening`, because the tests of the store need no bot, which takes seconds to
import.
"""

import sqlite3
from collections.abc import Mapping

from storage.screening import taking as screening
from tests.kit.people import person_id
from tests.kit.screening import ANSWERS
from tests.kit.world import Person


async def begins(someone: Person, *, service: str = "От 3 до 10 лет") -> None:
    """From the invitation, which is the newest message with such a button, to the first item."""
    await someone.taps("Подробнее и ответить")
    await someone.taps("Дальше")
    await someone.taps("Согласие даю")
    await someone.taps(service)


async def fills_in(someone: Person, answers: Mapping[int, bool] = ANSWERS) -> None:
    """All items of a form that shows its first: that one in the chat, the rest straight into the
    draft. For tests of what comes after the answering, which has tests of its own."""
    number = await person_id(someone.world, someone)
    rest = {item: yes for item, yes in answers.items() if item != 1}
    await someone.world.db.write(_keep, number, rest)
    await someone.taps("Да" if answers[1] else "Нет", message_id=someone.screen.message_id)


def _keep(conn: sqlite3.Connection, person: int, answers: Mapping[int, bool]) -> None:
    row = conn.execute("SELECT max(id) FROM screening_drafts WHERE person_id = ?", (person,))
    screening.record_all(conn, row.fetchone()[0], person, answers)
