"""/register: the list of people a coordinator expects, their personal links, and who has come."""

import asyncio

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import (
    CallbackQuery,
    Message,
)

from bot.callbacks import Go, Place
from bot.filters import May
from bot.keyboards import arrows, button, keyboard
from bot.people import register_screens as screens
from bot.people.register_callbacks import (
    ConfirmRegister,
    RegisterPage,
    UploadRegister,
)
from bot.people.register_file import Loader, read_register
from bot.rights import Action, invitable, may_give
from bot.screens import Screen, replace, show
from bot.situation import Situation
from bot.texts import register as words
from bot.texts import roadmap as roadmap_words
from roadmap.refusals import Refused
from storage.people import networks, register, register_loading
from storage.scopes import Scope, municipalities_in

router = Router(name="registering")
MAY = May(Action.LOAD_REGISTER)
Scopes = tuple[Scope, ...]


class Registering(StatesGroup):
    """The table is awaited."""

    file = State()


@router.message(Command("register"), MAY)
@router.callback_query(Go.filter(F.to == Place.REGISTER), MAY)
async def show_overview(
    event: Message | CallbackQuery, situation: Situation, scopes: Scopes
) -> None:
    """How many are expected, how many have come."""
    await show(event, await screens.overview(situation, scopes))


@router.callback_query(UploadRegister.filter(), MAY)
async def ask_file(press: CallbackQuery, situation: Situation) -> None:
    """The table comes next."""
    await situation.state.set_state(Registering.file)
    await show(press, Screen(words.SEND, keyboard(screens.back())))


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
        await replace(
            situation.bot, situation.telegram_id, shown, Screen(text, keyboard(screens.back()))
        )
        return
    counts = await situation.db.read(register_loading.compare, found.entries)
    buttons = []
    if found.entries:
        key = f"{message.chat.id}:{message.message_id}"
        number = await situation.db.write(
            register_loading.draft, found.entries, situation.by, source_key=key
        )
        await situation.state.clear()
        buttons = [
            button(words.CONFIRM, ConfirmRegister(draft=number, load=True)),
            button(words.DROP, ConfirmRegister(draft=number, load=False)),
        ]
    await replace(
        situation.bot,
        situation.telegram_id,
        shown,
        Screen(words.understood(found, counts), keyboard(buttons, screens.back())),
    )


@router.message(StateFilter(Registering.file), MAY)
async def no_file(message: Message) -> None:
    """Something else than a file."""
    await show(message, Screen(words.NO_FILE, keyboard(screens.back())))


@router.callback_query(ConfirmRegister.filter(), MAY)
async def confirm(
    press: CallbackQuery, callback_data: ConfirmRegister, situation: Situation, scopes: Scopes
) -> None:
    """Load it or forget it; what it may not touch any more is not loaded."""
    db, owner = situation.db, situation.person.id
    if not callback_data.load:
        await db.write(register_loading.drop, callback_data.draft, owner)
        await show(press, await screens.overview(situation, scopes, first=words.DROPPED))
        return
    entries = await db.read(register_loading.drafted, callback_data.draft, owner)
    allowed = await situation.db.read(municipalities_in, scopes)
    if entries is None or any(
        allowed is not None and entry.municipality not in allowed for entry in entries
    ):
        await show(press, await screens.overview(situation, scopes, first=words.GONE))
        return
    counts = await db.write(register_loading.load, callback_data.draft, by=situation.by)
    first = words.GONE if counts is None else words.loaded(counts)
    await show(press, await screens.overview(situation, scopes, first=first))


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
    await show(press, Screen(text, keyboard(turn, screens.back())))


async def _loader(situation: Situation, scopes: Scopes) -> Loader:
    every = await situation.db.read(networks.every)
    return Loader(
        towns=await situation.db.read(municipalities_in, scopes),
        may_give={
            role: may_give(situation.person, role, situation.admin_ids)
            for role in invitable(situation.person, situation.admin_ids)
        },
        networks={network.title: str(network.id) for network in every},
        networks_members={str(network.id): network.members for network in every},
    )
