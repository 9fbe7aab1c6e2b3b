"""What the handlers of a review share: opening a work, its screen, what is the matter."""

from aiogram.types import CallbackQuery

from bot.screens import Screen, acknowledge, show
from bot.situation import Situation
from bot.tasks import review_screens as screens
from bot.texts import reviewing as words
from storage.tasks import reviewing
from storage.tasks.reviewers import Reviewer
from storage.tasks.reviewing import Opened, Trouble


async def claim(situation: Situation, number: int, reviewer: Reviewer) -> Opened | Trouble:
    """Take a work, or go on with it."""
    return await situation.db.write(reviewing.claim, number, reviewer, now=situation.now)


async def open_work(
    press: CallbackQuery, number: int, situation: Situation, reviewer: Reviewer
) -> None:
    """Take a work and show it; what was being typed about another is over."""
    await situation.state.clear()
    await show_opened(press, await claim(situation, number, reviewer), situation, reviewer)


async def show_opened(
    press: CallbackQuery,
    opened: Opened | Trouble,
    situation: Situation,
    reviewer: Reviewer,
) -> None:
    """The work, or why it is not there."""
    if isinstance(opened, Trouble):
        await trouble(press, opened, situation, reviewer)
    else:
        await show(press, await screens.work(situation, opened, reviewer))


async def trouble(
    press: CallbackQuery, what: Trouble, situation: Situation, reviewer: Reviewer
) -> None:
    """Say what is the matter; the screen becomes what can be done now."""
    if what in {Trouble.NO_POINTS, Trouble.TAKEN, Trouble.TOO_LATE}:
        await acknowledge(press, words.TROUBLES[what], alert=True)
        return
    queue = await screens.queue(situation, reviewer, 0)
    note = Screen(f"{words.TROUBLES[what]}\n\n{queue.text}", queue.keyboard)
    await show(press, note)
