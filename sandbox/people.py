"""What people do: write, press, send files, block; everything becomes updates for the bot."""

import asyncio
import re
from typing import TYPE_CHECKING, Any, cast

from sandbox.deleting import forget
from sandbox.entities import finish_text
from sandbox.files import Upload, media_content
from sandbox.model import CallbackAnswer, CallbackQuery, Chat, Json, Message, User

if TYPE_CHECKING:
    from sandbox.telegram import Telegram

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]*")


class PeopleSide:
    """The person's side of `Telegram`; a mistake of its caller is a ValueError or KeyError."""

    def add_person(
        self,
        first_name: str,
        last_name: str | None = None,
        username: str | None = None,
        *,
        person_id: int | None = None,
        language_code: str | None = "ru",
        listed: bool = True,
    ) -> User:
        """A new person, who has not started the bot yet. The id is theirs and their chat's.

        Who is not `listed` has a chat like anybody's, which the chat page does not show: a crowd.
        """
        telegram = cast("Telegram", self)
        if person_id is None:
            person_id = telegram.last_person_id + 1
        if person_id in telegram.chats or person_id == telegram.bot.id:
            message = f"there is somebody with the id {person_id} already"
            raise ValueError(message)
        telegram.last_person_id = max(telegram.last_person_id, person_id)
        person = User(person_id, first_name, last_name, username, language_code=language_code)
        telegram.chats[person_id] = Chat(person, listed=listed)
        telegram.events.publish("person", person_id)
        return person

    def start(self, person_id: int, payload: str | None = None) -> Message:
        """Opens the bot, perhaps by a deep link t.me/<bot>?start=<payload>, and presses Start."""
        telegram = cast("Telegram", self)
        if payload and (
            len(payload) > telegram.limits.start_payload or not _PAYLOAD.fullmatch(payload)
        ):
            message = f"a start parameter is at most 64 of A-Z a-z 0-9 _ -, not {payload!r}"
            raise ValueError(message)
        return self.send_text(person_id, f"/start {payload}" if payload else "/start")

    def send_text(
        self,
        person_id: int,
        text: str,
        reply_to: int | None = None,
        *,
        entities: list[Json] | None = None,
    ) -> Message:
        """Writes a text; Telegram's client would cut one longer than 4096, so a ValueError."""
        telegram = cast("Telegram", self)
        shown, found = finish_text(text, entities or [], telegram.limits)
        if not 0 < len(shown) <= telegram.limits.text:
            message = f"a message has 1 to {telegram.limits.text} characters, not {len(shown)}"
            raise ValueError(message)
        content: Json = {"text": shown}
        if found:
            content["entities"] = found
        return self._say(person_id, "text", content, reply_to)

    def send_file(
        self,
        person_id: int,
        name: str,
        content: bytes,
        *,
        caption: str = "",
        mime_type: str | None = None,
        reply_to: int | None = None,
    ) -> Message:
        """Sends a document."""
        upload = Upload(name, content, mime_type)
        return self._send_upload(
            person_id, "document", upload, caption, extras={}, reply_to=reply_to
        )

    def send_photo(
        self,
        person_id: int,
        content: bytes,
        *,
        caption: str = "",
        name: str = "photo.jpg",
        reply_to: int | None = None,
    ) -> Message:
        """Sends a picture as a photo."""
        upload = Upload(name, content)
        return self._send_upload(person_id, "photo", upload, caption, extras={}, reply_to=reply_to)

    def send_voice(
        self,
        person_id: int,
        content: bytes,
        *,
        duration: int = 1,
        mime_type: str = "audio/ogg",
        reply_to: int | None = None,
    ) -> Message:
        """Sends a voice message."""
        upload = Upload("voice.ogg", content, mime_type)
        extras = {"duration": duration}
        return self._send_upload(person_id, "voice", upload, "", extras=extras, reply_to=reply_to)

    def send_video(
        self,
        person_id: int,
        content: bytes,
        *,
        caption: str = "",
        duration: int = 1,
        width: int = 640,
        height: int = 360,
        name: str = "video.mp4",
        reply_to: int | None = None,
    ) -> Message:
        """Sends a video."""
        upload = Upload(name, content, "video/mp4")
        extras = {"duration": duration, "width": width, "height": height}
        return self._send_upload(
            person_id, "video", upload, caption, extras=extras, reply_to=reply_to
        )

    def send_album(
        self, person_id: int, items: list[tuple[str, Upload]], *, caption: str = ""
    ) -> list[Message]:
        """Sends 2–10 files together, as (kind, file); the caption stands under the first."""
        telegram = cast("Telegram", self)
        if not telegram.limits.album_min <= len(items) <= telegram.limits.album_max:
            message = f"an album has 2 to 10 files, not {len(items)}"
            raise ValueError(message)
        group = str(telegram.last_message_id + 2 * 10**16)
        sent = []
        for number, (kind, upload) in enumerate(items):
            content = self._media(kind, upload, caption if number == 0 else "", {})
            sent.append(self._say(person_id, kind, content, group=group))
        return sent

    def send_contact(self, person_id: int, phone_number: str) -> Message:
        """Shares the own phone number, as a `request_contact` button does."""
        person = cast("Telegram", self).chats[person_id].person
        contact: Json = {"phone_number": phone_number, "first_name": person.first_name}
        if person.last_name:
            contact["last_name"] = person.last_name
        contact["user_id"] = person_id
        return self._say(person_id, "contact", {"contact": contact})

    def send_content(
        self, person_id: int, kind: str, content: Json, reply_to: int | None = None
    ) -> Message:
        """Sends any other kind of message (sticker, location, poll, …) by its JSON fields."""
        return self._say(person_id, kind, content, reply_to)

    def press(
        self,
        person_id: int,
        message_id: int,
        *,
        data: str | None = None,
        row: int | None = None,
        column: int = 0,
    ) -> str:
        """Presses an inline button; the callback query's id, to hand to `wait_answer`.

        By `row` and `column` the button must stand there and be a callback button. By `data` it
        need not: buttons of an older keyboard (or forged data) are pressed this way, also under a
        message that is gone.
        """
        telegram = cast("Telegram", self)
        chat = self._alive(person_id)
        message = chat.messages.get(message_id)
        if data is None:
            if message is None or row is None:
                fault = f"no message {message_id} to press a button of"
                raise ValueError(fault)
            button = message.buttons()[row][column]
            if "callback_data" not in button:
                fault = f"the button {button['text']!r} opens something, it sends no data"
                raise ValueError(fault)
            data = str(button["callback_data"])
        telegram.last_query_id += 1
        query = CallbackQuery(str(telegram.last_query_id), chat, message_id, data, telegram.now())
        self._forget_old_queries()
        telegram.queries[query.id] = query
        shown: Json = (
            message.to_json()
            if message is not None
            else {"message_id": message_id, "chat": chat.json, "date": 0}
        )
        telegram.update(
            "callback_query",
            chat.id,
            {
                "id": query.id,
                "from": chat.person.json,
                "message": shown,
                "chat_instance": chat.instance,
                "data": data,
            },
            telegram.limits.callback_seconds,
        )
        return query.id

    async def wait_answer(self, query_id: str, seconds: float = 10) -> CallbackAnswer:
        """Waits (real time) for the bot to answer a press; TimeoutError when it does not."""
        query = cast("Telegram", self).queries[query_id]
        if query.answer is not None:
            return query.answer
        waiter: asyncio.Future[CallbackAnswer] = asyncio.get_running_loop().create_future()
        query.waiters.append(waiter)
        async with asyncio.timeout(seconds):
            return await waiter

    def edit_own(self, person_id: int, message_id: int, text: str) -> Message:
        """Edits an own text or caption."""
        telegram = cast("Telegram", self)
        message = self._alive(person_id).messages[message_id]
        if message.outgoing:
            fault = "a person edits only own messages"
            raise ValueError(fault)
        field = "text" if message.kind == "text" else "caption"
        shown, entities = finish_text(text, [], telegram.limits)
        names = {"text": "entities", "caption": "caption_entities"}
        message.content = {
            **{k: v for k, v in message.content.items() if k != names[field]},
            field: shown,
            **({names[field]: entities} if entities else {}),
        }
        message.edit_date = int(telegram.now())
        telegram.events.publish("edited", person_id, message)
        telegram.update("edited_message", person_id, message.to_json())
        return message

    def delete_own(self, person_id: int, message_id: int) -> None:
        """Deletes a message for both sides; bots get no update of it."""
        chat = self._alive(person_id)
        forget(cast("Telegram", self), chat, chat.messages[message_id])

    def react(self, person_id: int, message_id: int, emoji: str | None) -> None:
        """Puts a reaction under a message, or takes it away with None."""
        telegram = cast("Telegram", self)
        chat = self._alive(person_id)
        message = chat.messages[message_id]
        kept = message.reactions or {}
        old = kept.pop(person_id, [])
        new = [{"type": "emoji", "emoji": emoji}] if emoji else []
        if new:
            kept[person_id] = new
        message.reactions = kept or None
        telegram.events.publish("reaction", person_id, message, message_id=message_id, new=new)
        body = {
            "chat": chat.json,
            "message_id": message_id,
            "user": chat.person.json,
            "date": int(telegram.now()),
            "old_reaction": old,
            "new_reaction": new,
        }
        telegram.update("message_reaction", person_id, body)

    def block(self, person_id: int) -> None:
        """Stops the bot: it can write no more, and is told so by my_chat_member."""
        self._set_blocked(person_id, blocked=True)

    def unblock(self, person_id: int) -> None:
        """Lets the bot write again."""
        self._set_blocked(person_id, blocked=False)

    def deactivate(self, person_id: int) -> None:
        """The person deletes the account."""
        telegram = cast("Telegram", self)
        telegram.chats[person_id].deactivated = True
        telegram.events.publish("person", person_id)

    def inject(self, body: Json, chat_id: int = 0) -> int:
        """Queues any object as an update, for fault tests; its update_id is set here."""
        telegram = cast("Telegram", self)
        update_id = telegram.updates.put_raw(chat_id, body, telegram.limits.update_hours * 3600)
        telegram.webhook.wake()
        return update_id

    def _set_blocked(self, person_id: int, *, blocked: bool) -> None:
        telegram = cast("Telegram", self)
        chat = telegram.chats[person_id]
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        telegram.events.publish("person", person_id)
        member = {"user": telegram.bot.json, "status": "member"}
        kicked = {"user": telegram.bot.json, "status": "kicked", "until_date": 0}
        body = {
            "chat": chat.json,
            "from": chat.person.json,
            "date": int(telegram.now()),
            "old_chat_member": member if blocked else kicked,
            "new_chat_member": kicked if blocked else member,
        }
        telegram.update("my_chat_member", person_id, body)

    def _alive(self, person_id: int) -> Chat:
        chat = cast("Telegram", self).chats[person_id]
        if chat.deactivated:
            message = f"the account {person_id} is deactivated"
            raise ValueError(message)
        return chat

    def _media(self, kind: str, upload: Upload, caption: str, extras: Json) -> Json:
        telegram = cast("Telegram", self)
        content = media_content(telegram.files.put(upload, kind), extras)
        shown, entities = finish_text(caption, [], telegram.limits)
        if len(shown) > telegram.limits.caption:
            message = f"a caption has at most {telegram.limits.caption} characters"
            raise ValueError(message)
        if shown:
            content["caption"] = shown
        if entities:
            content["caption_entities"] = entities
        return content

    def _send_upload(
        self,
        person_id: int,
        kind: str,
        upload: Upload,
        caption: str,
        *,
        extras: Json,
        reply_to: int | None,
    ) -> Message:
        return self._say(person_id, kind, self._media(kind, upload, caption, extras), reply_to)

    def _say(
        self,
        person_id: int,
        kind: str,
        content: Json,
        reply_to: int | None = None,
        group: str | None = None,
    ) -> Message:
        telegram = cast("Telegram", self)
        chat = self._alive(person_id)
        if chat.blocked:  # writing to a blocked bot unblocks it first, as the client asks
            self._set_blocked(person_id, blocked=False)
        chat.started = True
        message = telegram.add_message(chat, chat.person, kind, content)
        message.media_group_id = group
        if reply_to is not None:
            message.reply_to = chat.messages[reply_to]
        telegram.events.publish("message", person_id, message)
        telegram.update("message", person_id, message.to_json())
        return message

    def _forget_old_queries(self) -> None:
        # Only as many as may still be answered are kept.
        telegram = cast("Telegram", self)
        oldest = telegram.now() - telegram.limits.callback_seconds
        queries: dict[str, Any] = telegram.queries
        while queries:
            first = next(iter(queries))
            if len(queries) < 100_000 and queries[first].asked >= oldest:
                break
            del queries[first]
