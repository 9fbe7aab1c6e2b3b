"""Screens of a roadmap that is being loaded."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from bot.callbacks import Go, Place
from bot.events.callbacks import (
    ConfirmImport,
    CorrectTerm,
    DropImport,
    DryRun,
    ImportCard,
    ImportChanges,
    ImportDoubt,
    ImportTable,
    ImportYear,
    SettleDoubt,
)
from bot.keyboards import Row, arrows, button, keyboard, rows, to_menu
from bot.screens import Screen
from bot.texts import importing as words
from bot.texts.report import LABELS
from reports.report import Column, Format, Records, Report
from roadmap.model import Roadmap
from roadmap.settling import open_doubts
from storage.events.roadmaps import Import, Preview

LINES = 8


def summary(
    draft: Import, whose: str, preview: Preview | None, now: datetime, *, table: bool = False
) -> Screen:
    """What was understood, and what can be done with it; `preview` None while no year is known.

    `table`: confirming would put the table's words over what was set by hand.
    """
    doubts = len(open_doubts(draft.roadmap))
    changes = None if preview is None or preview.first else preview.changes
    signed_up = 0 if preview is None else sum(preview.signed_up)
    year = draft.roadmap.year or draft.year
    by_hand = () if preview is None else preview.by_hand
    text = words.summary(
        draft.roadmap, whose, year=year, doubts=doubts, changes=changes, signed_up=signed_up
    )
    if by_hand:
        text = f"{text}\n\n{words.by_hand(len(by_hand), table=table)}"
    number = draft.id
    made: list[Row] = []
    if preview is None:
        made += rows([button(each, ImportYear(draft=number, year=each)) for each in years(now)], 2)
    if doubts:
        made.append([button(words.doubts_button(doubts), ImportDoubt(draft=number))])
    if changes is not None:
        made.append([button(words.CHANGES, ImportChanges(draft=number))])
    if by_hand:
        made += [
            [button(words.choice(label, on=table is said), ImportCard(draft=number, table=said))]
            for said, label in words.BY_HAND_CHOICES.items()
        ]
    made.append([button(words.TABLE, ImportTable(draft=number))])
    if preview is not None:
        cancel = ConfirmImport(draft=number, keep=False, table=table)
        if changes is not None and changes.removed:
            keep = ConfirmImport(draft=number, keep=True, table=table)
            made += [[button(words.CONFIRM_CANCEL, cancel)], [button(words.CONFIRM_KEEP, keep)]]
        else:
            made.append([button(words.CONFIRM, cancel)])
    made.append([button(words.DROP, DropImport(draft=number))])
    return Screen(text, keyboard(*made))


def years(now: datetime) -> list[str]:
    """Years that a plan sent now is likely to be for: two calendar and two school years."""
    first = now.year if now.month >= 7 else now.year - 1
    return [str(now.year), str(now.year + 1), f"{first}-{first + 1}", f"{first + 1}-{first + 2}"]


def doubt(draft: Import, after: str) -> Screen | None:
    """The doubt that follows the one of this key; None behind the last."""
    found = open_doubts(draft.roadmap)
    keys = [one.key for one in found]
    place = keys.index(after) + 1 if after in keys else 0
    if place >= len(found):
        return None
    one = found[place]
    event = None if one.place is None else draft.roadmap.events[one.place]
    made: list[InlineKeyboardButton] = [
        button(words.RIGHT, SettleDoubt(draft=draft.id, key=one.key))
    ]
    if one.place is not None:
        correct = CorrectTerm(draft=draft.id, key=one.key, place=one.place)
        made.append(button(words.CORRECT, correct))
    return Screen(
        words.doubt(one, event, place + 1, len(found)),
        keyboard(
            made,
            [button(words.LEAVE, ImportDoubt(draft=draft.id, after=one.key))],
            [_to_summary(draft)],
        ),
    )


def changes(draft: Import, preview: Preview, page: int, now: datetime) -> Screen:
    """A page of what the corrected file changes; `now` is local."""
    lines = [
        *words.by_hand_lines(preview.by_hand, now),
        *words.change_lines(preview.changes, preview.signed_up),
    ]
    last = max(0, (len(lines) - 1) // LINES)
    page = min(page, last)
    return Screen(
        words.changes_page(lines[page * LINES : (page + 1) * LINES]),
        keyboard(
            arrows(lambda to: ImportChanges(draft=draft.id, page=to), page=page, last=last),
            [_to_summary(draft)],
        ),
    )


def done(preview: Preview, *, keep: bool, table: bool) -> Screen:
    """The calendar has it."""
    events = button(words.TO_EVENTS, Go(to=Place.EVENTS))
    by_hand = len(preview.by_hand)
    text = words.done(preview.changes, first=preview.first, keep=keep, by_hand=by_hand, table=table)
    ahead = button(words.DRY_RUN, DryRun())
    return Screen(text, keyboard([ahead], [events], to_menu()))


def table(roadmap: Roadmap, made_at: datetime) -> Report:
    """What was understood, as a spreadsheet."""
    columns = tuple(Column(title, Format.TEXT) for title in words.COLUMNS)
    title = roadmap.title or words.TABLE_NAME
    sheet = Records(words.TABLE_NAME, columns, lambda: roadmap.events, words.table_row, frozen=3)
    return Report(title, "", made_at.replace(tzinfo=None), (sheet,), LABELS.words)


def _to_summary(draft: Import) -> InlineKeyboardButton:
    return button(words.TO_SUMMARY, ImportCard(draft=draft.id))
