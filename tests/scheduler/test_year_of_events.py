"""A school year of events with outages and kills: each reminder once, or counted as too late.

A fair part of the whole, which is `python -m tests.soak.year_of_events`.
"""

from pathlib import Path

from tests.kit.year_of_events import Year
from tests.kit.year_reckoning import Scale

PART = Scale(people=120, events=12, towns=5, outages=60, kills=60)


async def test_each_reminder_of_a_year_is_sent_once_or_counted_as_too_late(tmp_path: Path) -> None:
    async with Year(tmp_path, PART) as year:
        await year.pass_by()
        account = await year.reckon()
    assert account.wrong == []
    assert account.outages.total() == PART.outages
    assert account.kills.total() > PART.kills / 2  # some die with less to send than they lived for
    assert len(account.kills) == 4
    assert account.fates.total() > 500
    assert account.fates["sent once"] > 400
    assert account.counted_late > 0
