"""The door of the chat page: its files, the state, the clock, faults; people are in `page_people`.

`add_page(app, telegram)` adds it to the Bot API server's application, `serve_page` serves both.
Everything under `/page` is for the page in a browser of this machine only (`sandbox.page_guard`).
"""

import math
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from sandbox import page_texts
from sandbox.bot_api import make_app
from sandbox.faults import Fault
from sandbox.page_guard import HEADERS, comes_from_a_page, is_foreign
from sandbox.page_input import (
    YEARS_10,
    Clock,
    RefusedError,
    Switches,
    json_body,
    json_response,
    parse,
)
from sandbox.page_people import PeopleDoor
from sandbox.page_stream import EventStream
from sandbox.page_view import PageView
from sandbox.telegram import Telegram

FILES = Path(__file__).parent / "page"
# What a browser may show in place; anything else (a page, a drawing with scripts) is only saved.
SHOWN_IN_PLACE = ("image/jpeg", "image/png", "image/gif", "image/webp", "audio/", "video/")
# What brings new messages into chats: slow, it lets one watch a notice go out, pause and cancel it.
SENDING = (
    "sendMessage",
    "copyMessage",
    "sendMediaGroup",
    "sendPhoto",
    "sendDocument",
    "sendVideo",
    "sendAudio",
    "sendVoice",
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def add_page(
    app: web.Application, telegram: Telegram, notes: Mapping[int, str] | None = None
) -> None:
    """Adds the page to an application; `notes` say who the people are, by id («учитель»)."""
    view = PageView(telegram, notes or {})
    door = _Door(telegram, view)
    stream = EventStream(telegram, view)
    app.middlewares.append(_guard)
    app.router.add_static("/page/static", FILES)
    app.add_routes(
        [
            web.get("/", door.index),
            web.get("/page/state", door.state),
            web.get("/page/events", stream.serve),
            web.get("/page/file/{file_id}", door.file),
            web.post("/page/clock", door.clock),
            web.post("/page/faults", door.faults),
            *PeopleDoor(telegram, view).routes(),
        ]
    )
    app.on_shutdown.append(stream.end)


async def serve_page(
    telegram: Telegram, port: int = 8080, notes: Mapping[int, str] | None = None
) -> web.AppRunner:
    """Serves the Bot API and the page on the loopback; `await runner.cleanup()` ends it.

    Port 0 takes a free one (`runner.addresses`); OSError when the port is taken.
    """
    app = make_app(telegram)
    add_page(app, telegram, notes)
    # A long poll whose bot is gone must not hold up the end.
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
    except OSError:
        await runner.cleanup()
        raise
    return runner


@web.middleware
async def _guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    of_the_page = request.path == "/" or request.path.startswith("/page/")
    if is_foreign(request) if of_the_page else comes_from_a_page(request):
        return json_response({"error": page_texts.FOREIGN}, 403)
    if not of_the_page:
        return await handler(request)
    try:
        response = await handler(request)
    except RefusedError as refusal:
        response = json_response({"error": refusal.sentence}, refusal.status)
    if not response.prepared:
        response.headers.update(HEADERS)
        response.headers.setdefault("Cache-Control", "no-store")
    return response


class _Door:
    """What concerns the sandbox as a whole."""

    def __init__(self, telegram: Telegram, view: PageView) -> None:
        self._telegram = telegram
        self._view = view
        self._switches = Switches()
        self._switched: list[Fault] = []  # the faults that this panel switched on

    async def index(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(FILES / "index.html")

    async def state(self, _: web.Request) -> web.Response:
        view = self._view
        return json_response(
            {
                "bot": view.bot(),
                "people": view.people(),
                "clock": view.clock(),
                "faults": self._switches.model_dump(),
            }
        )

    async def file(self, request: web.Request) -> web.Response:
        stored = self._telegram.files.find(request.match_info["file_id"])
        if stored is None:
            raise RefusedError(page_texts.NO_SUCH_FILE, 404)
        mime = stored.mime_type.partition(";")[0]
        shown = mime.startswith(SHOWN_IN_PLACE) and "download" not in request.query
        name = stored.name or Path(stored.path).name
        how = "inline" if shown else "attachment"
        return web.Response(
            body=stored.content,
            content_type=mime if shown else "application/octet-stream",
            headers={
                "Content-Disposition": f"{how}; filename*=UTF-8''{quote(name, safe='')}",
                # A file_id never stands for other bytes.
                "Cache-Control": "private, max-age=86400, immutable",
            },
        )

    async def clock(self, request: web.Request) -> web.Response:
        body = parse(Clock, await json_body(request), page_texts.BAD_CLOCK)
        if (body.seconds is None) == (body.to is None):
            raise RefusedError(page_texts.BAD_CLOCK)
        now = self._telegram.now()
        step = body.seconds if body.seconds is not None else (body.to or 0.0) - now
        if not math.isfinite(step):
            raise RefusedError(page_texts.BAD_CLOCK)
        if step <= 0:
            raise RefusedError(page_texts.CLOCK_BACK)
        if step > YEARS_10:
            raise RefusedError(page_texts.CLOCK_TOO_FAR)
        if body.to is not None:
            self._telegram.clock.set(datetime.fromtimestamp(body.to, UTC))
        else:
            self._telegram.clock.advance(timedelta(seconds=step))
        self._telegram.events.publish("clock", 0)
        return json_response(self._view.clock())

    async def faults(self, request: web.Request) -> web.Response:
        """Replaces the panel's switches; faults that something else switched on stay."""
        switches = parse(Switches, await json_body(request), page_texts.BAD_FAULTS)
        faults = self._telegram.faults
        for fault in self._switched:
            faults.remove(fault)
        self._switched = []
        add = self._switched.append
        if switches.latency:
            add(faults.add("latency", seconds=switches.latency))
        if switches.slow_sending:
            add(faults.add("latency", methods=SENDING, seconds=switches.slow_sending))
        if switches.server_errors:
            add(faults.add("server_error", probability=switches.server_errors))
        if switches.dropped_connections:
            add(faults.add("drop_before", probability=switches.dropped_connections))
        if switches.too_many_requests:
            add(faults.add("too_many", probability=switches.too_many_requests))
        if switches.silence:
            # Longer than any poll; short enough to end soon once the switch is off again.
            add(faults.add("silence", methods=["getUpdates"], seconds=120))
        self._switches = switches
        self._telegram.events.publish("faults", 0)
        return json_response(switches.model_dump())
