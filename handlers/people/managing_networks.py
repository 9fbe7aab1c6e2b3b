"""/networks: admins see every network, choose its members, and dissolve it."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.callbacks import (
    Go,
    NetworkCard,
    NetworkList,
    NetworkMembers,
    Place,
    RemoveNetwork,
    SetMember,
)
from bot.filters import May
from bot.keyboards import button, keyboard
from bot.people import network_screens as screens
from bot.rights import Action
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import networks as words
from storage.database import Database
from storage.people import networks
from surveys.reference import by_key, municipalities

router = Router(name="managing_networks")
MAY = May(Action.MANAGE_NETWORKS)


@router.message(Command("networks"), MAY)
@router.callback_query(Go.filter(F.to == Place.NETWORKS), MAY)
@router.callback_query(NetworkList.filter(), MAY)
async def list_networks(
    event: Message | CallbackQuery,
    db: Database,
    callback_data: NetworkList | Go | None = None,
) -> None:
    """All of them, by pages."""
    page = callback_data.page if isinstance(callback_data, NetworkList) else 0
    await show(event, screens.listing(await db.read(networks.every), page))


@router.callback_query(NetworkCard.filter(), MAY)
async def show_network(
    press: CallbackQuery, callback_data: NetworkCard, situation: Situation
) -> None:
    """One network."""
    network = await situation.db.read(networks.find, callback_data.network)
    await show(press, screens.gone() if network is None else screens.card(network, situation))


@router.callback_query(NetworkMembers.filter(), MAY)
async def show_members(
    press: CallbackQuery, callback_data: NetworkMembers, situation: Situation
) -> None:
    """Who is in, who may be taken in."""
    network = await situation.db.read(networks.find, callback_data.network)
    page = callback_data.page
    await show(
        press, screens.gone() if network is None else screens.members(network, page, situation)
    )


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
    await show(
        press, screens.gone() if network is None else screens.members(network, page, situation)
    )


@router.callback_query(RemoveNetwork.filter(), MAY)
async def remove(press: CallbackQuery, callback_data: RemoveNetwork, situation: Situation) -> None:
    """Ask once more, then dissolve; roles for that network end with it."""
    db = situation.db
    network = await db.read(networks.find, callback_data.network)
    if network is None:
        await show(press, screens.gone())
        return
    if not callback_data.sure:
        sure = RemoveNetwork(network=network.id, sure=True)
        keep = NetworkCard(network=network.id)
        rows_shown = [[button(words.REMOVE_YES, sure)], [button(words.KEEP, keep)]]
        await show(press, Screen(words.sure_to_remove(network), keyboard(*rows_shown)))
        return
    await db.write(networks.remove, network.id, by=situation.by)
    await show(press, Screen(words.REMOVED, keyboard(screens.to_list())))
