"""A result in the person's own chat: picture, words, card; hidden again by one press."""

import asyncio
from contextlib import suppress

from aiogram import Bot
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, CallbackQuery, InputMediaPhoto, Message

from bot.keyboards import button, keyboard
from bot.screening.callbacks import DeleteEntry, HideResult
from bot.screens import Screen, edit, send
from bot.situation import Situation
from bot.texts import screening as words
from reports import result_picture
from storage.screening import setup as screening_setup
from surveys.boyko import Result, load_key
from surveys.boyko_words import Advice, load_advice


async def show_result(
    situation: Situation,
    result: Result,
    edition: str,
    *,
    earlier: Result | None = None,
    editions_differ: bool = False,
) -> None:
    """Send the picture and the words; both protected from forwarding and saving."""
    bot, chat, advice = situation.bot, situation.telegram_id, load_advice()
    png = await asyncio.to_thread(
        result_picture.draw,
        result,
        load_key(),
        picture_words(advice, edition, result.key, compared=earlier is not None),
        earlier=earlier,
    )
    picture = await bot.send_photo(
        chat,
        BufferedInputFile(png, filename="result.png"),
        caption=words.caption(advice),
        protect_content=True,
    )
    if earlier is None:
        contacts = await situation.db.read(
            screening_setup.contacts_for, situation.person.municipality
        )
        helpline = await situation.db.read(screening_setup.helpline)
        said = words.result(result, advice, contacts, edition, helpline)
    else:
        said = words.compared(earlier, result, advice, editions_differ=editions_differ)
    await bot.send_message(
        chat,
        said,
        parse_mode=ParseMode.HTML,
        protect_content=True,
        reply_markup=keyboard(
            [button(words.HIDE_RESULT, HideResult(picture=picture.message_id))],
        ),
    )


async def show_card(situation: Situation, text: str, code: str) -> None:
    """The card that belongs to a code: it can be taken away, and the entry deleted."""
    await send(
        situation.bot,
        situation.telegram_id,
        Screen(
            text,
            keyboard(
                [button(words.HIDE_CARD, HideResult())],
                [button(words.DELETE, DeleteEntry(code=code))],
            ),
        ),
    )


async def hide(press: CallbackQuery, bot: Bot, picture: int) -> None:
    """Take the pressed message and its picture out of the chat, whatever their age."""
    chat = press.from_user.id
    if picture and not await _deleted(bot, chat, picture):
        with suppress(TelegramBadRequest):  # taken away by the person meanwhile
            await bot.edit_message_media(
                InputMediaPhoto(
                    media=BufferedInputFile(result_picture.blank(), filename="blank.png"),
                    caption=words.RESULT_HIDDEN,
                ),
                chat_id=chat,
                message_id=picture,
            )
    if not isinstance(press.message, Message):
        return
    if not await _deleted(bot, chat, press.message.message_id):
        await edit(bot, chat, press.message.message_id, Screen(words.RESULT_HIDDEN))


async def _deleted(bot: Bot, chat: int, message: int) -> bool:
    try:
        return await bot.delete_message(chat, message)
    except TelegramBadRequest:  # older than 48 hours
        return False


def picture_words(
    advice: Advice, edition: str, key: str, *, compared: bool = False
) -> result_picture.Words:
    """The words of the picture."""
    return result_picture.Words(
        title=words.PICTURE_TITLE,
        symptoms_title=words.PICTURE_SYMPTOMS,
        phases=[phase.name for phase in advice.phases],
        symptoms=[symptom.plain for symptom in advice.symptoms],
        phase_levels=words.PHASE_LEVELS,
        symptom_levels=words.SYMPTOM_LEVELS,
        foot=words.picture_foot(advice, edition, key),
        earlier=words.PICTURE_EARLIER if compared else "",
    )
