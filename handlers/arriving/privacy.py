"""/privacy: what is stored about me, by which consent, and erasing it at once.

Stands before the registration in the order of routers: whoever came half-way, or will not agree
to a new consent text, can look and erase all the same.
"""

import asyncio
from dataclasses import replace
from datetime import datetime, tzinfo

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.callbacks import Begin, Consent, ConsentAct, Erase, EraseAct, Go, Place, StoredFile
from bot.command_menu import set_personal_commands
from bot.keyboards import button, keyboard, to_menu
from bot.people import consent, stored_file
from bot.screens import Screen, acknowledge, show
from bot.texts import arriving, stored
from bot.texts import privacy as words
from handlers.arriving.arriving import stage_of
from storage.database import Database
from storage.people import people
from storage.people.people import Person
from storage.privacy import erasing, personal

router = Router(name="privacy")


@router.message(Command("privacy"))
@router.callback_query(Go.filter(F.to == Place.PRIVACY))
async def show_privacy(
    event: Message | CallbackQuery,
    db: Database,
    person: Person | None,
    now: datetime,
    zone: tzinfo,
) -> None:
    """What is stored, since when and by which consent."""
    if person is None:
        await show(event, _nothing())
        return
    held = await db.read(personal.everything, person.id)
    rows = {one.table: len(one.rows) for one in held}
    mentions = sum(one.rows for one in await db.read(personal.mentions, person.id))
    given = await db.read(people.consents_of, person.id)
    read = Consent(version=consent.CURRENT, act=ConsentAct.READ)
    await show(
        event,
        Screen(
            words.stored(person, given, rows, mentions, now, zone),
            keyboard(
                [button(words.AS_FILE, StoredFile())],
                [button(words.READ_CONSENT, read)],
                [button(words.ERASE, Erase(act=EraseAct.ASK))],
                to_menu(),
            ),
        ),
    )


@router.callback_query(StoredFile.filter())
async def send_file(press: CallbackQuery, db: Database, bot: Bot, person: Person | None) -> None:
    """Every row of every table, as a workbook."""
    if person is None:
        await show(press, _nothing())
        return
    await acknowledge(press)
    held = await db.read(personal.everything, person.id)
    mentions = await db.read(personal.mentions, person.id)
    content = await asyncio.to_thread(stored_file.workbook, held, mentions)
    file = BufferedInputFile(content, filename=stored.FILE_NAME)
    await bot.send_document(press.from_user.id, file, caption=stored.CAPTION)


@router.callback_query(Consent.filter(F.act == ConsentAct.READ))
async def read_consent(press: CallbackQuery, person: Person | None) -> None:
    """The whole text; whoever is still deciding gets the button to agree under it."""
    stage = stage_of(person)
    back = button(arriving.BACK_TO_CONSENT, Begin())
    if stage is None or (person is not None and person.consented == consent.CURRENT):
        rows = [[button(words.BACK, Go(to=Place.PRIVACY))]]
    else:
        agree = Consent(version=consent.CURRENT, act=ConsentAct.YES)
        rows = [[button(arriving.AGREE, agree)], [back]]
    await show(press, Screen(consent.text(), keyboard(*rows)))


@router.callback_query(Erase.filter(F.act == EraseAct.ASK))
async def ask_to_erase(press: CallbackQuery, person: Person | None) -> None:
    """Say what will be gone, and ask once more."""
    if person is None:
        await show(press, _nothing())
        return
    await show(
        press,
        Screen(
            words.SURE,
            keyboard(
                [button(words.ERASE_YES, Erase(act=EraseAct.YES))],
                [button(words.KEEP, Go(to=Place.PRIVACY))],
            ),
        ),
    )


@router.callback_query(Erase.filter(F.act == EraseAct.YES))
async def erase(
    press: CallbackQuery, db: Database, bot: Bot, person: Person | None, state: FSMContext
) -> None:
    """Erase at once; pressed twice, or handled again after a crash, it says the same."""
    await state.clear()
    await db.write(erasing.forget, press.from_user.id)
    await db.truncate_wal()
    if person is not None:
        await set_personal_commands(bot, replace(person, registered=False), ())
    await show(press, Screen(words.ERASED, keyboard([button(words.BEGIN_ANEW, Begin())])))


def _nothing() -> Screen:
    return Screen(words.NOTHING, keyboard([button(words.BEGIN_ANEW, Begin())]))
