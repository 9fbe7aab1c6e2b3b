"""Every refusal in Telegram's own words, seen by aiogram at both doors."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod
from aiogram.types import (
    BufferedInputFile,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    KeyboardButton,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from sandbox.clock import Clock
from sandbox.limits import Limits
from sandbox.model import User
from sandbox.session import SandboxSession
from sandbox.telegram import Telegram
from tests.sandbox.kit import PNG, TOKEN

Act = Callable[[Bot, int], Awaitable[Any]]


def inline(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[list(buttons)])


def data(size: int) -> InlineKeyboardMarkup:
    return inline(
        InlineKeyboardButton(text="x", callback_data="я" * (size // 2) + "x" * (size % 2))
    )


def file(size: int = 10, name: str = "план.pdf") -> BufferedInputFile:
    return BufferedInputFile(b"x" * size, name)


PHOTO = BufferedInputFile(PNG, "p.png")

REFUSALS: dict[str, tuple[Act, str]] = {
    "an empty text": (lambda b, c: b.send_message(c, ""), "message text is empty"),
    "a blank text": (lambda b, c: b.send_message(c, " \n "), "text must be non-empty"),
    "only empty tags": (
        lambda b, c: b.send_message(c, "<b></b>", parse_mode="HTML"),
        "text must be non-empty",
    ),
    "4097 characters": (lambda b, c: b.send_message(c, "я" * 4097), "message is too long"),
    "a caption of 1025": (
        lambda b, c: b.send_document(c, file(), caption="я" * 1025),
        "message caption is too long",
    ),
    "broken HTML": (
        lambda b, c: b.send_message(c, "<b>x", parse_mode="HTML"),
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    "an unknown parse mode": (
        lambda b, c: b.send_message(c, "x", parse_mode="BBCode"),
        "unsupported parse_mode",
    ),
    "65 bytes of data": (
        lambda b, c: b.send_message(c, "x", reply_markup=data(65)),
        "BUTTON_DATA_INVALID",
    ),
    "101 buttons": (
        lambda b, c: b.send_message(
            c,
            "x",
            reply_markup=InlineKeyboardMarkup(
                inline_keyboard=[[InlineKeyboardButton(text="x", callback_data="x")]] * 101
            ),
        ),
        "reply markup is too long",
    ),
    "a button that does nothing": (
        lambda b, c: b.send_message(c, "x", reply_markup=inline(InlineKeyboardButton(text="x"))),
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    "a switch to inline mode": (
        lambda b, c: b.send_message(
            c, "x", reply_markup=inline(InlineKeyboardButton(text="x", switch_inline_query="y"))
        ),
        "BUTTON_TYPE_INVALID",
    ),
    "a wrong link on a button": (
        lambda b, c: b.send_message(
            c, "x", reply_markup=inline(InlineKeyboardButton(text="x", url="localhost"))
        ),
        "inline keyboard button URL 'localhost' is invalid: Wrong HTTP URL",
    ),
    "257 characters to copy": (
        lambda b, c: b.send_message(
            c,
            "x",
            reply_markup=inline(
                InlineKeyboardButton(text="x", copy_text=CopyTextButton(text="x" * 257))
            ),
        ),
        "BUTTON_COPY_TEXT_INVALID",
    ),
    "a chat nobody knows": (lambda b, c: b.send_message(5, "x"), "chat not found"),
    "a reply to nothing": (
        lambda b, c: b.send_message(c, "x", reply_parameters=ReplyParameters(message_id=999)),
        "message to be replied not found",
    ),
    "an edit of nothing": (
        lambda b, c: b.edit_message_text("x", chat_id=c, message_id=999),
        "message to edit not found",
    ),
    "a deletion of nothing": (
        lambda b, c: b.delete_message(c, 999),
        "message to delete not found",
    ),
    "a copy of nothing": (lambda b, c: b.copy_message(c, c, 999), "message to copy not found"),
    "a forward of nothing": (
        lambda b, c: b.forward_message(c, c, 999),
        "message to forward not found",
    ),
    "a reaction to nothing": (
        lambda b, c: b.set_message_reaction(c, 999, [ReactionTypeEmoji(emoji="👍")]),
        "message to react not found",
    ),
    "a pin of nothing": (lambda b, c: b.pin_chat_message(c, 999), "message to pin not found"),
    "an unpin of nothing": (lambda b, c: b.unpin_chat_message(c), "message to unpin not found"),
    "an unknown query": (
        lambda b, c: b.answer_callback_query("123"),
        "query is too old and response timeout expired or query ID is invalid",
    ),
    "an action nobody knows": (
        lambda b, c: b.send_chat_action(c, "dancing"),
        "wrong parameter action in request",
    ),
    "a file_id of nothing": (lambda b, c: b.get_file("AgAD" + "x" * 40), "invalid file_id"),
    "a file_id of nothing sent": (
        lambda b, c: b.send_document(c, "BQAC" + "x" * 40),
        "wrong file identifier/HTTP URL specified",
    ),
    "a path instead of a file": (
        lambda b, c: b.send_document(c, "plan.pdf"),
        "wrong remote file identifier specified: can't unserialize it. Wrong last symbol",
    ),
    "an address out of reach": (
        lambda b, c: b.send_document(c, "https://example.org/plan.pdf"),
        "failed to get HTTP URL content",
    ),
    "an empty file": (lambda b, c: b.send_document(c, file(0)), "file must be non-empty"),
    "a document as a photo": (lambda b, c: b.send_photo(c, file()), "IMAGE_PROCESS_FAILED"),
    "a photo of more than 10 MB": (
        lambda b, c: b.send_photo(c, BufferedInputFile(PNG + b"x" * (10 * 1024 * 1024), "p.png")),
        f"file of size {10 * 1024 * 1024 + len(PNG)} bytes is too big for a photo; "
        "the maximum size is 10485760 bytes",
    ),
    "an album of eleven": (
        lambda b, c: b.send_media_group(c, [InputMediaPhoto(media=PHOTO)] * 11),
        "too many messages to send as an album",
    ),
    "an album of one": (
        lambda b, c: b.send_media_group(c, [InputMediaPhoto(media=PHOTO)]),
        "too few messages to send as an album",
    ),
    "documents among photos": (
        lambda b, c: b.send_media_group(
            c, [InputMediaPhoto(media=PHOTO), InputMediaDocument(media=file())]
        ),
        "document can't be mixed with other media types",
    ),
    "a command with capitals": (
        lambda b, c: b.set_my_commands([{"command": "Start", "description": "x"}]),  # type: ignore[list-item] # aiogram takes dictionaries
        "BOT_COMMAND_INVALID",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
async def test_telegrams_words(name: str, bot: Bot, vera: User) -> None:
    act, words = REFUSALS[name]
    with pytest.raises(TelegramBadRequest) as refused:
        await act(bot, vera.id)
    assert refused.value.message == f"Bad Request: {words}"


async def test_a_persons_message_is_not_edited_and_gets_real_reactions_only(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    own = telegram.send_text(vera.id, "x").message_id
    with pytest.raises(TelegramBadRequest, match="Bad Request: message can't be edited"):
        await bot.edit_message_text("y", chat_id=vera.id, message_id=own)
    with pytest.raises(TelegramBadRequest, match="Bad Request: REACTION_INVALID"):
        await bot.set_message_reaction(vera.id, own, [ReactionTypeEmoji(emoji="🚲")])


async def test_64_bytes_of_data_and_4096_characters_pass(bot: Bot, vera: User) -> None:
    sent = await bot.send_message(
        vera.id, "<b>" + "я" * 4096 + "</b>", parse_mode="HTML", reply_markup=data(64)
    )
    assert sent.text == "я" * 4096
    document = await bot.send_document(vera.id, file(), caption="я" * 1024)
    assert document.caption == "я" * 1024


async def test_rows_show_eight_buttons_at_most(bot: Bot, vera: User) -> None:
    row = [InlineKeyboardButton(text=str(n), callback_data=str(n)) for n in range(9)]
    sent = await bot.send_message(vera.id, "x", reply_markup=inline(*row))
    assert sent.reply_markup is not None
    assert [len(r) for r in sent.reply_markup.inline_keyboard] == [8]


NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


async def test_an_edit_to_the_same_is_refused_and_to_another_keyboard_is_not(
    bot: Bot, vera: User
) -> None:
    sent = await bot.send_message(vera.id, "<b>x</b>", parse_mode="HTML", reply_markup=data(2))
    for again in ("<strong>x</strong>", "<b>x</b> "):
        with pytest.raises(TelegramBadRequest) as refused:
            await sent.edit_text(again, parse_mode="HTML", reply_markup=data(2))
        assert refused.value.message == NOT_MODIFIED
    with pytest.raises(TelegramBadRequest) as refused:
        await sent.edit_reply_markup(reply_markup=data(2))
    assert refused.value.message == NOT_MODIFIED
    await sent.edit_reply_markup(reply_markup=data(4))
    await sent.edit_text("x", reply_markup=data(4))  # the bold is gone: modified


async def test_a_message_of_another_kind_is_not_edited_as_text(bot: Bot, vera: User) -> None:
    document = await bot.send_document(vera.id, file())
    text = await bot.send_message(vera.id, "x")
    with pytest.raises(TelegramBadRequest, match="there is no text in the message to edit"):
        await document.edit_text("x")
    with pytest.raises(TelegramBadRequest, match="there is no caption in the message to edit"):
        await text.edit_caption(caption="x")


@pytest.mark.parametrize(
    "markup",
    [
        ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="x")]]),
        ReplyKeyboardRemove(),
        ForceReply(),
    ],
)
async def test_what_was_sent_with_a_reply_keyboard_is_never_edited(
    bot: Bot, vera: User, markup: Any
) -> None:
    sent = await bot.send_message(vera.id, "x", reply_markup=markup)
    assert sent.reply_markup is None
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await sent.edit_text("y")


async def test_a_query_is_answered_once_and_in_time(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    sent = await bot.send_message(vera.id, "x", reply_markup=data(2))
    first = telegram.press(vera.id, sent.message_id, row=0)
    with pytest.raises(TelegramBadRequest, match="MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(first, "x" * 201)
    await bot.answer_callback_query(first, "x" * 200)
    with pytest.raises(TelegramBadRequest, match="query is too old and response timeout expired"):
        await bot.answer_callback_query(first)
    second = telegram.press(vera.id, sent.message_id, row=0)
    telegram.clock.advance(timedelta(minutes=3))
    with pytest.raises(TelegramBadRequest, match="query is too old and response timeout expired"):
        await bot.answer_callback_query(second)


async def test_deleting_is_possible_for_48_hours(bot: Bot, telegram: Telegram, vera: User) -> None:
    old = await bot.send_message(vera.id, "x")
    telegram.clock.advance(timedelta(hours=47))
    new = await bot.send_message(vera.id, "y")
    telegram.clock.advance(timedelta(hours=2))
    with pytest.raises(TelegramBadRequest, match="message can't be deleted for everyone"):
        await old.delete()
    await new.delete()
    await old.edit_text("a bot edits its own message at any age")
    assert new.message_id not in {m.message_id for m in telegram.history(vera.id)}


async def test_who_blocked_the_bot_gets_nothing_until_the_next_word(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    sent = await bot.send_message(vera.id, "x")
    telegram.block(vera.id)
    words = "Forbidden: bot was blocked by the user"
    calls: list[Awaitable[Any]] = [
        bot.send_message(vera.id, "y"),
        bot.send_document(vera.id, file()),
        bot.copy_message(vera.id, vera.id, sent.message_id),
        bot.send_chat_action(vera.id, "typing"),
        bot.edit_message_text("y", chat_id=vera.id, message_id=sent.message_id),
    ]
    for call in calls:
        with pytest.raises(TelegramForbiddenError) as refused:
            await call
        assert refused.value.message == words
    telegram.start(vera.id)
    await bot.send_message(vera.id, "z")
    updates = await bot.get_updates()
    members = [u.my_chat_member for u in updates if u.my_chat_member]
    assert [m.new_chat_member.status for m in members] == ["kicked", "member"]


async def test_a_deactivated_person_gets_nothing(bot: Bot, telegram: Telegram, vera: User) -> None:
    sent = await bot.send_message(vera.id, "x")
    telegram.deactivate(vera.id)
    for call in (
        bot.send_message(vera.id, "y"),
        bot.edit_message_text("y", chat_id=vera.id, message_id=sent.message_id),
    ):
        with pytest.raises(TelegramForbiddenError) as refused:
            await call
        assert refused.value.message == "Forbidden: user is deactivated"


async def test_a_bot_does_not_write_first(bot: Bot, telegram: Telegram) -> None:
    oleg = telegram.add_person("Олег")
    with pytest.raises(TelegramForbiddenError) as refused:
        await bot.send_message(oleg.id, "x")
    assert refused.value.message == "Forbidden: bot can't initiate conversation with a user"
    telegram.start(oleg.id)
    await bot.send_message(oleg.id, "x")


async def test_too_many_messages_are_refused_for_as_long_as_said() -> None:
    telegram = Telegram(TOKEN, Clock(), limits=Limits(chat_burst=2))
    vera = telegram.add_person("Вера")
    telegram.start(vera.id)
    async with Bot(TOKEN, session=SandboxSession(telegram)) as bot:
        await bot.send_message(vera.id, "1")
        await bot.send_message(vera.id, "2")
        with pytest.raises(TelegramRetryAfter) as refused:
            await bot.send_message(vera.id, "3")
        assert "Too Many Requests: retry after 1" in refused.value.message
        assert len(telegram.history(vera.id)) == 3
        telegram.clock.advance(timedelta(seconds=refused.value.retry_after))
        await bot.send_message(vera.id, "3")


async def test_thirty_a_second_over_all_chats() -> None:
    telegram = Telegram(TOKEN, Clock())
    people = [telegram.add_person(f"N{n}") for n in range(40)]
    waits = []
    async with Bot(TOKEN, session=SandboxSession(telegram)) as bot:
        for person in people:
            telegram.start(person.id)
            try:
                await bot.send_message(person.id, "x")
            except TelegramRetryAfter as fault:
                waits.append(fault.retry_after)
    assert set(waits) == {1}


async def test_a_wrong_token_and_an_unknown_method(telegram: Telegram, bot: Bot) -> None:
    async with Bot("7000001:another", session=bot.session) as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()

    class Dance(TelegramMethod[bool]):
        __returning__ = bool
        __api_method__ = "danceWithMe"

    with pytest.raises(TelegramNotFound):
        await bot(Dance())


async def test_albums_mix_photos_and_videos_only(bot: Bot, telegram: Telegram, vera: User) -> None:
    album = await bot.send_media_group(
        vera.id,
        [
            InputMediaPhoto(media=PHOTO, caption="<i>x</i>", parse_mode="HTML"),
            InputMediaVideo(media=file(name="v.mp4")),
        ],
    )
    assert len({m.media_group_id for m in album}) == 1
    assert album[0].media_group_id
    assert [m.kind for m in telegram.history(vera.id)][-2:] == ["photo", "video"]
