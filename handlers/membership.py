"""The person blocks the bot, or lets it in again."""

from datetime import datetime

from aiogram import Router
from aiogram.types import ChatMemberUpdated

from storage.database import Database
from storage.people import people
from storage.people.people import Person

router = Router(name="membership")

BLOCKED = "blocked"
"""Why the person is unreachable: the same code as a refused message gives."""


@router.my_chat_member()
async def note_reachability(
    update: ChatMemberUpdated, db: Database, person: Person | None, now: datetime
) -> None:
    """Remember whether messages can reach the person; there is nobody to answer."""
    if person is None:
        return
    if update.new_chat_member.status == "kicked":
        await db.write(people.set_unreachable, person.id, BLOCKED, now=now)
    else:
        await db.write(people.set_reachable, person.id)
