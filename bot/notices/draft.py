"""A notice that is being written: what is chosen so far.

Lives in the author's dialog (aiogram's FSM data) until it is confirmed.
"""

import secrets
from datetime import datetime, time, timedelta
from typing import Self

from pydantic import BaseModel

from bot.delivery.composers import manners
from bot.notices.callbacks import EXCLUDED
from bot.situation import Situation
from storage import peace
from storage.audiences import Attitude, Audience, ToMeeting
from storage.notices.notices import Button, Content
from storage.peace import Burden, Topic
from storage.scopes import Scope, ScopeKind

MORNING = time(9)
GROUPS_MOST = 6
"""Groups on either side: more could not be told apart on one screen."""


class Draft(BaseModel):
    """What is chosen so far; `starts` None is «сейчас».

    `taken` is the fingerprint of the content that Telegram has taken as a preview: only that may
    be sent. `refused` are its words where it has not. `shown` is the message that shows the draft.
    """

    key: str
    scope_kind: ScopeKind | None = None
    scope_ref: str = ""
    content: Content = Content()
    group: str = ""
    included: tuple[Audience, ...] = (Audience(),)
    excluded: tuple[Audience, ...] = ()
    starts: datetime | None = None
    urgent: bool = False
    taken: str = ""
    refused: str = ""
    faults: tuple[str, ...] = ()
    shown: int = 0
    at: int = 0

    @classmethod
    def begun(cls, scopes: tuple[Scope, ...]) -> Self:
        """A new one; with one territory to choose from there is nothing to ask."""
        return cls(key=secrets.token_hex(8)).within(scopes)

    def within(self, scopes: tuple[Scope, ...]) -> Self:
        """For this territory, if it is a single one."""
        if len(scopes) != 1:
            return self
        return self.model_copy(update={"scope_kind": scopes[0].kind, "scope_ref": scopes[0].ref})

    @property
    def scope(self) -> Scope | None:
        """The territory; None while it is not chosen."""
        return None if self.scope_kind is None else Scope(self.scope_kind, self.scope_ref)

    @property
    def audience(self) -> Audience:
        """The whole expression. An empty group among several says nothing and is left out."""
        named = [one for one in self.included if not one.everybody]
        first = named[0] if named else Audience()
        left_out = tuple(one for one in self.excluded if not one.everybody)
        return first.model_copy(update={"also": tuple(named[1:]), "but": left_out})

    @property
    def simple(self) -> bool:
        """Whether the audience is a single group: most are."""
        return len(self.included) == 1 and not self.excluded

    def group_at(self, number: int) -> Audience | None:
        """A group by its number in buttons."""
        side, place = (
            (self.excluded, number - EXCLUDED) if number >= EXCLUDED else (self.included, number)
        )
        return side[place] if place < len(side) else None

    def with_group(self, number: int, group: Audience | None) -> Self:
        """The draft with a group changed, added at the end, or (None) removed."""
        name = "excluded" if number >= EXCLUDED else "included"
        side = list(self.excluded if number >= EXCLUDED else self.included)
        place = number - EXCLUDED if number >= EXCLUDED else number
        if group is None:
            del side[place : place + 1]
        elif place < len(side):
            side[place] = group
        elif len(side) < GROUPS_MOST:
            side.append(group)
        return self.model_copy(update={name: tuple(side) or self._least(name)})

    def with_attitude(self, number: int, meeting: int, attitude: Attitude, *, on: bool) -> Self:
        """The draft after one tick about a meeting."""
        group = self.group_at(number) or Audience()
        one = ToMeeting(occurrence=meeting, attitude=attitude)
        kept = tuple(other for other in group.meetings if other != one)
        changed = group.model_copy(update={"meetings": (*kept, one) if on else kept})
        return self.with_group(number, changed)

    def with_buttons(self, buttons: list[Button], most: int) -> Self:
        """The draft with these buttons; Telegram must take it anew."""
        content = self.content.model_copy(update={"buttons": tuple(buttons[:most])})
        return self.model_copy(update={"content": content, "taken": ""})

    @staticmethod
    def _least(name: str) -> tuple[Audience, ...]:
        return (Audience(),) if name == "included" else ()


async def burden(draft: Draft, scope: Scope, situation: Situation, budget: int) -> Burden:
    """How the audience stands now."""
    unasked = [kind for kind, manner in manners.items() if manner.unasked]
    return await situation.db.read(
        peace.burden,
        draft.audience,
        scope,
        unasked,
        topic=Topic.NOTICES,
        budget=budget,
        now=situation.now,
    )


def begins(draft: Draft, now: datetime) -> datetime:
    """When it begins: a moment chosen earlier may have passed meanwhile."""
    return now if draft.starts is None else max(draft.starts, now)


def tomorrow(now: datetime) -> datetime:
    """The next morning at nine; `now` is local."""
    return datetime.combine((now + timedelta(days=1)).date(), MORNING, now.tzinfo)
