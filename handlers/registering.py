"""/register: the list of people a coordinator expects, their personal links, and who has come."""

import asyncio
import base64
import hashlib
import hmac
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from aiogram import F, Router
from aiogram.enums import ChatAction
from aiogram.filters import Command, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    FSInputFile,
    InlineKeyboardButton,
    Message,
)

from bot.callbacks import Go, Place
from bot.command_menu import set_personal_commands
from bot.filters import May
from bot.keyboards import arrows, button, keyboard, to_menu
from bot.people import slips
from bot.people.register_callbacks import (
    ConfirmRegister,
    Organisations,
    RegisterDoubt,
    RegisterLinks,
    RegisterPage,
    RegisterSlips,
    SettleDoubt,
    UploadRegister,
)
from bot.people.register_file import Loader, read_register
from bot.rights import Action, invitable, scopes_for
from bot.screens import Screen, edit, send, show
from bot.settings import Settings
from bot.situation import Situation
from bot.texts import organisations
from bot.texts import register as words
from bot.texts import roadmap as roadmap_words
from handlers.joining import PREFIX
from reports.tables import Sheet, write
from roadmap.refusals import Refused
from storage.people import networks, people, register, roster
from storage.people.people import Role
from storage.people.register import Row
from storage.scopes import Scope, covered, municipalities_in

router = Router(name="registering")
MAY = May(Action.LOAD_REGISTER)
Scopes = tuple[Scope, ...]

VALID = timedelta(days=30)


class Registering(StatesGroup):
    """The table is awaited."""

    file = State()


@router.message(Command("register"), MAY)
@router.callback_query(Go.filter(F.to == Place.REGISTER), MAY)
async def show_overview(
    event: Message | CallbackQuery, situation: Situation, scopes: Scopes
) -> None:
    """How many are expected, how many have come."""
    await show(event, await _overview(situation, scopes))


@router.callback_query(UploadRegister.filter(), MAY)
async def ask_file(press: CallbackQuery, situation: Situation) -> None:
    """The table comes next."""
    await situation.state.set_state(Registering.file)
    await show(press, Screen(words.SEND, keyboard(_back())))


@router.message(StateFilter(Registering.file), F.document, MAY)
async def take_file(message: Message, situation: Situation, scopes: Scopes) -> None:
    """Read it, say what loading would do and every fault."""
    document = message.document
    assert document is not None  # noqa: S101 - F.document
    shown = await show(message, Screen(words.READING))
    content = await situation.bot.download(document.file_id)
    data = b"" if content is None else content.read()
    try:
        found = await asyncio.to_thread(read_register, data, await _loader(situation, scopes))
    except Refused as refusal:
        text = f"{roadmap_words.refusal(refusal)}\n\n{words.NO_FILE}"
        await _replace(situation, shown, Screen(text, keyboard(_back())))
        return
    counts = await situation.db.read(register.compare, found.entries)
    buttons = []
    if found.entries:
        key = f"{message.chat.id}:{message.message_id}"
        number = await situation.db.write(
            register.draft, found.entries, situation.by, source_key=key
        )
        await situation.state.clear()
        buttons = [
            button(words.CONFIRM, ConfirmRegister(draft=number, load=True)),
            button(words.DROP, ConfirmRegister(draft=number, load=False)),
        ]
    await _replace(
        situation, shown, Screen(words.understood(found, counts), keyboard(buttons, _back()))
    )


@router.message(StateFilter(Registering.file), MAY)
async def no_file(message: Message) -> None:
    """Something else than a file."""
    await show(message, Screen(words.NO_FILE, keyboard(_back())))


@router.callback_query(ConfirmRegister.filter(), MAY)
async def confirm(
    press: CallbackQuery, callback_data: ConfirmRegister, situation: Situation, scopes: Scopes
) -> None:
    """Load it or forget it; what it may not touch any more is not loaded."""
    db, owner = situation.db, situation.person.id
    if not callback_data.load:
        await db.write(register.drop, callback_data.draft, owner)
        await show(press, await _overview(situation, scopes, first=words.DROPPED))
        return
    entries = await db.read(register.drafted, callback_data.draft, owner)
    allowed = await situation.db.read(municipalities_in, scopes)
    if entries is None or any(
        allowed is not None and entry.municipality not in allowed for entry in entries
    ):
        await show(press, await _overview(situation, scopes, first=words.GONE))
        return
    counts = await db.write(register.load, callback_data.draft, by=situation.by)
    first = words.GONE if counts is None else words.loaded(counts)
    await show(press, await _overview(situation, scopes, first=first))


