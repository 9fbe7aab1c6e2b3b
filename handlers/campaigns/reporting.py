"""/report: a coordinator chooses a campaign and gets its spreadsheet."""

import logging
from pathlib import Path

from aiogram import F, Router
from aiogram.enums import ChatAction, ParseMode
from aiogram.filters import Command
from aiogram.types import CallbackQuery, FSInputFile, Message

from bot.callbacks import Go, Place
from bot.campaigns.answer_archive import entries
from bot.campaigns.callbacks import AnswerFiles, MakeReport, Reports
from bot.campaigns.reporting import JoinedOrder, Order, ReportFailedError, file_name, make
from bot.campaigns.screens import card, to_list
from bot.events.callbacks import EventReport
from bot.filters import May
from bot.forms import screens as form_screens
from bot.forms.callbacks import FormReport
from bot.keyboards import button, keyboard, pages, to_menu
from bot.region.callbacks import RegionReport
from bot.rights import Action, scopes_for
from bot.screens import Screen, acknowledge, edit, show
from bot.settings import Settings
from bot.situation import Situation
from bot.tasks.archive import PackingFailedError, pack_elsewhere, parts
from bot.texts import campaigns as words
from bot.texts import event_report as event_words
from bot.texts import making_forms as form_words
from bot.texts import region as region_words
from bot.texts import screening_report as screening_words
from storage import audit
from storage.audit import Deed
from storage.files import names as file_names
from storage.files.scratch import scratch
from storage.questionnaires import answer_files, campaigns, exports, forms, overseeing
from storage.questionnaires.campaigns import Phase
from storage.scopes import Scope
from storage.screening import sealing as screening_sealing

log = logging.getLogger(__name__)

router = Router(name="reporting")
MAY = May(Action.REPORT)
SIZE = 8


@router.message(Command("report"), MAY)
@router.callback_query(Go.filter(F.to == Place.REPORT), MAY)
@router.callback_query(Reports.filter(), MAY)
async def choose(
    event: Message | CallbackQuery,
    situation: Situation,
    scopes: tuple[Scope, ...],
    callback_data: Reports | Go | None = None,
) -> None:
    """The campaigns in scope, newest first."""
    seen = await situation.db.read(overseeing.list_for_staff, scopes)
    begun = [one.campaign for one in seen if one.campaign.phase(situation.now) is not Phase.PLANNED]
    made = [
        button(
            words.listed(one.phase(situation.now), one.title, one.subject),
            MakeReport(campaign=one.id),
        )
        for one in begun
    ]
    page = callback_data.page if isinstance(callback_data, Reports) else 0
    shown = pages(made, lambda to: Reports(page=to), page=page, size=SIZE)
    text = words.REPORTS_HEAD if made else words.REPORTS_EMPTY
    events = [button(event_words.REPORT, EventReport())]
    wide = scopes_for(situation.person, Action.REGION_REPORT, situation.admin_ids)
    whole = [button(region_words.REGION_REPORT, RegionReport())] if wide else []
    await show(event, Screen(text, keyboard(whole, events, *shown, to_menu())))


@router.callback_query(MakeReport.filter(), MAY)
async def make_report(
    press: CallbackQuery,
    callback_data: MakeReport,
    situation: Situation,
    scopes: tuple[Scope, ...],
    settings: Settings,
) -> None:
    """Say that it takes a moment, make the file elsewhere, send it, show the campaign again."""
    db, bot, chat = situation.db, situation.bot, situation.telegram_id
    seen = await db.read(overseeing.find_for_staff, callback_data.campaign, scopes)
    if seen is None:
        await show(press, Screen(words.GONE, keyboard(to_list())))
        return
    campaign = seen.campaign
    if campaign.screening and not await db.read(screening_sealing.settled, campaign.id):
        await show(press, Screen(screening_words.OPEN_STILL, keyboard(to_list())))
        return
    # Before the file is made: none ever leaves without its row, even if the process dies between.
    await db.write(
        audit.record,
        situation.by,
        Deed.EXPORTED,
        object=f"campaign:{campaign.id}",
        after={"names": not campaign.anonymous},
    )
    message = await show(press, Screen(words.making(campaign.title, campaign.subject)))
    await bot.send_chat_action(chat, ChatAction.UPLOAD_DOCUMENT)
    with scratch(settings.data_dir) as folder:
        target = Path(folder) / "report.xlsx"
        try:
            await make(db, Order(campaign.id, scopes, situation.now, settings.zone), target)
        except ReportFailedError:
            failed = Screen(words.REPORT_FAILED, keyboard(to_list()))
            await edit(bot, chat, message, failed)
            return
        made = words.local(situation.now, situation.local)
        parts = [words.report_caption(campaign.title, campaign.subject, made)]
        if not campaign.anonymous:
            parts.append(words.NAMED_REPORT)
        elif campaign.phase(situation.now) is not Phase.CLOSED:
            parts.append(words.ANONYMOUS_OPEN)
        await bot.send_document(
            chat,
            FSInputFile(target, filename=file_name(campaign.title, campaign.subject)),
            caption="\n".join(parts),
            parse_mode=ParseMode.HTML,
        )
        picture = target.with_suffix(".png")
        if picture.exists():
            await bot.send_photo(
                chat, FSInputFile(picture), caption=screening_words.CAPTION_PICTURE
            )
    log.info("report on campaign %d made for person %d", campaign.id, situation.person.id)
    await edit(bot, chat, message, await card(situation, seen, scopes))


