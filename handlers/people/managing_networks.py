"""/networks: admins make networks, choose their leader and members, and dissolve them."""

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message

from bot.callbacks import (
    Go,
    NetworkCard,
    NetworkLeaders,
    NetworkMembers,
    NetworkPeriod,
    NetworkTable,
    NewNetwork,
    Place,
    RemoveNetwork,
    SetLeader,
    SetMember,
    UploadNetworks,
)
from bot.filters import May
from bot.keyboards import button, keyboard, pages, rows, to_menu
from bot.people.network_file import read_period
from bot.rights import Action
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import networks as words
from storage.database import Database
from storage.people import networks
from storage.people.networks import Network, NetworkKind
from surveys.reference import by_key, key, municipalities

router = Router(name="managing_networks")
MAY = May(Action.MANAGE_NETWORKS)

BEING_MADE = 0
"""Stands for the id of the network that has a title and no leader yet."""


class Making(StatesGroup):
    """A new network: its kind is chosen, the title is typed, then the leader is tapped.

    The period of one that is there already is typed too.
    """

    title = State()
    leader = State()
    period = State()


@router.message(Command("networks"), MAY)
@router.callback_query(Go.filter(F.to == Place.NETWORKS), MAY)
async def list_networks(event: Message | CallbackQuery, db: Database) -> None:
    """All of them."""
    every = await db.read(networks.every)
    buttons = [button(one.title, NetworkCard(network=one.id)) for one in every]
    kinds = [button(words.new(kind), NewNetwork(kind=kind)) for kind in NetworkKind]
    table = [button(words.TABLE, NetworkTable()), button(words.UPLOAD, UploadNetworks())]
    shown = keyboard(*rows(buttons), *rows(kinds, 3), table, to_menu())
    await show(event, Screen(words.listed(len(every)), shown))


@router.callback_query(NetworkCard.filter(), MAY)
async def show_network(
    press: CallbackQuery, callback_data: NetworkCard, situation: Situation
) -> None:
    """One network."""
    network = await situation.db.read(networks.find, callback_data.network)
    await show(press, _gone() if network is None else _card(network, situation))


@router.callback_query(NetworkPeriod.filter(), MAY)
async def ask_period(
    press: CallbackQuery, callback_data: NetworkPeriod, situation: Situation
) -> None:
    """Its first and last day are typed next."""
    await situation.state.set_state(Making.period)
    await situation.state.set_data({"network": callback_data.network})
    back = [button(words.DONE, NetworkCard(network=callback_data.network))]
    await show(press, Screen(words.ASK_PERIOD, keyboard(back)))


@router.message(StateFilter(Making.period), F.text, ~F.text.startswith("/"), MAY)
async def take_period(message: Message, situation: Situation) -> None:
    """From when to when."""
    number = int((await situation.state.get_data())["network"])
    found = read_period(message.text or "")
    if found is None or found[0] > found[1]:
        back = [button(words.DONE, NetworkCard(network=number))]
        await show(message, Screen(words.PERIOD_FAULT, keyboard(back)))
        return
    await situation.db.write(networks.set_period, number, *found, by=situation.by)
    await situation.state.clear()
    network = await situation.db.read(networks.find, number)
    await show(message, _gone() if network is None else _card(network, situation))


@router.callback_query(NewNetwork.filter(), MAY)
async def ask_title(press: CallbackQuery, callback_data: NewNetwork, state: FSMContext) -> None:
    """The topic is what people know a network by."""
    await state.set_state(Making.title)
    await state.set_data({"kind": callback_data.kind.value})
    await show(press, Screen(words.ASK_TITLE, keyboard(_to_list())))


@router.message(StateFilter(Making.title), F.text, ~F.text.startswith("/"), MAY)
async def take_title(message: Message, db: Database, state: FSMContext) -> None:
    """A title of its own; then the leader."""
    title = " ".join((message.text or "").split())
    if not 3 <= len(title) <= 100:
        await show(message, Screen(words.TITLE_FAULT, keyboard(_to_list())))
        return
    if await db.read(networks.titled, title):
        await show(message, Screen(words.TITLE_TAKEN, keyboard(_to_list())))
        return
    await state.update_data({"title": title})
    await state.set_state(Making.leader)
    await show(message, _leaders(BEING_MADE, 0))


@router.callback_query(NetworkLeaders.filter(), MAY)
async def choose_leader(press: CallbackQuery, callback_data: NetworkLeaders) -> None:
    """Pages of municipalities."""
    await show(press, _leaders(callback_data.network, callback_data.page))


