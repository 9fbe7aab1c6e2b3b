"""What staff write leaves a row in the log: found in the code, then done and read in /audit."""

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from inspect import signature
from pathlib import Path
from types import ModuleType

from bot.callbacks import PersonCard
from bot.tasks.callbacks import JournalOf
from bot.tasks.group_callbacks import RemoveGroup
from bot.texts.audit import DEEDS
from bot.texts.rights import NOT_YOURS
from storage import audit
from storage.audit import By, Deed
from storage.deeds import EXPORTS, VIEWS
from storage.people.people import Grant, Role
from storage.scopes import REGION
from storage.tasks import groups
from tests.handlers.test_rights import FOR_EVERYBODY
from tests.kit.people import person_id, registered
from tests.kit.tasks import give_out
from tests.kit.world import World

ROOT = Path(__file__).parents[2]

BESIDE = {
    "handlers.arriving.fields",  # what one says about oneself
    "handlers.arriving.joining",
    "handlers.events.checking_in",  # oneself, by the code on the wall
}
"""Modules of what everybody does, without a router of their own."""

BY_AUTHOR = {
    "_cancel": "a closure: `events.cancel` gets `by`",
    "attending.mark_attended": "marked_by",
    "campaigns.open_campaign": "author",
    "forms.publish_draft": "author",
    "indicators.enter": "author",
    "invitations.create": "created_by",
    "invitations.use": "whoever made the invitation",
    "confirming.decide": "person",
    "relinking.follow": "whoever made the code",
    "reviewing.claim": "the reviewer",
    "screening_wordings.activate": "author",
    "take": "a closure: marked_by of `attending.mark_attended`",
    "task_notices.extend_and_tell": "granted_by",
    "verdicts.decide": "the reviewer",
    "verdicts.undo": "the reviewer",
    "write": "a closure: `changing.recorded` gets `by`",
}
"""Jobs that record without a `By`: from what they know by whom."""

NO_DEED = {
    "digests.set_wish": "when one's own digest comes",
    "events.attach": "a handout for the visitors",
    "forms.drop_draft": "one's own draft",
    "forms.receive": "one's own draft; publishing it has a row",
    "inviting.plan": "invitations to a campaign, whose opening has a row",
    "notice_changes.retry": "nobody new gets it; the notice's account shows it",
    "proposals.propose": "asks a second person; carried out it has a row",
    "steering.pause": "the notice's account shows it; confirming and ending it have rows",
    "steering.resume": "the same",
    "notices.show_in": "which message shows the progress",
    "programmes.opens_after": "the order of stages, each given out by a row",
    "programmes.place_at": "the same",
    "register_loading.drop": "one's own draft",
    "reviewing.comment": "part of a judgement, which has its row",
    "reviewing.give_points": "the same",
    "reviewing.release": "a work given back unjudged",
    "roadmaps.begin": "one's own draft; confirming it has a row",
    "roadmaps.change": "the same",
    "roadmaps.drop": "the same",
    "task_questions.answer": "a word to the trainee, kept beside the work",
    "trials.discard": "one's own trial",
    "trials.start": "the same",
}
"""What staff write without a row, and why."""

BENCHES = ("bot/tasks/review_bench.py", "bot/events/managing.py")
"""What handlers share beside `handlers/`."""


def modules() -> Iterator[tuple[Path, ModuleType]]:
    """Where staff's handlers are."""
    for path in [*sorted((ROOT / "handlers").rglob("*.py")), *(ROOT / one for one in BENCHES)]:
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        router = getattr(module, "router", None)
        if module.__name__ not in BESIDE and getattr(router, "name", "") not in FOR_EVERYBODY:
            yield path, module


def jobs() -> Iterator[tuple[str, bool]]:
    """Every job handed to the writer, and whether it is told by whom it is done."""
    for path, module in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr != "write" or not node.args:
                continue
            job = node.args[0]
            job = job.args[0] if isinstance(job, ast.Call) else job  # partial(job, …)
            name = ast.unparse(job)
            try:
                function = eval(name, vars(module))
            except NameError:  # a closure
                yield name, False
                continue
            takes = any(
                one.annotation in {By, By | None} for one in signature(function).parameters.values()
            )
            yield name, takes and re.search(r"\bby\b", ast.unparse(node)) is not None


def test_whatever_staff_write_names_who_did_it_or_why_it_needs_no_row() -> None:
    silent = {name for name, told in jobs() if not told}
    assert sorted(silent - {*BY_AUTHOR, *NO_DEED}) == []
    assert sorted({*BY_AUTHOR, *NO_DEED} - silent) == [], "an excuse for nothing"