@router.callback_query(RegisterPage.filter(), MAY)
async def show_page(
    press: CallbackQuery, callback_data: RegisterPage, situation: Situation, scopes: Scopes
) -> None:
    """Who has come, or who has not."""
    joined = callback_data.joined
    found = await situation.db.read(register.page, scopes, joined=joined, number=callback_data.page)
    turn = arrows(
        lambda page: RegisterPage(joined=joined, page=page),
        page=found.number,
        last=found.pages - 1,
    )
    text = words.rows(found, joined=joined, now=situation.now, zone=situation.zone)
    await show(press, Screen(text, keyboard(turn, _back())))


@router.callback_query(RegisterLinks.filter(), MAY)
async def send_links(press: CallbackQuery, situation: Situation, scopes: Scopes) -> None:
    """Everybody's personal link, as a table to hand out."""
    issued = await _issue(situation, scopes)
    if not issued:
        await show(press, await _overview(situation, scopes, first=words.NOTHING_TO_ISSUE))
        return
    message = await show(press, Screen(words.ISSUING))
    target = BytesIO()
    sheet = Sheet(words.LINKS_SHEET, words.LINKS_HEAD, words.link_rows(issued))
    await asyncio.to_thread(write, [sheet], target)
    await situation.bot.send_document(
        situation.telegram_id,
        BufferedInputFile(target.getvalue(), filename=words.LINKS_FILE),
        caption=words.LINKS_CAPTION,
    )
    await edit(situation.bot, situation.telegram_id, message, Screen(words.ISSUED))
    await send(situation.bot, situation.telegram_id, await _overview(situation, scopes))


@router.callback_query(RegisterSlips.filter(), MAY)
async def send_slips(
    press: CallbackQuery,
    callback_data: RegisterSlips,
    situation: Situation,
    scopes: Scopes,
    settings: Settings,
) -> None:
    """A part of the slips, to print and cut."""
    issued = await _issue(situation, scopes)
    start = callback_data.part * slips.MOST
    part = issued[start : start + slips.MOST]
    if not part:
        await show(press, await _overview(situation, scopes, first=words.NOTHING_TO_ISSUE))
        return
    bot, chat = situation.bot, situation.telegram_id
    message = await show(press, Screen(words.ISSUING))
    await bot.send_chat_action(chat, ChatAction.UPLOAD_DOCUMENT)
    with tempfile.TemporaryDirectory(dir=settings.data_dir) as folder:
        target = Path(folder) / "slips.pdf"
        try:
            await slips.make(part, target)
        except slips.SlipsFailedError:
            failed = await _overview(situation, scopes, first=words.SLIPS_FAILED)
            await edit(bot, chat, message, failed)
            return
        name = f"qr-{start + 1}-{start + len(part)}.pdf"
        await bot.send_document(
            chat, FSInputFile(target, filename=name), caption=words.SLIPS_CAPTION
        )
    await edit(bot, chat, message, Screen(words.ISSUED))
    await send(bot, chat, await _overview(situation, scopes))


@router.callback_query(RegisterDoubt.filter(), MAY)
async def show_doubt(
    press: CallbackQuery, callback_data: RegisterDoubt, situation: Situation, scopes: Scopes
) -> None:
    """One row beside one person."""
    await show(press, await _doubt(situation, scopes, callback_data.place))


@router.callback_query(SettleDoubt.filter(), MAY)
async def settle_doubt(
    press: CallbackQuery, callback_data: SettleDoubt, situation: Situation, scopes: Scopes
) -> None:
    """They are one, or two; a role that the row brings must be the decider's to give."""
    db = situation.db
    waiting = {(row.id, who): row for row, who in await db.read(register.doubts, scopes)}
    row = waiting.get((callback_data.row, callback_data.person))
    given = None if row is None or not callback_data.same else row.entry.grant
    if given is not None and not await db.read(
        covered, _may_give(situation, given.role), given.scope
    ):
        await show(press, await _doubt(situation, scopes, 0, first=words.ROLE_NOT_YOURS))
        return
    await db.write(
        register.settle,
        scopes,
        callback_data.row,
        callback_data.person,
        same=callback_data.same,
        by=situation.by,
    )
    changed = await db.read(people.by_id, callback_data.person)
    if given is not None and changed is not None:
        await set_personal_commands(situation.bot, changed, situation.admin_ids)
    await show(press, await _doubt(situation, scopes, 0, first=words.SETTLED))


