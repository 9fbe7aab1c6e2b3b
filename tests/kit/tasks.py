"""Tasks, trainees and files of every kind for the tests of case tasks; all people are invented."""

import io
import zipfile
from datetime import datetime, timedelta

from storage.people.people import Grant, Role
from storage.scopes import REGION, Scope, ScopeKind
from storage.tasks import making
from storage.tasks.making import NewTask
from surveys.task_dates import Dates
from surveys.tasks import Kind, Level
from tests.kit.people import person_id, registered
from tests.kit.world import Person, World

EISK = Scope(ScopeKind.MUNICIPALITY, "Ейский район")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def office(folder: str = "word", *, macros: bool = False, text: str = "Работа") -> bytes:
    """A tiny Office Open XML package: word, ppt or xl."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(f"{folder}/document.xml", f"<x>{text}</x>")
        if macros:
            archive.writestr(f"{folder}/vbaProject.bin", b"\x01")
    return made.getvalue()


def new_task(now: datetime, title: str = "Методическая разработка", **more: object) -> NewTask:
    """Asked of all trainees of the region, due in ten days."""
    given: dict[str, object] = {
        "scope": REGION,
        "title": title,
        "body": "Опишите один урок по шаблону.",
        "kind": Kind.CASE,
        "level": Level.CREATIVE,
        "dates": Dates(now, now + timedelta(days=10)),
        "number": "4.1",
    }
    return NewTask(**(given | more))  # type: ignore[arg-type]  # fields by name


async def give_out(world: World, author: Person, title: str = "Разработка", **more: object) -> int:
    """A task, and everybody told of it."""
    number = await world.db.write(
        making.create,
        new_task(world.clock(), title, **more),
        author=await person_id(world, author),
        now=world.clock(),
    )
    await world.settle()
    return number


async def trainee(
    world: World, first: str = "Илья", last: str = "Зорин", town: str = "Ейский район"
) -> Person:
    """A trainee of the region."""
    grant = Grant(Role.TRAINEE, REGION)
    return await registered(world, first, last, "", municipality=town, roles=[grant])


async def coordinator(
    world: World, first: str = "Марина", last: str = "Полянская", scope: Scope = REGION
) -> Person:
    """A coordinator."""
    grant = Grant(Role.COORDINATOR, scope)
    return await registered(world, first, last, "Игоревна", roles=[grant])


async def expert(
    world: World, first: str = "Пётр", last: str = "Зайцев", scope: Scope = REGION
) -> Person:
    """An expert."""
    return await registered(world, first, last, "", roles=[Grant(Role.EXPERT, scope)])
