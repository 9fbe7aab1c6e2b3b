"""A coordinator makes a task, step by step, and gives it out.

What is said waits in the person's dialog. Title, text and deadline are asked first; after that the
screen with everything is the centre, and each of its buttons asks for one thing again.
"""

import secrets

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.filters import May
from bot.kept import Kept
from bot.keyboards import button, keyboard
from bot.rights import Action
from bot.scope_keys import ref_key
from bot.screens import Screen, show
from bot.situation import Situation
from bot.tasks import desk_screens, typed
from bot.tasks import draft as task_draft
from bot.tasks import form as task_form
from bot.tasks.desk_callbacks import DeskCard, GiveOut, Make, MakeAsk, MakePut, NewTask
from bot.tasks.draft import Draft
from bot.tasks.group_callbacks import NewStage, Programme
from bot.texts import groups as group_words
from bot.texts import task_desk as desk_words
from bot.texts import task_form as words
from storage.scopes import Scope, covered
from storage.tasks import groups as trainee_groups
from storage.tasks import making, of_events, programmes, tasks
from storage.tasks import reports as task_reports

router = Router(name="giving-out")
MAY = May(Action.SET_TASKS)
KEPT = Kept("new-task", Draft)


class GivingOut(StatesGroup):
    """Steps that take what is typed or sent."""

    title = State()
    body = State()
    due = State()
    opens = State()
    criteria = State()
    files = State()


TYPED = {
    Make.TITLE: GivingOut.title,
    Make.BODY: GivingOut.body,
    Make.DUE: GivingOut.due,
    Make.OPENS: GivingOut.opens,
    Make.CRITERIA: GivingOut.criteria,
    Make.FILES: GivingOut.files,
}
TICKS = {Make.ACCEPTS, Make.TYPES, Make.PLACES}


@router.callback_query(NewTask.filter(), MAY)
async def begin(press: CallbackQuery, situation: Situation, scopes: tuple[Scope, ...]) -> None:
    """A new draft; whoever has one territory is not asked for it."""
    draft = Draft(key=secrets.token_hex(8))
    if len(scopes) == 1:
        draft = _within(draft, scopes[0])
    await _go(press, situation, draft, Make.TITLE, scopes)


