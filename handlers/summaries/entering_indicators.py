"""«Целевые показатели»: plans and facts, typed in chat or loaded from a spreadsheet."""

import io
import tempfile
from pathlib import Path

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.filters import May
from bot.keyboards import button, keyboard, rows, to_menu
from bot.region.callbacks import Indicators, IndicatorSheet, RegionReport
from bot.rights import Action
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import indicators as words
from bot.texts.region_labels import LABELS_OF_REGION
from reports.indicator_sheet import LARGEST, SheetRefusedError, read_form, write_form
from reports.periods import PeriodKind, period_of
from reports.region_data import Entered
from storage.scopes import REGION, Scope
from storage.summaries import indicators
from storage.summaries.indicators import Figure
from surveys.indicators import Code
from surveys.indicators import indicators as every_indicator

router = Router(name="indicators")
MAY = May(Action.REPORT)
Scopes = tuple[Scope, ...]


class Entering(StatesGroup):
    """Plan and fact of an indicator are typed, or a spreadsheet of all is awaited."""

    figure = State()
    sheet = State()


@router.callback_query(Indicators.filter(), MAY)
async def show_indicators(
    press: CallbackQuery,
    callback_data: Indicators,
    situation: Situation,
    scopes: Scopes,
    state: FSMContext,
) -> None:
    """What was entered for this school year; or ask for one figure."""
    if REGION not in scopes:
        await show(press, Screen(words.REGION_ONLY, keyboard(to_menu())))
        return
    code = callback_data.code
    if code is None:
        await state.clear()
        await show(press, await _indicators(situation))
        return
    await state.set_state(Entering.figure)
    await state.set_data({"code": code.value})
    one = next(each for each in every_indicator() if each.code is code)
    text = words.ask_figure(one.name, one.unit, computed=code.computed)
    await show(press, Screen(text, keyboard([button(words.BACK, Indicators())])))


@router.message(StateFilter(Entering.figure), F.text, ~F.text.startswith("/"), MAY)
async def take_figure(
    message: Message, situation: Situation, scopes: Scopes, state: FSMContext
) -> None:
    """«3», or «3 / 5»: the fact, perhaps with a plan of one's own."""
    data = await state.get_data()
    read = words.read_figure(message.text or "")
    if read is None:
        back = keyboard([button(words.BACK, Indicators())])
        await show(message, Screen(words.FIGURE_FAULT, back))
        return
    if REGION in scopes and data.get("code") in set(Code):
        fact, plan = read
        await situation.db.write(
            indicators.enter,
            {data["code"]: Figure(plan, fact)},
            scope=REGION,
            year=_year(situation),
            author=situation.person.id,
            now=situation.now,
        )
    await state.clear()
    await show(message, await _indicators(situation))


@router.callback_query(IndicatorSheet.filter(), MAY)
async def give_sheet(
    press: CallbackQuery, situation: Situation, scopes: Scopes, state: FSMContext
) -> None:
    """The spreadsheet to fill in, with what is known; then wait for it."""
    if REGION not in scopes:
        await show(press, Screen(words.REGION_ONLY, keyboard(to_menu())))
        return
    year = _year(situation)
    entered = await situation.db.read(indicators.entered, REGION, year)
    known = {Code(code): Entered(one.plan, one.fact) for code, one in entered.items()
             if code in set(Code)}  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        made = words.indicator_form(year, situation.local.replace(tzinfo=None))
        write_form(path, known, LABELS_OF_REGION, report=made)
        content = path.read_bytes()
    await state.set_state(Entering.sheet)
    name = words.indicator_file(year)
    await situation.bot.send_document(situation.telegram_id, BufferedInputFile(content, name))
    await show(press, Screen(words.ASK_SHEET, keyboard([button(words.BACK, Indicators())])))


@router.message(StateFilter(Entering.sheet), F.document, MAY)
async def take_sheet(
    message: Message, situation: Situation, scopes: Scopes, state: FSMContext
) -> None:
    """All of its figures, or all of its faults and nothing."""
    if REGION not in scopes:
        await show(message, Screen(words.REGION_ONLY, keyboard(to_menu())))
        return
    document = message.document
    content = io.BytesIO()
    # A file that is too large is left where it is, and an empty one is refused.
    if document is not None and (document.file_size or 0) <= LARGEST:
        await situation.bot.download(document, destination=content)
    try:
        found = read_form(content.getvalue(), LABELS_OF_REGION)
    except SheetRefusedError as refusal:
        back = keyboard([button(words.BACK, Indicators())])
        await show(message, Screen(words.sheet_refused(refusal.faults), back))
        return
    await situation.db.write(
        indicators.enter,
        {code.value: Figure(one.plan, one.fact) for code, one in found.items()},
        scope=REGION,
        year=_year(situation),
        author=situation.person.id,
        now=situation.now,
    )
    await state.clear()
    shown = await _indicators(situation)
    await show(message, Screen(words.sheet_taken(len(found)) + shown.text, shown.keyboard))


def _year(situation: Situation) -> str:
    return period_of(PeriodKind.YEAR, situation.local.date()).school_year


async def _indicators(situation: Situation) -> Screen:
    entered = await situation.db.read(indicators.entered, REGION, _year(situation))
    lines = []
    for each in every_indicator():
        known = entered.get(each.code, Figure())
        lines.append(words.indicator(each, known.plan, known.fact))
    made = [button(words.numbered(n, one.name), Indicators(code=one.code))
            for n, one in enumerate(every_indicator(), 1)]  # fmt: skip
    sheet = [button(words.BY_SHEET, IndicatorSheet())]
    back = [button(words.BACK, RegionReport())]
    text = words.indicators_head(_year(situation), lines)
    return Screen(text, keyboard(*rows(made), sheet, back))
