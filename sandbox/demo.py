"""The people of the demonstration: invented characters, one for each role.

Which rights they have is the bot's own affair: give it `ADMIN` as an administrator's id, and let
the others come by the links that it makes.
"""

from typing import NamedTuple

from sandbox.telegram import Telegram

BOT_NAME = "Движение вверх"
"""What the bot is called in its chats."""


class Character(NamedTuple):
    """An invented person with a place in the story."""

    person_id: int
    first_name: str
    last_name: str
    username: str | None
    note: str


TEACHER = Character(2_000_000_001, "Анна", "Ветрова", "vetrova_a", "учитель")
TRAINEE = Character(2_000_000_002, "Илья", "Зорин", None, "стажёр")
COORDINATOR = Character(2_000_000_003, "Марина", "Полянская", "polyanskaya", "координатор")
ORGANISER = Character(2_000_000_004, "Пётр", "Северцев", None, "организатор")
ADMIN = Character(2_000_000_005, "Ольга", "Тихая", "olga_tihaya", "администратор")

CHARACTERS = (TEACHER, TRAINEE, COORDINATOR, ORGANISER, ADMIN)


def add_characters(telegram: Telegram) -> dict[int, str]:
    """Adds them all; returns who is who, by id, for the list of the chat page."""
    for one in CHARACTERS:
        telegram.add_person(one.first_name, one.last_name, one.username, person_id=one.person_id)
    return {one.person_id: one.note for one in CHARACTERS}


CROWD = 160
FIRST_OF_CROWD = 2_100_000_000


def add_crowd(telegram: Telegram) -> tuple[int, ...]:
    """Adds teachers whose chats nobody looks at, who have all started the bot; their ids.

    A summary of five people shows nothing, and a crowd would bury the characters in the list.
    """
    ids = tuple(range(FIRST_OF_CROWD, FIRST_OF_CROWD + CROWD))
    for number, person_id in enumerate(ids, 1):
        telegram.add_person("Учитель", str(number), person_id=person_id, listed=False)
        telegram.chats[person_id].started = True
    return ids
