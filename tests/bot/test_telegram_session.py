"""The way out over HTTP: what comes back of a message just sent."""

from aiogram import Bot
from aiogram.types import LinkPreviewOptions

from bot.delivery.telegram_session import TelegramSession
from tests.kit.over_http import local_telegram
from tests.kit.world import TOKEN


async def test_a_sent_message_has_its_id_at_once_and_the_rest_when_asked_for() -> None:
    async with local_telegram() as (telegram, address):
        anna = telegram.add_person("Анна")
        telegram.start(anna.id)
        session = TelegramSession(address, TOKEN)
        bot = Bot(TOKEN, session=session)
        try:
            sent = await bot.send_message(
                anna.id,
                "<b>Семинар</b>",
                parse_mode="HTML",
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
            copied = await bot.copy_message(anna.id, anna.id, sent.message_id)
            shown = [one for one in telegram.history(anna.id) if one.outgoing]
            assert [one.message_id for one in shown] == [sent.message_id, copied.message_id]
            assert [one.text for one in shown] == ["Семинар", "Семинар"]
            assert (sent.chat.id, sent.text) == (anna.id, "Семинар")
            await sent.delete()  # it knows its bot as well
            left = [one.message_id for one in telegram.history(anna.id) if one.outgoing]
            assert left == [copied.message_id]
        finally:
            await session.close()
