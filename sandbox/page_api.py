"""The door of the chat page: its files, what it reads, what people do there, and the events.

`add_page(app, telegram)` adds it to the Bot API server's application. Everything under `/page`
is for the page in the browser of this machine only (see `sandbox.page_guard`).
"""

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson
from aiohttp import BodyPartReader, web

from sandbox import page_texts
from sandbox.errors import ApiError
from sandbox.events import Subscription
from sandbox.files import Upload
from sandbox.model import Chat
from sandbox.page_guard import HEADERS, is_foreign
from sandbox.page_input import (
    YEARS_10,
    Clock,
    NewPerson,
    Press,
    Read,
    RefusedError,
    Start,
    Switches,
    TextMessage,
    parse,
    start_payload,
)
from sandbox.page_view import PageView
from sandbox.telegram import Telegram

FILES = Path(__file__).parent / "page"
HEARTBEAT_SECONDS = 15.0
# What a browser may show in place; anything else (a page, a drawing with scripts) is only saved.
SHOWN_IN_PLACE = ("image/jpeg", "image/png", "image/gif", "image/webp", "audio/", "video/")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def add_page(app: web.Application, telegram: Telegram, notes: Mapping[int, str] | None = None) -> None:
    """Adds the page to an application; `notes` say who the people are, by id («учитель»)."""
    door = _Door(telegram, PageView(telegram, notes or {}))
    app.middlewares.append(_guard)
    app.router.add_static("/page/static", FILES)
    app.add_routes(
        [
            web.get("/", door.index),
            web.get("/page/state", door.state),
            web.get("/page/events", door.events),
            web.get("/page/people/{id}/history", door.history),
            web.get("/page/file/{file_id}", door.file),
            web.post("/page/people", door.new_person),
            web.post("/page/people/{id}/messages", door.message),
            web.post("/page/people/{id}/press", door.press),
            web.post("/page/people/{id}/start", door.start),
            web.post("/page/people/{id}/read", door.read),
            web.post("/page/people/{id}/block", door.block),
            web.post("/page/people/{id}/unblock", door.unblock),
            web.post("/page/clock", door.clock),
            web.post("/page/faults", door.faults),
        ]
    )
    app.on_shutdown.append(door.end_streams)


