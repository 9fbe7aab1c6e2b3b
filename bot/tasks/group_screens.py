"""A coordinator's screens of groups: the list, a group, its members and heads, its programme."""

from bot import search
from bot.keyboards import Row, button, keyboard, pages, rows
from bot.scope_keys import ref_key
from bot.screens import Screen
from bot.situation import Situation
from bot.tasks.desk_callbacks import DeskCard
from bot.tasks.desk_screens import to_desk
from bot.tasks.group_callbacks import (
    GroupCard,
    GroupJournal,
    Groups,
    Heads,
    Members,
    NewGroup,
    NewStage,
    PlaceStage,
    Programme,
    RemoveGroup,
    RenameGroup,
    SendGroups,
    SetHead,
    SetMember,
    Stage,
    StageOpens,
    TakeIn,
    UploadGroups,
)
from bot.texts import group_file as file_words
from bot.texts import groups as words
from bot.texts.people import scope as scope_words
from bot.texts.people import short_name
from storage.people import networks, roster
from storage.people.people import Person
from storage.scopes import Scope
from storage.tasks import group_journal, programmes, reports
from storage.tasks import groups as trainee_groups
from storage.tasks.groups import Group
from storage.tasks.tasks import Task

SIZE = 8
PEOPLE = 16
CHOICES = 12


def to_groups() -> Row:
    """The way back to the list."""
    return [button(words.TO_GROUPS, Groups())]


def to_group(group: int) -> Row:
    """The way back to one."""
    return [button(words.TO_GROUP, GroupCard(group=group))]


def gone() -> Screen:
    """No such group in scope."""
    return Screen(words.GONE, keyboard(to_groups()))


async def listing(situation: Situation, scopes: tuple[Scope, ...], page: int) -> Screen:
    """The groups within the scopes."""
    found = await situation.db.read(trainee_groups.listed, scopes)
    made = [button(words.listed(one), GroupCard(group=one.id)) for one in found]
    shown = pages(made, lambda to: Groups(page=to), page=page, size=SIZE)
    table = [button(file_words.TABLE, SendGroups()), button(file_words.UPLOAD, UploadGroups())]
    text = words.HEAD if made else f"{words.HEAD}\n\n{words.EMPTY}"
    return Screen(text, keyboard([button(words.NEW, NewGroup())], *shown, table, to_desk()))


async def territory(situation: Situation, scopes: tuple[Scope, ...]) -> Screen:
    """For which of one's territories a new group is."""
    titles = await situation.db.read(networks.titles)
    made = [button(scope_words(one, titles), NewGroup(scope=scope_key(one))) for one in scopes]
    return Screen(words.ASK_SCOPE, keyboard(*rows(made), to_groups()))


def scope_key(scope: Scope) -> str:
    """What stands in a button for a scope."""
    return f"{scope.kind.value[0]}{ref_key(scope)}"


async def card(situation: Situation, group: Group, *, note: str = "") -> Screen:
    """One group, and what can be done with it."""
    db, number = situation.db, group.id
    text = words.card(
        group,
        scope_words(group.scope, await db.read(networks.titles)),
        await db.read(trainee_groups.heads, number),
        await db.read(group_journal.programme, group, now=situation.now),
    )
    made = [
        button(words.PROGRAMME, Programme(group=number)),
        button(words.MEMBERS, Members(group=number)),
        button(words.JOURNAL, GroupJournal(group=number)),
        button(words.HEADS, Heads(group=number)),
        button(words.RENAME, RenameGroup(group=number)),
        button(words.REMOVE, RemoveGroup(group=number)),
    ]
    text = f"{note}\n\n{text}" if note else text
    return Screen(text, keyboard(*rows(made, 2), to_groups()))