@router.callback_query(SetLeader.filter(), MAY)
async def set_leader(press: CallbackQuery, callback_data: SetLeader, situation: Situation) -> None:
    """The leader of a network, or the last thing a new one needs."""
    db, state = situation.db, situation.state
    leader = by_key(municipalities(), callback_data.ref)
    number = callback_data.network
    if leader is None:
        await show(press, _leaders(number, 0))
        return
    if number == BEING_MADE:
        made = await state.get_data()
        if "title" not in made:  # pressed again after it was made, or forged
            await show(press, _gone())
            return
        kind = NetworkKind(made["kind"])
        number = await db.write(networks.create, made["title"], kind, leader, by=situation.by)
        await state.clear()
    else:
        await db.write(networks.set_leader, number, leader, by=situation.by)
    network = await db.read(networks.find, number)
    await show(press, _gone() if network is None else _card(network, situation))


@router.callback_query(NetworkMembers.filter(), MAY)
async def show_members(
    press: CallbackQuery, callback_data: NetworkMembers, situation: Situation
) -> None:
    """Who is in, who may be taken in."""
    network = await situation.db.read(networks.find, callback_data.network)
    page = callback_data.page
    await show(press, _gone() if network is None else _members(network, page, situation))


@router.callback_query(SetMember.filter(), MAY)
async def set_member(press: CallbackQuery, callback_data: SetMember, situation: Situation) -> None:
    """Take one in or out."""
    db = situation.db
    name = by_key(municipalities(), callback_data.ref)
    if name is not None:
        await db.write(
            networks.set_member,
            callback_data.network,
            name,
            member=callback_data.member,
            by=situation.by,
        )
    network = await db.read(networks.find, callback_data.network)
    page = callback_data.page
    await show(press, _gone() if network is None else _members(network, page, situation))


@router.callback_query(RemoveNetwork.filter(), MAY)
async def remove(press: CallbackQuery, callback_data: RemoveNetwork, situation: Situation) -> None:
    """Ask once more, then dissolve; roles for that network end with it."""
    db = situation.db
    network = await db.read(networks.find, callback_data.network)
    if network is None:
        await show(press, _gone())
        return
    if not callback_data.sure:
        sure = RemoveNetwork(network=network.id, sure=True)
        keep = NetworkCard(network=network.id)
        rows_shown = [[button(words.REMOVE_YES, sure)], [button(words.KEEP, keep)]]
        await show(press, Screen(words.sure_to_remove(network), keyboard(*rows_shown)))
        return
    await db.write(networks.remove, network.id, by=situation.by)
    await show(press, Screen(words.REMOVED, keyboard(_to_list())))


def _card(network: Network, situation: Situation) -> Screen:
    number = network.id
    return Screen(
        words.card(network, situation.local.date()),
        keyboard(
            [button(words.MEMBERS, NetworkMembers(network=number))],
            [button(words.LEADER, NetworkLeaders(network=number))],
            [button(words.PERIOD, NetworkPeriod(network=number))],
            [button(words.REMOVE, RemoveNetwork(network=number, sure=False))],
            _to_list(),
        ),
    )


def _members(network: Network, page: int, situation: Situation) -> Screen:
    buttons = [
        button(
            words.member(name, member=name in network.members),
            SetMember(
                network=network.id,
                ref=key(name),
                member=name not in network.members,
                page=page,
            ),
        )
        for name in municipalities()
        if name != network.leader
    ]

    def turn(number: int) -> NetworkMembers:
        return NetworkMembers(network=network.id, page=number)

    shown = pages(buttons, turn, page=page, size=16, columns=2)
    done = [button(words.DONE, NetworkCard(network=network.id))]
    return Screen(words.card(network, situation.local.date()), keyboard(*shown, done))


def _leaders(network: int, page: int) -> Screen:
    buttons = [button(name, SetLeader(network=network, ref=key(name))) for name in municipalities()]

    def turn(number: int) -> NetworkLeaders:
        return NetworkLeaders(network=network, page=number)

    shown = pages(buttons, turn, page=page, size=16, columns=2)
    return Screen(words.ASK_LEADER, keyboard(*shown, _to_list()))


def _to_list() -> list[InlineKeyboardButton]:
    return [button(words.TO_LIST, Go(to=Place.NETWORKS))]


def _gone() -> Screen:
    return Screen(words.GONE, keyboard(_to_list()))
