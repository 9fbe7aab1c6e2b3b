"""Admins name a network: its topic, its leader, its period; a new one and one that is there."""

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.callbacks import NetworkLeaders, NetworkPeriod, NewNetwork, RenameNetwork, SetLeader
from bot.filters import May
from bot.keyboards import keyboard
from bot.people import network_screens as screens
from bot.people.network_file import LONGEST, SHORTEST, read_period
from bot.people.network_screens import BEING_MADE
from bot.rights import Action
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import networks as words
from storage.database import Database
from storage.people import networks
from storage.people.networks import NetworkKind
from surveys.reference import by_key, municipalities

router = Router(name="naming_networks")
MAY = May(Action.MANAGE_NETWORKS)


class Making(StatesGroup):
    """A new network: its kind is chosen, the title is typed, then the leader is tapped.

    The period of one that is there already is typed too, and another title.
    """

    title = State()
    leader = State()
    period = State()
    other_title = State()


@router.callback_query(NewNetwork.filter(), MAY)
async def ask_title(press: CallbackQuery, callback_data: NewNetwork, state: FSMContext) -> None:
    """The topic is what people know a network by."""
    await state.set_state(Making.title)
    await state.set_data({"kind": callback_data.kind.value})
    await show(press, Screen(words.ASK_TITLE, keyboard(screens.to_list())))


@router.message(StateFilter(Making.title), F.text, ~F.text.startswith("/"), MAY)
async def take_title(message: Message, db: Database, state: FSMContext) -> None:
    """A title of its own; then the leader."""
    title = _title(message)
    if title is None:
        await show(message, Screen(words.TITLE_FAULT, keyboard(screens.to_list())))
        return
    if await db.read(networks.titled, title):
        await show(message, Screen(words.TITLE_TAKEN, keyboard(screens.to_list())))
        return
    await state.update_data({"title": title})
    await state.set_state(Making.leader)
    await show(message, screens.leaders(BEING_MADE, 0))


@router.callback_query(NetworkLeaders.filter(), MAY)
async def choose_leader(press: CallbackQuery, callback_data: NetworkLeaders) -> None:
    """Pages of municipalities."""
    await show(press, screens.leaders(callback_data.network, callback_data.page))


@router.callback_query(SetLeader.filter(), MAY)
async def set_leader(press: CallbackQuery, callback_data: SetLeader, situation: Situation) -> None:
    """The leader of a network, or the last thing a new one needs."""
    db, state = situation.db, situation.state
    leader = by_key(municipalities(), callback_data.ref)
    number = callback_data.network
    if leader is None:
        await show(press, screens.leaders(number, 0))
        return
    if number == BEING_MADE:
        made = await state.get_data()
        if "title" not in made:  # pressed again after it was made, or forged
            await show(press, screens.gone())
            return
        kind = NetworkKind(made["kind"])
        number = await db.write(networks.create, made["title"], kind, leader, by=situation.by)
        await state.clear()
    else:
        await db.write(networks.set_leader, number, leader, by=situation.by)
    network = await db.read(networks.find, number)
    await show(press, screens.gone() if network is None else screens.card(network, situation))


@router.callback_query(RenameNetwork.filter(), MAY)
async def ask_new_title(
    press: CallbackQuery, callback_data: RenameNetwork, situation: Situation
) -> None:
    """Another topic is typed next."""
    await situation.state.set_state(Making.other_title)
    await situation.state.set_data({"network": callback_data.network})
    back = screens.to_card(callback_data.network)
    await show(press, Screen(words.ASK_TITLE, keyboard(back)))


@router.message(StateFilter(Making.other_title), F.text, ~F.text.startswith("/"), MAY)
async def rename(message: Message, situation: Situation) -> None:
    """A title of its own; roles, events and members stay with the network."""
    number = int((await situation.state.get_data())["network"])
    title = _title(message)
    if title is None:
        await show(message, Screen(words.TITLE_FAULT, keyboard(screens.to_card(number))))
        return
    if not await situation.db.write(networks.rename, number, title, by=situation.by):
        await show(message, Screen(words.TITLE_TAKEN, keyboard(screens.to_card(number))))
        return
    await situation.state.clear()
    network = await situation.db.read(networks.find, number)
    await show(message, screens.gone() if network is None else screens.card(network, situation))


@router.callback_query(NetworkPeriod.filter(), MAY)
async def ask_period(
    press: CallbackQuery, callback_data: NetworkPeriod, situation: Situation
) -> None:
    """Its first and last day are typed next."""
    await situation.state.set_state(Making.period)
    await situation.state.set_data({"network": callback_data.network})
    back = screens.to_card(callback_data.network)
    await show(press, Screen(words.ASK_PERIOD, keyboard(back)))


@router.message(StateFilter(Making.period), F.text, ~F.text.startswith("/"), MAY)
async def take_period(message: Message, situation: Situation) -> None:
    """From when to when."""
    number = int((await situation.state.get_data())["network"])
    found = read_period(message.text or "")
    if found is None or found[0] > found[1]:
        await show(message, Screen(words.PERIOD_FAULT, keyboard(screens.to_card(number))))
        return
    await situation.db.write(networks.set_period, number, *found, by=situation.by)
    await situation.state.clear()
    network = await situation.db.read(networks.find, number)
    await show(message, screens.gone() if network is None else screens.card(network, situation))


def _title(message: Message) -> str | None:
    title = " ".join((message.text or "").split())
    return title if SHORTEST <= len(title) <= LONGEST else None
