"""Every file in which names leave the bot has its row in the log; whoever adds one is tried."""

import ast
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.campaigns.callbacks import AnswerFiles, MakeReport
from bot.forms.callbacks import FormReport
from bot.notices.callbacks import Sheet
from bot.people.register_callbacks import RegisterLinks, RegisterSlips
from bot.region.asks import Ask
from bot.region.callbacks import RegionReport
from bot.search import sound
from bot.tasks.callbacks import JournalOf
from bot.tasks.desk_callbacks import TaskReport, WholeReport, Works
from bot.tasks.group_callbacks import GroupJournal, MemberJournal, SendGroups
from storage import audit
from storage.audiences import Audience
from storage.audit import By, Deed, Entry
from storage.database import Connection
from storage.notices import confirming
from storage.notices.notices import Content
from storage.people import register_loading
from storage.people.people import Grant, Role
from storage.people.register_rows import Entry as Expected
from storage.scopes import REGION
from storage.tasks import groups
from surveys.questionnaire import Questionnaire, Upload
from tests.kit.files import unpacked
from tests.kit.forms import opened
from tests.kit.own_process import work_here
from tests.kit.people import person_id, registered
from tests.kit.pictures import png
from tests.kit.tasks import give_out
from tests.kit.world import Person, World

HANDLERS = Path(__file__).parents[2] / "handlers"

WITHOUT_NAMES = {
    "entering_indicators.give_sheet": "plans and facts of the region",
    "events.send_calendar": "one event, for whoever visits it",
    "events.send_files": "what the organiser attached for the visitors",
    "loading_networks.send_table": "municipalities and topics",
    "looking_ahead.event_table": "counts by event",
    "looking_over_roadmaps.send_table": "a roadmap as its coordinator sent it",
    "making_forms.send_form": "a questionnaire without answers",
    "making_forms.send_template": "a questionnaire without answers",
    "receiving_forms._tell_faults": "faults of a questionnaire",
    "privacy.send_file": "one's own",
}
"""What else is sent as a file, and why it needs no row."""

FORM = Questionnaire(
    id="lesson",
    version=1,
    title="Открытый урок",
    items=(Upload(type="image", name="photo", label="Фото занятия", required=True),),
)


def exports(vera: int) -> Mapping[str, tuple[CallbackData, Deed, str, bool]]:
    """The handler → the button, the deed, what it was done to, and whether names are inside."""
    return {
        "reporting.make_report": (MakeReport(campaign=1), Deed.EXPORTED, "campaign:1", True),
        "reporting.send_joined": (FormReport(form="lesson"), Deed.EXPORTED, "campaign:1", True),
        "reporting.send_files": (AnswerFiles(campaign=1), Deed.EXPORTED, "campaign:1", True),
        "task_files.report": (TaskReport(task=1), Deed.WORKS_EXPORTED, "task:1", True),
        "task_files.report_all": (WholeReport(), Deed.WORKS_EXPORTED, "", True),
        "task_files.send_works": (Works(task=1), Deed.WORKS_EXPORTED, "task:1", True),
        "group_journals.show_journal": (
            GroupJournal(group=1, file=True),
            Deed.WORKS_EXPORTED,
            "group:1",
            True,
        ),
        "group_journals.show_member": (
            MemberJournal(group=1, person=vera, file=True),
            Deed.WORKS_EXPORTED,
            f"trainee:{vera}",
            True,
        ),
        "journals.show_one": (
            JournalOf(person=vera, file=True),
            Deed.WORKS_EXPORTED,
            f"trainee:{vera}",
            True,
        ),
        "loading_groups.send_table": (SendGroups(), Deed.GROUPS_EXPORTED, "", True),
        "notices.sheet": (Sheet(notice=1), Deed.ACCOUNT_EXPORTED, "notice:1", True),
        "handing_out_links.send_links": (RegisterLinks(), Deed.REGISTER_LINKS, "", True),
        "handing_out_links.send_slips": (RegisterSlips(part=0), Deed.REGISTER_LINKS, "", True),
        "region_reports.make_report": (
            RegionReport(ask=Ask.MAKE),
            Deed.REGION_EXPORTED,
            "",
            False,
        ),
    }


