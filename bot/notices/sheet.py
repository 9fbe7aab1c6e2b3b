"""The account of a notice as a workbook: a summary that adds up, and a line per person.

No aiogram here: like the report of a campaign it is made in a process of its own, from a copy.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.texts import notice_sheet as words
from bot.texts.notice_account import OUTCOMES, reason
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
    rows: list[tuple[Cell, ...]] = [
        (OUTCOMES[state], reason(why), count)
        for (state, why), count in sorted(account.counts.items())
    ]
    if account.erased:
        rows.append((words.ERASED, "", account.erased))
    columns = (
        Column(words.RESULT),
        Column(words.WHY),
        Column(words.COUNT, Format.INTEGER),
    )
    total: tuple[Cell, ...] = (words.TOTAL, "", account.planned)
    table = Table(words.SUMMARY, columns, rows, total=total)
    return Page(words.SUMMARY, (table,), heading=words.TITLE, subtitle=subject)
