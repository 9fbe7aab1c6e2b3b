"""A coordinator sends a roadmap: whose it is, the file, the year if it says none."""

import asyncio
from functools import partial

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.callbacks import Go, Place
from bot.events.callbacks import (
    DryRun,
    ImportScope,
    ImportYear,
)
from bot.events.imports import card_of, draft_of, gone
from bot.filters import IfMay, May
from bot.keyboards import button, keyboard, rows, to_menu
from bot.rights import Action
from bot.scope_keys import ref_key, scope_by_key
from bot.screens import Screen, replace, show
from bot.situation import Situation
from bot.texts import importing as words
from bot.texts import roadmap as roadmap_words
from bot.texts.people import scope as scope_words
from roadmap.guarding import read_bytes
from roadmap.model import Roadmap
from roadmap.packages import MOST_BYTES
from roadmap.periods import Period
from roadmap.refusals import RefusalCode, Refused
from storage.events import roadmaps
from storage.people import places
from storage.scopes import Scope, ScopeKind, covered

router = Router(name="importing-roadmaps")
MAY = May(Action.IMPORT_ROADMAPS)

SUFFIXES = (".docx", ".xlsx")


class Importing(StatesGroup):
    """`file`: a file is awaited (the data's scope, if it is chosen); `term`: a corrected term."""

    file = State()
    scope = State()
    term = State()


@router.message(Command("roadmap"), MAY)
@router.callback_query(Go.filter(F.to == Place.ROADMAP), MAY)
async def ask_file(
    event: Message | CallbackQuery, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Whose roadmap it is, if there is a choice; then the file."""
    choices = await _choices(situation, scopes)
    if len(choices) == 1:
        await _await_file(event, situation, choices[0][0])
        return
    await situation.state.set_state(Importing.file)
    await show(event, _whose(choices))


@router.callback_query(ImportScope.filter(), MAY)
async def choose_scope(
    press: CallbackQuery,
    callback_data: ImportScope,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """Whose it is; a file that was sent before is read at once."""
    scope = scope_by_key(callback_data.kind, callback_data.ref)
    if scope is None or not await situation.db.read(covered, scopes, scope):
        await show(press, gone())
        return
    data = await situation.state.get_data()
    if "file_id" not in data:
        await _await_file(press, situation, scope)
        return
    await situation.state.clear()
    await _read(press, situation, scope, data)


@router.message(StateFilter(Importing.file), F.document, MAY)
@router.message(
    StateFilter(None),
    F.document.file_name.lower().endswith(SUFFIXES),
    IfMay(Action.IMPORT_ROADMAPS),
)
async def take_file(message: Message, situation: Situation, scopes: tuple[Scope, ...]) -> None:
    """The file; asks whose roadmap it is where that is not clear."""
    document = message.document
    assert document is not None  # noqa: S101 - F.document
    name = document.file_name or ""
    if not name.lower().endswith(SUFFIXES):
        await show(message, Screen(words.WRONG_KIND, keyboard(to_menu())))
        return
    file: dict[str, str | int] = {
        "file_id": document.file_id,
        "name": name,
        "size": document.file_size or 0,
        "key": f"{message.chat.id}:{message.message_id}",
    }
    data = await situation.state.get_data()
    choices = await _choices(situation, scopes)
    chosen = scope_by_key(ScopeKind(data["kind"]), data["ref"]) if "kind" in data else None
    if chosen is None and len(choices) > 1:
        await situation.state.set_state(Importing.scope)
        await situation.state.set_data(file)
        await show(message, _whose(choices))
        return
    scope = chosen or choices[0][0]
    if not await situation.db.read(covered, scopes, scope):
        await show(message, gone())
        return
    await _read(message, situation, scope, file)


@router.message(StateFilter(Importing.file), MAY)
async def no_file(message: Message) -> None:
    """Something else than a file."""
    await show(message, Screen(words.WRONG_KIND, keyboard(to_menu())))


@router.callback_query(ImportYear.filter(), MAY)
async def say_year(
    press: CallbackQuery,
    callback_data: ImportYear,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """Terms depend on the year: the file is read again with it."""
    draft = await draft_of(situation, scopes, callback_data.draft)
    period = Period.parse(callback_data.year)
    if draft is None or period is None:
        await show(press, gone())
        return
    await show(press, Screen(words.READING))
    try:
        roadmap = await _understood(situation, draft.file_id, period)
    except Refused as refusal:
        await show(press, _refused(refusal))
        return
    whole = roadmap.model_copy(update={"year": roadmap.year or period.label})
    changed = await situation.db.write(roadmaps.change, draft.id, lambda _: whole, period.label)
    await show(press, gone() if changed is None else await card_of(situation, changed))


async def _choices(situation: Situation, scopes: tuple[Scope, ...]) -> list[tuple[Scope, str]]:
    """Scopes a roadmap may be for: one's own, and every network within them."""
    titles = await situation.db.read(places.titles)
    found = await situation.db.read(places.territories, scopes)
    return [(scope, scope_words(scope, titles)) for scope in found]


def _whose(choices: list[tuple[Scope, str]]) -> Screen:
    made = [
        button(name, ImportScope(kind=scope.kind, ref=ref_key(scope))) for scope, name in choices
    ]
    ahead = [button(words.DRY_RUN, DryRun())]
    return Screen(words.WHOSE, keyboard(*rows(made), ahead, to_menu()))


async def _await_file(event: Message | CallbackQuery, situation: Situation, scope: Scope) -> None:
    await situation.state.set_state(Importing.file)
    await situation.state.set_data({"kind": scope.kind.value, "ref": ref_key(scope)})
    ahead = [button(words.DRY_RUN, DryRun())]
    await show(event, Screen(words.SEND_FILE, keyboard(ahead, to_menu())))


async def _read(
    event: Message | CallbackQuery,
    situation: Situation,
    scope: Scope,
    file: dict[str, str | int],
) -> None:
    """Say that it takes a moment, read elsewhere, show the summary in the same message."""
    bot, chat = situation.bot, situation.telegram_id
    message = await show(event, Screen(words.READING))
    try:
        if int(file["size"]) > MOST_BYTES:
            raise Refused(RefusalCode.TOO_LARGE, megabytes=MOST_BYTES // 1_000_000)
        roadmap = await _understood(situation, str(file["file_id"]), None)
    except Refused as refusal:
        screen = _refused(refusal)
    else:
        number = await situation.db.write(
            partial(
                roadmaps.begin,
                file_name=str(file["name"]),
                file_id=str(file["file_id"]),
                year=roadmap.year or "",
                author=situation.person.id,
                source_key=str(file["key"]),
                now=situation.now,
            ),
            scope,
            roadmap,
        )
        await situation.state.clear()
        draft = await situation.db.read(roadmaps.find, number)
        screen = gone() if draft is None else await card_of(situation, draft)
    await replace(bot, chat, message, screen)


async def _understood(situation: Situation, file_id: str, said: Period | None) -> Roadmap:
    content = await situation.bot.download(file_id)
    data = b"" if content is None else content.read()
    return await asyncio.to_thread(read_bytes, data, said)


def _refused(refusal: Refused) -> Screen:
    text = f"{roadmap_words.refusal(refusal)}\n\n{words.TRY_AGAIN}"
    if refusal.code in (RefusalCode.NO_TABLE, RefusalCode.NO_HEADER):
        text += f"\n\n{words.NEITHER}"
    return Screen(text, keyboard(to_menu()))
