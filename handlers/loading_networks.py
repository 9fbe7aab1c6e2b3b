"""/networks by a table: the networks out, a table in, what would change, then the change."""

import asyncio
import hashlib
from io import BytesIO

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardButton, Message
from pydantic import TypeAdapter

from bot.callbacks import ConfirmNetworks, Go, NetworkTable, Place, UploadNetworks
from bot.filters import May
from bot.keyboards import button, keyboard
from bot.people.network_file import read_networks
from bot.rights import Action
from bot.screens import Screen, replace, show
from bot.situation import Situation
from bot.texts import network_file as words
from bot.texts import networks as network_words
from bot.texts import roadmap as roadmap_words
from reports.tables import Sheet, write
from roadmap.refusals import Refused
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
    every = await situation.db.read(networks.every)
    rows = network_words.table_rows(every)
    sheet = Sheet(network_words.TABLE_SHEET, network_words.TABLE_HEAD, rows)
    target = BytesIO()
    await asyncio.to_thread(write, [sheet], target)
    await press.answer()
    await situation.bot.send_document(
        situation.telegram_id,
        BufferedInputFile(target.getvalue(), filename=network_words.TABLE_FILE),
        caption=network_words.TABLE_CAPTION,
        reply_markup=keyboard([button(network_words.UPLOAD, UploadNetworks())], _back()),
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
    document = message.document
    assert document is not None  # noqa: S101 - F.document
    shown = await show(message, Screen(words.READING))
    content = await situation.bot.download(document.file_id)
    data = b"" if content is None else content.read()
    try:
        found = await asyncio.to_thread(read_networks, data)
    except Refused as refusal:
        text = f"{roadmap_words.refusal(refusal)}\n\n{words.NO_FILE}"
        await replace(situation.bot, situation.telegram_id, shown, Screen(text, keyboard(_back())))
        return
    changes = await situation.db.read(network_plans.compare, found.plans)
    buttons = []
    if any(not change.same for change in changes):
        plans = PLANS.dump_json(found.plans).decode()
        key = hashlib.sha256(plans.encode()).hexdigest()[:8]
        await situation.state.set_data({"plans": plans, "key": key})
        buttons = [
            button(words.CONFIRM, ConfirmNetworks(key=key, load=True)),
            button(words.DROP, ConfirmNetworks(key=key, load=False)),
        ]
    text = words.understood(found, changes)
    await replace(
        situation.bot, situation.telegram_id, shown, Screen(text, keyboard(buttons, _back()))
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
    kept = await situation.state.get_data()
    if kept.get("key") != callback_data.key:
        await show(press, Screen(words.GONE, keyboard(_back())))
        return
    text = words.DROPPED
    if callback_data.load:
        plans = PLANS.validate_json(kept["plans"])
        changes = await situation.db.write(network_plans.carry_out, plans, by=situation.by)
        text = words.done(changes)
    await situation.state.clear()
    await show(press, Screen(text, keyboard(_back())))


def _back() -> list[InlineKeyboardButton]:
    return [button(network_words.TO_LIST, Go(to=Place.NETWORKS))]
