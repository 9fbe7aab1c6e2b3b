"""Somebody is asked for a file in a questionnaire and sends one, or looks at one sent before."""

from contextlib import suppress
from datetime import datetime

from aiogram import Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Filter, StateFilter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.answering import screens
from bot.answering.given_files import take
from bot.answering.response_message import answer_message, move_down, present
from bot.campaigns.callbacks import ShowFiles
from bot.incoming_files import Incoming, incoming
from bot.rights import Action, scopes_for
from bot.screens import acknowledge, show
from bot.settings import Settings
from bot.situation import Situation
from bot.stored_files import send_stored
from bot.texts import answering as words
from storage.database import Database
from storage.files import files
from storage.people.people import Person
from storage.questionnaires import answer_files, responses
from storage.questionnaires.responses import Response
from storage.questionnaires.steps import REVIEW
from surveys.engine import Ask
from surveys.questionnaire import Upload

router = Router(name="answering-files")
TABLES = (".xlsx", ".docx")
TAKING = (Action.MAKE_FORMS, Action.IMPORT_ROADMAPS)
"""Whoever may do these sends such files for another purpose as well."""


class AskedForFile(Filter):
    """Gives the handler the `response` whose present item asks for a file, and the `file`."""

    async def __call__(
        self, event: TelegramObject, person: Person, db: Database, now: datetime
    ) -> bool | dict[str, Response | Incoming]:
        """Whether somebody is being asked for a file and sends one."""
        file = incoming(event) if isinstance(event, Message) else None
        if file is None:
            return False
        found = await db.read(responses.active, person.id, now=now)
        step = None if found is None else found.step(now)
        if found is None or not isinstance(step, Ask) or not isinstance(step.item, Upload):
            return False
        return {"response": found, "file": file}


@router.message(StateFilter(None), AskedForFile())
async def take_file(
    message: Message,
    response: Response,
    file: Incoming,
    situation: Situation,
    settings: Settings,
) -> None:
    """The file is the answer to the item that asks for one; it leaves the chat as typed ones do."""
    db, now = situation.db, situation.local
    item = answer_files.awaited(response, message.message_id, now)
    album = message.media_group_id
    of_album = album is not None and await db.read(answer_files.of_album, response.id, album)
    if of_album:
        screen = screens.answering(response, now=now, notice=words.ONE_OF_ALBUM)
        await present(message, situation, response, screen)
    elif item is None:  # taken before the bot was cut off
        await present(message, situation, response, screens.answering(response, now=now))
    else:
        taken = await take(situation.bot, message, file, item, settings.data_dir)
        if isinstance(taken, str):  # why not
            screen = screens.answering(response, now=now, notice=taken)
            await present(message, situation, response, screen)
        else:
            outcome = await db.write(
                answer_files.record,
                response.id,
                situation.person.id,
                taken,
                message_id=message.message_id,
                now=now,
            )
            also = _also(message, item, situation, settings)
            await answer_message(message, outcome, situation, asked=response, also=also)
            return
    with suppress(TelegramBadRequest):  # older than 48 hours, or removed by the person
        await message.delete()


def _also(message: Message, item: Upload, situation: Situation, settings: Settings) -> str:
    """What is said beside the record. Whoever makes forms may have meant the file as one."""
    said = [words.CAPTION_LEFT] if message.caption else []
    name = (message.document.file_name or "").lower() if message.document else ""
    if item.type == "file" and name.endswith(TABLES):
        makes = any(scopes_for(situation.person, one, settings.admin_ids) for one in TAKING)
        said += [words.PERHAPS_A_TABLE] if makes else []
    return " ".join(said)


@router.callback_query(ShowFiles.filter())
async def show_files(
    press: CallbackQuery, callback_data: ShowFiles, situation: Situation, settings: Settings
) -> None:
    """The person's own files again, below what is on the screen."""
    db, number = situation.db, callback_data.response
    response = await db.read(responses.find, number, situation.person.id)
    if response is None:
        await show(press, screens.gone())
        return
    items = response.questionnaire.items
    wanted = items if callback_data.item == REVIEW else items[callback_data.item :][:1]
    found = [
        file
        for item in wanted
        if isinstance(item, Upload)
        and (file := await db.read(answer_files.find, number, situation.person.id, item.name))
    ]
    await acknowledge(press, None if found else words.NO_FILE)
    for file in found:
        path = files.path_of(settings.data_dir, file.stored_name)
        await send_stored(
            situation.bot, situation.telegram_id, file.kind, file.file_id, path, name=file.name
        )
    if found and not response.sent:
        await move_down(situation, response, screens.answering(response, now=situation.local))
