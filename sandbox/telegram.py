"""A local Telegram: one bot, its people, and everything between them.

`Telegram.call` is what the bot may do; the methods of `PeopleSide` are what people do; `history`
and `subscribe` show what came of it. Two doors lead here: `sandbox.bot_api` over HTTP and
`sandbox.session` in process.
"""

import inspect
import re
from collections.abc import Mapping
from typing import Any

from sandbox import answering, deleting, editing, polling, profile, reading, sending
from sandbox.clock import Clock
from sandbox.errors import ApiError, bad_request, forbidden
from sandbox.events import EventHub, Subscription
from sandbox.faults import Faults
from sandbox.files import FileStore, Upload
from sandbox.limits import Limits
from sandbox.model import CallbackQuery, Chat, Json, Message, User
from sandbox.params import Params, text, to_integer
from sandbox.people import PeopleSide
from sandbox.polling import Polling
from sandbox.profile import Profile
from sandbox.rate import RateLimiter
from sandbox.updates import UpdateQueue
from sandbox.webhook import Webhook

_TOKEN = re.compile(r"([1-9]\d{0,18}):[A-Za-z0-9_-]{1,80}")
_EPOCH = 1_600_000_000  # keeps update_ids within 32 bits for decades
_NO_FILES: Mapping[str, Upload] = {}

METHODS = {
    **sending.METHODS,
    **editing.METHODS,
    **deleting.METHODS,
    **answering.METHODS,
    **reading.METHODS,
    **profile.METHODS,
    **polling.METHODS,
}


class Telegram(PeopleSide):
    """The whole local Telegram of one bot.

    `token` is the bot's (its number is the bot's id); `clock` tells the time of everything;
    `limits` and `faults` loosen or break it.
    """

    def __init__(
        self,
        token: str,
        clock: Clock,
        *,
        limits: Limits | None = None,
        faults: Faults | None = None,
        bot_username: str = "dvizhenie_vverh_bot",
        bot_name: str | None = None,
    ) -> None:
        found = _TOKEN.fullmatch(token)
        if not found:
            message = "a bot token is digits, a colon, and letters or digits"
            raise ValueError(message)
        self.token = token
        self.clock = clock
        self.limits = limits or Limits()
        self.faults = faults or Faults()
        self.bot = User(int(found[1]), bot_name or bot_username, None, bot_username, is_bot=True)
        self.chats: dict[int, Chat] = {}
        self.files = FileStore(self.limits)
        # Numbers go on from an earlier run's, also when that one was busy: a bot that kept its
        # database would take a number it has seen for an update it has handled.
        age = int(self.now()) - _EPOCH
        self.updates = UpdateQueue(self.now, first_id=4 * age)
        self.polling = Polling()
        self.webhook = Webhook(self)
        self.profile = Profile()
        self.rate = RateLimiter(self.limits)
        self.queries: dict[str, CallbackQuery] = {}
        self.events = EventHub()
        self.last_person_id = 1_000_000_000
        self.last_message_id = age
        self.last_query_id = (self.bot.id << 32) + 4 * age

    def now(self) -> float:
        """The clock's time as a Unix timestamp."""
        return self.clock().timestamp()

    async def call(
        self, method: str, params: Params, files: Mapping[str, Upload] = _NO_FILES
    ) -> Any:
        """A Bot API method; its result as JSON values, or an ApiError.

        `files` are the uploads by field name, as multipart carries them. A fault that cuts the
        connection raises DroppedConnectionError.
        """
        name = method.lower()
        if self.faults.active:
            await self.faults.before(name)
        handler = METHODS.get(name)
        if handler is None:
            raise ApiError(404, "Not Found: method not found")
        if files and sum(len(file.content) for file in files.values()) > self.limits.upload_bytes:
            raise ApiError(413, "Request Entity Too Large")
        result = handler(self, params, files)
        if inspect.isawaitable(result):
            result = await result
        if self.faults.active:
            self.faults.after(name)
        return result

    def history(self, person_id: int) -> list[Message]:
        """What that person's chat shows now, oldest first."""
        return list(self.chats[person_id].messages.values())

    def subscribe(self) -> Subscription:
        """Events from now on (see `sandbox.events.Event`)."""
        return self.events.subscribe()

    # What the methods share.

    def chat_of(self, params: Params, name: str = "chat_id", *, write: bool = False) -> Chat:
        """The chat that a call names, or Telegram's refusal to touch it.

        `write` asks for what brings something new to the person: a blocked or deactivated person
        and one who never wrote are refused.
        """
        given = text(params, name)
        if not given:
            message = f"{name} is empty"
            raise bad_request(message)
        chat = self.chats.get(to_integer(given))
        if chat is None:
            message = "chat not found"
            raise bad_request(message)
        if write:
            if chat.deactivated:
                message = "user is deactivated"
                raise forbidden(message)
            if not chat.started:
                message = "bot can't initiate conversation with a user"
                raise forbidden(message)
            if chat.blocked:
                message = "bot was blocked by the user"
                raise forbidden(message)
        return chat

    def message_of(
        self, chat: Chat, params: Params, what: str, name: str = "message_id"
    ) -> Message:
        """The message that a call names; «message to edit not found» and the like."""
        message = chat.messages.get(to_integer(params.get(name)))
        if message is None:
            words = f"{what} not found"
            raise bad_request(words)
        return message

    def add_message(self, chat: Chat, sender: User, kind: str, content: Json) -> Message:
        """A new message at the end of a chat; not yet told to anybody (see `publish`)."""
        self.last_message_id += 1
        date = int(self.now())
        message = Message(self.last_message_id, chat, sender, date=date, kind=kind, content=content)
        messages = chat.messages
        messages[message.message_id] = message
        if len(messages) > self.limits.history:
            del messages[next(iter(messages))]
        return message

    def update(self, kind: str, chat_id: int, body: Json, lifetime: float | None = None) -> None:
        """Queues an update for the bot and wakes whichever way it receives."""
        seconds = self.limits.update_hours * 3600 if lifetime is None else lifetime
        self.updates.put(kind, chat_id, body, seconds)
        self.webhook.wake()
