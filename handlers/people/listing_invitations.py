"""The invitations that can still be used, within one's scope; each can be ended."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.callbacks import Go, InvitationCard, Invitations, Place
from bot.filters import May
from bot.keyboards import arrows, button, keyboard, rows
from bot.rights import Action, invitable
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import inviting as words
from storage.people import invitations, places
from storage.people.people import Role
from storage.scopes import Scope

router = Router(name="listing_invitations")

PAGE = 8


@router.callback_query(Invitations.filter(), May(Action.INVITE))
async def list_invitations(
    press: CallbackQuery,
    callback_data: Invitations,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """Those that can still be used, within one's scope."""
    await show(press, await _list(situation, scopes, callback_data.page))


@router.callback_query(InvitationCard.filter(), May(Action.INVITE))
async def show_invitation(
    press: CallbackQuery,
    callback_data: InvitationCard,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """One invitation, or its end."""
    db = situation.db
    number = callback_data.invitation
    if callback_data.revoke:
        ended = await db.write(
            invitations.revoke,
            number,
            scopes,
            _roles(situation),
            now=situation.now,
            by=situation.by,
        )
        first = words.REVOKED if ended else words.NOT_OPEN
        await show(press, await _list(situation, scopes, 0, first=first))
        return
    visible = await db.read(invitations.visible, scopes, _roles(situation))
    found = [one for one in visible if one.id == number]
    if not found or not found[0].open(situation.now):
        await show(press, await _list(situation, scopes, 0, first=words.NOT_OPEN))
        return
    titles = await db.read(places.titles)
    await show(
        press,
        Screen(
            words.card(found[0], titles, situation.now, situation.zone),
            keyboard(
                [button(words.REVOKE, InvitationCard(invitation=number, revoke=True))],
                [button(words.TO_LIST, Invitations())],
            ),
        ),
    )


async def _list(
    situation: Situation, scopes: tuple[Scope, ...], page: int, *, first: str = ""
) -> Screen:
    every = await situation.db.read(invitations.visible, scopes, _roles(situation))
    found = [one for one in every if one.open(situation.now)]
    titles = await situation.db.read(places.titles)
    last = max(0, (len(found) - 1) // PAGE)
    page = min(page, last)
    buttons = [
        button(words.line(one, titles), InvitationCard(invitation=one.id))
        for one in found[page * PAGE : (page + 1) * PAGE]
    ]
    return Screen(
        words.open_invitations(len(found), first=first),
        keyboard(
            *rows(buttons),
            arrows(lambda number: Invitations(page=number), page=page, last=last),
            [button(words.BACK, Go(to=Place.INVITE))],
        ),
    )


def _roles(situation: Situation) -> tuple[Role, ...]:
    return invitable(situation.person, situation.admin_ids)
