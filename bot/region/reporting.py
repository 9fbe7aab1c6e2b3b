"""The region's workbook: from a copy of the database to a file, in a process of its own."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.campaigns.reporting import ReportFailedError
from bot.own_process import done_elsewhere
from bot.region.data import collect, view_of
from bot.texts.region import about
from bot.texts.region_labels import LABELS_OF_REGION
from reports.periods import Period
from reports.region import describe_region
from reports.workbook import write
from storage.database import Database
from storage.files.scratch import scratch
from storage.people import places
from storage.questionnaires import exports
from storage.scopes import REGION, Scope

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RegionOrder:
    """What to make: these scopes (one chosen, or all of the reader's), perhaps one community."""

    scopes: tuple[Scope, ...]
    period: Period
    made_at: datetime
    zone: ZoneInfo
    community: str | None = None


async def make_region(db: Database, order: RegionOrder, target: Path) -> None:
    """Make the workbook outside the event loop.

    Raises:
        ReportFailedError: the process ended without a file; its reason is in the log.
    """
    await beside(db, target.parent, write_region, order, target)


def write_region(copy: Path, order: RegionOrder, target: Path) -> None:
    """Write the workbook from a copy."""
    with exports.opened(copy) as conn:
        scope = order.scopes[0] if len(order.scopes) == 1 else REGION
        data = collect(
            conn, order.period, order.made_at, order.zone, community=order.community, scope=scope
        )
        view = view_of(conn, order.scopes, order.community)
        whom = about(order.scopes, places.titles(conn), order.community)
        write(describe_region(data, view, LABELS_OF_REGION, about=whom), target)


async def beside(
    db: Database, folder: Path, work: Callable[..., None], order: object, target: Path
) -> None:
    """Run `work(copy, order, target)` in a process of its own over a copy in `folder`.

    The copy holds personal data and is removed with the work; a cancelled caller takes the process
    along.

    Raises:
        ReportFailedError: the process failed.
    """
    with scratch(folder) as name:
        copy = Path(name) / "copy.sqlite3"
        await db.copy_to(copy)
        status = await done_elsewhere(work, copy, order, target)
        if status != 0:
            log.error("%s: exit status %s", work.__name__, status)
            raise ReportFailedError
