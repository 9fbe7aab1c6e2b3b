"""Everything that questionnaires have brought, as files in a folder: `python -m bot export`.

Beside a workbook for each campaign: one for each questionnaire that was held several times with
names, and an archive of the files that people gave as answers.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.campaigns.answer_archive import entries
from bot.campaigns.reporting import JoinedOrder, Order, file_name, write_workbook
from bot.packing import pack
from bot.texts import campaigns as words
from bot.texts import making_forms as form_words
from storage.files import names as file_names
from storage.questionnaires import answer_files, campaigns, exports, publishing
from storage.scopes import Scope


def write_all(
    copy: Path,
    scopes: Iterable[Scope],
    made_at: datetime,
    zone: ZoneInfo,
    folder: Path,
    *,
    data_dir: Path,
) -> list[Path]:
    """Write every file from a copy of the database; their paths, oldest campaign first.

    Args:
        copy: the database.
        scopes: whose campaigns.
        made_at: the moment that the workbooks name.
        zone: of the moments in them.
        folder: where to.
        data_dir: where the bot keeps the files that people sent.
    """
    wide = tuple(scopes)
    return [
        *_joined(copy, wide, made_at, zone, folder),
        *_workbooks(copy, wide, made_at, zone, folder),
        *_archives(copy, wide, made_at.astimezone(zone), folder, data_dir),
    ]


def _workbooks(
    copy: Path, scopes: tuple[Scope, ...], made_at: datetime, zone: ZoneInfo, folder: Path
) -> list[Path]:
    with exports.opened(copy) as conn:
        found = [
            one
            for number in exports.all_campaigns(conn)
            if (one := exports.describe(conn, number, scopes)) is not None
        ]
    made = []
    for one in found:
        campaign = one.campaign
        target = folder / f"{campaign.id:03d} {file_name(campaign.title, campaign.subject)}"
        if write_workbook(copy, Order(campaign.id, scopes, made_at, zone), target):
            made.append(target)
    return made


def _joined(
    copy: Path, scopes: tuple[Scope, ...], made_at: datetime, zone: ZoneInfo, folder: Path
) -> list[Path]:
    """As `JoinedOrder`; of a questionnaire held once, its campaign's workbook says everything."""
    with exports.opened(copy) as conn:
        several = [
            form
            for form in publishing.published(conn)
            if len(exports.of_questionnaire(conn, form.id, scopes, made_at)) > 1
        ]
    taken: set[str] = set()  # two questionnaires may have one title
    made = []
    for form in several:
        name = f"000 {file_name(form.title, form_words.ALL_CAMPAIGNS)}"
        target = folder / file_names.unique(name, taken)
        if JoinedOrder(form.id, scopes, made_at, zone).write(copy, target):
            made.append(target)
    return made


def _archives(
    copy: Path, scopes: tuple[Scope, ...], now: datetime, folder: Path, data_dir: Path
) -> list[Path]:
    """One for each campaign: a disk, unlike Telegram, sets no limit."""
    made = []
    with exports.opened(copy) as conn:
        for number in exports.all_campaigns(conn):
            campaign = campaigns.find(conn, number)
            if campaign is None:
                continue
            form = campaigns.questionnaire_of(conn, campaign)
            sent = answer_files.sent(conn, campaign, scopes)
            if not sent:
                continue
            name = words.files_name(campaign.title, campaign.subject, 1, 1)
            target = folder / f"{number:03d} {file_names.part(name, fallback='zip')}.zip"
            pack(entries(form, sent, data_dir, now), target)
            made.append(target)
    return made
