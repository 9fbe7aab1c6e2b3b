"""Coordinators: the year ahead (dry run), and how events went."""

import asyncio
import tempfile
from functools import partial
from pathlib import Path

from aiogram import Router
from aiogram.types import CallbackQuery, FSInputFile

from bot.callbacks import Go, Place
from bot.campaigns.reporting import file_name
from bot.events import dry_running
from bot.events.callbacks import DryRun, EventReport, EventReportTable
from bot.filters import May
from bot.keyboards import arrows, button, keyboard, to_menu
from bot.rights import Action
from bot.screens import Screen, acknowledge, show
from bot.settings import Settings
from bot.situation import Situation
from bot.texts import event_report as words
from bot.texts.events import title
from bot.texts.people import scope as scope_words
from bot.texts.report import LABELS
from reports.report import TOO_FEW, Cell, Column, Format, Records, Report
from reports.workbook import write
from storage.events import figures as event_figures
from storage.events.events import Meeting
from storage.events.figures import Figures
from storage.people import places
from storage.scopes import Scope

router = Router(name="looking-ahead")
Scopes = tuple[Scope, ...]

WEEKS = 4
SIZE = 6


@router.callback_query(DryRun.filter(), May(Action.IMPORT_ROADMAPS))
async def dry_run(
    press: CallbackQuery,
    callback_data: DryRun,
    situation: Situation,
    scopes: Scopes,
    settings: Settings,
) -> None:
    """Week by week, who will get what if nothing changes."""
    now, zone = situation.now, settings.zone
    gathered = await situation.db.read(
        partial(dry_running.gather, now=now, zone=zone), scopes, situation.person.id
    )
    year = await asyncio.to_thread(partial(dry_running.year, now=now, zone=zone), gathered)
    last = max(0, (len(year.weeks) - 1) // WEEKS)
    page = min(callback_data.page, last)
    text = words.dry_run(
        year.weeks[page * WEEKS : (page + 1) * WEEKS],
        year.cautions,
        year.titles,
        today=situation.at_home.date(),
        step=year.step,
        first=page == 0,
    )
    turn = arrows(lambda to: DryRun(page=to), page=page, last=last)
    back = button(words.TO_ROADMAP, Go(to=Place.ROADMAP))
    await show(press, Screen(text, keyboard(turn, [back], to_menu())))


@router.callback_query(EventReport.filter(), May(Action.REPORT))
async def event_report(
    press: CallbackQuery, callback_data: EventReport, situation: Situation, scopes: Scopes
) -> None:
    """How events went, the latest first."""
    found = await _found(situation, scopes)
    last = max(0, (len(found) - 1) // SIZE)
    page = min(callback_data.page, last)
    totals = await _totals(situation, found) if page == 0 else {}
    text = words.report(found[page * SIZE : (page + 1) * SIZE], totals, situation.zone)
    table = [button(words.TABLE, EventReportTable())] if found else []
    turn = arrows(lambda to: EventReport(page=to), page=page, last=last)
    await show(press, Screen(text, keyboard(turn, table, to_menu())))


@router.callback_query(EventReportTable.filter(), May(Action.REPORT))
async def event_table(press: CallbackQuery, situation: Situation, scopes: Scopes) -> None:
    """The same as a spreadsheet."""
    await acknowledge(press)
    found = await _found(situation, scopes)
    titles = await situation.db.read(places.titles)
    zone = situation.zone

    def row(one: tuple[Meeting, Figures]) -> list[Cell]:
        meeting, figures = one
        start = meeting.starts_at
        return [
            title(meeting),
            start.astimezone(zone).replace(tzinfo=None) if start else None,
            scope_words(meeting.scope, titles),
            *_cells(figures),
        ]

    def total(one: tuple[str, Figures]) -> list[Cell]:
        return [one[0], None, one[0], *_cells(one[1])]

    totals = await _totals(situation, found)
    columns = tuple(map(Column, words.COLUMNS, _FORMATS))
    sheets = (
        Records(words.SHEET, columns, lambda: found, row, frozen=1),
        Records(words.TOTALS, columns, totals.items, total, frozen=1),
    )
    made_at = situation.at_home.replace(tzinfo=None)
    report = Report(words.SHEET, "", made_at, sheets, LABELS.words)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.xlsx"
        await asyncio.to_thread(write, report, path)
        await situation.bot.send_document(
            situation.telegram_id, FSInputFile(path, filename=file_name(words.SHEET, ""))
        )


_FORMATS = (
    Format.TEXT,
    Format.MOMENT,
    Format.TEXT,
    *(Format.INTEGER for _ in range(5)),
    *(Format.SHARE for _ in range(3)),
)


def _cells(figures: Figures) -> list[Cell]:
    share = figures.satisfied
    told: list[Cell] = [TOO_FEW, None, None] if share is None else [share.value]
    if share is not None:
        bounds = share.interval
        told += [bounds.low, bounds.high] if bounds else [None, None]
    return [
        figures.invited,
        figures.said,
        figures.came,
        figures.asked,
        TOO_FEW if figures.answered is None else figures.answered,
        *told,
    ]


async def _found(situation: Situation, scopes: Scopes) -> list[tuple[Meeting, Figures]]:
    return await situation.db.read(partial(event_figures.of_scopes, now=situation.now), scopes)


async def _totals(situation: Situation, found: list[tuple[Meeting, Figures]]) -> dict[str, Figures]:
    """The sum for each network, municipality or the region that held events."""
    titles = await situation.db.read(places.titles)
    groups: dict[Scope, list[Figures]] = {}
    for meeting, figures in found:
        groups.setdefault(meeting.scope, []).append(figures)
    return {
        scope_words(scope, titles): event_figures.total(groups[scope]) for scope in sorted(groups)
    }