def senders() -> Iterator[str]:
    """Every function of a handler's module that sends a document."""
    for path in HANDLERS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.AsyncFunctionDef) and any(
                isinstance(part, ast.Attribute) and part.attr in {"send_document", "send_table"}
                for part in ast.walk(node)
            ):
                yield f"{path.stem}.{node.name}"


def test_every_handler_that_sends_a_file_is_tried_or_excused() -> None:
    known = {*exports(1), *WITHOUT_NAMES}
    assert sorted(set(senders()) - known) == []
    assert sorted(set(WITHOUT_NAMES) - set(senders())) == [], "an excuse for nothing"


async def furnished(world: World) -> int:
    """One of everything that can be exported, of Вера Канарейкина; the id of her row."""
    await world.db.write(opened, form=FORM)
    vera = await registered(world, "Вера", "Канарейкина", roles=[Grant(Role.TRAINEE, REGION)])
    await world.settle()
    for label in ("Подробнее и ответить", "Начать"):
        await vera.taps(label)
    await vera.sends_photo(png(40, 30))
    await vera.taps("Отправить")
    number, now = await person_id(world, vera), world.clock()
    author = await registered(world, "Олег", "Сомов", roles=[Grant(Role.COORDINATOR, REGION)])
    await give_out(world, author, "Разработка")
    await vera.says("/tasks")
    await vera.taps("Разработка")
    await vera.taps("Сдать")
    await vera.says("Моя работа")
    await vera.taps("Отправить окончательно")
    own = By(await person_id(world, author), now)

    def seed(conn: Connection) -> None:
        group = groups.create(conn, "Первый год", REGION, author=own.who, now=now)
        groups.add(conn, group, [number], now=now)
        where = ("Ейский район", "Школа", sound("Школа"))
        expected = Expected("Канарейкина", "Яна", "", "канарейкина яна", *where)
        draft = register_loading.draft(conn, [expected], own, source_key="one")
        register_loading.load(conn, draft, by=own)
        confirming.create(
            conn,
            Content(text="Семинар"),
            Audience(),
            REGION,
            author=own.who or 0,
            starts_at=now,
            request_key="one",
            now=now,
        )

    await world.db.write(seed)
    world.clock.advance(timedelta(minutes=1))
    await world.settle()
    return number


async def test_each_export_leaves_one_row_and_only_to_whoever_may(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    work_here(monkeypatch)
    vera = await furnished(world)
    chief = await registered(world, "Ирина", "Главная", admin=True)
    stranger = await registered(world, "Пётр", "Зайцев")
    for handler, (button, deed, thing, names) in exports(vera).items():
        before = len(await log(world))
        files = len(stranger.documents)
        await stranger.taps_data(button.pack())
        assert len(stranger.documents) == files, f"{handler} gave a stranger a file"
        assert len(await log(world)) == before, handler
        files = len(chief.documents)
        await chief.taps_data(button.pack())
        sent = chief.documents[files:]
        assert sent, f"{handler} sent nothing:\n{chief.screen}"
        written = (await log(world))[: -before or None]
        assert [(row.deed, row.object) for row in written] == [(deed.value, thing)], handler
        assert written[0].actor == await me(world, chief), handler
        if not sent[0].name.endswith(".pdf"):
            assert any("Канарейкина" in unpacked(one.content) for one in sent) is names, handler


async def log(world: World) -> tuple[Entry, ...]:
    """The whole log, the newest first."""
    return (await world.db.read(audit.page, size=1000)).entries


async def me(world: World, someone: Person) -> int:
    return await person_id(world, someone)
