"""/invite: role → where → for how long → for how many → a link; and the list of links to end.

What is chosen travels in the buttons, so nothing is half-filled anywhere.
"""

import base64
import hashlib
import hmac
import zlib
from collections.abc import Mapping, Sequence
from datetime import timedelta

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message

from bot.callbacks import (
    Go,
    Invitations,
    Invite,
    InviteRefs,
    InviteSchools,
    Place,
)
from bot.command_menu import set_personal_commands
from bot.filters import May
from bot.keyboards import button, keyboard, pages, rows, to_menu
from bot.menu import menu
from bot.rights import Action, invitable, scopes_for
from bot.scope_keys import ref_key, scope_by_key
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import inviting as words
from handlers.deep_links import deep_link
from storage.people import invitations, networks, organisations, people, places
from storage.people.invitations import Outcome
from storage.people.people import Grant, Role
from storage.scopes import Scope, ScopeKind, covered, municipalities_in
from surveys.reference import by_key, key, municipalities

router = Router(name="inviting")

PREFIX = "inv_"
DAYS = (1, 7, 30)
USES = (1, 5, 30)
PAGE = 8


@router.message(Command("invite"), May(Action.INVITE))
@router.callback_query(Go.filter(F.to == Place.INVITE), May(Action.INVITE))
async def choose_role(event: Message | CallbackQuery, situation: Situation) -> None:
    """The roles this person may give."""
    roles = invitable(situation.person, situation.admin_ids)
    await show(
        event,
        Screen(
            words.CHOOSE_ROLE,
            keyboard(
                *rows([button(words.ROLE[role], Invite(role=role)) for role in roles], 2),
                [button(words.SHOW_OPEN, Invitations())],
                to_menu(),
            ),
        ),
    )


@router.callback_query(InviteRefs.filter(), May(Action.INVITE))
async def choose_where(
    press: CallbackQuery, callback_data: InviteRefs, situation: Situation
) -> None:
    """Which network, or which municipality, of those the inviter may give."""
    scopes = _scopes(situation, callback_data.role)
    choices = await _choices(situation, scopes, callback_data.kind)
    buttons = [
        button(label, Invite(role=callback_data.role, kind=scope.kind, ref=ref_key(scope)))
        for scope, label in choices
    ]

    def turn(page: int) -> InviteRefs:
        return InviteRefs(role=callback_data.role, kind=callback_data.kind, page=page)

    shown = pages(buttons, turn, page=callback_data.page, size=16, columns=2)
    text = words.WHERE if buttons else words.NO_NETWORKS
    back = [button(words.BACK, Invite(role=callback_data.role))]
    await show(press, Screen(text, keyboard(*shown, back)))


@router.callback_query(InviteSchools.filter(), May(Action.INVITE))
async def choose_school(
    press: CallbackQuery, callback_data: InviteSchools, situation: Situation
) -> None:
    """A municipality, then one of its organisations; whoever has organisations only sees them."""
    role, db = callback_data.role, situation.db
    scopes = _scopes(situation, role)
    towns = await db.read(municipalities_in, scopes)
    names = [name for name in municipalities() if towns is None or name in towns]
    town = by_key(names, callback_data.town)
    if names and town is None:
        text = words.WHICH_TOWN
        made = [button(name, InviteSchools(role=role, town=key(name))) for name in names]
        back = button(words.BACK, Invite(role=role))
    else:
        found = [
            one
            for one in await db.read(organisations.listed, scopes)
            if town is None or one.municipality == town
        ]
        text = words.WHERE if found else words.NO_SCHOOLS
        made = [
            button(one.name, Invite(role=role, kind=ScopeKind.ORGANISATION, ref=str(one.id)))
            for one in found
        ]
        back = button(words.BACK, InviteSchools(role=role) if names else Invite(role=role))

    def turn(page: int) -> InviteSchools:
        return callback_data.model_copy(update={"page": page})

    columns = 2 if town is None else 1
    shown = pages(made, turn, page=callback_data.page, size=16, columns=columns)
    await show(press, Screen(text, keyboard(*shown, [back])))


