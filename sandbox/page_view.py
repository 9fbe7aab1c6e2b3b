"""What the chat page is told: people, chats and events as JSON values."""

from collections.abc import Mapping
from typing import Any

from sandbox.events import Event
from sandbox.model import Chat, Json, Message
from sandbox.telegram import Telegram

LANGUAGE = "ru"  # of the person at the page, as a client tells Telegram its own


class PageView:
    """The local Telegram as the page shows it.

    `notes` says who a person is («учитель»), by id; what has been read is remembered here, so
    that every open page shows the same counters.
    """

    def __init__(self, telegram: Telegram, notes: Mapping[int, str]) -> None:
        self._telegram = telegram
        self._notes = dict(notes)
        self._read: dict[int, int] = {}  # person id → the last message seen

    def mark_read(self, person_id: int, message_id: int) -> None:
        """Everything up to this message has been seen."""
        self._read[person_id] = max(self._read.get(person_id, 0), message_id)

    def bot(self) -> Json:
        """Who the bot is, with what it says about itself."""
        telegram = self._telegram
        name = telegram.profile.text("name", LANGUAGE)
        return {
            **telegram.bot.json,
            "first_name": name or telegram.bot.full_name,
            "description": telegram.profile.text("description", LANGUAGE),
        }

    def clock(self) -> Json:
        """The sandbox's moment, in Unix seconds."""
        return {"now": self._telegram.now()}

    def people(self) -> list[Json]:
        """Everybody who is listed, in the order they came."""
        return [self.person(chat) for chat in self._telegram.chats.values() if chat.listed]

    def person(self, chat: Chat) -> Json:
        """A line of the list."""
        read = self._read.get(chat.id, 0)
        messages = list(chat.messages.values())
        unread = 0
        for message in reversed(messages):
            if message.message_id <= read:
                break
            unread += message.outgoing
        return {
            "id": chat.id,
            "name": chat.person.full_name,
            "note": self._notes.get(chat.id, ""),
            "blocked": chat.blocked,
            "deactivated": chat.deactivated,
            "started": chat.started,
            "unread": unread,
            "last": message_view(messages[-1]) if messages else None,
        }

    def chat(self, chat: Chat) -> Json:
        """Everything that the person sees in the chat with the bot."""
        return {
            "messages": [message_view(message) for message in chat.messages.values()],
            "pinned": list(chat.pinned),
            "keyboard": chat.reply_keyboard,
            **self._commands(chat),
        }

    def event(self, event: Event) -> Json | None:
        """An event for the page; things are told as they stand now."""
        if event.kind == "clock":
            return {"kind": "clock", "clock": self.clock()}
        chat = self._telegram.chats.get(event.chat_id)
        if chat is None:
            return {"kind": "state"}
        told = self._detail(event, chat)
        if told is None:
            return None
        return {"person_id": chat.id, "person": self.person(chat), **told}

    def _detail(self, event: Event, chat: Chat) -> dict[str, Any] | None:
        told: dict[str, Any] | None
        message = event.message
        match event.kind:
            case "message" | "edited" | "reaction":
                kind = "message" if event.kind == "message" else "edited"
                told = None  # a message that is gone in the meantime
                if message is not None and message.message_id in chat.messages:
                    told = {"kind": kind, "message": message_view(message)}
            case "deleted":
                told = {"kind": "deleted", "message_ids": [event.data["message_id"]]}
            case "pinned" | "unpinned":
                told = {"kind": "pinned", "pinned": list(chat.pinned)}
            case "keyboard":
                told = {"kind": "keyboard", "keyboard": chat.reply_keyboard}
            case "commands" | "menu":
                told = {"kind": "commands", **self._commands(chat)}
            case _:
                told = {"kind": event.kind, **event.data}
        return told

    def _commands(self, chat: Chat) -> Json:
        profile = self._telegram.profile
        return {
            "commands": profile.commands_for(chat.id, chat.person.language_code),
            "menu_button": chat.menu_button or profile.menu_button,
        }


def message_view(message: Message) -> Json:
    """The Bot API's Message, and the reactions under it."""
    found = message.to_json()
    if message.reactions:
        found["reactions"] = [
            kind["emoji"]
            for kinds in message.reactions.values()
            for kind in kinds
            if kind.get("type") == "emoji"
        ]
    return found
