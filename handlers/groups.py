"""A chat that is not private: nothing is asked or shown there, only the way to the private chat."""

from contextlib import suppress

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.screens import acknowledge
from bot.texts import unknown as words

router = Router(name="groups")
router.message.filter(F.chat.type != ChatType.PRIVATE)
router.edited_message.filter(F.chat.type != ChatType.PRIVATE)
router.callback_query.filter(F.message.chat.type != ChatType.PRIVATE, F.message)
router.my_chat_member.filter(F.chat.type != ChatType.PRIVATE)


@router.message()
async def point_to_private_chat(message: Message, bot: Bot) -> None:
    """Answer what is meant for us.

    In Telegram's default privacy mode only that reaches a bot in a group. Where the mode is off,
    everything does: then only commands and replies to us are answered.
    """
    me = await bot.me()
    words_said = message.text or message.caption or ""
    ours = message.reply_to_message is not None and (
        message.reply_to_message.from_user is not None
        and message.reply_to_message.from_user.id == me.id
    )
    meant = words_said.startswith("/") or f"@{me.username}" in words_said or ours
    if meant or (words_said and not me.can_read_all_group_messages):
        with suppress(TelegramBadRequest):  # deleted meanwhile: nobody waits for this answer
            await message.reply(_way(me.username))


@router.edited_message()
async def ignore_edits(_message: Message) -> None:
    """An edited message in a group asks nothing of us."""


@router.callback_query()
async def refuse_press(press: CallbackQuery, bot: Bot) -> None:
    """A forwarded screen of ours may be pressed by anybody in a group."""
    await acknowledge(press, _way((await bot.me()).username), alert=True)


@router.my_chat_member()
async def greet_group(update: ChatMemberUpdated, bot: Bot) -> None:
    """Taken into a group: say at once where to write."""
    if update.new_chat_member.status in {"member", "administrator"} and (
        update.old_chat_member.status in {"left", "kicked"}
    ):
        await bot.send_message(update.chat.id, _way((await bot.me()).username))


def _way(username: str | None) -> str:
    return words.IN_GROUP.format(link=f"t.me/{username}")