async def candidates(
    situation: Situation, group: Group, query: str
) -> tuple[list[Person], set[int]]:
    """The trainees who may be in a group, those of a typed name if any; and who is in it."""
    here = await situation.db.read(trainee_groups.members, group.id)
    others = await situation.db.read(reports.trainees, (group.scope,))
    inside = {one.id for one in here}
    found = [*here, *(one for one in others if one.id not in inside)]
    wanted = search.folded(query).split()
    if wanted:
        found = [one for one in found if _named(one, wanted)]
    return found, inside


async def members(situation: Situation, group: Group, page: int, query: str) -> Screen:
    """Those in the group first, then who else may be; ticked or not."""
    found, inside = await candidates(situation, group, query)
    made = [
        button(
            words.member(one, on=(on := one.id in inside)),
            SetMember(group=group.id, person=one.id, on=not on, page=page),
        )
        for one in found
    ]
    shown = pages(
        made, lambda to: Members(group=group.id, page=to), page=page, size=PEOPLE, columns=2
    )
    new = any(one.id not in inside for one in page_of(found, page))
    all_here = [button(words.TAKE_IN, TakeIn(group=group.id, page=page))] if new else []
    whole = [button(words.EVERYBODY, Members(group=group.id))] if query else []
    return Screen(
        words.members(group, len(found), query),
        keyboard(*shown, all_here, whole, to_group(group.id)),
    )


def page_of(found: list[Person], page: int) -> list[Person]:
    """Those on a page, as `members` shows it; a page too far is the last."""
    page = min(page, max(0, (len(found) - 1) // PEOPLE))
    return found[page * PEOPLE : (page + 1) * PEOPLE]


async def heads(
    situation: Situation, group: Group, scopes: tuple[Scope, ...], page: int, query: str
) -> Screen:
    """Who leads the group, and whom a typed name finds."""
    leading = await situation.db.read(trainee_groups.heads, group.id)
    inside = {one.id for one in leading}
    found = list(leading)
    if query:
        named = await situation.db.read(
            roster.page, scopes, search=search.folded(query), size=CHOICES
        )
        found += [one for one in named.people if one.id not in inside]
    made = [
        button(
            words.member(one, on=(on := one.id in inside)),
            SetHead(group=group.id, person=one.id, on=not on, page=page),
        )
        for one in found
    ]
    text = words.heads(group, len(found), query)
    return Screen(text, keyboard(*rows(made), to_group(group.id)))


async def programme(situation: Situation, group: Group) -> Screen:
    """The stages in their order."""
    found = await situation.db.read(group_journal.programme, group, now=situation.now)
    lines = [
        words.stage_line(place, task, done, asked, situation.local)
        for place, (task, done, asked) in enumerate(found, 1)
    ]
    made = [
        button(words.stage_button(place, task), Stage(task=task.id))
        for place, (task, _, _) in enumerate(found, 1)
    ]
    new = [button(words.NEW_STAGE, NewStage(group=group.id))]
    return Screen(words.programme(group, lines), keyboard(*rows(made), new, to_group(group.id)))


async def stage(situation: Situation, task: Task) -> Screen:
    """One stage: earlier or later, by date or after the one before."""
    placed = await situation.db.read(programmes.place, task.id)
    if placed is None or task.group_id is None:
        return gone()
    place, of = placed
    number = task.id
    order = []
    if place > 1:
        order.append(button(words.EARLIER, PlaceStage(task=number, place=place - 1)))
    if place < of:
        order.append(button(words.LATER, PlaceStage(task=number, place=place + 1)))
    opens: Row = []
    if place > 1:
        label = words.BY_DATE if task.after_previous else words.AFTER_PREVIOUS
        opens = [button(label, StageOpens(task=number, previous=not task.after_previous))]
    return Screen(
        words.stage(place, of, task, situation.local),
        keyboard(
            order,
            opens,
            [button(words.TO_TASK, DeskCard(task=number))],
            [button(words.TO_PROGRAMME, Programme(group=task.group_id))],
        ),
    )


def _named(person: Person, wanted: list[str]) -> bool:
    own = search.folded(f"{short_name(person)} {person.first_name or ''}").split()
    return all(any(part.startswith(word) for part in own) for word in wanted)
