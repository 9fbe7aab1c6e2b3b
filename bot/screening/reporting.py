"""The group report of a screening as files; runs in the process that makes spreadsheets.

No aiogram here (see bot/campaigns/reporting.py).
"""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.search import sound
from bot.texts.screening_report import LABELS
from reports.screening.data import Data
from reports.screening.describe import describe
from reports.screening.picture import picture
from reports.workbook import write
from storage.questionnaires.exports import Exported
from storage.screening.reports import Gathered


def write_files(
    exported: Exported, gathered: Gathered, made_at: datetime, zone: ZoneInfo, target: Path
) -> None:
    """The workbook at `target` and, if there is anything to show, the picture beside it (.png)."""
    campaign = exported.campaign
    schools = {
        (place, school)
        for place, shown in gathered.summary.places.items()
        for school in shown.organisations
    }
    heads = {key: people for key, people in gathered.heads.items() if not key[1]}
    for place, school in schools:
        people = gathered.heads.get((place, sound(school)))
        if people is not None:
            heads[place, school] = people
    for (place, school), people in gathered.heads.items():
        if school and (place, "") not in gathered.heads:
            # A school under another name still counts among its municipality's people.
            heads[place, ""] = heads.get((place, ""), 0) + people
    data = Data(
        subject=campaign.subject or campaign.title,
        opens_at=campaign.opens_at,
        closes_at=campaign.closes_at,
        made_at=made_at,
        zone=zone,
        summary=gathered.summary,
        invited=exported.invited,
        heads=heads,
        places=exported.municipalities,
        earlier=gathered.earlier,
    )
    write(describe(data, LABELS), target)
    drawn = picture(data, LABELS)
    if drawn is not None:
        target.with_suffix(".png").write_bytes(drawn)