@router.callback_query(NewStage.filter(), MAY)
async def begin_stage(
    press: CallbackQuery, callback_data: NewStage, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """A new draft that becomes the last stage of a group's programme."""
    group = await situation.db.read(trainee_groups.find, callback_data.group, scopes)
    if group is None:
        await show(press, _stale())
        return
    first = not await situation.db.read(programmes.stages, group.id)
    draft = _within(Draft(key=secrets.token_hex(8)), group.scope)
    stage = {"group": group.id, "programme": True, "after_previous": not first}
    await _go(press, situation, draft.model_copy(update=stage), Make.TITLE, scopes)


@router.callback_query(MakeAsk.filter(), MAY, KEPT)
async def ask(
    press: CallbackQuery,
    callback_data: MakeAsk,
    draft: Draft,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """Ask for one thing, or show all."""
    await _go(press, situation, draft, callback_data.ask, scopes, page=callback_data.page)


@router.callback_query(MakePut.filter(), MAY, KEPT)
async def put(
    press: CallbackQuery,
    callback_data: MakePut,
    draft: Draft,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """One thing is said by a button."""
    what, value = callback_data.ask, callback_data.value
    if what is Make.SCOPE:
        chosen = [one for one in scopes if f"{one.kind.value[0]}{ref_key(one)}" == value]
        following = Make.TITLE if not draft.title else Make.HUB
        draft = _within(draft, chosen[0]) if chosen else draft
        await _go(press, situation, draft, following, scopes)
        return
    if what is Make.GROUP and value.isdigit():
        group = await situation.db.read(trainee_groups.find, int(value), scopes)
        value = task_draft.NONE if group is None else value
    if what is Make.EVENT and value.isdigit():
        own = () if draft.scope is None else (draft.scope,)
        gathering = await situation.db.read(of_events.find, int(value), own)
        value = task_draft.NONE if gathering is None else value
    draft = task_draft.put(draft, what, value, on=callback_data.on, now=situation.local)
    following = what if what in TICKS else _after(draft)
    if what is Make.GROUP and draft.group is not None:
        following = Make.STAGE
    await _go(press, situation, draft, following, scopes, page=callback_data.page)


@router.message(StateFilter(GivingOut.files), ~F.text.startswith("/"), MAY, KEPT)
async def take_file(
    message: Message, draft: Draft, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """A file that goes with the task; the same one twice is one."""
    file = typed.template_of(message)
    if file is None:
        await _go(message, situation, draft, Make.FILES, scopes, note=words.NOT_A_FILE)
    elif len(draft.templates) >= task_draft.MOST_FILES:
        await _go(message, situation, draft, Make.HUB, scopes, note=words.TOO_MANY_FILES)
    else:
        others = tuple(one for one in draft.templates if one.file_unique_id != file.file_unique_id)
        draft = draft.model_copy(update={"templates": (*others, file)})
        await _go(message, situation, draft, Make.FILES, scopes, note=words.files(draft.templates))


@router.message(StateFilter(GivingOut), F.text, ~F.text.startswith("/"), MAY, KEPT)
async def take_typed(
    message: Message, draft: Draft, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """One thing is typed."""
    state = await situation.state.get_state()
    what = next((make for make, known in TYPED.items() if known.state == state), Make.HUB)
    change, fault = typed.read(draft, what, message.text or "", situation.local)
    if fault:
        await _go(message, situation, draft, what, scopes, note=fault)
        return
    draft = draft.model_copy(update=change)
    await _go(message, situation, draft, _after(draft, just=what), scopes)


@router.message(StateFilter(GivingOut), F.text, ~F.text.startswith("/"), MAY)
@router.callback_query(MakeAsk.filter(), MAY)
@router.callback_query(MakePut.filter(), MAY)
async def say_it_is_over(event: Message | CallbackQuery) -> None:
    """The task is given out already, or given up."""
    await show(event, _stale())


@router.callback_query(GiveOut.filter(), MAY)
async def give_out(
    press: CallbackQuery, callback_data: GiveOut, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Give it out as shown; pressed again, show what was given out."""
    db, now = situation.db, situation.now
    draft = await KEPT.find(situation)
    number = await db.read(making.made_by, callback_data.key)
    if number is None and draft is not None and draft.key == callback_data.key:
        scope = draft.scope
        if scope is None or not await db.read(covered, scopes, scope):
            await show(press, _stale())
            return
        if not draft.title or not draft.body:
            await _go(press, situation, draft, _after(draft), scopes)
            return
        opens = max(draft.opens or now, now)
        if draft.due is not None and draft.due <= opens:
            await _go(press, situation, draft, Make.DUE, scopes, note=words.BEFORE_OPENING)
            return
        number = await db.write(
            making.create,
            task_draft.new_task(draft, scope, now),
            author=situation.person.id,
            now=now,
            request_key=draft.key,
            by=situation.by,
        )
        await situation.state.clear()
    task = None if number is None else await db.read(tasks.find_for_staff, number, scopes)
    if task is None:
        await show(press, _stale())
        return
    asked = await db.read(task_reports.rows, task, scopes, now=now)
    to_card = [button(desk_words.TO_CARD, DeskCard(task=task.id))]
    text = words.given_out(task.title, len(asked))
    on = []
    if task.stage is not None and task.group_id is not None:
        on = [button(group_words.TO_PROGRAMME, Programme(group=task.group_id))]
    await show(press, Screen(text, keyboard(to_card, on, desk_screens.to_desk())))


async def _go(
    event: CallbackQuery | Message,
    situation: Situation,
    draft: Draft,
    to: Make,
    scopes: tuple[Scope, ...],
    *,
    page: int = 0,
    note: str = "",
) -> None:
    """Keep the draft and show the next question."""
    where = Make.SCOPE if draft.scope is None else to
    await KEPT.keep(situation, draft, TYPED.get(where))
    await show(event, await task_form.screen(draft, where, situation, scopes, page=page, note=note))


def _after(draft: Draft, *, just: Make | None = None) -> Make:
    """What is asked next: what is not said yet, else everything is shown."""
    if not draft.title:
        return Make.TITLE
    if not draft.body:
        return Make.BODY
    return Make.DUE if just is Make.BODY and draft.due is None else Make.HUB


def _within(draft: Draft, scope: Scope) -> Draft:
    """The draft in this territory; whom it is for in another means nothing here."""
    if draft.scope == scope:
        return draft
    change = {**task_draft.NOBODY, "scope_kind": scope.kind, "scope_ref": scope.ref}
    return draft.model_copy(update=change)


def _stale() -> Screen:
    return Screen(words.STALE, keyboard(desk_screens.to_desk()))
