"""The things of Telegram: users, private chats, messages, callback queries.

Values with their Bot API JSON; what may happen to them is told in `sandbox.telegram` and the
modules it gathers.
"""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


class User:
    """A person or the bot itself."""

    __slots__ = ("first_name", "id", "is_bot", "json", "language_code", "last_name", "username")

    def __init__(
        self,
        user_id: int,
        first_name: str,
        last_name: str | None = None,
        username: str | None = None,
        *,
        is_bot: bool = False,
        language_code: str | None = None,
    ) -> None:
        self.id = user_id
        self.first_name = first_name
        self.last_name = last_name
        self.username = username
        self.is_bot = is_bot
        self.language_code = language_code
        # Built once: a user is written into every message and update.
        self.json: Json = {"id": user_id, "is_bot": is_bot, "first_name": first_name}
        if last_name:
            self.json["last_name"] = last_name
        if username:
            self.json["username"] = username
        if language_code:
            self.json["language_code"] = language_code

    @property
    def full_name(self) -> str:
        """First and last name, as a messenger shows it."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name


class Chat:
    """The private chat of one person with the bot; its id is the person's."""

    __slots__ = (
        "blocked",
        "deactivated",
        "instance",
        "json",
        "listed",
        "menu_button",
        "messages",
        "person",
        "pinned",
        "reply_keyboard",
        "started",
    )

    def __init__(self, person: User, *, listed: bool = True) -> None:
        self.person = person
        self.listed = listed  # on the chat page
        self.json: Json = {"id": person.id, "first_name": person.first_name}
        if person.last_name:
            self.json["last_name"] = person.last_name
        if person.username:
            self.json["username"] = person.username
        self.json["type"] = "private"
        self.instance = str(-(person.id * 2654435761 % (1 << 62)) - 1)
        self.messages: dict[int, Message] = {}
        self.pinned: list[int] = []
        self.started = False
        self.blocked = False
        self.deactivated = False
        # What stands under the input field: ReplyKeyboardMarkup or ForceReply, or nothing.
        self.reply_keyboard: Json | None = None
        self.menu_button: Json | None = None

    @property
    def id(self) -> int:
        """The chat's id."""
        return self.person.id


class Message:
    """One message of a chat, as it stands now.

    `content` holds the fields of its kind: `text` with `entities`, or `photo` with `caption`, …
    """

    __slots__ = (
        "chat",
        "content",
        "date",
        "edit_date",
        "editable",
        "forward_origin",
        "kind",
        "markup",
        "media_group_id",
        "message_id",
        "pinned_message",
        "protected",
        "reactions",
        "reply_to",
        "sender",
        "silent",
    )

    def __init__(
        self, message_id: int, chat: Chat, sender: User, *, date: int, kind: str, content: Json
    ) -> None:
        self.message_id = message_id
        self.chat = chat
        self.sender = sender
        self.date = date
        self.edit_date = 0
        self.kind = kind
        self.content = content
        self.markup: Json | None = None  # an inline keyboard; reply keyboards belong to the chat
        self.reply_to: Message | None = None
        self.media_group_id: str | None = None
        self.forward_origin: Json | None = None
        self.pinned_message: Message | None = None
        self.editable = True  # False once sent with a reply keyboard, or forwarded
        self.protected = False
        self.silent = False
        self.reactions: dict[int, list[Json]] | None = None

    @property
    def text(self) -> str:
        """The text or the caption."""
        return str(self.content.get("text") or self.content.get("caption") or "")

    @property
    def outgoing(self) -> bool:
        """Whether the bot sent it."""
        return self.sender.is_bot

    def to_json(self, *, with_reply: bool = True) -> Json:
        """The Bot API's Message object."""
        found: Json = {
            "message_id": self.message_id,
            "from": self.sender.json,
            "chat": self.chat.json,
            "date": self.date,
        }
        if self.edit_date:
            found["edit_date"] = self.edit_date
        if self.forward_origin is not None:
            found["forward_origin"] = self.forward_origin
        if with_reply and self.reply_to is not None:
            found["reply_to_message"] = self.reply_to.to_json(with_reply=False)
        if self.media_group_id is not None:
            found["media_group_id"] = self.media_group_id
        found.update(self.content)
        if self.pinned_message is not None:
            found["pinned_message"] = self.pinned_message.to_json(with_reply=False)
        if self.protected:
            found["has_protected_content"] = True
        if self.markup is not None:
            found["reply_markup"] = self.markup
        return found

    def buttons(self) -> list[list[Json]]:
        """The rows of the inline keyboard; empty without one."""
        return self.markup["inline_keyboard"] if self.markup else []


@dataclass(slots=True)
class CallbackAnswer:
    """What answerCallbackQuery said: a toast, an alert, or nothing at all."""

    text: str = ""
    show_alert: bool = False
    url: str = ""


@dataclass(slots=True)
class CallbackQuery:
    """A press of an inline button, waiting for its answer."""

    id: str
    chat: Chat
    message_id: int
    data: str
    asked: float
    answer: CallbackAnswer | None = None
    waiters: list[Any] = field(default_factory=list)
