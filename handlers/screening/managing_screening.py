"""Coordinators prepare a screening: whom to turn to, headcounts, a licensed wording.

Opening, following and closing are those of every campaign (handlers/campaigns);
nothing anywhere leads a member of staff to somebody's answers or result.
"""

import io
from pathlib import PurePath

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot import search
from bot.campaigns.callbacks import Campaigns, PickForm
from bot.filters import May
from bot.keyboards import Row, arrows, button, keyboard
from bot.rights import Action, scopes_for
from bot.screening.callbacks import (
    AskFor,
    ClearContacts,
    ClearHelpline,
    Desk,
    Home,
    PreviewWording,
    UseWording,
    Wanted,
)
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import screening_staff as words
from storage.audit import By
from storage.scopes import Scope, municipalities_in
from storage.screening import setup as screening_setup
from storage.screening import wordings as screening_wordings
from surveys.boyko_form import FORM
from surveys.boyko_words import Wording, load_wording
from surveys.boyko_words import wording as made_wording
from surveys.reference import municipalities
from surveys.screening_sheets import LARGEST, SheetRefusedError, read_headcounts, read_wording

router = Router(name="managing-screening")
MAY = May(Action.RUN_SCREENING)
MAY_WORDING = May(Action.LOAD_WORDING)
KEPT, EDITION = "statements", "edition"
PAGE = 21
"""Statements on a page of the preview: four pages, each below 3 000 characters."""

Scopes = tuple[Scope, ...]


class Managing(StatesGroup):
    """A file or words are waited for."""

    contacts = State()
    heads = State()
    helpline = State()
    wording = State()


@router.callback_query(Desk.filter(), MAY)
async def show_desk(press: CallbackQuery, situation: Situation, scopes: Scopes) -> None:
    """How it stands, and what can be done."""
    await show(press, await _desk(situation, scopes))


@router.callback_query(AskFor.filter(F.what == Wanted.CONTACTS), MAY)
async def ask_contacts(press: CallbackQuery, situation: Situation) -> None:
    """Wait for the words."""
    await situation.state.set_state(Managing.contacts)
    clear = [button(words.CLEAR, ClearContacts())]
    await show(press, Screen(words.ASK_CONTACTS, keyboard(clear, _to_desk())))


@router.callback_query(AskFor.filter(F.what == Wanted.HEADS), MAY)
async def ask_heads(press: CallbackQuery, situation: Situation) -> None:
    """Wait for the spreadsheet of headcounts."""
    await situation.state.set_state(Managing.heads)
    await show(press, Screen(words.ASK_HEADS, keyboard(_to_desk())))


@router.callback_query(AskFor.filter(F.what == Wanted.WORDING), MAY_WORDING)
async def ask_wording(press: CallbackQuery, situation: Situation) -> None:
    """Wait for the spreadsheet of statements; or go back to the project's own."""
    await situation.state.set_state(Managing.wording)
    edition = await situation.db.read(screening_wordings.current)
    own = [] if edition.own_words else [button(words.USE_OWN, UseWording(own=True))]
    await show(press, Screen(words.ASK_WORDING, keyboard(own, _to_desk())))


@router.callback_query(AskFor.filter(F.what == Wanted.HELPLINE), MAY_WORDING)
async def ask_helpline(press: CallbackQuery, situation: Situation) -> None:
    """Wait for the words below everybody's result; they are shown first as they are."""
    await situation.state.set_state(Managing.helpline)
    said = await situation.db.read(screening_setup.helpline)
    back = [button(words.SHIPPED_HELPLINE, ClearHelpline())] if said else []
    await show(press, Screen(words.ask_helpline(said), keyboard(back, _to_desk())))


@router.message(StateFilter(Managing.helpline), F.text, ~F.text.startswith("/"), MAY_WORDING)
async def take_helpline(message: Message, situation: Situation, scopes: Scopes) -> None:
    """The helpline for the whole region."""
    said = (message.text or "").strip()
    if len(said) > words.CONTACTS_LIMIT:
        await show(message, Screen(words.CONTACTS_TOO_LONG, keyboard(_to_desk())))
        return
    await _set_helpline(message, situation, scopes, said)


@router.callback_query(ClearHelpline.filter(), MAY_WORDING)
async def clear_helpline(press: CallbackQuery, situation: Situation, scopes: Scopes) -> None:
    """The shipped words again."""
    await _set_helpline(press, situation, scopes, "")


async def _set_helpline(
    event: Message | CallbackQuery, situation: Situation, scopes: Scopes, said: str
) -> None:
    by = By(situation.person.id, situation.now)
    await situation.db.write(screening_setup.set_helpline, said, by=by)
    await situation.state.clear()
    await show(event, await _desk(situation, scopes, words.HELPLINE_SET))


@router.message(StateFilter(Managing.contacts), F.text, ~F.text.startswith("/"), MAY)
async def take_contacts(message: Message, situation: Situation, scopes: Scopes) -> None:
    """Whom to turn to, for the coordinator's own territories."""
    said = (message.text or "").strip()
    if len(said) > words.CONTACTS_LIMIT:
        await show(message, Screen(words.CONTACTS_TOO_LONG, keyboard(_to_desk())))
        return
    by = By(situation.person.id, situation.now)
    for scope in scopes:
        await situation.db.write(screening_setup.set_contacts, scope, said, by=by)
    await situation.state.clear()
    await show(message, await _desk(situation, scopes, words.CONTACTS_SET))


