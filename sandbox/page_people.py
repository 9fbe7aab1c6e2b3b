"""What people do at the chat page: come, write, send files, press, block."""

from collections.abc import Mapping

from aiohttp import BodyPartReader, web

from sandbox import page_texts
from sandbox.errors import ApiError
from sandbox.files import Upload
from sandbox.malformed import malformed_updates
from sandbox.model import Chat
from sandbox.page_input import (
    NewPerson,
    Press,
    Read,
    RefusedError,
    Start,
    TextMessage,
    json_body,
    json_response,
    parse,
    start_payload,
)
from sandbox.page_view import PageView
from sandbox.telegram import Telegram


class PeopleDoor:
    """The handlers of `/page/people…`."""

    def __init__(self, telegram: Telegram, view: PageView) -> None:
        self._telegram = telegram
        self._view = view

    def routes(self) -> list[web.RouteDef]:
        """Where they stand."""
        one = "/page/people/{id}"
        return [
            web.post("/page/people", self.come),
            web.get(f"{one}/history", self.history),
            web.post(f"{one}/messages", self.message),
            web.post(f"{one}/press", self.press),
            web.post(f"{one}/start", self.start),
            web.post(f"{one}/read", self.read),
            web.post(f"{one}/block", self.block),
            web.post(f"{one}/unblock", self.unblock),
            web.post(f"{one}/malformed", self.malformed),
        ]

    async def history(self, request: web.Request) -> web.Response:
        """Everything the person sees in the chat."""
        return json_response(self._view.chat(self._chat(request)))

    async def come(self, request: web.Request) -> web.Response:
        """A new person, who follows a deep link at once if there is one."""
        body = parse(NewPerson, await json_body(request), page_texts.NEEDS_NAME)
        username = self._telegram.bot.username or ""
        payload = None if body.link is None else start_payload(body.link, username)
        first, _, last = body.name.partition(" ")
        person = self._telegram.add_person(first, last.strip() or None)
        if payload is not None:
            self._telegram.start(person.id, payload)
        return json_response({"person": self._view.person(self._telegram.chats[person.id])}, 201)

    async def start(self, request: web.Request) -> web.Response:
        """The START button, or that of a deep link."""
        chat = self._reachable(request, blocked_too=True)
        body = parse(Start, await json_body(request), page_texts.BAD_PAYLOAD)
        self._telegram.start(chat.id, body.payload)
        return json_response({})

    async def message(self, request: web.Request) -> web.Response:
        """A text, the own contact, or (as multipart) files."""
        chat = self._reachable(request)
        if request.content_type == "multipart/form-data":
            await self._send_files(chat, request)
            return json_response({})
        body = parse(TextMessage, await json_body(request), page_texts.NEEDS_TEXT)
        if body.contact:
            self._telegram.send_contact(chat.id, _phone_number(chat.id))
            return json_response({})
        if len(body.text) > self._telegram.limits.text:
            raise RefusedError(page_texts.TOO_LONG)
        try:
            self._telegram.send_text(chat.id, body.text, self._target(chat, body))
        except ValueError:  # nothing is left once what cannot be seen is cut off
            raise RefusedError(page_texts.NEEDS_TEXT) from None
        return json_response({})

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
        """An inline button; its answer comes as an event with this query_id."""
        chat = self._reachable(request)
        body = parse(Press, await json_body(request), page_texts.NO_SUCH_BUTTON)
        message = chat.messages.get(body.message_id)
        try:
            button = message.buttons()[body.row][body.column] if message else {}
        except IndexError:
            button = {}
        if "callback_data" not in button:
            raise RefusedError(page_texts.NO_SUCH_BUTTON, 409)
        query_id = self._telegram.press(chat.id, body.message_id, row=body.row, column=body.column)
        return json_response({"query_id": query_id})

    async def read(self, request: web.Request) -> web.Response:
        """What has been seen counts no longer as unread."""
        chat = self._chat(request)
        body = parse(Read, await json_body(request), page_texts.NOT_JSON)
        self._view.mark_read(chat.id, body.message_id)
        return json_response({})

    async def block(self, request: web.Request) -> web.Response:
        """The person stops the bot."""
        chat = self._chat(request)
        await json_body(request)
        self._telegram.block(chat.id)
        return json_response({})

    async def unblock(self, request: web.Request) -> web.Response:
        """The person lets the bot write again."""
        chat = self._chat(request)
        await json_body(request)
        self._telegram.unblock(chat.id)
        return json_response({})

    async def malformed(self, request: web.Request) -> web.Response:
        """Every kind of malformed update, as if from this person; says how many there were."""
        chat = self._chat(request)
        await json_body(request)
        kinds = [self._telegram.inject(one.update, chat.id) for one in malformed_updates(chat.id)]
        return json_response({"count": len(kinds)})

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