@router.callback_query(AnswerFiles.filter(), MAY)
async def send_files(
    press: CallbackQuery,
    callback_data: AnswerFiles,
    situation: Situation,
    scopes: tuple[Scope, ...],
    settings: Settings,
) -> None:
    """All files that people gave as answers, as one archive or several that Telegram takes."""
    db, bot, chat = situation.db, situation.bot, situation.telegram_id
    seen = await db.read(overseeing.find_for_staff, callback_data.campaign, scopes)
    if seen is None:
        await show(press, Screen(words.GONE, keyboard(to_list())))
        return
    campaign = seen.campaign
    form = await db.read(campaigns.questionnaire_of, campaign)
    sent = await db.read(answer_files.sent, campaign, scopes)
    divided = parts(entries(form, sent, settings.data_dir, situation.local))
    if not divided:
        await acknowledge(press, words.NO_FILES, alert=True)
        return
    await db.write(
        audit.record,
        situation.by,
        Deed.EXPORTED,
        object=f"campaign:{campaign.id}",
        after={"names": True, "files": len(sent)},
    )
    message = await show(press, Screen(words.making(campaign.title, campaign.subject)))
    notice = ""
    with scratch(settings.data_dir) as folder:
        for place, part in enumerate(divided, 1):
            target = Path(folder) / "files.zip"
            await bot.send_chat_action(chat, ChatAction.UPLOAD_DOCUMENT)
            try:
                await pack_elsewhere(part, target)
            except PackingFailedError:
                notice = words.FILES_FAILED
                break
            name = words.files_name(campaign.title, campaign.subject, place, len(divided))
            document = FSInputFile(target, filename=f"{file_names.part(name, fallback='zip')}.zip")
            caption = words.NAMED_FILES if place == 1 else None
            await bot.send_document(chat, document, caption=caption)
    screen = await card(situation, seen, scopes)
    if notice:
        screen = Screen(f"{notice}\n\n{screen.text}", screen.keyboard)
    await edit(bot, chat, message, screen)


@router.callback_query(FormReport.filter(), MAY)
async def send_joined(
    press: CallbackQuery,
    callback_data: FormReport,
    situation: Situation,
    scopes: tuple[Scope, ...],
    settings: Settings,
) -> None:
    """All named campaigns of a questionnaire in one workbook, its versions joined."""
    db, bot, chat = situation.db, situation.bot, situation.telegram_id
    held = await db.read(exports.of_questionnaire, callback_data.form, scopes, situation.now)
    if not held:
        await show(press, form_screens.message(form_words.GONE))
        return
    for each in held:
        await db.write(
            audit.record,
            situation.by,
            Deed.EXPORTED,
            object=f"campaign:{each.campaign.id}",
            after={"names": True},
        )
    message = await show(press, Screen(form_words.MAKING_REPORT))
    await bot.send_chat_action(chat, ChatAction.UPLOAD_DOCUMENT)
    title = held[-1].questionnaire.title
    with scratch(settings.data_dir) as folder:
        target = Path(folder) / "report.xlsx"
        order = JoinedOrder(callback_data.form, scopes, situation.now, settings.zone)
        try:
            await make(db, order, target)
        except ReportFailedError:
            await edit(bot, chat, message, form_screens.message(form_words.REPORT_FAILED))
            return
        name = file_name(title, form_words.ALL_CAMPAIGNS)
        file = FSInputFile(target, filename=name)
        await bot.send_document(chat, file, caption=form_words.REPORT_CAPTION)
    known = await db.read(forms.find, callback_data.form, scopes)
    screen = form_screens.message(form_words.GONE)
    if known is not None:
        screen = await form_screens.card(situation, known)
    await edit(bot, chat, message, screen)