async def rows(world: World, *deeds: Deed) -> list[audit.Entry]:
    """Rows of these deeds, the oldest first."""
    found = (await world.db.read(audit.page, size=1000)).entries
    return [one for one in reversed(found) if one.deed in set(deeds)]


async def test_a_group_made_renamed_filled_and_dissolved_stands_in_the_log(world: World) -> None:
    raisa = await registered(world, "Раиса", "Конь", roles=[Grant(Role.COORDINATOR, REGION)])
    vera = await registered(world, "Вера", "Лисицына", roles=[Grant(Role.TRAINEE, REGION)])
    number = await person_id(world, vera)
    await raisa.says("/tasks")
    for label in ("Группы стажёров", "Новая группа"):
        await raisa.taps(label)
    await raisa.says("Первый год")
    await raisa.taps("Переименовать")
    await raisa.says("Второй год")
    await raisa.taps("Состав")
    await raisa.taps("Лисицына")
    await raisa.taps("Лисицына")
    group = (await world.db.read(groups.listed, (REGION,)))[0]
    for _ in range(2):  # the same press again leaves no second row
        await raisa.taps_data(RemoveGroup(group=group.id, sure=True).pack())
    found = await rows(
        world, Deed.GROUP_MADE, Deed.GROUP_RENAMED, Deed.GROUP_MEMBERS, Deed.GROUP_DISSOLVED
    )
    assert [(one.deed, one.about, dict(one.before), dict(one.after)) for one in found] == [
        ("group-made", None, {}, {"title": "Первый год"}),
        ("group-renamed", None, {"name": "Первый год"}, {"name": "Второй год"}),
        ("group-members", number, {}, {"in": True}),
        ("group-members", number, {}, {"in": False}),
        ("group-dissolved", None, {"title": "Второй год", "people": 0}, {}),
    ]
    assert {one.actor for one in found} == {await person_id(world, raisa)}
    chief = await registered(world, "Ирина", "Главная", admin=True)
    await chief.says("/audit")
    chief.sees(
        f"Конь Р.: распущена группа стажёров № {group.id} «Второй год»",
        "переименована группа стажёров",
        "название: Первый год → Второй год",
        "изменён состав группы стажёров",
    )


async def test_opening_somebodys_card_work_or_journal_is_one_row_a_day(world: World) -> None:
    raisa = await registered(world, "Раиса", "Конь", roles=[Grant(Role.COORDINATOR, REGION)])
    vera = await registered(world, "Вера", "Лисицына", roles=[Grant(Role.TRAINEE, REGION)])
    number = await person_id(world, vera)
    await give_out(world, raisa, "Разработка")
    await vera.says("/tasks")
    await vera.taps("Разработка")
    await vera.taps("Сдать")
    await vera.says("Моя работа")
    await vera.taps("Отправить окончательно")
    for data in (PersonCard(person=number), JournalOf(person=number)):
        for _ in range(3):
            await raisa.taps_data(data.pack())
    await raisa.taps_data(PersonCard(person=await person_id(world, raisa)).pack())
    await raisa.says("/review")
    await raisa.taps("Лисицына")
    await raisa.taps("Принять")
    found = await rows(world, *VIEWS, Deed.WORK_JUDGED)
    assert [(one.deed, one.about) for one in found] == [
        ("person-opened", number),
        ("journal-opened", number),
        ("work-opened", number),
        ("work-judged", number),
    ]
    world.clock.advance(timedelta(days=1, seconds=1))
    await raisa.taps_data(PersonCard(person=number).pack())
    assert len(await rows(world, Deed.PERSON_OPENED)) == 2


async def test_admins_choose_a_kind_of_rows_and_one_persons(world: World) -> None:
    chief = await registered(world, "Ирина", "Главная", admin=True)
    vera = await registered(world, "Вера", "Лисицына")
    await chief.says("/people")
    await chief.taps("Лисицына")
    await chief.taps("Журнал действий")
    chief.sees("1 запись", "Лисицына В.", "открыта карточка человека")
    await chief.taps("Выгрузки")
    chief.sees("Таких записей нет", "✓ Выгрузки")
    await chief.taps("‹ К карточке")
    chief.sees("Лисицына Вера")
    await chief.says("/audit")
    await chief.taps("Изменения")
    chief.sees("Таких записей нет")
    await chief.taps("Просмотры")
    chief.sees("✓ Просмотры", "открыта карточка человека → Лисицына В.")
    await chief.taps_data("au1:0")
    chief.sees("✓ Всё")
    await vera.says("/audit")
    vera.sees(NOT_YOURS[:30])


def test_every_deed_has_its_words_and_one_kind() -> None:
    assert set(DEEDS) == set(Deed)
    assert not VIEWS & EXPORTS
