"""The programme of a group: its stages, their order, and when each opens."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.filters import May
from bot.rights import Action
from bot.screens import show
from bot.situation import Situation
from bot.tasks import group_screens as screens
from bot.tasks.desk import find
from bot.tasks.group_callbacks import PlaceStage, Programme, Stage, StageOpens
from storage.scopes import Scope
from storage.tasks import groups as trainee_groups
from storage.tasks import programmes

router = Router(name="programmes")
MAY = May(Action.SET_TASKS)


@router.callback_query(Programme.filter(), MAY)
async def show_programme(
    press: CallbackQuery, callback_data: Programme, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """The stages in their order."""
    await situation.state.clear()
    group = await situation.db.read(trainee_groups.find, callback_data.group, scopes)
    await show(
        press, screens.gone() if group is None else await screens.programme(situation, group)
    )


@router.callback_query(Stage.filter(), MAY)
async def show_stage(
    press: CallbackQuery, callback_data: Stage, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """One stage."""
    await _show_stage(press, situation, callback_data.task, scopes)


@router.callback_query(PlaceStage.filter(), MAY)
async def place(
    press: CallbackQuery, callback_data: PlaceStage, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Earlier or later in the programme."""
    if await find(situation, callback_data.task, scopes) is not None:
        await situation.db.write(programmes.place_at, callback_data.task, callback_data.place)
    await _show_stage(press, situation, callback_data.task, scopes)


@router.callback_query(StageOpens.filter(), MAY)
async def choose_opening(
    press: CallbackQuery, callback_data: StageOpens, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """By its date, or when the stage before is accepted."""
    if await find(situation, callback_data.task, scopes) is not None:
        await situation.db.write(
            programmes.opens_after, callback_data.task, previous=callback_data.previous
        )
    await _show_stage(press, situation, callback_data.task, scopes)


async def _show_stage(
    press: CallbackQuery, situation: Situation, number: int, scopes: tuple[Scope, ...]
) -> None:
    task = await find(situation, number, scopes)
    await show(press, screens.gone() if task is None else await screens.stage(situation, task))