async def _overview(situation: Situation, scopes: Scopes, *, first: str = "") -> Screen:
    seen = await situation.db.read(register.overview, scopes)
    waiting = seen.total - seen.joined
    parts = range(-(-waiting // slips.MOST))
    made = [
        button(
            words.slips_button(
                part,
                part * slips.MOST + 1,
                min(waiting, (part + 1) * slips.MOST),
                alone=len(parts) == 1,
            ),
            RegisterSlips(part=part),
        )
        for part in parts
    ]
    listed = [button(words.JOINED, RegisterPage(joined=True))] if seen.joined else []
    if waiting:
        listed.append(button(words.AWAITED, RegisterPage(joined=False)))
    doubts = [button(words.doubts_button(seen.doubts), RegisterDoubt())] if seen.doubts else []
    return Screen(
        words.overview(seen, first=first),
        keyboard(
            doubts,
            [button(words.UPLOAD, UploadRegister())],
            [button(words.LINKS, RegisterLinks())] if waiting else [],
            *([each] for each in made[:8]),
            listed,
            [button(organisations.OPEN, Organisations())],
            to_menu(),
        ),
    )


async def _doubt(situation: Situation, scopes: Scopes, place: int, *, first: str = "") -> Screen:
    found = await situation.db.read(register.doubts, scopes)
    if not found:
        text = "\n\n".join(filter(None, (first, words.DOUBTS_NONE)))
        return Screen(text, keyboard(_back()))
    place %= len(found)
    row, who = found[place]
    someone = await situation.db.read(roster.card, scopes, who)
    if someone is None:
        return Screen(words.DOUBTS_NONE, keyboard(_back()))
    following = [button(words.NEXT, RegisterDoubt(place=place + 1))] if len(found) > 1 else []
    text = "\n\n".join(filter(None, (first, words.doubt(row, someone, place, len(found)))))
    return Screen(
        text,
        keyboard(
            [button(words.SAME, SettleDoubt(row=row.id, person=who, same=True))],
            [button(words.OTHER, SettleDoubt(row=row.id, person=who, same=False))],
            following,
            _back(),
        ),
    )


async def _issue(situation: Situation, scopes: Scopes) -> Sequence[tuple[Row, str]]:
    """(row, link) of everybody who has not come; the same link however often it is asked for."""
    token = situation.bot.token.encode()

    def code_of(row: int) -> str:
        digest = hmac.new(token, f"register:{row}".encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest[:12]).decode()

    until = situation.now + VALID
    issued = await situation.db.write(register.issue, scopes, code_of, until=until, by=situation.by)
    username = (await situation.bot.me()).username
    return [(row, f"https://t.me/{username}?start={PREFIX}{code}") for row, code in issued]


async def _loader(situation: Situation, scopes: Scopes) -> Loader:
    every = await situation.db.read(networks.every)
    return Loader(
        towns=await situation.db.read(municipalities_in, scopes),
        may_give={
            role: _may_give(situation, role)
            for role in invitable(situation.person, situation.admin_ids)
        },
        networks={network.title: str(network.id) for network in every},
        networks_members={str(network.id): network.members for network in every},
    )


def _may_give(situation: Situation, role: Role) -> Scopes:
    action = Action.INVITE_COORDINATORS if role is Role.COORDINATOR else Action.INVITE
    return scopes_for(situation.person, action, situation.admin_ids)


async def _replace(situation: Situation, message: int, screen: Screen) -> None:
    chat = situation.telegram_id
    if not await edit(situation.bot, chat, message, screen):
        await send(situation.bot, chat, screen)


def _back() -> list[InlineKeyboardButton]:
    return [button(words.BACK, Go(to=Place.REGISTER))]
