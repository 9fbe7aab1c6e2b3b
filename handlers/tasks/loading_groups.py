"""Groups of trainees by a table: the groups out, a table in, what would change, then the change."""

import asyncio

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from pydantic import TypeAdapter

from bot.filters import May
from bot.keyboards import button, keyboard
from bot.people import plan_loading
from bot.rights import Action
from bot.screens import Screen, show
from bot.situation import Situation
from bot.tasks import group_screens as screens
from bot.tasks.group_callbacks import ConfirmGroups, SendGroups, UploadGroups
from bot.tasks.group_file import GroupTable, read_groups, resolve
from bot.texts import group_file as words
from bot.texts.people import scope as scope_words
from reports.tables import Sheet
from storage import audit
from storage.audit import Deed
from storage.people import places
from storage.scopes import Scope
from storage.tasks import group_plans
from storage.tasks import groups as trainee_groups
from storage.tasks.group_plans import Plan

router = Router(name="loading_groups")
MAY = May(Action.SET_TASKS)
PLANS = TypeAdapter(tuple[Plan, ...])
Scopes = tuple[Scope, ...]


class LoadingGroups(StatesGroup):
    """The table is awaited; then what was read waits for the confirmation."""

    file = State()


@router.callback_query(SendGroups.filter(), MAY)
async def send_table(press: CallbackQuery, situation: Situation, scopes: Scopes) -> None:
    """The groups within the scopes, in the form in which they are taken back."""
    db = situation.db
    # Before the file is made: none ever leaves without its row.
    await db.write(audit.record, situation.by, Deed.GROUPS_EXPORTED, after={"names": True})
    titles = await db.read(places.titles)
    rows: list[tuple[str, ...]] = []
    for group in await db.read(trainee_groups.listed, scopes):
        members = await db.read(trainee_groups.members, group.id)
        heads = await db.read(trainee_groups.heads, group.id)
        rows += words.rows(group.title, scope_words(group.scope, titles), members, heads)
    await plan_loading.send_table(
        press,
        situation,
        Sheet(words.TABLE_SHEET, words.TABLE_HEAD, rows),
        name=words.TABLE_FILE,
        caption=words.TABLE_CAPTION,
        rows=([button(words.UPLOAD, UploadGroups())], screens.to_groups()),
    )


@router.callback_query(UploadGroups.filter(), MAY)
async def ask_file(press: CallbackQuery, situation: Situation) -> None:
    """The table comes next."""
    await situation.state.set_state(LoadingGroups.file)
    await situation.state.set_data({})
    await show(press, Screen(words.SEND, keyboard(screens.to_groups())))


@router.message(StateFilter(LoadingGroups.file), F.document, MAY)
async def take_file(message: Message, situation: Situation, scopes: Scopes) -> None:
    """Read it, say what would change and every fault."""

    async def understand(data: bytes) -> tuple[str, str | None]:
        said = await asyncio.to_thread(read_groups, data)
        if said is None:
            return words.understood(GroupTable((), (), readable=False), ()), None
        found = await situation.db.read(resolve, said, scopes)
        changes = await situation.db.read(group_plans.compare, found.plans, scopes)
        new = any(not change.same for change in changes)
        plans = PLANS.dump_json(found.plans).decode() if new else None
        return words.understood(found, changes), plans

    def confirm(key: str, load: bool) -> ConfirmGroups:
        return ConfirmGroups(key=key, load=load)

    await plan_loading.take_table(
        message,
        situation,
        words,
        back=screens.to_groups(),
        understand=understand,
        confirm=confirm,
    )


@router.message(StateFilter(LoadingGroups.file), MAY)
async def no_file(message: Message) -> None:
    """Something else than a file."""
    await show(message, Screen(words.NO_FILE, keyboard(screens.to_groups())))


@router.callback_query(ConfirmGroups.filter(), MAY)
async def confirm(
    press: CallbackQuery, callback_data: ConfirmGroups, situation: Situation, scopes: Scopes
) -> None:
    """Carry it out within today's scopes, or forget it."""

    async def carry_out(kept: str) -> str:
        plans = PLANS.validate_json(kept)
        done = await situation.db.write(group_plans.carry_out, plans, scopes, by=situation.by)
        return words.done(done)

    await plan_loading.decide(
        press,
        situation,
        words,
        back=screens.to_groups(),
        key=callback_data.key,
        load=callback_data.load,
        carry_out=carry_out,
    )
