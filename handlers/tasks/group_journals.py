"""The journal of a group, for its heads and for who gives tasks out there: chat and workbook."""

from pathlib import Path

from aiogram import Router
from aiogram.types import CallbackQuery, FSInputFile

from bot.callbacks import Go, Place
from bot.keyboards import Row, arrows, button, keyboard, rows
from bot.rights import Action, scopes_for
from bot.screens import Screen, acknowledge, show
from bot.settings import Settings
from bot.situation import Situation
from bot.tasks import journal
from bot.tasks import reporting as task_reporting
from bot.tasks.group_callbacks import GroupCard, GroupJournal, MemberJournal, MyGroups
from bot.texts import groups as words
from bot.texts.people import full_name, short_name
from storage import audit
from storage.audit import Deed
from storage.files.scratch import scratch
from storage.tasks import group_journal
from storage.tasks import groups as trainee_groups
from storage.tasks.groups import Group

router = Router(name="group-journals")
SIZE = 10


@router.callback_query(MyGroups.filter())
async def show_mine(press: CallbackQuery, situation: Situation) -> None:
    """The groups that one leads."""
    found = await situation.db.read(trainee_groups.led_by, situation.person.id)
    made = [button(words.listed(one), GroupJournal(group=one.id)) for one in found]
    text = f"<b>{words.MY_GROUPS}</b>" if made else words.NO_GROUPS_LED
    await show(press, Screen(text, keyboard(*rows(made), _to_journal())))


@router.callback_query(GroupJournal.filter())
async def show_journal(
    press: CallbackQuery, callback_data: GroupJournal, situation: Situation, settings: Settings
) -> None:
    """How far each of the group has come."""
    group = await _readable(situation, callback_data.group)
    if group is None:
        await show(press, _gone())
        return
    found = await situation.db.read(group_journal.read, group, now=situation.now)
    if callback_data.file:
        await acknowledge(press)
        await _record(situation, f"group:{group.id}")
        with scratch(settings.data_dir) as folder:
            target = Path(folder) / "journal.xlsx"
            await task_reporting.write_group(group, found, target, situation.local)
            name = task_reporting.file_name(words.file_title(group), "xlsx")
            await situation.bot.send_document(
                situation.telegram_id, FSInputFile(target, filename=name)
            )
        return
    last = max(0, (len(found) - 1) // SIZE)
    page = min(callback_data.page, last)
    here = found[page * SIZE : (page + 1) * SIZE]
    made = [
        button(short_name(one.person), MemberJournal(group=group.id, person=one.person.id))
        for one in here
    ]
    turn = arrows(lambda to: GroupJournal(group=group.id, page=to), page=page, last=last)
    file = [button(words.FILE, GroupJournal(group=group.id, file=True))] if found else []
    back = await _back(situation, group)
    text = words.journal(group, here, total=len(found))
    await show(press, Screen(text, keyboard(*rows(made, 2), turn, file, back)))


@router.callback_query(MemberJournal.filter())
async def show_member(
    press: CallbackQuery, callback_data: MemberJournal, situation: Situation, settings: Settings
) -> None:
    """The journal of one who is in the group now."""
    group = await _readable(situation, callback_data.group)
    members = [] if group is None else await situation.db.read(trainee_groups.members, group.id)
    person = next((one for one in members if one.id == callback_data.person), None)
    if group is None or person is None:
        await show(press, _gone())
    elif callback_data.file:
        await _record(situation, f"trainee:{person.id}", about=person.id)
        await journal.send(press, situation, person, settings)
    else:
        await situation.db.write(audit.record_view, situation.by, Deed.JOURNAL_OPENED, person.id)
        text = await journal.in_chat(situation, person, who=full_name(person))
        file = MemberJournal(group=group.id, person=person.id, file=True)
        back = [button(words.TO_GROUP_JOURNAL, GroupJournal(group=group.id))]
        await show(press, Screen(text, keyboard([button(words.MEMBER_FILE, file)], back)))


async def _readable(situation: Situation, number: int) -> Group | None:
    scopes = scopes_for(situation.person, Action.SET_TASKS, situation.admin_ids)
    return await situation.db.read(trainee_groups.readable, number, situation.person.id, scopes)


async def _back(situation: Situation, group: Group) -> Row:
    scopes = scopes_for(situation.person, Action.SET_TASKS, situation.admin_ids)
    if await situation.db.read(trainee_groups.find, group.id, scopes) is not None:
        return [button(words.TO_GROUP, GroupCard(group=group.id))]
    return [button(words.MY_GROUPS, MyGroups())]


async def _record(situation: Situation, thing: str, *, about: int | None = None) -> None:
    await situation.db.write(
        audit.record, situation.by, Deed.WORKS_EXPORTED, object=thing, about=about
    )


def _gone() -> Screen:
    return Screen(words.GONE, keyboard(_to_journal()))


def _to_journal() -> Row:
    return [button(words.TO_JOURNAL, Go(to=Place.JOURNAL))]
