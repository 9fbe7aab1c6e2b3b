"""Screens of networks: the list, one with its members, who may lead it."""

from collections.abc import Sequence

from bot.callbacks import (
    Go,
    NetworkCard,
    NetworkLeaders,
    NetworkList,
    NetworkMembers,
    NetworkPeriod,
    NetworkTable,
    NewNetwork,
    Place,
    RemoveNetwork,
    RenameNetwork,
    SetLeader,
    SetMember,
    UploadNetworks,
)
from bot.keyboards import Row, button, keyboard, pages, rows, to_menu
from bot.screens import Screen
from bot.situation import Situation
from bot.texts import networks as words
from storage.people.networks import Network, NetworkKind
from surveys.reference import key, municipalities

SIZE = 10
BEING_MADE = 0
"""Stands for the id of the network that has a title and no leader yet."""


def listing(every: Sequence[Network], page: int) -> Screen:
    """All networks, a new one, and the table of them."""
    buttons = [button(one.title, NetworkCard(network=one.id)) for one in every]
    kinds = [button(words.new(kind), NewNetwork(kind=kind)) for kind in NetworkKind]
    table = [button(words.TABLE, NetworkTable()), button(words.UPLOAD, UploadNetworks())]
    shown = pages(buttons, lambda to: NetworkList(page=to), page=page, size=SIZE)
    return Screen(words.listed(len(every)), keyboard(*shown, *rows(kinds, 3), table, to_menu()))


def card(network: Network, situation: Situation) -> Screen:
    """One network, and what can be changed."""
    number = network.id
    return Screen(
        words.card(network, situation.local.date()),
        keyboard(
            [button(words.MEMBERS, NetworkMembers(network=number))],
            [button(words.LEADER, NetworkLeaders(network=number))],
            [button(words.PERIOD, NetworkPeriod(network=number))],
            [button(words.RENAME, RenameNetwork(network=number))],
            [button(words.REMOVE, RemoveNetwork(network=number, sure=False))],
            to_list(),
        ),
    )


def members(network: Network, page: int, situation: Situation) -> Screen:
    """Every municipality but the leader, those who are in ticked."""
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
    shown_card = words.card(network, situation.local.date())
    return Screen(shown_card, keyboard(*shown, to_card(network.id)))


def leaders(network: int, page: int) -> Screen:
    """Every municipality, to choose who leads; `network` may be `BEING_MADE`."""
    buttons = [button(name, SetLeader(network=network, ref=key(name))) for name in municipalities()]

    def turn(number: int) -> NetworkLeaders:
        return NetworkLeaders(network=network, page=number)

    shown = pages(buttons, turn, page=page, size=16, columns=2)
    return Screen(words.ASK_LEADER, keyboard(*shown, to_list()))


def to_card(network: int) -> Row:
    """The way back to one."""
    return [button(words.DONE, NetworkCard(network=network))]


def to_list() -> Row:
    """The way back to all."""
    return [button(words.TO_LIST, Go(to=Place.NETWORKS))]


def gone() -> Screen:
    """It was dissolved."""
    return Screen(words.GONE, keyboard(to_list()))
