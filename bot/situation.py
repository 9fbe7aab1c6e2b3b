"""Everything a handler may need about the update at hand, in one value.

A handler that needs one or two things asks for them by name (`db`, `person`, …); one that hands
much on asks for `situation: Situation`.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import Bot
from aiogram.fsm.context import FSMContext

from storage.audit import By
from storage.database import Database
from storage.people.people import Person


@dataclass(frozen=True)
class Situation:
    """Who is here, when, and with what; `visitor` is None for somebody not known yet.

    `zone` is the person's, for whatever they read and type; `home` the bot's, for what is the same
    for everybody: the days of a roadmap, the last day of a questionnaire.
    """

    bot: Bot
    db: Database
    now: datetime
    zone: ZoneInfo
    home: ZoneInfo
    admin_ids: frozenset[int]
    state: FSMContext
    telegram_id: int
    visitor: Person | None

    @property
    def person(self) -> Person:
        """The visitor where they must be known: below `handlers.arriving.arriving`."""
        assert self.visitor is not None, "only somebody known comes this far"  # noqa: S101 - order of routers
        return self.visitor

    @property
    def local(self) -> datetime:
        """Now in the person's zone: what «сегодня» is."""
        return self.now.astimezone(self.zone)

    @property
    def at_home(self) -> datetime:
        """Now in the bot's own zone."""
        return self.now.astimezone(self.home)

    @property
    def by(self) -> By:
        """Whose deed it is, for the audit log."""
        return By(self.person.id, self.now)

    def with_person(self, person: Person) -> "Situation":
        """The same with the person as they are now."""
        return replace(self, visitor=person)
