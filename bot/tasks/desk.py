"""What the handlers of given-out tasks share."""

from bot.situation import Situation
from storage.scopes import Scope
from storage.tasks import tasks
from storage.tasks.tasks import Task


async def find(situation: Situation, number: int, scopes: tuple[Scope, ...]) -> Task | None:
    """A task within the scopes; None if it is none of theirs."""
    return await situation.db.read(tasks.find_for_staff, number, scopes)
