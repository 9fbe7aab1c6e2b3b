"""/digest: the week at a glance right now, and when it should come by itself."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.callbacks import DigestNow, DigestSettings, Go, Place, SetDigest
from bot.campaigns.reporting import ReportFailedError
from bot.digests.composers import scopes_of, screen, workbook
from bot.digests.making import make
from bot.digests.orders import DigestOrder, reader_of
from bot.filters import May
from bot.keyboards import button, keyboard, rows, to_menu
from bot.rights import Action
from bot.screens import Screen, edit, send, show
from bot.settings import Settings
from bot.situation import Situation
from bot.texts import digest as words
from storage.scopes import REGION, Scope
from storage.summaries import digests
from storage.summaries.digests import EARLIEST, LATEST, Kind, Wish, week_of

router = Router(name="digests")
MAY = May(Action.DIGEST)


def kinds_of(situation: Situation) -> list[Kind]:
    """The digests this person may have, by their roles."""
    return [kind for kind in Kind if _scopes(situation, kind)]


def _scopes(situation: Situation, kind: Kind) -> tuple[Scope, ...]:
    """An administrator may look at the region's, though it comes to coordinators alone."""
    found = scopes_of(situation.person, kind)
    admin = kind is Kind.COORDINATOR and situation.telegram_id in situation.admin_ids
    return found or ((REGION,) if admin else ())


@router.message(Command("digest"), MAY)
@router.callback_query(Go.filter(F.to == Place.DIGEST), MAY)
@router.callback_query(DigestSettings.filter(~F.hours & ~F.days), MAY)
async def standing(event: Message | CallbackQuery, situation: Situation) -> None:
    """How it stands, with the preview and the choices."""
    await show(event, await _standing(situation))


async def _standing(situation: Situation) -> Screen:
    kinds = kinds_of(situation)
    wish = await situation.db.read(digests.wish, situation.person.id, kinds[0])
    on = [
        [button(words.OTHER_DAY, DigestSettings(days=True))],
        [button(words.OTHER_HOUR, DigestSettings(hours=True))],
    ]
    if not any(scopes_of(situation.person, kind) for kind in kinds):
        return Screen(words.LOOK_ONLY, keyboard([button(words.NOW, DigestNow())], to_menu()))
    turn = button(
        words.TURN_ON if wish.off else words.TURN_OFF,
        SetDigest(weekday=wish.weekday, hour=wish.hour, off=not wish.off),
    )
    return Screen(
        words.settings(wish.weekday, wish.hour, off=wish.off),
        keyboard([button(words.NOW, DigestNow())], *([] if wish.off else on), [turn], to_menu()),
    )


@router.callback_query(DigestSettings.filter(), MAY)
async def choose(press: CallbackQuery, callback_data: DigestSettings, situation: Situation) -> None:
    """The weekdays or the hours to choose from."""
    kinds = kinds_of(situation)
    wish = await situation.db.read(digests.wish, situation.person.id, kinds[0])
    if callback_data.days:
        made = [
            button(name, SetDigest(weekday=day, hour=wish.hour, off=False))
            for day, name in enumerate(words.WEEKDAYS)
        ]
        text = words.CHOOSE_DAY
    else:
        made = [
            button(f"{hour}:00", SetDigest(weekday=wish.weekday, hour=hour, off=False))
            for hour in range(EARLIEST, LATEST + 1)
        ]
        text = words.CHOOSE_HOUR
    back = [button(words.BACK, DigestSettings())]
    await show(press, Screen(text, keyboard(*rows(made, 2 if callback_data.days else 4), back)))


@router.callback_query(SetDigest.filter(), MAY)
async def set_wish(press: CallbackQuery, callback_data: SetDigest, situation: Situation) -> None:
    """From now on so."""
    hour = min(max(callback_data.hour, EARLIEST), LATEST)
    wanted = Wish(callback_data.weekday, hour, callback_data.off)
    await situation.db.write(digests.set_wish, situation.person.id, wanted)
    await show(press, await _standing(situation), notice=words.SAVED)


@router.callback_query(DigestNow.filter(), MAY)
async def preview(press: CallbackQuery, situation: Situation, settings: Settings) -> None:
    """Make it now, for this person alone; nothing is kept, the next one comes all the same."""
    kinds = kinds_of(situation)
    db, bot, chat, person = situation.db, situation.bot, situation.telegram_id, situation.person
    message = await show(press, Screen(words.MAKING))
    week = week_of(situation.now, situation.zone)
    readers = [
        await db.read(reader_of, person.id, kind, _scopes(situation, kind), week) for kind in kinds
    ]
    order = DigestOrder(tuple(readers), situation.now, situation.zone)
    try:
        made = await make(db, order, settings.data_dir)
    except ReportFailedError:
        await edit(bot, chat, message, Screen(words.FAILED, keyboard(to_menu())))
        return
    if len(made) < len(kinds):
        await edit(bot, chat, message, Screen(words.FAILED, keyboard(to_menu())))
        return
    said = [(kind, one) for kind in kinds if (one := made[person.id, kind]).figures]
    for kind, one in said:
        if one.workbook is not None:
            await send(bot, chat, workbook(one))
        await send(bot, chat, screen(kind, one, situation.local))
    done = await _standing(situation)
    if not said:
        done = Screen(words.NOTHING, done.keyboard)
    await edit(bot, chat, message, done)