@router.callback_query(Invite.filter(), May(Action.INVITE))
async def go_on(press: CallbackQuery, callback_data: Invite, situation: Situation) -> None:
    """Ask for what is still open; with everything chosen, make the link."""
    chosen = callback_data
    scopes = _scopes(situation, chosen.role)
    if chosen.role not in invitable(situation.person, situation.admin_ids):
        await show(press, Screen(words.NOT_YOURS, keyboard(to_menu())))
        return
    if chosen.kind is None:
        await show(press, _where(chosen.role, scopes))
        return
    scope = scope_by_key(chosen.kind, chosen.ref)
    titles = await situation.db.read(places.titles)
    if (
        scope is None
        or not _exists(scope, titles)
        or not await situation.db.read(covered, scopes, scope)
    ):
        await show(press, Screen(words.NOT_YOURS, keyboard(to_menu())))
        return
    said = words.so_far(Grant(chosen.role, scope), titles)
    if chosen.days not in DAYS:
        options = [
            button(words.days(days), chosen.model_copy(update={"days": days})) for days in DAYS
        ]
        back = button(words.BACK, Invite(role=chosen.role))
        await show(press, Screen(f"{said}\n\n{words.HOW_LONG}", keyboard(options, [back])))
    elif chosen.uses not in USES:
        nonce = f"{zlib.crc32(press.id.encode()):08x}"
        options = [
            button(words.uses(uses), chosen.model_copy(update={"uses": uses, "nonce": nonce}))
            for uses in USES
        ]
        back = button(words.BACK, chosen.model_copy(update={"days": 0}))
        await show(press, Screen(f"{said}\n\n{words.HOW_MANY}", keyboard(options, [back])))
    else:
        await _make(press, chosen, situation, Grant(chosen.role, scope))


@deep_link(PREFIX)
async def accept(code: str, situation: Situation) -> Screen:
    """Somebody followed an invitation: give the role, or say kindly why not."""
    db = situation.db
    outcome, given = await db.write(invitations.use, code, situation.person.id, now=situation.now)
    if outcome is Outcome.GRANTED:
        person = await db.read(people.by_id, situation.person.id) or situation.person
        await set_personal_commands(situation.bot, person, situation.admin_ids)
        situation = situation.with_person(person)
    titles = await db.read(places.titles)
    first = words.accepted(outcome, given, titles)
    return menu(situation.person, situation.admin_ids, first=first)


def _scopes(situation: Situation, role: Role) -> tuple[Scope, ...]:
    action = Action.INVITE_COORDINATORS if role is Role.COORDINATOR else Action.INVITE
    return scopes_for(situation.person, action, situation.admin_ids)


def _exists(scope: Scope, titles: Mapping[str, str]) -> bool:
    match scope.kind:
        case ScopeKind.NETWORK:
            return scope.ref in titles
        case ScopeKind.ORGANISATION:
            return places.organisation_key(scope.ref) in titles
        case _:
            return True


def _where(role: Role, scopes: Sequence[Scope]) -> Screen:
    """How wide: only what lies within the inviter's own scopes is offered."""
    shown: list[list[InlineKeyboardButton]] = []
    if any(scope.kind is ScopeKind.REGION for scope in scopes):
        shown.append([button(words.REGION, Invite(role=role, kind=ScopeKind.REGION))])
    kinds = {scope.kind for scope in scopes}
    if kinds & {ScopeKind.REGION, ScopeKind.NETWORK}:
        shown.append([button(words.NETWORK, InviteRefs(role=role, kind=ScopeKind.NETWORK))])
    if kinds - {ScopeKind.ORGANISATION}:
        town = InviteRefs(role=role, kind=ScopeKind.MUNICIPALITY)
        shown.append([button(words.MUNICIPALITY, town)])
    shown.append([button(words.ORGANISATION, InviteSchools(role=role))])
    back = [button(words.BACK, Go(to=Place.INVITE))]
    return Screen(words.how_wide(role), keyboard(*shown, back))


async def _choices(
    situation: Situation, scopes: Sequence[Scope], kind: ScopeKind
) -> list[tuple[Scope, str]]:
    titles = await situation.db.read(networks.titles)
    if kind is ScopeKind.NETWORK:
        wanted = [Scope(kind, ref) for ref in sorted(titles, key=lambda ref: titles[ref])]
    else:
        allowed = await situation.db.read(municipalities_in, scopes)
        names = [name for name in municipalities() if allowed is None or name in allowed]
        wanted = [Scope(ScopeKind.MUNICIPALITY, name) for name in names]
    return [
        (scope, titles.get(scope.ref, scope.ref))
        for scope in wanted
        if await situation.db.read(covered, scopes, scope)
    ]


async def _make(press: CallbackQuery, chosen: Invite, situation: Situation, grant: Grant) -> None:
    code = _code(situation.bot, press.from_user.id, chosen)
    expires = situation.now + timedelta(days=chosen.days)
    await situation.db.write(
        invitations.create,
        code,
        grant,
        created_by=situation.person.id,
        now=situation.now,
        expires_at=expires,
        uses=chosen.uses,
    )
    titles = await situation.db.read(places.titles)
    username = (await situation.bot.me()).username
    text = words.made(
        grant,
        titles,
        link=f"https://t.me/{username}?start={PREFIX}{code}",
        uses=chosen.uses,
        until=words.until(expires, situation.now, situation.zone),
    )
    await show(press, Screen(text, keyboard([button(words.MORE, Go(to=Place.INVITE))], to_menu())))


def _code(bot: Bot, telegram_id: int, chosen: Invite) -> str:
    """96 bits nobody can guess, the same however often this very button is pressed or replayed."""
    seed = f"invitation:{telegram_id}:{chosen.pack()}".encode()
    digest = hmac.new(bot.token.encode(), seed, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:12]).decode()
