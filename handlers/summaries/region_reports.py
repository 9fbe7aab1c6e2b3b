"""/report → «Сводка региона»: the workbook for a period, a place, a community; plans and facts."""

from pathlib import Path

from aiogram import F, Router
from aiogram.enums import ChatAction
from aiogram.types import (
    CallbackQuery,
    FSInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)

from bot.campaigns.reporting import ReportFailedError
from bot.filters import May
from bot.keyboards import Row, button, keyboard, pages, rows, to_menu
from bot.region.asks import Ask
from bot.region.callbacks import Indicators, RegionReport
from bot.region.reporting import RegionOrder, make_region
from bot.rights import Action
from bot.scope_keys import ref_key, scope_by_key
from bot.screens import Screen, edit, show
from bot.settings import Settings
from bot.situation import Situation
from bot.texts import region as words
from bot.texts.indicators import INDICATORS
from reports.periods import Period, PeriodKind, period_of
from storage import audit
from storage.audit import Deed
from storage.database import Connection
from storage.files.scratch import scratch
from storage.people import networks, places
from storage.scopes import REGION, Scope, ScopeKind, covered, municipalities_of
from surveys.reference import by_key, communities, key, municipalities

router = Router(name="region_reports")
MAY = May(Action.REGION_REPORT)
SIZE = 12
Scopes = tuple[Scope, ...]
PERIODS = (
    *((PeriodKind.MONTH, 0), (PeriodKind.MONTH, 1), (PeriodKind.QUARTER, 0)),
    *((PeriodKind.QUARTER, 1), (PeriodKind.YEAR, 0), (PeriodKind.YEAR, 1), (PeriodKind.ALL, 0)),
)


def _period(chosen: RegionReport, situation: Situation) -> Period:
    today = situation.local.date()
    found = period_of(chosen.period, today)
    for _ in range(chosen.back):
        found = found.previous(found.end) or found
    return found


async def _whom(chosen: RegionReport, situation: Situation, scopes: Scopes) -> Scopes:
    """The scope chosen if it lies within the reader's, else all of theirs."""
    wanted = None if chosen.kind is None else scope_by_key(chosen.kind, chosen.ref)
    if wanted is None or not await situation.db.read(covered, scopes, wanted):
        return scopes
    return (wanted,)


def _community(chosen: RegionReport) -> str | None:
    return by_key(communities(), chosen.community) if chosen.community else None


@router.callback_query(RegionReport.filter(F.ask == Ask.CARD), MAY)
async def form(
    press: CallbackQuery, callback_data: RegionReport, situation: Situation, scopes: Scopes
) -> None:
    """What the workbook will cover, each part with a button to change it."""
    whom = await _whom(callback_data, situation, scopes)
    titles = await situation.db.read(places.titles)
    text = words.form(
        words.period(_period(callback_data, situation)),
        words.about(whom, titles, _community(callback_data)),
    )
    asks = [
        button(words.ASKS[ask], callback_data.model_copy(update={"ask": ask, "page": 0}))
        for ask in (Ask.PERIOD, Ask.PLACE, Ask.COMMUNITY)
    ]
    make = button(words.MAKE, callback_data.model_copy(update={"ask": Ask.MAKE}))
    entry = [button(INDICATORS, Indicators())] if REGION in scopes else []
    await show(press, Screen(text, keyboard([make], *rows(asks, 3), entry, to_menu())))


@router.callback_query(RegionReport.filter(F.ask == Ask.PERIOD), MAY)
async def choose_period(
    press: CallbackQuery, callback_data: RegionReport, situation: Situation
) -> None:
    """Months, quarters, school years."""
    made = []
    for kind, back in PERIODS:
        filled = callback_data.model_copy(update={"ask": Ask.CARD, "period": kind, "back": back})
        made.append(button(words.period(_period(filled, situation)), filled))
    await show(press, Screen(words.CHOOSE_PERIOD, keyboard(*rows(made), _back(callback_data))))


