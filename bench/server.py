"""The smallest Telegram that can drive a questionnaire: its own process, so its CPU is not counted.

Every person has one tap under way; the next one is made when the screen that answers it arrives.
So the bot is always busy and never flooded, and a reply's delay is the bot's own.
"""

import asyncio
import sys
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import orjson
from aiohttp import web

FIRST_PERSON = 10_000


class Crowd:
    """The people, the updates they make, and how long each waits for the answer."""

    def __init__(self, people: int, limit: int) -> None:
        self.people = range(FIRST_PERSON, FIRST_PERSON + people)
        self.limit = limit
        self.pending: list[dict[str, Any]] = []
        self.given: list[dict[str, Any]] = []
        self.news = asyncio.Event()
        self.next_update = 1
        self.asked: dict[int, float] = {}
        self.delays: list[float] = []
        self.done = asyncio.Event()
        self.message = 0
        self.began = 0.0
        self.ended = 0.0
        self.again = 0  # updates given more than once, because a bot does not confirm them

    def start(self) -> None:
        """Everybody writes /surveys."""
        self.began = time.perf_counter()
        for person in self.people:
            text = "/surveys"
            entities = [{"type": "bot_command", "offset": 0, "length": len(text)}]
            self.put(person, {"message": self.shown(person) | {"text": text, "entities": entities}})

    def shown(self, person: int) -> dict[str, Any]:
        self.message += 1
        chat = {"id": person, "type": "private", "first_name": "A"}
        user = {"id": person, "is_bot": False, "first_name": "A", "language_code": "ru"}
        return {"message_id": self.message, "date": 1_790_000_000, "chat": chat, "from": user}

    def put(self, person: int, body: dict[str, Any]) -> None:
        self.asked[person] = time.perf_counter()
        self.pending.append({"update_id": self.next_update} | body)
        self.next_update += 1
        self.news.set()

    def answered(self, person: int, message_id: int, body: Mapping[str, Any]) -> None:
        """A screen came: note the delay, tap its first button that leads on."""
        asked = self.asked.pop(person, None)
        if asked is None:
            return
        self.delays.append(time.perf_counter() - asked)
        if len(self.delays) >= self.limit:
            self.ended = time.perf_counter()
            self.done.set()
            return
        markup = body.get("reply_markup") or {}
        if isinstance(markup, str):
            markup = orjson.loads(markup)
        data = leads_on(markup)
        if data is None:
            self.limit -= 1  # this person is through
            return
        message = self.shown(person) | {
            "message_id": message_id,
            "text": body.get("text", ""),
            "reply_markup": markup,
            "from": {"id": 1, "is_bot": True, "first_name": "Bot"},
        }
        user = {"id": person, "is_bot": False, "first_name": "A", "language_code": "ru"}
        self.put(
            person,
            {
                "callback_query": {
                    "id": str(self.next_update),
                    "from": user,
                    "message": message,
                    "chat_instance": "1",
                    "data": data,
                }
            },
        )


def leads_on(markup: dict[str, Any]) -> str | None:
    """The button a willing person taps: the first that is no way back."""
    for row in markup.get("inline_keyboard", []):
        for button in row:
            words = str(button["text"])
            if "callback_data" in button and not words.startswith(("‹", "Назад", "В меню", "✎")):
                return str(button["callback_data"])
    return None


async def read(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        body: dict[str, Any] = orjson.loads(await request.read())
        return body
    if request.method == "GET":  # aiohttp reads no form there, and pyTelegramBotAPI sends one
        return dict(parse_qsl((await request.read()).decode())) | dict(request.query)
    return dict(await request.post())


def application(crowd: Crowd) -> web.Application:  # noqa: C901 - one method per branch
    """The few methods that a questionnaire needs."""

    async def call(request: web.Request) -> web.Response:
        method = request.match_info["method"].lower()
        body = await read(request)
        return web.Response(
            body=orjson.dumps({"ok": True, "result": await result(method, body)}),
            content_type="application/json",
        )

    async def result(method: str, body: dict[str, Any]) -> Any:
        if method == "getupdates":
            return await updates(int(body.get("offset") or 0))
        if method in {"sendmessage", "editmessagetext"}:
            person = int(body["chat_id"])
            shown = crowd.shown(person)
            if body.get("message_id"):
                shown["message_id"] = int(body["message_id"])
            crowd.answered(person, shown["message_id"], body)
            markup = body.get("reply_markup")
            shown |= {"text": body["text"], "from": {"id": 1, "is_bot": True, "first_name": "B"}}
            if markup:
                shown["reply_markup"] = orjson.loads(markup) if isinstance(markup, str) else markup
            return shown
        if method == "getme":
            return {"id": 1, "is_bot": True, "first_name": "Bot", "username": "bench_bot"}
        return True

    async def updates(offset: int) -> list[dict[str, Any]]:
        crowd.given = [update for update in crowd.given if update["update_id"] >= offset]
        crowd.again += len(crowd.given)
        if not crowd.given and not crowd.pending:
            crowd.news.clear()
            try:
                await asyncio.wait_for(crowd.news.wait(), 5)
            except TimeoutError:
                return []
        room = 100 - len(crowd.given)
        crowd.given += crowd.pending[:room]
        del crowd.pending[:room]
        return crowd.given

    app = web.Application(client_max_size=10**7)
    app.router.add_route("*", "/bot{token}/{method}", call)
    return app


async def main() -> None:
    """Serve; on a line of stdin begin, and print the figures when all is answered."""
    people, limit = int(sys.argv[1]), int(sys.argv[2])
    crowd = Crowd(people, limit)
    runner = web.AppRunner(application(crowd), access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    crowd.start()
    await crowd.done.wait()
    delays = sorted(crowd.delays)
    figures = {
        "answers": len(delays),
        "again": crowd.again,
        "seconds": crowd.ended - crowd.began,
        "p50_ms": delays[len(delays) // 2] * 1000,
        "p99_ms": delays[len(delays) * 99 // 100] * 1000,
    }
    print(orjson.dumps(figures).decode(), flush=True)
    await asyncio.to_thread(sys.stdin.readline)


if __name__ == "__main__":
    asyncio.run(main())