@web.middleware
async def _guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    if request.path != "/" and not request.path.startswith("/page/"):
        return await handler(request)  # the Bot API's own door
    if is_foreign(request):
        return _json({"error": page_texts.FOREIGN}, 403)
    try:
        response = await handler(request)
    except RefusedError as refusal:
        response = _json({"error": refusal.sentence}, refusal.status)
    if not response.prepared:
        response.headers.update(HEADERS)
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _json(body: Any, status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")


async def _body(request: web.Request) -> Any:
    # A form of another site can send text/plain without asking; JSON it cannot.
    if request.content_type != "application/json":
        raise RefusedError(page_texts.NOT_JSON, 415)
    try:
        return orjson.loads(await request.read())
    except orjson.JSONDecodeError:
        raise RefusedError(page_texts.NOT_JSON) from None


class _Door:
    """The handlers."""

    def __init__(self, telegram: Telegram, view: PageView) -> None:
        self._telegram = telegram
        self._view = view
        self._switches = Switches()
        self._switched: list[Any] = []  # the faults that this panel switched on
        self._streams: set[asyncio.Task[Any]] = set()

    # Reading.

    async def index(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(FILES / "index.html")

    async def state(self, _: web.Request) -> web.Response:
        view = self._view
        return _json(
            {
                "bot": view.bot(),
                "people": view.people(),
                "clock": view.clock(),
                "faults": self._switches.model_dump(),
            }
        )

    async def history(self, request: web.Request) -> web.Response:
        return _json(self._view.chat(self._chat(request)))

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events from now on; the page reads everything anew when it (re)connects."""
        response = web.StreamResponse(
            headers={**HEADERS, "Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        async with self._stream() as subscription:
            await response.prepare(request)
            await response.write(b": connected\n\n")
            while True:
                try:
                    async with asyncio.timeout(HEARTBEAT_SECONDS):
                        event = await anext(subscription)
                except TimeoutError:
                    await response.write(b": still here\n\n")
                    continue
                told = self._view.event(event)
                if told is not None:
                    await response.write(b"data: " + orjson.dumps(told) + b"\n\n")
        return response

    @asynccontextmanager
    async def _stream(self) -> AsyncIterator[Subscription]:
        task = asyncio.current_task()
        if task is not None:
            self._streams.add(task)
        try:
            async with self._telegram.subscribe() as subscription:
                yield subscription
        except ConnectionError:
            pass  # the page was closed
        finally:
            if task is not None:
                self._streams.discard(task)

    async def end_streams(self, _: web.Application) -> None:
        """A server that stops does not wait for pages to close."""
        for task in self._streams:
            task.cancel()

    async def file(self, request: web.Request) -> web.Response:
        stored = self._telegram.files.find(request.match_info["file_id"])
        if stored is None:
            raise RefusedError(page_texts.NO_SUCH_FILE, 404)
        shown = stored.mime_type.startswith(SHOWN_IN_PLACE) and "download" not in request.query
        name = stored.name or Path(stored.path).name
        how = "inline" if shown else "attachment"
        return web.Response(
            body=stored.content,
            content_type=stored.mime_type if shown else "application/octet-stream",
            headers={
                "Content-Disposition": f"{how}; filename*=UTF-8''{quote(name, safe='')}",
                # A file_id never stands for other bytes.
                "Cache-Control": "private, max-age=86400, immutable",
            },
        )

    # What people do.

    async def new_person(self, request: web.Request) -> web.Response:
        body = parse(NewPerson, await _body(request), page_texts.NEEDS_NAME)
        username = self._telegram.bot.username or ""
        payload = None if body.link is None else start_payload(body.link, username)
        first, _, last = body.name.partition(" ")
        person = self._telegram.add_person(first, last.strip() or None)
        if payload is not None:
            self._telegram.start(person.id, payload)
        return _json({"person": self._view.person(self._telegram.chats[person.id])}, 201)

    async def start(self, request: web.Request) -> web.Response:
        chat = self._reachable(request, blocked_too=True)
        body = parse(Start, await _body(request), page_texts.BAD_PAYLOAD)
        self._telegram.start(chat.id, body.payload)
        return _json({})

    async def message(self, request: web.Request) -> web.Response:
        chat = self._reachable(request)
        if request.content_type == "multipart/form-data":
            await self._send_files(chat, request)
            return _json({})
        body = parse(TextMessage, await _body(request), page_texts.NEEDS_TEXT)
        if body.contact:
            self._telegram.send_contact(chat.id, _phone_number(chat.id))
            return _json({})
        if len(body.text) > self._telegram.limits.text:
            raise RefusedError(page_texts.TOO_LONG)
        try:
            self._telegram.send_text(chat.id, body.text, self._target(chat, body))
        except ValueError:  # nothing is left once what cannot be seen is cut off
            raise RefusedError(page_texts.NEEDS_TEXT) from None
        return _json({})

    @staticmethod
    def _target(chat: Chat, body: TextMessage) -> int | None:
        # A message may vanish while its answer is being written; the answer then stands alone.
        return body.reply_to_message_id if body.reply_to_message_id in chat.messages else None

    async def _send_files(self, chat: Chat, request: web.Request) -> None:
        fields, uploads = await self._form(request)
        kind = fields.get("kind", "document")
        caption = fields.get("caption", "")
        if kind not in {"document", "photo", "voice"}:
            raise RefusedError(page_texts.BAD_KIND)
        if not uploads:
            raise RefusedError(page_texts.NEEDS_FILE)
        if not all(upload.content for upload in uploads):
            raise RefusedError(page_texts.EMPTY_FILE)
        if len(uploads) > self._telegram.limits.album_max:
            raise RefusedError(page_texts.ALBUM_SIZE)
        if len(caption) > self._telegram.limits.caption:
            raise RefusedError(page_texts.CAPTION_TOO_LONG)
        try:
            self._send_uploads(chat, kind, uploads, caption, fields)
        except ApiError:
            raise RefusedError(page_texts.NOT_A_PHOTO) from None

    def _send_uploads(
        self,
        chat: Chat,
        kind: str,
        uploads: list[Upload],
        caption: str,
        fields: Mapping[str, str],
    ) -> None:
        telegram = self._telegram
        first = uploads[0]
        answered = fields.get("reply_to_message_id", "")
        target = int(answered) if answered.isdecimal() and int(answered) in chat.messages else None
        if len(uploads) > 1 and kind != "voice":
            telegram.send_album(chat.id, [(kind, upload) for upload in uploads], caption=caption)
        elif kind == "photo":
            telegram.send_photo(
                chat.id, first.content, caption=caption, name=first.name, reply_to=target
            )
        elif kind == "voice":
            mime = first.mime_type or "audio/ogg"
            telegram.send_voice(
                chat.id, first.content, duration=_seconds(fields), mime_type=mime, reply_to=target
            )
        else:
            telegram.send_file(
                chat.id,
                first.name,
                first.content,
                caption=caption,
                mime_type=first.mime_type,
                reply_to=target,
            )

    async def _form(self, request: web.Request) -> tuple[dict[str, str], list[Upload]]:
        fields: dict[str, str] = {}
        uploads = []
        room = self._telegram.limits.upload_bytes
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                raise RefusedError(page_texts.NEEDS_FILE)
            content = bytearray()
            while chunk := await part.read_chunk(1 << 16):
                content += chunk
                if len(content) > room:
                    raise RefusedError(page_texts.TOO_BIG, 413)
            if part.filename is not None:
                mime = part.headers.get("Content-Type")
                uploads.append(Upload(part.filename, bytes(content), mime))
            elif part.name is not None:
                fields[part.name] = content.decode(errors="replace")
        return fields, uploads

    async def press(self, request: web.Request) -> web.Response:
        chat = self._reachable(request)
        body = parse(Press, await _body(request), page_texts.NO_SUCH_BUTTON)
        message = chat.messages.get(body.message_id)
        try:
            button = message.buttons()[body.row][body.column] if message else {}
        except IndexError:
            button = {}
        if "callback_data" not in button:
            raise RefusedError(page_texts.NO_SUCH_BUTTON, 409)
        query_id = self._telegram.press(
            chat.id, body.message_id, row=body.row, column=body.column
        )
        return _json({"query_id": query_id})

    async def read(self, request: web.Request) -> web.Response:
        chat = self._chat(request)
        body = parse(Read, await _body(request), page_texts.NOT_JSON)
        self._view.mark_read(chat.id, body.message_id)
        return _json({})

    async def block(self, request: web.Request) -> web.Response:
        chat = self._chat(request)
        await _body(request)
        self._telegram.block(chat.id)
        return _json({})

    async def unblock(self, request: web.Request) -> web.Response:
        chat = self._chat(request)
        await _body(request)
        self._telegram.unblock(chat.id)
        return _json({})

    # The sandbox itself.

    async def clock(self, request: web.Request) -> web.Response:
        body = parse(Clock, await _body(request), page_texts.BAD_CLOCK)
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
        return _json(self._view.clock())

    async def faults(self, request: web.Request) -> web.Response:
        """Replaces the panel's switches; faults that something else switched on stay."""
        switches = parse(Switches, await _body(request), page_texts.BAD_FAULTS)
        faults = self._telegram.faults
        for fault in self._switched:
            faults.remove(fault)
        self._switched = []
        add = self._switched.append
        if switches.latency:
            add(faults.add("latency", seconds=switches.latency))
        if switches.server_errors:
            add(faults.add("server_error", probability=switches.server_errors))
        if switches.dropped_connections:
            add(faults.add("drop_before", probability=switches.dropped_connections))
        if switches.too_many_requests:
            add(faults.add("too_many", probability=switches.too_many_requests))
        if switches.silence:
            add(faults.add("silence", methods=["getUpdates"], seconds=600))
        self._switches = switches
        self._telegram.events.publish("faults", 0)
        return _json(switches.model_dump())

    # Who.

    def _chat(self, request: web.Request) -> Chat:
        given = request.match_info["id"]
        chat = self._telegram.chats.get(int(given)) if given.isdecimal() else None
        if chat is None:
            raise RefusedError(page_texts.NO_SUCH_PERSON, 404)
        return chat

    def _reachable(self, request: web.Request, *, blocked_too: bool = False) -> Chat:
        chat = self._chat(request)
        if chat.deactivated:
            raise RefusedError(page_texts.DEACTIVATED, 409)
        if chat.blocked and not blocked_too:
            raise RefusedError(page_texts.BLOCKED, 409)
        return chat


def _phone_number(person_id: int) -> str:
    # +7 000 is no region's code: nobody's telephone rings.
    return f"7000{person_id % 10_000_000:07d}"


def _seconds(fields: Mapping[str, str]) -> int:
    given = fields.get("duration", "")
    return min(int(given), 3600) if given.isdecimal() else 0
