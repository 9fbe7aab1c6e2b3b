"""The page's HTTP door without a browser: what it refuses, and whom."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.faults import Faults
from sandbox.model import User
from sandbox.page_input import RefusedError, start_payload
from sandbox.telegram import Telegram
from tests.kit.browser import page_server

BOT = "dvizhenie_vverh_bot"


@pytest.fixture
async def door(telegram: Telegram) -> AsyncIterator[aiohttp.ClientSession]:
    async with page_server(telegram) as address, aiohttp.ClientSession(address) as session:
        yield session


async def refused(response: aiohttp.ClientResponse) -> tuple[int, str]:
    return response.status, (await response.json())["error"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example:8080"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_pages_of_other_sites_are_turned_away(
    door: aiohttp.ClientSession, telegram: Telegram, vera: User, headers: dict[str, str]
) -> None:
    for path in ("state", f"people/{vera.id}/history", "events"):
        async with door.get(f"/page/{path}", headers=headers) as response:
            assert response.status == 403
    url = f"/page/people/{vera.id}/messages"
    async with door.post(url, json={"text": "чужое"}, headers=headers) as response:
        assert response.status == 403
    assert [message.text for message in telegram.history(vera.id)] == ["/start"]


async def test_no_page_at_all_speaks_for_the_bot(
    door: aiohttp.ClientSession, telegram: Telegram, vera: User
) -> None:
    url = f"/bot{telegram.token}/sendMessage"
    body = {"chat_id": vera.id, "text": "Я бот"}
    async with door.post(url, json=body, headers={"Origin": "https://evil.example"}) as response:
        assert response.status == 403
    async with door.post(url, json=body) as response:
        assert response.status == 200
    assert [message.text for message in telegram.history(vera.id)] == ["/start", "Я бот"]


async def test_a_link_elsewhere_may_lead_to_the_page_itself(door: aiohttp.ClientSession) -> None:
    async with door.get("/", headers={"Sec-Fetch-Site": "cross-site"}) as response:
        assert response.status == 200
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


async def test_a_form_that_pretends_to_be_json_is_refused(
    door: aiohttp.ClientSession, vera: User
) -> None:
    url = f"/page/people/{vera.id}/messages"
    body = orjson.dumps({"text": "привет"})
    async with door.post(url, data=body, headers={"Content-Type": "text/plain"}) as response:
        assert (await refused(response))[0] == 415


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("people", {}, 400),
        ("people", {"name": "   "}, 400),
        ("people", {"name": "я" * 65}, 400),
        ("people", {"name": "Лада", "rights": "admin"}, 400),
        ("people", {"name": "Лада", "link": "https://t.me/another_bot?start=a"}, 400),
        ("people", {"name": "Лада", "link": f"https://t.me/{BOT}?start={'a' * 65}"}, 400),
        ("people/5/messages", {"text": "кто здесь"}, 404),
        ("people/VERA/messages", {"text": ""}, 400),
        ("people/VERA/messages", {"text": "  \n "}, 400),
        ("people/VERA/messages", {"text": "я" * 4097}, 400),
        ("people/VERA/messages", ["text"], 400),
        ("people/VERA/press", {"message_id": 1, "row": 0, "column": 0}, 409),
        ("people/VERA/press", {"message_id": 1, "row": -1, "column": 0}, 400),
        ("people/VERA/start", {"payload": "с пробелом"}, 400),
        ("clock", {}, 400),
        ("clock", {"seconds": -5}, 400),
        ("clock", {"seconds": 1, "to": 5_000_000_000}, 400),
        ("clock", {"to": 1_000_000_000}, 400),
        ("clock", {"seconds": 10**12}, 400),
        ("clock", {"to": "завтра"}, 400),
        ("faults", {"latency": 31}, 400),
        ("faults", {"server_errors": 1.5}, 400),
        ("faults", {"earthquake": True}, 400),
    ],
)
async def test_wrong_input_gets_a_russian_sentence(
    door: aiohttp.ClientSession,
    telegram: Telegram,
    vera: User,
    path: str,
    body: Any,
    status: int,
) -> None:
    people = len(telegram.chats)
    async with door.post(f"/page/{path.replace('VERA', str(vera.id))}", json=body) as response:
        answered, sentence = await refused(response)
    assert answered == status
    assert sentence.endswith(".")
    assert any("а" <= letter <= "я" for letter in sentence)
    assert len(telegram.chats) == people
    assert len(telegram.history(vera.id)) == 1


async def test_nothing_is_written_by_a_person_who_blocked_the_bot_or_is_gone(
    door: aiohttp.ClientSession, telegram: Telegram, vera: User
) -> None:
    telegram.block(vera.id)
    url = f"/page/people/{vera.id}/messages"
    async with door.post(url, json={"text": "привет"}) as response:
        assert response.status == 409
    telegram.unblock(vera.id)
    telegram.deactivate(vera.id)
    async with door.post(url, json={"text": "привет"}) as response:
        assert response.status == 409
    assert len(telegram.history(vera.id)) == 1


async def test_a_sent_page_is_saved_and_never_shown(
    door: aiohttp.ClientSession, telegram: Telegram, vera: User
) -> None:
    sent = telegram.send_file(vera.id, "злая страница.html", b"<script>1</script>")
    file_id = sent.content["document"]["file_id"]
    async with door.get(f"/page/file/{file_id}") as response:
        assert await response.read() == b"<script>1</script>"
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_an_unknown_file_is_not_found(door: aiohttp.ClientSession) -> None:
    async with door.get("/page/file/nothing") as response:
        assert (await refused(response))[0] == 404


async def test_the_stream_tells_what_happens_and_ends_with_the_server(
    telegram: Telegram, vera: User
) -> None:
    async with aiohttp.ClientSession() as session:
        async with page_server(telegram) as address:
            stream = await session.get(f"{address}/page/events")
            assert await stream.content.readline() == b": connected\n"
            telegram.send_text(vera.id, "слышно?")
            line = b""
            while not line.startswith(b"data: "):
                line = await stream.content.readline()
            event = orjson.loads(line.removeprefix(b"data: "))
            assert event["kind"] == "message"
            assert event["message"]["text"] == "слышно?"
            assert event["person"]["last"]["text"] == "слышно?"
        async with asyncio.timeout(30):
            await stream.content.read()  # the end, without waiting for the page


async def test_the_panel_replaces_only_its_own_faults(
    door: aiohttp.ClientSession, telegram: Telegram
) -> None:
    faults: Faults = telegram.faults
    kept = faults.add("latency", seconds=0.01)
    async with door.post("/page/faults", json={"latency": 2, "silence": True}) as response:
        assert response.status == 200
    assert {fault.trouble for fault in faults.list()} == {"latency", "silence"}
    async with door.post("/page/faults", json={}) as response:
        assert response.status == 200
    assert faults.list() == [kept]


async def test_the_page_asks_for_no_bot_token_and_tells_none(
    door: aiohttp.ClientSession, telegram: Telegram
) -> None:
    for path in ("/", "/page/state"):
        async with door.get(path) as response:
            assert telegram.token not in await response.text()


@pytest.mark.parametrize(
    "link",
    [
        f"https://t.me/{BOT}?start=abc_-9",
        f"t.me/{BOT}?start=abc_-9",
        f"http://telegram.me/{BOT.upper()}/?start=abc_-9",
        f"tg://resolve?domain={BOT}&start=abc_-9",
        f"  https://www.t.me/{BOT}?utm=1&start=abc_-9  ",
    ],
)
def test_every_spelling_of_a_deep_link_is_read(link: str) -> None:
    assert start_payload(link, BOT) == "abc_-9"


@given(st.from_regex(r"[A-Za-z0-9_-]{0,64}", fullmatch=True))
def test_a_deep_link_gives_its_payload_back(payload: str) -> None:
    assert start_payload(f"https://t.me/{BOT}?start={payload}", BOT) == payload


@given(st.text())
def test_any_other_text_is_refused_and_never_breaks(link: str) -> None:
    with pytest.raises(RefusedError):
        start_payload(link, BOT)
