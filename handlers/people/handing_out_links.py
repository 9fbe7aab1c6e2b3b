"""Personal links of the register, to hand out: a workbook, or slips to print and cut."""

import asyncio
import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from aiogram import Router
from aiogram.enums import ChatAction
from aiogram.types import BufferedInputFile, CallbackQuery, FSInputFile

from bot.filters import May
from bot.people import register_screens as screens
from bot.people import slips
from bot.people.register_callbacks import RegisterLinks, RegisterSlips
from bot.rights import Action
from bot.screens import Screen, edit, send, show
from bot.settings import Settings
from bot.situation import Situation
from bot.texts import register as words
from handlers.arriving.joining import PREFIX
from reports.tables import Sheet, write
from storage.files.scratch import scratch
from storage.people import register
from storage.people.register_rows import Row
from storage.scopes import Scope

router = Router(name="handing_out_links")
MAY = May(Action.LOAD_REGISTER)
Scopes = tuple[Scope, ...]

VALID = timedelta(days=30)


@router.callback_query(RegisterLinks.filter(), MAY)
async def send_links(press: CallbackQuery, situation: Situation, scopes: Scopes) -> None:
    """Everybody's personal link, as a table to hand out."""
    issued = await _issue(situation, scopes)
    if not issued:
        await show(press, await screens.overview(situation, scopes, first=words.NOTHING_TO_ISSUE))
        return
    message = await show(press, Screen(words.ISSUING))
    target = BytesIO()
    sheet = Sheet(words.LINKS_SHEET, words.LINKS_HEAD, words.link_rows(issued))
    await asyncio.to_thread(write, [sheet], target)
    await situation.bot.send_document(
        situation.telegram_id,
        BufferedInputFile(target.getvalue(), filename=words.LINKS_FILE),
        caption=words.LINKS_CAPTION,
    )
    await edit(situation.bot, situation.telegram_id, message, Screen(words.ISSUED))
    await send(situation.bot, situation.telegram_id, await screens.overview(situation, scopes))


@router.callback_query(RegisterSlips.filter(), MAY)
async def send_slips(
    press: CallbackQuery,
    callback_data: RegisterSlips,
    situation: Situation,
    scopes: Scopes,
    settings: Settings,
) -> None:
    """A part of the slips, to print and cut."""
    issued = await _issue(situation, scopes)
    start = callback_data.part * slips.MOST
    part = issued[start : start + slips.MOST]
    if not part:
        await show(press, await screens.overview(situation, scopes, first=words.NOTHING_TO_ISSUE))
        return
    bot, chat = situation.bot, situation.telegram_id
    message = await show(press, Screen(words.ISSUING))
    await bot.send_chat_action(chat, ChatAction.UPLOAD_DOCUMENT)
    with scratch(settings.data_dir) as folder:
        target = Path(folder) / "slips.pdf"
        try:
            await slips.make(part, target)
        except slips.SlipsFailedError:
            failed = await screens.overview(situation, scopes, first=words.SLIPS_FAILED)
            await edit(bot, chat, message, failed)
            return
        name = f"qr-{start + 1}-{start + len(part)}.pdf"
        await bot.send_document(
            chat, FSInputFile(target, filename=name), caption=words.SLIPS_CAPTION
        )
    await edit(bot, chat, message, Screen(words.ISSUED))
    await send(bot, chat, await screens.overview(situation, scopes))


async def _issue(situation: Situation, scopes: Scopes) -> Sequence[tuple[Row, str]]:
    """(row, link) of everybody who has not come; the same link however often it is asked for."""
    token = situation.bot.token.encode()

    def code_of(row: int) -> str:
        digest = hmac.new(token, f"register:{row}".encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest[:12]).decode()

    until = situation.now + VALID
    issued = await situation.db.write(register.issue, scopes, code_of, until=until, by=situation.by)
    username = (await situation.bot.me()).username
    return [(row, f"https://t.me/{username}?start={PREFIX}{code}") for row, code in issued]
