"""Notices as they leave: worded for one person when it is their turn, changed, merged, approved."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from aiogram import Bot
from aiogram.types import InlineKeyboardButton

from bot.delivery.composers import URGENT, Composer, Drop, Later, Letter, Manner, composers, manners
from bot.keyboards import button, keyboard
from bot.notices.callbacks import DecideFix, NoticeCard, ShowMessage
from bot.notices.content import deliver, rewrite, take_back, weight
from bot.notices.screens import decision
from bot.screens import Screen
from bot.texts import notices as words
from bot.texts.notice_text import headline, plain
from bot.texts.people import full_name
from storage import outbox, peace
from storage.database import Database
from storage.notices import account as notice_account
from storage.notices import addressing, notices, proposals
from storage.notices.notices import State
from storage.peace import Topic
from storage.people import people
from storage.people.people import Person
from storage.questionnaires import inviting

IN_FLIGHT = timedelta(seconds=5)


async def notice(
    db: Database, person: Person, payload: Mapping[str, Any], _now: datetime
) -> Letter | Drop:
    """The notice itself."""
    found = await db.read(notices.find, int(payload["notice"]))
    if found is None:
        return Drop("gone")
    if found.withdrawn_at is not None:
        return Drop("withdrawn")
    if found.state is State.CANCELLED:
        return Drop("cancelled")
    content = found.content

    async def send(bot: Bot, chat: int) -> tuple[int, ...]:
        return await deliver(bot, chat, content, person)

    return Letter(send, weight=weight(content), headline=headline(content, person))


async def correction(
    db: Database, person: Person, payload: Mapping[str, Any], now: datetime
) -> Letter | Drop | Later:
    """Edit what this person was sent into what the notice says now."""
    found = await _changeable(db, payload, now)
    if not isinstance(found, tuple):
        return found
    messages, content = found

    async def send(bot: Bot, chat: int) -> tuple[int, ...] | Drop:
        return await rewrite(bot, chat, messages, content, person)

    return Letter(send)


async def withdrawal(
    db: Database, _person: Person, payload: Mapping[str, Any], now: datetime
) -> Letter | Drop | Later:
    """Take back what this person was sent."""
    found = await _changeable(db, payload, now)
    if not isinstance(found, tuple):
        return found
    messages, content = found

    async def send(bot: Bot, chat: int) -> tuple[int, ...] | Drop:
        return await take_back(bot, chat, messages, content)

    return Letter(send)


async def _changeable(
    db: Database, payload: Mapping[str, Any], now: datetime
) -> tuple[tuple[int, ...], notices.Content] | Drop | Later:
    found = await db.read(notices.find, int(payload["notice"]))
    sent = await db.read(notice_account.delivered, int(payload["row"]))
    if found is None or sent is None:
        return Drop("gone")
    if sent.state == "sending":
        return Later(now + IN_FLIGHT)
    if sent.state in {"waiting", "dropped", "failed"}:
        return Drop("not-needed")
    if not sent.message_ids:
        return Drop("no-message")
    return sent.message_ids, found.content


async def approval(
    db: Database, person: Person, payload: Mapping[str, Any], now: datetime
) -> Screen | Drop:
    """Somebody's notice, or a correction of one, waits for a second person."""
    found = await db.read(notices.find, int(payload["notice"]))
    if found is not None and "fix" in payload:
        return await _proposed(db, found, int(payload["fix"]))
    if found is None or found.state is not State.AWAITING:
        return Drop("decided")
    author = None if found.author_id is None else await db.read(people.by_id, found.author_id)
    reach = await db.read(addressing.reach, found.audience, found.scope, now=now)
    when = words.local(max(found.starts_at, now), now)
    name = "" if author is None or author.id == person.id else full_name(author)
    text = plain(found.content.text)[:1500] or headline(found.content)
    asked = (
        words.left_by_author(name, reach.people, text)
        if found.orphaned
        else words.approval_asked(name, reach.people, when, text)
    )
    return Screen(asked, keyboard(*decision(found)))


