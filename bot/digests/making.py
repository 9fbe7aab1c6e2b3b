"""Makes digests: figures, picture and workbook of everybody whose hour has come, in one process.

One copy of the database and one pass over the responses serve all of them; what each may see is
cut out of it. Readers of the same scopes share one picture and one workbook.
"""

import logging
from pathlib import Path

from bot.digests.coordinators import coordinators, school
from bot.digests.orders import DigestOrder, Reader
from bot.digests.others import organisers, trainees
from bot.digests.pictures import weekly_picture
from bot.region.data import collect, view_of
from bot.region.reporting import beside
from bot.texts.region import about
from bot.texts.region_labels import LABELS_OF_REGION
from reports.drawing import png
from reports.periods import PeriodKind, period_of
from reports.region import describe_region
from reports.region_data import RegionData
from reports.region_figures import Figures
from reports.weekly import Weekly
from reports.workbook import write
from storage.database import Connection, Database
from storage.files.scratch import scratch
from storage.people import places
from storage.questionnaires import exports
from storage.scopes import Scope
from storage.summaries.digests import Kind, Made

log = logging.getLogger(__name__)

FAILED = "failed"


async def make(db: Database, order: DigestOrder, folder: Path) -> dict[tuple[int, Kind], Made]:
    """The digests of all readers, made outside the event loop; one that failed is left out.

    Raises:
        ReportFailedError: the process failed; its reason is in the log.
    """
    with scratch(folder) as name:
        target = Path(name)
        await beside(db, target, write_digests, order, target)
        return {
            (one.person_id, one.kind): Made(
                _file(target, one, "json").decode(),
                _file(target, one, "png") or None,
                _file(target, one, "xlsx") or None,
            )
            for one in order.readers
            if not _path(target, one, FAILED).exists()
        }


def _file(folder: Path, reader: Reader, ending: str) -> bytes:
    path = _path(folder, reader, ending)
    return path.read_bytes() if path.exists() else b""


def _path(folder: Path, reader: Reader, ending: str) -> Path:
    return folder / f"{reader.kind}-{reader.person_id}.{ending}"


def write_digests(copy: Path, order: DigestOrder, target: Path) -> None:
    """Write `kind-person.json`, `.png` and `.xlsx` of every reader with something to say.

    `kind-person.failed` stands for one that could not be made: it holds up no other.
    """
    with exports.opened(copy) as conn:
        today = order.made_at.astimezone(order.zone).date()
        data = collect(conn, period_of(PeriodKind.YEAR, today), order.made_at, order.zone)
        titles = places.titles(conn)
        shared: dict[tuple[Scope, ...], Reader] = {}
        for reader in order.readers:
            whom = about(reader.scopes, titles, None)
            try:
                _write_one(conn, reader, data, order, whom, target, shared)
            except Exception:
                log.exception("a digest of kind %s cannot be made", reader.kind)
                _path(target, reader, FAILED).touch()


def _write_one(  # noqa: PLR0917 - one call
    conn: Connection,
    reader: Reader,
    data: RegionData,
    order: DigestOrder,
    whom: str,
    target: Path,
    shared: dict[tuple[Scope, ...], Reader],
) -> None:
    figures = Figures(data, view_of(conn, reader.scopes))
    weekly = _weekly(conn, reader, figures, order, whom)
    if weekly.nothing_to_say:
        return
    _path(target, reader, "json").write_text(weekly.model_dump_json())
    if reader.kind is not Kind.COORDINATOR or school(figures):
        return
    if (same := shared.get(reader.scopes)) is not None:
        for ending in ("png", "xlsx"):
            _path(target, reader, ending).hardlink_to(_path(target, same, ending))
        return
    _path(target, reader, "png").write_bytes(png(weekly_picture(weekly, figures)))
    report = describe_region(data, figures.view, LABELS_OF_REGION, about=whom)
    write(report, _path(target, reader, "xlsx"))
    shared[reader.scopes] = reader


def _weekly(
    conn: Connection, reader: Reader, figures: Figures, order: DigestOrder, whom: str
) -> Weekly:
    match reader.kind:
        case Kind.COORDINATOR:
            return coordinators(conn, reader, figures, order, whom)
        case Kind.ORGANISER:
            return organisers(conn, reader, figures, order, whom)
        case Kind.TRAINEE:
            return trainees(conn, reader, figures, order)
