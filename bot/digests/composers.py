"""Digests, worded when they are sent; and the workbook that follows."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from aiogram.types import InlineKeyboardButton

from bot.callbacks import DigestSettings, Go, Place
from bot.campaigns.callbacks import Nudge, Prolong
from bot.delivery.composers import Drop, Later, composers
from bot.events.callbacks import Name, What
from bot.keyboards import button, keyboard, rows
from bot.rights import Action, scopes_for
from bot.screens import Attachment, Screen
from bot.texts import digest as words
from reports.weekly import Weekly
from storage.database import Database
from storage.people.people import Person, Role
from storage.scopes import Scope
from storage.summaries import digests
from storage.summaries.digests import Kind, Made

ACTING = 4
"""Buttons that act: more would hide the digest."""
_ROLE = {
    Kind.COORDINATOR: Role.COORDINATOR,
    Kind.ORGANISER: Role.ORGANISER,
    Kind.TRAINEE: Role.TRAINEE,
}


def scopes_of(person: Person, kind: Kind) -> tuple[Scope, ...]:
    """The scopes that the digest of this kind covers; () where the role is gone."""
    if kind is Kind.COORDINATOR:
        return scopes_for(person, Action.SEE_PROGRESS, ())
    role = _ROLE[kind]
    return tuple(sorted({grant.scope for grant in person.grants if grant.role is role}))


def screen(kind: Kind, made: Made, now: datetime) -> Screen:
    """The digest as a message; `now` is local."""
    weekly = Weekly.model_validate_json(made.figures)
    text = {
        Kind.COORDINATOR: words.coordinators,
        Kind.ORGANISER: words.organisers,
        Kind.TRAINEE: words.trainees,
    }[kind](weekly, now)
    acting = [] if kind is Kind.TRAINEE else _acting(weekly, now)
    picture = made.picture and Attachment("week.png", made.picture)
    # What does not fit below a picture stands alone; so the text is never cut.
    short = words.length(text) <= words.CAPTION
    return Screen(
        text,
        keyboard(*rows(acting), [button(words.SETTINGS, DigestSettings())]),
        photo=picture if picture and short else None,
    )


def _acting(weekly: Weekly, now: datetime) -> list[InlineKeyboardButton]:
    found: list[InlineKeyboardButton] = []
    if weekly.tasks.waiting:
        found.append(button(words.review(weekly.tasks.waiting), Go(to=Place.REVIEW)))
    undated = [one for one in weekly.without_day if one.mine]
    for event in undated[:2]:
        named = Name(meeting=event.id, what=What.WHEN)
        found.append(button(words.name_day(event.title), named))
    for one in weekly.open:
        if one.may_nudge:
            found.append(button(words.nudge(one.name), Nudge(campaign=one.id)))
        if one.mine and one.closes_at - now < timedelta(days=3):
            found.append(button(words.prolong(one.name), Prolong(campaign=one.id)))
    return found[:ACTING]


def workbook(made: Made) -> Screen:
    """The workbook as a message of its own."""
    weekly = Weekly.model_validate_json(made.figures)
    assert made.workbook is not None  # noqa: S101 - planned only with one
    attached = Attachment(words.workbook_name(weekly), made.workbook)
    return Screen(words.WORKBOOK, document=attached)


async def _found(
    db: Database, person: Person, payload: Mapping[str, Any]
) -> tuple[Kind, Made] | Drop:
    """What was made, if the person still has the role it was made for."""
    found = await db.read(digests.find, int(payload["digest"]), person.id)
    if found is None:
        return Drop("gone")
    kind, _, made = found
    if not scopes_of(person, kind):
        return Drop("no-role")
    if (await db.read(digests.wish, person.id, kind)).off:
        return Drop("turned-off")
    return kind, made


async def digest(
    db: Database, person: Person, payload: Mapping[str, Any], now: datetime
) -> Screen | Drop | Later:
    """The week."""
    found = await _found(db, person, payload)
    return found if isinstance(found, Drop) else screen(*found, now)


async def digest_workbook(
    db: Database,
    person: Person,
    payload: Mapping[str, Any],
    now: datetime,  # noqa: ARG001 - a composer's signature
) -> Screen | Drop | Later:
    """The workbook of the week."""
    found = await _found(db, person, payload)
    if isinstance(found, Drop):
        return found
    return Drop("files-gone") if found[1].workbook is None else workbook(found[1])


composers[digests.KIND] = digest
composers[digests.WORKBOOK_KIND] = digest_workbook
