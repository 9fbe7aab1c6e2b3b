"""The account of a notice as a workbook: a summary that adds up, and a line per person.

No aiogram here: like the report of a campaign it is made in a process of its own, from a copy.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.texts import notice_sheet as words
from bot.texts.notice_account import CHANGED, OUTCOMES, reason
from bot.texts.notice_text import headline
from reports.report import Cell, Column, Format, Page, Records, Report, Sheet, Table
from reports.workbook import write
from storage import outbox
from storage.database import Connection
from storage.notices import account as notice_account
from storage.notices import notices
from storage.notices.account import Account, Recipient
from storage.questionnaires import exports


@dataclass(frozen=True)
class NoticeOrder:
    """What to make: the account of this notice, as of this moment."""

    notice: int
    made_at: datetime
    zone: ZoneInfo

    def write(self, copy: Path, target: Path) -> bool:
        """Write the workbook from a copy; False if there is no such notice."""
        with exports.opened(copy) as conn:
            found = notices.find(conn, self.notice)
            if found is None:
                return False
            account = notice_account.account(conn, self.notice)
            sheets: list[Sheet] = [
                _summary(account, headline(found.content)),
                self._records(conn, words.RECIPIENTS, notices.KINDS),
            ]
            if account.corrections:
                sheets.append(self._records(conn, words.CORRECTIONS, (outbox.CORRECTION,)))
            if account.withdrawals:
                sheets.append(self._records(conn, words.WITHDRAWALS, (outbox.WITHDRAWAL,)))
            report = Report(
                title=words.TITLE,
                subject=headline(found.content),
                made_at=self.made_at.astimezone(self.zone).replace(tzinfo=None),
                sheets=tuple(sheets),
                words=words.WORDS,
            )
            write(report, target)
        return True

    def _records(self, conn: Connection, title: str, kinds: Iterable[str]) -> Records:
        formats = {len(words.COLUMNS) - 1: Format.MOMENT}
        columns = tuple(
            Column(name, formats.get(place, Format.TEXT))
            for place, name in enumerate(words.COLUMNS)
        )
        source: Callable[[], Iterable[Recipient]] = partial(
            notice_account.recipients, conn, self.notice, kinds=tuple(kinds)
        )
        change = title != words.RECIPIENTS
        return Records(title, columns, source, partial(self._row, change=change), frozen=1)

    def _row(self, one: Recipient, *, change: bool) -> tuple[Cell, ...]:
        result, why = words.outcome(one, change=change)
        at = one.sent_at and one.sent_at.astimezone(self.zone).replace(tzinfo=None)
        return (
            one.surname,
            one.first_name,
            one.patronymic,
            one.municipality,
            one.organisation,
            result,
            why,
            at,
        )


def _summary(account: Account, subject: str) -> Page:
    """What became of how many, of the notice itself and of what was changed about it later."""
    tables = [_counted(words.SUMMARY, account.counts, OUTCOMES, account)]
    if account.corrections:
        tables.append(_counted(words.CORRECTIONS, account.corrections, CHANGED))
    if account.withdrawals:
        tables.append(_counted(words.WITHDRAWALS, account.withdrawals, CHANGED))
    return Page(words.SUMMARY, tuple(tables), heading=words.TITLE, subtitle=subject)


def _counted(
    title: str,
    counts: Mapping[tuple[str, str], int],
    states: Mapping[str, str],
    whole: Account | None = None,
) -> Table:
    """Delivered first, then the rest with its reasons; of the notice itself, all recipients last.

    The reason is the last column: it takes what is left of the page, and is read on one line.
    """
    order = ["sent", *states]
    rows: list[tuple[Cell, ...]] = [
        (states[state], count, reason(why))
        for (state, why), count in sorted(
            counts.items(), key=lambda pair: (order.index(pair[0][0]), -pair[1])
        )
    ]
    if whole is not None and whole.erased:
        rows.append((words.ERASED, whole.erased, ""))
    columns = (Column(words.RESULT), Column(words.COUNT, Format.INTEGER), Column(words.WHY))
    total: tuple[Cell, ...] | None = None
    if whole is not None:
        total = (words.TOTAL, whole.planned, "")
    return Table(title, columns, rows, total=total)