async def _proposed(db: Database, notice: notices.Notice, number: int) -> Screen | Drop:
    fix = await db.read(proposals.waiting, notice.id, number)
    if fix is None:
        return Drop("decided")
    author = None if fix.author_id is None else await db.read(people.by_id, fix.author_id)
    name = "" if author is None else full_name(author)
    ways = (
        button(words.APPROVE, DecideFix(notice=notice.id, fix=number, approved=True)),
        button(words.DECLINE, DecideFix(notice=notice.id, fix=number, approved=False)),
    )
    return Screen(
        words.correction_asked(name, notice.planned, plain(fix.text)[:1500]),
        keyboard([button(words.OPEN, NoticeCard(notice=notice.id))], list(ways)),
    )


async def decided(
    db: Database, _person: Person, payload: Mapping[str, Any], now: datetime
) -> Screen | Drop:
    """The second person's word, to the author."""
    found = await db.read(notices.find, int(payload["notice"]))
    if found is None:
        return Drop("gone")
    open_card = keyboard([button(words.OPEN, NoticeCard(notice=found.id))])
    if "fix" in payload:
        said = words.correction_decided(headline(found.content), approved=bool(payload["approved"]))
        return Screen(said, open_card)
    when = words.local(found.starts_at, now) if found.starts_at > now else ""
    return Screen(
        words.decided(
            headline(found.content),
            when,
            approved=bool(payload["approved"]),
            why=found.declined_why,
        ),
        open_card,
    )


async def summary(
    db: Database, person: Person, _payload: Mapping[str, Any], now: datetime
) -> Letter | Drop:
    """What was over this person's week, in one message: only what still applies."""
    headlines: list[str] = []
    rows: list[list[InlineKeyboardButton]] = []
    covers: list[int] = []
    for row in await db.read(peace.merged, person.id):
        composer = composers.get(row.kind)
        said = None if composer is None else await composer(db, person, row.payload, now)
        if not isinstance(said, Screen | Letter):
            continue
        covers.append(row.id)
        if len(headlines) == words.SUMMARY_MOST:
            continue
        headlines.append(_headline(said))
        rows.append([button(f"{len(headlines)}. {headlines[-1]}", ShowMessage(row=row.id))])
    if not headlines:
        return Drop("nothing-left")
    screen = Screen(words.summary(headlines, len(covers) - len(headlines)), keyboard(*rows))

    async def send(bot: Bot, chat: int) -> tuple[int, ...]:
        message = await bot.send_message(chat, screen.text, reply_markup=screen.keyboard)
        return (message.message_id,)

    return Letter(send, covers=tuple(covers))


def _headline(said: Screen | Letter) -> str:
    if isinstance(said, Letter):
        return said.headline
    lines = plain(said.text).splitlines()
    return next((" ".join(line.split()) for line in lines if line.strip()), "")


_kinds: dict[str, Composer] = {
    notices.NOTICE: notice,
    notices.URGENT: notice,
    notices.APPROVAL: approval,
    notices.DECIDED: decided,
    outbox.CORRECTION: correction,
    outbox.WITHDRAWAL: withdrawal,
    outbox.SUMMARY: summary,
}
composers.update(_kinds)
URGENT.add(notices.URGENT)
URGENT.update(outbox.REPEATABLE)  # an edit and a deletion make no sound
manners.update(
    {
        notices.NOTICE: Manner(topic=Topic.NOTICES, unasked=True),
        notices.URGENT: Manner(topic=Topic.NOTICES, unasked=True),
        outbox.SUMMARY: Manner(unasked=True),
        inviting.INVITATION: Manner(topic=Topic.SURVEYS, unasked=True),
        inviting.NUDGE: Manner(topic=Topic.SURVEYS, unasked=True, waits=False),
    }
)
