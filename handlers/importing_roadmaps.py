"""A coordinator sends a roadmap: read, looked over, doubts settled, confirmed."""

import asyncio
import tempfile
from functools import partial
from pathlib import Path

from aiogram import F, Router
from aiogram.enums import ParseMode
from aiogram.filters import Command, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, FSInputFile, Message

from bot.callbacks import Go, Place
from bot.campaigns.reporting import file_name
from bot.events import roadmap_screens as screens
from bot.events.audience import audience_of
from bot.events.callbacks import (
    ConfirmImport,
    CorrectTerm,
    DropImport,
    DryRun,
    ImportCard,
    ImportChanges,
    ImportDoubt,
    ImportScope,
    ImportTable,
    ImportYear,
    SettleDoubt,
)
from bot.filters import IfMay, May
from bot.keyboards import button, keyboard, rows, to_menu
from bot.rights import Action
from bot.scope_keys import ref_key, scope_by_key
from bot.screens import Screen, acknowledge, edit, send, show
from bot.situation import Situation
from bot.texts import importing as words
from bot.texts import roadmap as roadmap_words
from bot.texts.people import scope as scope_words
from reports.workbook import write
from roadmap.guarding import read_bytes
from roadmap.model import Roadmap
from roadmap.packages import MOST_BYTES
from roadmap.periods import Period
from roadmap.refusals import RefusalCode, Refused
from roadmap.settling import retermed, settled
from storage.events import roadmaps
from storage.events.roadmaps import Import
from storage.people import places
from storage.scopes import Scope, ScopeKind, covered

router = Router(name="importing-roadmaps")
MAY = May(Action.IMPORT_ROADMAPS)

SUFFIXES = (".docx", ".xlsx")
LONGEST_TERM = 300


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
        await show(press, _gone())
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
        await show(message, _gone())
        return
    await _read(message, situation, scope, file)


@router.message(StateFilter(Importing.file), MAY)
async def no_file(message: Message) -> None:
    """Something else than a file."""
    await show(message, Screen(words.WRONG_KIND, keyboard(to_menu())))


