"""Coordinators send questionnaires as workbooks: what was read of one, or all its faults."""

import asyncio

from aiogram import Bot, F, Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.filters import IfMay, May
from bot.forms import screens
from bot.forms.callbacks import (
    UploadForm,
)
from bot.forms.files import read_form
from bot.rights import Action
from bot.screens import Screen, replace, show
from bot.situation import Situation
from bot.texts import making_forms as words
from bot.texts import xlsform as file_words
from roadmap.packages import MOST_BYTES, sheet_names
from roadmap.refusals import RefusalCode, Refused
from storage.questionnaires import forms
from storage.scopes import Scope
from surveys.xlsform.sheets import SURVEY

router = Router(name="receiving-forms")
MAY = May(Action.MAKE_FORMS)
SUFFIX = ".xlsx"
Scopes = tuple[Scope, ...]


class Uploading(StatesGroup):
    """A workbook is awaited."""

    file = State()


class LooksLikeForm(Filter):
    """A workbook with a sheet named survey; another one is perhaps a roadmap and left to others.

    Gives the handler the file's `content`.
    """

    async def __call__(self, message: Message, bot: Bot) -> bool | dict[str, bytes]:
        """Looks at the names of the sheets only."""
        document = message.document
        if document is None or (document.file_size or 0) > MOST_BYTES:
            return False
        content = await _downloaded(bot, document.file_id)
        names = await asyncio.to_thread(sheet_names, content)
        known = any(name.strip().lower() == SURVEY for name in names)
        return {"content": content} if known else False


@router.callback_query(UploadForm.filter(), MAY)
async def ask_file(press: CallbackQuery, situation: Situation) -> None:
    """The file comes next."""
    await situation.state.set_state(Uploading.file)
    await show(press, screens.message(words.SEND_FILE))


@router.message(
    StateFilter(None),
    F.document.file_name.lower().endswith(SUFFIX),
    IfMay(Action.MAKE_FORMS),
    LooksLikeForm(),
)
async def take_unasked(
    message: Message, situation: Situation, scopes: Scopes, content: bytes
) -> None:
    """A questionnaire out of the blue."""
    await _take(message, situation, scopes, content)


@router.message(StateFilter(Uploading.file), F.document, MAY)
async def take_file(message: Message, situation: Situation, scopes: Scopes) -> None:
    """The file that was asked for."""
    assert message.document is not None  # noqa: S101 - F.document
    content = None
    if (message.document.file_size or 0) <= MOST_BYTES:
        content = await _downloaded(situation.bot, message.document.file_id)
    await _take(message, situation, scopes, content)


@router.message(StateFilter(Uploading.file), MAY)
async def no_file(message: Message) -> None:
    """Something else than a file."""
    await show(message, screens.message(words.NOT_A_WORKBOOK))


async def _take(
    message: Message, situation: Situation, scopes: Scopes, content: bytes | None
) -> None:
    """Say that it takes a moment, read in a child, show the draft or every fault."""
    assert message.document is not None  # noqa: S101 - filtered by F.document
    shown = await show(message, Screen(words.READING))
    name = message.document.file_name or ""
    try:
        if content is None:
            raise Refused(RefusalCode.TOO_LARGE, megabytes=MOST_BYTES // 1_000_000)
        form = await asyncio.to_thread(read_form, content, name)
    except Refused as refusal:
        screen = screens.message(file_words.refusal(refusal))
        await replace(situation.bot, situation.telegram_id, shown, screen)
        return
    if form.questionnaire is None:
        await _tell_faults(situation, shown, form.faults)
        return
    number = await situation.db.write(
        forms.receive,
        form.questionnaire,
        form.warnings,
        author=situation.person.id,
        source_key=f"{message.chat.id}:{message.message_id}",
        now=situation.now,
    )
    await situation.state.set_state(None)
    screen = await screens.draft(situation, scopes, number)
    await replace(situation.bot, situation.telegram_id, shown, screen)


async def _tell_faults(situation: Situation, shown: int, faults: tuple[str, ...]) -> None:
    """All of them in one message, or in a file where they are too many for one."""
    text = words.faults(faults)
    screen = screens.message(text or words.with_faults(len(faults)))
    await replace(situation.bot, situation.telegram_id, shown, screen)
    if text is None:
        file = BufferedInputFile("\n".join(faults).encode("utf-8-sig"), filename=words.FAULTS_FILE)
        await situation.bot.send_document(situation.telegram_id, file)


async def _downloaded(bot: Bot, file_id: str) -> bytes:
    found = await bot.download(file_id)
    return b"" if found is None else found.read()
