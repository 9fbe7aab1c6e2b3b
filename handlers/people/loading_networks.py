"""/networks by a table: the networks out, a table in, what would change, then the change."""

import asyncio

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from pydantic import TypeAdapter

from bot.callbacks import ConfirmNetworks, Go, NetworkTable, Place, UploadNetworks
from bot.filters import May
from bot.keyboards import Row, button, keyboard
from bot.people import plan_loading
from bot.people.network_file import read_networks
from bot.rights import Action
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import network_file as words
from bot.texts import networks as network_words
from reports.tables import Sheet
from storage.people import network_plans, networks
from storage.people.network_plans import Plan

router = Router(name="loading_networks")
MAY = May(Action.MANAGE_NETWORKS)
PLANS = TypeAdapter(tuple[Plan, ...])


class LoadingNetworks(StatesGroup):
    """The table is awaited; then what was read waits for the confirmation."""

    file = State()


@router.callback_query(NetworkTable.filter(), MAY)
async def send_table(press: CallbackQuery, situation: Situation) -> None:
    """The networks as they are, in the form in which they are taken back."""
    rows = network_words.table_rows(await situation.db.read(networks.every))
    await plan_loading.send_table(
        press,
        situation,
        Sheet(network_words.TABLE_SHEET, network_words.TABLE_HEAD, rows),
        name=network_words.TABLE_FILE,
        caption=network_words.TABLE_CAPTION,
        rows=([button(network_words.UPLOAD, UploadNetworks())], _back()),
    )


@router.callback_query(UploadNetworks.filter(), MAY)
async def ask_file(press: CallbackQuery, situation: Situation) -> None:
    """The table comes next."""
    await situation.state.set_state(LoadingNetworks.file)
    await situation.state.set_data({})
    await show(press, Screen(words.SEND, keyboard(_back())))


@router.message(StateFilter(LoadingNetworks.file), F.document, MAY)
async def take_file(message: Message, situation: Situation) -> None:
    """Read it, say what would change and every fault."""

    async def understand(data: bytes) -> tuple[str, str | None]:
        found = await asyncio.to_thread(read_networks, data)
        changes = await situation.db.read(network_plans.compare, found.plans)
        new = any(not change.same for change in changes)
        plans = PLANS.dump_json(found.plans).decode() if new else None
        return words.understood(found, changes), plans

    def confirm(key: str, load: bool) -> ConfirmNetworks:
        return ConfirmNetworks(key=key, load=load)

    await plan_loading.take_table(
        message, situation, words, back=_back(), understand=understand, confirm=confirm
    )


@router.message(StateFilter(LoadingNetworks.file), MAY)
async def no_file(message: Message) -> None:
    """Something else than a file."""
    await show(message, Screen(words.NO_FILE, keyboard(_back())))


@router.callback_query(ConfirmNetworks.filter(), MAY)
async def confirm(
    press: CallbackQuery, callback_data: ConfirmNetworks, situation: Situation
) -> None:
    """Carry it out or forget it; the button of an earlier table does nothing."""

    async def carry_out(kept: str) -> str:
        plans = PLANS.validate_json(kept)
        return words.done(await situation.db.write(network_plans.carry_out, plans, by=situation.by))

    await plan_loading.decide(
        press,
        situation,
        words,
        back=_back(),
        key=callback_data.key,
        load=callback_data.load,
        carry_out=carry_out,
    )


def _back() -> Row:
    return [button(network_words.TO_LIST, Go(to=Place.NETWORKS))]
