"""Organisers: who comes, who came: a list with marks, a QR code, a list from elsewhere."""

from functools import partial

from aiogram import Router
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot import qr
from bot.events import attendance_list
from bot.events import managing_screens as screens
from bot.events.callbacks import CheckInCode, Mark, MarkList, WhoComes
from bot.events.managing import managed
from bot.events.screens import gone
from bot.filters import May
from bot.keyboards import keyboard
from bot.rights import Action
from bot.screens import Screen, acknowledge, show
from bot.situation import Situation
from bot.texts import events as event_words
from bot.texts import managing as words
from handlers.events.checking_in import CHECK_IN
from storage.database import Connection
from storage.events import attending
from storage.events.attending import How
from storage.events.events import Meeting
from storage.scopes import Scope

router = Router(name="marking-attendance")
MAY = May(Action.MANAGE_EVENTS)
Scopes = tuple[Scope, ...]


@router.callback_query(WhoComes.filter(), MAY)
async def who_comes(
    press: CallbackQuery, callback_data: WhoComes, situation: Situation, scopes: Scopes
) -> None:
    """Who said what."""
    meeting = await managed(situation, scopes, callback_data.meeting)
    if meeting is None:
        await show(press, gone())
        return
    await show(press, await screens.who_comes(situation, meeting, callback_data.page))


@router.callback_query(MarkList.filter(), MAY)
async def mark_list(
    press: CallbackQuery, callback_data: MarkList, situation: Situation, scopes: Scopes
) -> None:
    """The list on which attendance is marked."""
    meeting = await managed(situation, scopes, callback_data.meeting)
    if meeting is None:
        await show(press, gone())
        return
    await show(press, await screens.mark_list(situation, meeting, callback_data.page))


@router.callback_query(Mark.filter(), MAY)
async def mark(
    press: CallbackQuery, callback_data: Mark, situation: Situation, scopes: Scopes
) -> None:
    """This person came, or did not; only somebody who said something about the meeting."""
    meeting = await managed(situation, scopes, callback_data.meeting)
    if meeting is None:
        await show(press, gone())
        return
    person = callback_data.person
    known = await situation.db.read(attending.knows, meeting.id, person)
    if known and callback_data.came:
        await situation.db.write(
            partial(attending.mark_attended, marked_by=situation.person.id, now=situation.now),
            meeting.id,
            [person],
            How.ORGANISER,
        )
    elif known:
        await situation.db.write(
            partial(attending.unmark_attended, by=situation.by), meeting.id, person
        )
    await show(press, await screens.mark_list(situation, meeting, callback_data.page))


@router.callback_query(CheckInCode.filter(), MAY)
async def send_code(
    press: CallbackQuery, callback_data: CheckInCode, situation: Situation, scopes: Scopes
) -> None:
    """The QR code as a picture for the screen, and as a file for print."""
    meeting = await managed(situation, scopes, callback_data.meeting)
    if meeting is None:
        await show(press, gone())
        return
    await acknowledge(press)
    bot = situation.bot
    link = f"https://t.me/{(await bot.me()).username}?start={CHECK_IN}{meeting.check_in}"
    picture = qr.png(link)
    caption = f"{event_words.title(meeting)[:300]}\n\n{words.QR_CAPTION}\n{link}"
    await bot.send_photo(
        situation.telegram_id,
        BufferedInputFile(picture, filename="qr.png"),
        caption=caption,
        parse_mode=None,
    )


async def take_names(
    message: Message, situation: Situation, meeting: Meeting, lines: list[list[str]]
) -> None:
    """Mark those of the list who are registered within the event's own territory."""

    def take(conn: Connection) -> tuple[int, attendance_list.Matched]:
        found = attendance_list.match(conn, (meeting.scope,), lines)
        new = attending.mark_attended(
            conn,
            meeting.id,
            found.people,
            How.LIST,
            marked_by=situation.person.id,
            now=situation.now,
        )
        return new, found

    _, found = await situation.db.write(take)
    await situation.state.clear()
    text = words.imported(len(found.people), found.unknown, found.several)
    await show(message, Screen(text, keyboard(screens.to_panel(meeting))))
