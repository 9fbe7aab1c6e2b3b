"""Entrusting experts with a task: then only they, and who gives tasks out, see its works."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.filters import May
from bot.rights import Action
from bot.screens import show
from bot.situation import Situation
from bot.tasks import desk_screens as screens
from bot.tasks.desk import find
from bot.tasks.desk_callbacks import Entrust, Reviewers
from storage.scopes import Scope
from storage.tasks import reviewers

router = Router(name="entrusting")
MAY = May(Action.SET_TASKS)


@router.callback_query(Reviewers.filter(), MAY)
async def show_reviewers(
    press: CallbackQuery, callback_data: Reviewers, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """The experts of the territory, those entrusted ticked."""
    task = await find(situation, callback_data.task, scopes)
    await show(
        press,
        screens.gone()
        if task is None
        else await screens.experts(situation, task, scopes, callback_data.page),
    )


@router.callback_query(Entrust.filter(), MAY)
async def entrust(
    press: CallbackQuery, callback_data: Entrust, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """One more, or one less."""
    task = await find(situation, callback_data.task, scopes)
    if task is None:
        await show(press, screens.gone())
        return
    await situation.db.write(
        reviewers.entrust, task, callback_data.person, scopes, on=callback_data.on, by=situation.by
    )
    await show(press, await screens.experts(situation, task, scopes, callback_data.page))