@router.callback_query(ImportCard.filter(), MAY)
async def show_card(
    press: CallbackQuery,
    callback_data: ImportCard,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """The summary."""
    await _leave_term(situation)
    draft = await _draft(situation, scopes, callback_data.draft)
    await show(press, _gone() if draft is None else await _card(situation, draft))


@router.callback_query(ImportYear.filter(), MAY)
async def say_year(
    press: CallbackQuery,
    callback_data: ImportYear,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """Terms depend on the year: the file is read again with it."""
    draft = await _draft(situation, scopes, callback_data.draft)
    period = Period.parse(callback_data.year)
    if draft is None or period is None:
        await show(press, _gone())
        return
    await show(press, Screen(words.READING))
    try:
        roadmap = await _understood(situation, draft.file_id, period)
    except Refused as refusal:
        await show(press, _refused(refusal))
        return
    whole = roadmap.model_copy(update={"year": roadmap.year or period.label})
    changed = await situation.db.write(roadmaps.change, draft.id, lambda _: whole, period.label)
    await show(press, _gone() if changed is None else await _card(situation, changed))


@router.callback_query(ImportDoubt.filter(), MAY)
async def show_doubt(
    press: CallbackQuery,
    callback_data: ImportDoubt,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """The next doubt, or the summary behind the last."""
    await _leave_term(situation)
    draft = await _draft(situation, scopes, callback_data.draft)
    if draft is None:
        await show(press, _gone())
        return
    following = screens.doubt(draft, callback_data.after)
    notice = words.LAST_DOUBT if callback_data.after else words.NO_DOUBTS_LEFT
    if following is None:
        await show(press, await _card(situation, draft), notice=notice)
    else:
        await show(press, following)


@router.callback_query(SettleDoubt.filter(), MAY)
async def settle(
    press: CallbackQuery,
    callback_data: SettleDoubt,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """It was read rightly; the next doubt."""
    draft = await _draft(situation, scopes, callback_data.draft)
    if draft is None:
        await show(press, _gone())
        return
    key = callback_data.key
    changed = await situation.db.write(
        roadmaps.change, draft.id, lambda roadmap: settled(roadmap, key)
    )
    following = None if changed is None else screens.doubt(changed, "")
    if changed is None:
        await show(press, _gone())
    elif following is None:
        await show(press, await _card(situation, changed), notice=words.NO_DOUBTS_LEFT)
    else:
        await show(press, following)


@router.callback_query(CorrectTerm.filter(), MAY)
async def ask_term(
    press: CallbackQuery,
    callback_data: CorrectTerm,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """The term is typed next."""
    draft = await _draft(situation, scopes, callback_data.draft)
    if draft is None or callback_data.place >= len(draft.roadmap.events):
        await show(press, _gone())
        return
    await situation.state.set_state(Importing.term)
    await situation.state.set_data({"draft": draft.id, "place": callback_data.place})
    back = button(words.TO_SUMMARY, ImportCard(draft=draft.id))
    await show(press, Screen(words.ASK_TERM, keyboard([back])))


@router.message(StateFilter(Importing.term), F.text, ~F.text.startswith("/"), MAY)
async def take_term(message: Message, situation: Situation, scopes: tuple[Scope, ...]) -> None:
    """The corrected term is read as the table's own; what it leaves doubtful is asked next."""
    data = await situation.state.get_data()
    draft = await _draft(situation, scopes, data["draft"])
    if draft is None:
        await show(message, _gone())
        return
    text, place = (message.text or "")[:LONGEST_TERM], int(data["place"])
    changed = await situation.db.write(
        roadmaps.change, draft.id, lambda roadmap: retermed(roadmap, place, text)
    )
    await situation.state.clear()
    if changed is None:
        await show(message, _gone())
        return
    following = screens.doubt(changed, "")
    await show(message, following or await _card(situation, changed))


@router.callback_query(ImportTable.filter(), MAY)
async def send_table(
    press: CallbackQuery,
    callback_data: ImportTable,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """The spreadsheet of what was understood."""
    await acknowledge(press)
    draft = await _draft(situation, scopes, callback_data.draft)
    if draft is None:
        await show(press, _gone())
        return
    report = screens.table(draft.roadmap, situation.local)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roadmap.xlsx"
        await asyncio.to_thread(write, report, path)
        name = file_name(words.TABLE_NAME, draft.roadmap.title or "")
        await situation.bot.send_document(
            situation.telegram_id, FSInputFile(path, filename=name), parse_mode=ParseMode.HTML
        )


@router.callback_query(ImportChanges.filter(), MAY)
async def show_changes(
    press: CallbackQuery,
    callback_data: ImportChanges,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """What a corrected file changes."""
    draft = await _draft(situation, scopes, callback_data.draft)
    if draft is None:
        await show(press, _gone())
        return
    preview = await situation.db.read(roadmaps.preview, draft)
    await show(press, screens.changes(draft, preview, callback_data.page))


@router.callback_query(ConfirmImport.filter(), MAY)
async def confirm(
    press: CallbackQuery,
    callback_data: ConfirmImport,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """Make it the calendar."""
    draft = await _draft(situation, scopes, callback_data.draft)
    if draft is None or not (draft.roadmap.year or draft.year):
        await show(press, _gone())
        return
    done = await situation.db.write(
        partial(
            roadmaps.confirm,
            keep_removed=callback_data.keep,
            audience_of=audience_of,
            author=situation.person.id,
            now=situation.local,
        ),
        draft.id,
    )
    await show(press, _gone() if done is None else screens.done(done, keep=callback_data.keep))


@router.callback_query(DropImport.filter(), MAY)
async def drop(
    press: CallbackQuery,
    callback_data: DropImport,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """Nothing of it is wanted."""
    draft = await _draft(situation, scopes, callback_data.draft)
    if draft is None:
        await show(press, _gone())
        return
    await situation.db.write(roadmaps.drop, draft.id)
    await show(press, Screen(words.DROPPED, keyboard(to_menu())))


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
        screen = _gone() if draft is None else await _card(situation, draft)
    if not await edit(bot, chat, message, screen):
        await send(bot, chat, screen)


async def _understood(situation: Situation, file_id: str, said: Period | None) -> Roadmap:
    content = await situation.bot.download(file_id)
    data = b"" if content is None else content.read()
    return await asyncio.to_thread(read_bytes, data, said)


async def _draft(situation: Situation, scopes: tuple[Scope, ...], number: int) -> Import | None:
    """The draft, if it is still one and within the presser's scopes."""
    draft = await situation.db.read(roadmaps.find, number)
    if draft is None or draft.state != roadmaps.DRAFT:
        return None
    return draft if await situation.db.read(covered, scopes, draft.scope) else None


async def _card(situation: Situation, draft: Import) -> Screen:
    titles = await situation.db.read(places.titles)
    preview = None
    if draft.roadmap.year or draft.year:
        preview = await situation.db.read(roadmaps.preview, draft)
    return screens.summary(draft, scope_words(draft.scope, titles), preview, situation.local)


async def _leave_term(situation: Situation) -> None:
    if await situation.state.get_state() == Importing.term.state:
        await situation.state.clear()


def _refused(refusal: Refused) -> Screen:
    text = f"{roadmap_words.refusal(refusal)}\n\n{words.TRY_AGAIN}"
    if refusal.code in (RefusalCode.NO_TABLE, RefusalCode.NO_HEADER):
        text += f"\n\n{words.NEITHER}"
    return Screen(text, keyboard(to_menu()))


def _gone() -> Screen:
    return Screen(words.GONE, keyboard([button(words.TO_EVENTS, Go(to=Place.EVENTS))], to_menu()))
