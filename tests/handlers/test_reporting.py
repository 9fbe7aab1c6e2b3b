"""A coordinator downloads the spreadsheet of a campaign."""

import io
import sqlite3
from datetime import timedelta

from openpyxl import load_workbook

from storage.people.people import Grant, Role
from storage.questionnaires import overseeing, responses, submitting
from storage.questionnaires.campaigns import Campaign
from storage.scopes import REGION, Scope, ScopeKind
from surveys.questionnaire import Anonymity, Choice, Measure, Questionnaire, SelectOne
from tests.kit.forms import NOW, opened, register
from tests.kit.people import registered
from tests.kit.world import Person, World

DEGREES = tuple(
    Choice(name=f"d{score}", label=f"Степень {score}", score=score) for score in (5, 4, 3, 2, 1)
)
FORM = Questionnaire(
    id="one",
    version=1,
    title="Коротко",
    items=(
        SelectOne(
            name="overall",
            label="Удовлетворены?",
            choices=DEGREES,
            required=True,
            measure=Measure.SATISFACTION,
        ),
    ),
)
EYSK, ABINSK = "Ейский район", "Абинский район"


def answered(conn: sqlite3.Connection, campaign: Campaign, counts: dict[str, int]) -> None:
    """So many people of each municipality answer «4»."""
    for order, (place, count) in enumerate(counts.items(), 1):
        for index in range(count):
            person = register(conn, 10_000 * order + index, place)
            entered = responses.start_or_continue(conn, campaign.id, person, now=NOW)
            assert entered.response is not None
            conn.execute(
                "INSERT INTO answers (response_id, item, value) VALUES (?, 'overall', '\"d4\"')",
                (entered.response.id,),
            )
            done = submitting.submit(conn, entered.response.id, person, now=NOW)
            assert done.sent in (submitting.Sent.NAMED, submitting.Sent.SEALED)


def cells(person: Person) -> dict[str, list[tuple[object, ...]]]:
    """Sheet → rows of the newest spreadsheet the person got."""
    book = load_workbook(io.BytesIO(person.documents[-1].content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def said(rows: list[tuple[object, ...]]) -> set[object]:
    return {cell for row in rows for cell in row if cell is not None}


async def coordinator(world: World, scope: Scope = REGION, name: str = "Вера") -> Person:
    return await registered(world, name, "Лисицына", roles=[Grant(Role.COORDINATOR, scope)])


async def made(world: World, anonymity: Anonymity, counts: dict[str, int]) -> Campaign:
    campaign = await world.db.write(lambda conn: opened(conn, form=FORM, anonymity=anonymity))
    await world.db.write(answered, campaign, counts)
    return campaign


async def test_a_named_campaign_comes_with_names_and_a_word_about_them(world: World) -> None:
    vera = await coordinator(world)
    await made(world, Anonymity.NAMED, {EYSK: 6, ABINSK: 3})
    await vera.says("/report")
    await vera.taps("Коротко")
    assert vera.documents[-1].name == "Коротко – Семинар «Первый урок».xlsx"
    assert "имена" in vera.documents[-1].caption
    sheets = cells(vera)
    assert {"Сводка", "Ответы", "Коды", "Вопросы"} <= sheets.keys()
    assert "Снегирёва" in said(sheets["Ответы"])
    assert {"Степень 4"} <= said(sheets["Ответы"])
    assert vera.has_seen("Ответили: 9 из"), "the campaign's card is shown again"


async def test_a_narrower_coordinator_gets_own_people_only(world: World) -> None:
    vera = await coordinator(world, Scope(ScopeKind.MUNICIPALITY, EYSK))
    await made(world, Anonymity.NAMED, {EYSK: 6, ABINSK: 3})
    await vera.says("/report")
    await vera.taps("Коротко")
    assert EYSK in said(cells(vera)["Ответы"])
    assert ABINSK not in said(cells(vera)["Ответы"])


async def test_an_open_anonymous_campaign_gives_the_count_alone(world: World) -> None:
    vera = await coordinator(world)
    await made(world, Anonymity.ANONYMOUS, {EYSK: 6})
    await vera.says("/report")
    await vera.taps("Коротко")
    assert "до закрытия видно только число" in vera.documents[-1].caption
    assert "Степень 4" not in said(cells(vera)["Ответы"])


async def test_a_closed_anonymous_campaign_names_nobody_and_no_small_group(world: World) -> None:
    vera = await coordinator(world)
    campaign = await made(world, Anonymity.ANONYMOUS, {EYSK: 9, "Анапа": 7, ABINSK: 3})
    await world.db.write(overseeing.close_now, campaign.id, now=world.clock())
    world.clock.advance(timedelta(minutes=1))
    await vera.says("/report")
    await vera.taps("Коротко")
    sheets = cells(vera)
    everything = set().union(*(said(rows) for rows in sheets.values()))
    assert not {"Снегирёва", "Щеглова", "Саша"} & everything
    # The second column is how many were asked, which is no secret.
    rows = [row for row in sheets["Сводка"] if ABINSK in row]
    assert all(not any(isinstance(cell, int | float) for cell in row[2:]) for row in rows), rows


async def test_a_teacher_gets_no_spreadsheet(world: World) -> None:
    campaign = await made(world, Anonymity.NAMED, {EYSK: 1})
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says("/report")
    await anna.taps_data(f"mr1:{campaign.id}")
    assert anna.documents == []


async def test_a_foreign_campaign_gives_no_spreadsheet(world: World) -> None:
    campaign = await world.db.write(
        lambda conn: opened(conn, form=FORM, scope=Scope(ScopeKind.MUNICIPALITY, EYSK))
    )
    vera = await coordinator(world, Scope(ScopeKind.MUNICIPALITY, ABINSK))
    await vera.taps_data(f"mr1:{campaign.id}")
    vera.sees("не на вашей территории")
    assert vera.documents == []