@router.callback_query(ClearContacts.filter(), MAY)
async def clear_contacts(press: CallbackQuery, situation: Situation, scopes: Scopes) -> None:
    """Nobody is named any more."""
    by = By(situation.person.id, situation.now)
    for scope in scopes:
        await situation.db.write(screening_setup.set_contacts, scope, "", by=by)
    await situation.state.clear()
    await show(press, await _desk(situation, scopes, words.CONTACTS_CLEARED))


@router.message(StateFilter(Managing.heads), F.document, MAY)
async def take_heads(message: Message, situation: Situation, scopes: Scopes) -> None:
    """The headcounts of a spreadsheet, or all its faults."""
    content = await _content(message, situation)
    allowed = await situation.db.read(municipalities_in, scopes)
    try:
        found = read_headcounts(content, _municipality, search.sound, allowed)
    except SheetRefusedError as refusal:
        await show(message, Screen(words.refused(refusal.faults), keyboard(_to_desk())))
        return
    count = await situation.db.write(
        screening_setup.set_headcounts,
        found,
        scopes,
        by=By(situation.person.id, situation.now),
    )
    await situation.state.clear()
    await show(message, await _desk(situation, scopes, words.heads_set(count)))


@router.message(StateFilter(Managing.wording), F.document, MAY_WORDING)
async def take_wording(message: Message, situation: Situation) -> None:
    """The statements of a spreadsheet to look at, or all its faults."""
    name = message.document.file_name if message.document else None
    content = await _content(message, situation)
    try:
        loaded = read_wording(content, PurePath(name or "").stem[:60] or FORM)
    except SheetRefusedError as refusal:
        await show(message, Screen(words.refused(refusal.faults), keyboard(_to_desk())))
        return
    await situation.state.update_data({KEPT: list(loaded.statements), EDITION: loaded.edition})
    await show(message, _preview(loaded, 0))


@router.message(StateFilter(Managing.heads, Managing.wording), ~F.text.startswith("/"), MAY)
async def no_file(message: Message) -> None:
    """Something else than a file."""
    await show(message, Screen(words.SEND_FILE, keyboard(_to_desk())))


@router.callback_query(PreviewWording.filter(), MAY_WORDING)
async def preview(
    press: CallbackQuery, callback_data: PreviewWording, situation: Situation
) -> None:
    """Another page of what was loaded."""
    loaded = await _loaded(situation)
    if loaded is None:
        await show(press, Screen(words.STALE, keyboard(_to_desk())))
        return
    await show(press, _preview(loaded, callback_data.page))


@router.callback_query(UseWording.filter(), MAY_WORDING)
async def use(
    press: CallbackQuery, callback_data: UseWording, situation: Situation, scopes: Scopes
) -> None:
    """Ask these from now on; pressed again, the same edition stands."""
    loaded = load_wording() if callback_data.own else await _loaded(situation)
    if loaded is None:
        await show(press, Screen(words.STALE, keyboard(_to_desk())))
        return
    await situation.db.write(
        screening_wordings.activate, loaded, author=situation.person.id, now=situation.now
    )
    await situation.state.set_state(None)
    await show(press, await _desk(situation, scopes, words.wording_used(loaded.edition)))


async def _desk(situation: Situation, scopes: Scopes, note: str = "") -> Screen:
    db = situation.db
    edition = await db.read(screening_wordings.current)
    allowed = await situation.db.read(municipalities_in, scopes)
    heads = await db.read(screening_setup.headcounts)
    own = [place for place, _ in heads if allowed is None or place in allowed]
    contacts = [await db.read(screening_setup.contacts_set, scope) for scope in scopes]
    said = words.desk(
        edition.name,
        own=edition.own_words,
        heads=len(own),
        contacts="\n".join(dict.fromkeys(filter(None, contacts))),
    )
    may_wording = scopes_for(situation.person, Action.LOAD_WORDING, situation.admin_ids)
    return Screen(
        f"{note}\n\n{said}" if note else said,
        keyboard(
            [button(words.OPEN, PickForm(form=FORM))],
            [button(words.FOLLOW, Campaigns())],
            [button(words.CONTACTS, AskFor(what=Wanted.CONTACTS))],
            [button(words.HEADS, AskFor(what=Wanted.HEADS))],
            [
                button(words.WORDING, AskFor(what=Wanted.WORDING)),
                button(words.HELPLINE, AskFor(what=Wanted.HELPLINE)),
            ]
            if may_wording
            else [],
            [button(words.TO_DESK, Home())],
        ),
    )


def _preview(loaded: Wording, page: int) -> Screen:
    last = (len(loaded.statements) - 1) // PAGE
    page = min(page, last)
    numbered = list(enumerate(loaded.statements, 1))[page * PAGE : (page + 1) * PAGE]
    return Screen(
        words.preview(loaded.edition, numbered),
        keyboard(
            arrows(lambda to: PreviewWording(page=to), page=page, last=last),
            [button(words.USE, UseWording())],
            _to_desk(),
        ),
    )


async def _loaded(situation: Situation) -> Wording | None:
    kept = await situation.state.get_data()
    if KEPT not in kept:
        return None
    return made_wording(kept[EDITION], kept[EDITION], dict(enumerate(kept[KEPT], 1)))


async def _content(message: Message, situation: Situation) -> bytes:
    """The file's bytes; of a file that is too large nothing, which the reader refuses."""
    document = message.document
    if document is None or (document.file_size or 0) > LARGEST:
        return b""
    target = io.BytesIO()
    await situation.bot.download(document, destination=target)
    return target.getvalue()


def _municipality(said: str) -> str | None:
    """The region's name of it; None where it is not certain which is meant."""
    return search.municipality(said, municipalities()).sure if said else None


def _to_desk() -> Row:
    return [button(words.TO_DESK, Desk())]
