"""Groups: the local Telegram has private chats only, so updates are fed and calls recorded here."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.base import BaseSession
from aiogram.methods import AnswerCallbackQuery, GetMe, SendMessage, TelegramMethod
from aiogram.types import Message, Update, User

from handlers import groups

DATE = 1_790_000_000
GROUP = {"id": -100500, "type": "supergroup", "title": "Педсовет"}
ANNA = {"id": 501, "is_bot": False, "first_name": "Анна"}
BOT = {"id": 424242, "is_bot": True, "first_name": "Бот", "username": "dv_bot"}


class Recording(BaseSession):
    """Telegram's side: says who the bot is, keeps what it sends."""

    def __init__(self, *, reads_all: bool) -> None:
        super().__init__()
        self.reads_all = reads_all
        self.sent: list[TelegramMethod[Any]] = []

    async def make_request(
        self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None
    ) -> Any:
        if isinstance(method, GetMe):
            return User.model_validate(BOT | {"can_read_all_group_messages": self.reads_all})
        self.sent.append(method)
        if isinstance(method, SendMessage):
            return Message.model_validate({"message_id": 9, "date": DATE, "chat": GROUP})
        return True

    async def close(self) -> None:
        pass

    async def stream_content(self, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        yield b""


async def replies_to(update: dict[str, Any], *, reads_all: bool = False) -> list[str]:
    session = Recording(reads_all=reads_all)
    bot = Bot("424242:AAtest-token-of-an-invented-bot-0000", session=session)
    dispatcher = Dispatcher()
    groups.router._parent_router = None
    dispatcher.include_router(groups.router)
    await dispatcher.feed_update(
        bot, Update.model_validate({"update_id": 1} | update, context={"bot": bot})
    )
    texts = []
    for call in session.sent:
        assert isinstance(call, SendMessage | AnswerCallbackQuery)
        texts.append(call.text or "")
    return texts


def said(**content: Any) -> dict[str, Any]:
    return {"message": {"message_id": 5, "date": DATE, "chat": GROUP, "from": ANNA} | content}


@pytest.mark.parametrize(
    ("content", "reads_all", "answered"),
    [
        ({"text": "/report"}, False, True),
        ({"text": "@dv_bot привет"}, True, True),
        ({"text": "привет всем"}, False, True),  # reached us, so it was a reply or a mention
        ({"text": "привет всем"}, True, False),
        ({"new_chat_title": "Педсовет 2"}, False, False),
        (
            {
                "text": "спасибо",
                "reply_to_message": {"message_id": 4, "date": DATE, "chat": GROUP, "from": BOT},
            },
            True,
            True,
        ),
    ],
)
async def test_a_group_is_shown_the_way_to_the_private_chat(
    content: dict[str, Any], reads_all: bool, answered: bool
) -> None:
    replies = await replies_to(said(**content), reads_all=reads_all)
    assert len(replies) == int(answered)
    assert all("t.me/dv_bot" in reply for reply in replies)


async def test_a_press_in_a_group_does_nothing_but_say_so() -> None:
    press = {
        "id": "1",
        "from": ANNA,
        "chat_instance": "1",
        "data": "er1:yes",
        "message": {"message_id": 5, "date": DATE, "chat": GROUP, "from": BOT, "text": "экран"},
    }
    replies = await replies_to({"callback_query": press})
    assert len(replies) == 1
    assert "личной переписке" in replies[0]


async def test_taken_into_a_group_the_bot_says_where_to_write() -> None:
    change = {
        "chat": GROUP,
        "from": ANNA,
        "date": DATE,
        "old_chat_member": {"user": BOT, "status": "left"},
        "new_chat_member": {"user": BOT, "status": "member"},
    }
    replies = await replies_to({"my_chat_member": change})
    assert len(replies) == 1
    assert "t.me/dv_bot" in replies[0]