@router.callback_query(RegionReport.filter(F.ask == Ask.PLACE), MAY)
async def choose_place(
    press: CallbackQuery, callback_data: RegionReport, situation: Situation, scopes: Scopes
) -> None:
    """Networks and municipalities within the reader's scopes."""
    titles = await situation.db.read(places.titles)
    parts = await situation.db.read(_places, scopes)

    def filled(scope: Scope | None) -> RegionReport:
        kind, ref = (None, "") if scope is None else (scope.kind, ref_key(scope))
        update = {"ask": Ask.CARD, "kind": kind, "ref": ref, "page": 0}
        return callback_data.model_copy(update=update)

    made: list[InlineKeyboardButton] = [button(words.EVERYTHING, filled(None))]
    made += [button(words.about((scope,), titles, None), filled(scope)) for scope in parts]
    await show(press, Screen(words.CHOOSE_PLACE, _paged(made, callback_data)))


def _places(conn: Connection, scopes: Scopes) -> list[Scope]:
    """The parts of these scopes that can be looked at alone."""
    nets = [Scope(ScopeKind.NETWORK, ref) for ref in networks.titles(conn)]
    own: set[str] = set()
    for scope in scopes:
        found = municipalities_of(conn, scope)
        own |= set(municipalities()) if found is None else found
    towns = [Scope(ScopeKind.MUNICIPALITY, name) for name in municipalities() if name in own]
    return [scope for scope in nets if covered(conn, scopes, scope)] + towns


@router.callback_query(RegionReport.filter(F.ask == Ask.COMMUNITY), MAY)
async def choose_community(press: CallbackQuery, callback_data: RegionReport) -> None:
    """One professional community, or all."""

    def filled(name: str) -> RegionReport:
        chosen = key(name) if name else ""
        return callback_data.model_copy(update={"ask": Ask.CARD, "community": chosen, "page": 0})

    made = [button(words.ALL_COMMUNITIES, filled(""))]
    made += [button(name, filled(name)) for name in communities()]
    await show(press, Screen(words.CHOOSE_COMMUNITY, _paged(made, callback_data)))


def _paged(made: list[InlineKeyboardButton], chosen: RegionReport) -> InlineKeyboardMarkup:
    turn = pages(
        made,
        lambda page: chosen.model_copy(update={"page": page}),
        page=chosen.page,
        size=SIZE,
    )
    return keyboard(*turn, _back(chosen))


def _back(chosen: RegionReport) -> Row:
    return [button(words.BACK, chosen.model_copy(update={"ask": Ask.CARD, "page": 0}))]


@router.callback_query(RegionReport.filter(F.ask == Ask.MAKE), MAY)
async def make_report(
    press: CallbackQuery,
    callback_data: RegionReport,
    situation: Situation,
    scopes: Scopes,
    settings: Settings,
) -> None:
    """Say that it takes a moment, make the file elsewhere, send it, show the form again."""
    db, bot, chat = situation.db, situation.bot, situation.telegram_id
    whom = await _whom(callback_data, situation, scopes)
    period, community = _period(callback_data, situation), _community(callback_data)
    titles = await db.read(places.titles)
    covers = words.about(whom, titles, community)
    await db.write(audit.record, situation.by, Deed.REGION_EXPORTED)
    message = await show(press, Screen(words.making(words.period(period), covers)))
    await bot.send_chat_action(chat, ChatAction.UPLOAD_DOCUMENT)
    back = keyboard(_back(callback_data), to_menu())
    with scratch(settings.data_dir) as folder:
        target = Path(folder) / "region.xlsx"
        order = RegionOrder(whom, period, situation.now, settings.zone, community)
        try:
            await make_region(db, order, target)
        except ReportFailedError:
            await edit(bot, chat, message, Screen(words.FAILED, back))
            return
        await bot.send_document(
            chat,
            FSInputFile(target, filename=words.file_name(period, covers)),
            caption=words.caption(words.period(period), covers),
        )
    await edit(bot, chat, message, Screen(words.DONE, back))
