"""Every button and every deep link, forged with the ids of another municipality's objects.

Made from the code: whoever adds a button is tried by it. One person holds every role in Ейский
район; everything that stands in the store belongs to Абинский район and says «Чужой…».
"""

import enum
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice, product
from typing import Any, get_args

import pytest
from aiogram.filters.callback_data import CallbackData
from pydantic import ValidationError

from bot.callbacks import Consent, Erase
from bot.search import sound
from handlers import deep_links
from storage.audiences import Audience
from storage.audit import By
from storage.database import Connection
from storage.notices import confirming
from storage.notices.notices import Content
from storage.people import invitations, people, register_loading
from storage.people.people import Grant, Role
from storage.people.register_rows import Entry
from storage.scopes import Scope, ScopeKind
from storage.tasks import groups
from surveys.reference import key
from tests.handlers.test_rights import doors
from tests.kit.events import planned
from tests.kit.files import unpacked
from tests.kit.forms import opened
from tests.kit.own_process import work_here
from tests.kit.people import person_id, registered
from tests.kit.tasks import give_out
from tests.kit.world import Person, World

EYSK, ABINSK = "Ейский район", "Абинский район"
THERE = Scope(ScopeKind.MUNICIPALITY, ABINSK)
WORD = "чуж"
ROLES = (Role.COORDINATOR, Role.ORGANISER, Role.EXPERT, Role.TRAINEE)
VARIANTS = 8
"""Ways in which one button is forged, at most."""
OWN = {"inbox", "dialogs", "sqlite_sequence"}
"""Tables in which every press leaves a trace of whoever pressed."""


def variants(kind: type[CallbackData], most: int) -> Iterator[str]:
    """Well-formed data: the id 1 for every object, each word of an enum, both sides of a switch."""
    values: dict[str, list[Any]] = {}
    for name, field in kind.model_fields.items():
        of = get_args(field.annotation) or (field.annotation,)
        plain = next((one for one in of if isinstance(one, type) and one is not type(None)), str)
        if issubclass(plain, ScopeKind):
            values[name] = [ScopeKind.MUNICIPALITY]
        elif issubclass(plain, enum.Enum):
            values[name] = list(plain)
        elif issubclass(plain, bool):
            values[name] = [True, False]
        elif issubclass(plain, int):
            values[name] = [0 if name in {"page", "part", "back"} else 1]
        else:
            values[name] = [key(ABINSK)] if name in {"ref", "place", "town"} else ["1", ""]
    for chosen in islice(product(*values.values()), most):
        try:
            yield kind(**dict(zip(values, chosen, strict=True))).pack()
        except (ValidationError, ValueError):
            continue


def forged(most: int, ending: str = "") -> list[str]:
    """Every button that a handler answers, but what withdraws one's own consent."""
    kinds = {button for door in doors() for button in door.buttons} - {Erase, Consent}
    assert len(kinds) > 100, "the handlers were found"
    ordered = sorted(kinds, key=lambda one: one.__prefix__)
    chosen = [kind for kind in ordered if kind.__name__.endswith(ending)]
    return [data for kind in chosen for data in variants(kind, most)]


async def foreign(world: World) -> Person:
    """Another municipality's people, questionnaire, event, notice, task, group, register, links."""
    roles = [Grant(role, THERE) for role in ROLES]
    olga = await registered(
        world, "Ольга", "Чужакова", municipality=ABINSK, organisation="Чужая школа", roles=roles
    )
    number = await person_id(world, olga)
    now = world.clock()
    await planned(world, "Чужой семинар", start=now + timedelta(days=3), scope=THERE, author=number)
    await give_out(world, olga, "Чужое задание", scope=THERE)

    def seed(conn: Connection) -> None:
        campaign = opened(conn, scope=THERE)
        conn.execute("UPDATE campaigns SET subject = 'Чужой опрос' WHERE id = ?", (campaign.id,))
        confirming.create(
            conn,
            Content(text="Чужое уведомление"),
            Audience(),
            THERE,
            author=number,
            starts_at=now + timedelta(days=9),
            request_key="foreign",
            now=now,
        )
        group = groups.create(conn, "Чужая группа", THERE, author=number, now=now)
        groups.add(conn, group, [number], now=now)
        where = ("Чужая школа", sound("Чужая школа"))
        entry = Entry("Чужов", "Иван", "", "чужов иван", ABINSK, *where)
        draft = register_loading.draft(conn, [entry], By(number, now), source_key="foreign")
        register_loading.load(conn, draft, by=By(number, now))
        until = now + timedelta(days=7)
        grant = Grant(Role.EXPERT, THERE)
        invitations.create(
            conn, "foreign", grant, created_by=number, now=now, expires_at=until, uses=5
        )

    await world.db.write(seed)
    await world.settle()
    return olga


def everything(conn: Connection) -> dict[str, set[tuple[Any, ...]]]:
    tables = [
        row[0]
        for row in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        if row[0] not in OWN
    ]
    return {
        table: {tuple(row) for row in conn.execute(f"SELECT * FROM {table}")} for table in tables
    }


def sent_to_others(store: dict[str, set[tuple[Any, ...]]], mine: int) -> set[str]:
    """The keys of what the bot was to send to anybody else."""
    return {row[1] for row in store["outbox"] if row[2] != mine}


async def tries(someone: Person, buttons: list[str]) -> tuple[list[str], int]:
    """What showed something foreign, and how many ways were tried."""
    shown, tried = [], 0
    links = [
        f"/start {prefix}{code}" for prefix in deep_links._known for code in ("1", "1-1", "A" * 16)
    ]
    for data in [*buttons, *links]:
        files = len(someone.documents)
        if data.startswith("/"):
            await someone.says(data)
        else:
            await someone.taps_data(data)
        tried += 1
        seen = f"{someone.screen} {someone.toast}"
        seen += " ".join(unpacked(one.content) + one.caption for one in someone.documents[files:])
        if WORD in seen.lower():
            shown.append(data)
    return shown, tried


async def test_no_forged_button_or_link_shows_or_changes_what_is_anothers(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    work_here(monkeypatch)
    await foreign(world)
    roles = [Grant(role, Scope(ScopeKind.MUNICIPALITY, EYSK)) for role in ROLES]
    raisa = await registered(world, "Раиса", "Конь", organisation="СОШ № 5", roles=roles)
    mine = await person_id(world, raisa)
    before = await world.db.read(everything)
    shown, tried = await tries(raisa, forged(VARIANTS))
    assert shown == []
    assert tried > 250
    after = await world.db.read(everything)
    lost = {
        table: before[table] - after[table]
        for table in before
        if table not in {"people", "outbox"} and before[table] - after[table]
    }
    assert lost == {}, "rows of others were changed or are gone"
    assert sent_to_others(after, mine) == sent_to_others(before, mine)
    row = await world.db.read(people.find, raisa.id)
    assert row is not None
    assert len(row.grants) == len(ROLES), "they were not erased half way"


async def test_the_same_cards_show_their_owner_what_is_there(world: World) -> None:
    olga = await foreign(world)
    shown, _ = await tries(olga, forged(1, "Card"))
    assert {data.partition(":")[0] for data in shown} >= {"pc1", "ec1", "cc1"}
