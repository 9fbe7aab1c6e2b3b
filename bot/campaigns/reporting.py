"""The spreadsheet of a campaign: from a copy of the database to a file, in a process of its own.

No aiogram here: `python -m bot export` and the process of /report start in a moment. The bot goes
on answering meanwhile; the copy, which holds personal data, is removed as soon as the file is made.
"""

import logging
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.own_process import done_elsewhere
from bot.screening.reporting import write_files
from bot.texts import report as words
from bot.texts.report import LABELS
from reports.campaign import CampaignData, Respondent, Response
from reports.campaign import describe as describe_report
from reports.workbook import write
from storage.database import Database
from storage.files.scratch import scratch
from storage.questionnaires import exports
from storage.questionnaires.exports import Exported, ExportedResponse
from storage.scopes import Scope
from storage.screening import reports as screening_reports
from surveys.questionnaire import Anonymity

log = logging.getLogger(__name__)

NOTHING = 3
"""Exit status of the process where nothing of the campaign lies within the scopes."""

NAME = 80
"""Characters of a file's name, beside number and ending: every file system takes them."""


class ReportFailedError(Exception):
    """The process that makes the file ended without one; its reason is in the log."""


@dataclass(frozen=True)
class Order:
    """What to make: the campaign as one with these scopes may see it, at this moment."""

    campaign: int
    scopes: tuple[Scope, ...]
    made_at: datetime
    zone: ZoneInfo

    def write(self, copy: Path, target: Path) -> bool:
        """Write the workbook from a copy; False if nothing of it lies within the scopes."""
        return write_workbook(copy, self, target)


@dataclass(frozen=True)
class JoinedOrder:
    """All named campaigns of a questionnaire in one workbook, its versions joined by item name."""

    questionnaire: str
    scopes: tuple[Scope, ...]
    made_at: datetime
    zone: ZoneInfo

    def write(self, copy: Path, target: Path) -> bool:
        """Write the workbook from a copy; False if nothing of it lies within the scopes."""
        with exports.opened(copy) as conn:
            held = exports.of_questionnaire(conn, self.questionnaire, self.scopes, self.made_at)
            if not held:
                return False

            def responses() -> Iterator[Response]:
                for each in held:
                    name = words.held(each.campaign, self.zone)
                    version = each.campaign.questionnaire_version
                    for one in exports.responses(conn, each.campaign):
                        yield replace(response_of(one, version), campaign=name)

            write(describe_report(_joined(held, responses, self), LABELS), target)
        return True


class Writes(Protocol):
    """An order that makes a workbook from a copy of the database; False where there is nothing."""

    def write(self, copy: Path, target: Path) -> bool:
        """Called in the process of its own, so the order must be picklable."""


async def make(db: Database, order: Writes, target: Path) -> None:
    """Make the file outside the event loop; a cancelled caller takes its process along.

    Raises:
        ReportFailedError: there is no file; nothing of the campaign lies within the scopes, or a
            fault.
    """
    with scratch(target.parent) as folder:
        copy = Path(folder) / "copy.sqlite3"
        await db.copy_to(copy)
        status = await done_elsewhere(_work, copy, order, target)
        if status != 0:
            log.error("%s: exit status %s", type(order).__name__, status)
            raise ReportFailedError


def _work(copy: Path, order: Writes, target: Path) -> None:
    if not order.write(copy, target):
        sys.exit(NOTHING)


def write_workbook(copy: Path, order: Order, target: Path) -> bool:
    """Write the workbook from a copy; False if nothing of it lies within the scopes.

    Of a screening a picture comes with it, and nothing before its closing.
    """
    with exports.opened(copy) as conn:
        exported = exports.describe(conn, order.campaign, order.scopes)
        if exported is None:
            return False
        campaign, version = exported.campaign, exported.campaign.questionnaire_version
        if campaign.screening:
            gathered = screening_reports.gather(conn, campaign)
            if gathered is None:
                return False
            write_files(exported, gathered, order.made_at, order.zone, target)
            return True

        def responses() -> Iterator[Response]:
            return (
                response_of(one, version)
                for one in exports.responses(conn, campaign, exported.rows)
            )

        write(describe_report(_data(exported, responses, order), LABELS), target)
    return True


def file_name(title: str, subject: str) -> str:
    """«Как прошло мероприятие – Семинар 24 ноября.xlsx», without what file systems refuse."""
    whole = " – ".join(filter(None, (title, subject)))
    clean = " ".join(re.sub(r'[\\/:*?"<>|\x00-\x1f]', " ", whole).split()).strip(". ")
    return f"{clean[:NAME].strip('. ')}.xlsx"


def _data(
    exported: Exported, responses: Callable[[], Iterator[Response]], order: Order
) -> CampaignData:
    campaign = exported.campaign
    return CampaignData(
        versions={campaign.questionnaire_version: exported.questionnaire},
        subject=campaign.subject,
        opens_at=campaign.opens_at,
        closes_at=campaign.closes_at,
        made_at=order.made_at,
        zone=order.zone,
        anonymity=campaign.anonymity,
        invited=exported.invited,
        responses=responses,
        scope=exported.municipalities,
    )


def _joined(
    held: Sequence[Exported], responses: Callable[[], Iterator[Response]], order: JoinedOrder
) -> CampaignData:
    invited: Counter[str] = Counter()
    for each in held:
        invited.update(each.invited)
    # Whole where every campaign is; what lies in a part only is cut to that part.
    parts = [each.municipalities for each in held if each.municipalities is not None]
    return CampaignData(
        versions={each.campaign.questionnaire_version: each.questionnaire for each in held},
        subject=words.several_held(len(held)),
        opens_at=min(each.campaign.opens_at for each in held),
        closes_at=max(each.campaign.closes_at for each in held),
        made_at=order.made_at,
        zone=order.zone,
        anonymity=Anonymity.NAMED,
        invited=invited,
        responses=responses,
        scope=frozenset().union(*parts) if parts else None,
        several=True,
    )


def response_of(one: ExportedResponse, version: int) -> Response:
    """A stored response as reports take it."""
    return Response(
        version=version,
        answers=one.answers,
        municipality=one.municipality,
        organisation=one.organisation,
        position=one.position,
        community=one.community,
        respondent=None
        if one.surname is None
        else Respondent(one.surname, one.first_name or "", one.patronymic or ""),
        submitted_at=one.submitted_at,
    )
