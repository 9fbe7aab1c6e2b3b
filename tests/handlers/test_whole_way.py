"""From /start to the spreadsheet, at both doors of the local Telegram."""

import io
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

import handlers
from bot.app import App
from bot.delivery.composers import composers
from bot.delivery.limiter import UNLIMITED
from bot.settings import Settings
from sandbox.bot_api import serve
from tests.kit.people import registered
from tests.kit.world import ADMIN, TOKEN, Person, World


class HttpWorld(World):
    """The same, but the bot speaks HTTP to a served local Telegram, as it does to the real one."""

    async def start(self) -> None:
        self.runner = await serve(self.telegram, port=0)
        host, port = self.runner.addresses[0][:2]
        settings = Settings(
            _env_file=None,
            bot_token=TOKEN,
            bot_api_url=f"http://{host}:{port}",
            data_dir=self.folder,
            admin_ids=frozenset({ADMIN}),
        )
        self.app = App(settings, clock=self.clock, limits=UNLIMITED, pace=None, ticking=False)
        await self.app.__aenter__()

    async def stop(self) -> None:
        await super().stop()
        await self.runner.cleanup()


@pytest.fixture(params=[World, HttpWorld], ids=["in process", "over HTTP"])
async def either(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    world: World = request.param(tmp_path / "data", handlers.routers, composers)
    await world.start()
    yield world
    await world.stop()


async def introduces_herself(anna: Person) -> None:
    await anna.says("/start")
    await anna.taps("Познакомиться")
    await anna.taps("Согласие даю")
    await anna.says("Щеглова Анна Петровна")
    await anna.says("Ейский район")
    await anna.says("СОШ 5")
    await anna.taps("учитель")
    await anna.taps("2 из 2 ›")
    await anna.taps("молодые педагоги")
    anna.sees("Мои опросы")


async def opens_a_campaign(irina: Person) -> None:
    await irina.taps("Провести опрос")
    await irina.taps("Провести новый опрос")
    await irina.taps("Методические услуги центра")
    await irina.taps("Провести опрос")
    await irina.says("Центр наставничества")
    await irina.taps("Именной")
    await irina.taps("Дальше")
    await irina.taps("Сейчас")
    await irina.taps("7 дней")
    await irina.taps("Открыть опрос")


async def answers(anna: Person) -> int:
    """Press the first answer, or write a word, until nothing is left to ask; how many items."""
    for asked in range(60):
        if "Проверьте ответы" in anna.screen.text:
            return asked
        labels = anna.screen.labels
        if any(label.startswith("☐") for label in labels):
            await anna.taps(next(label for label in labels if label.startswith("☐")))
            await anna.taps("Готово")
        elif "Напишите ответ" in anna.screen.text:
            await anna.says("=1+1 всё понравилось")
        elif "Напишите число" in anna.screen.text:
            await anna.says("5")
        else:
            await anna.taps(labels[0])
    raise AssertionError("the questions do not end")


async def test_a_newcomer_answers_and_the_admin_gets_the_spreadsheet(either: World) -> None:
    irina = await registered(either, "Ирина", "Главная", admin=True)
    anna = await either.person("Анна")
    await introduces_herself(anna)
    await opens_a_campaign(irina)
    await either.settle()
    anna.sees("Приглашаем вас ответить")
    await anna.taps("Подробнее и ответить")
    await anna.taps("Начать")
    assert await answers(anna) >= 5
    await anna.taps("Отправить")
    anna.sees("Спасибо")
    either.clock.advance(timedelta(hours=1))
    await irina.says("/report")
    await irina.taps("Методические услуги центра")
    book = load_workbook(io.BytesIO(irina.documents[-1].content))
    rows = list(book["Ответы"].iter_rows())
    texts = {cell.value for row in rows for cell in row}
    assert {"Щеглова", "Анна", "Петровна", "Ейский район"} <= texts
    formulas = [cell for row in rows for cell in row if "1+1" in str(cell.value)]
    assert formulas
    assert {cell.data_type for cell in formulas} == {"s"}
