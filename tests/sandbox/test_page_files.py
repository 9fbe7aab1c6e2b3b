"""Documents, photos, albums and sounds at the chat page, in a real browser."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from sandbox.model import User
from sandbox.telegram import Telegram
from tests.kit.browser import ChatPage, chat_page, chromium, needs_chromium
from tests.kit.http_bot import HttpBot
from tests.kit.pictures import png, wav

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.asyncio(loop_scope="session")]

SUMMARY = "Сводка «Итоги года».xlsx"


async def file_of(robot: HttpBot, telegram: Telegram, file: Any) -> bytes:
    stored = telegram.files.at((await robot.call("getFile", file_id=file["file_id"]))["file_path"])
    assert stored is not None
    return stored.content


async def test_a_document_of_the_bot_is_downloaded_byte_for_byte(
    chat: ChatPage, robot: HttpBot, vera: User
) -> None:
    content = bytes(range(256)) * 300
    await robot.upload(
        "sendDocument", {"document": (SUMMARY, content)}, chat_id=vera.id, caption="Готово"
    )
    bubble = await chat.see("Готово")
    await expect(bubble.locator(".file-note")).to_have_text("75 КБ")
    assert await chat.download(SUMMARY) == content


async def test_a_document_of_the_person_reaches_the_bot(
    chat: ChatPage, robot: HttpBot, telegram: Telegram, tmp_path: Path
) -> None:
    paper = tmp_path / "Эссе стажёра.docx"
    paper.write_bytes(b"PK\x03\x04" + b"text" * 999)
    await chat.attach(paper, caption="Первая попытка")
    message = await robot.next("message")
    assert message["document"]["file_name"] == paper.name
    assert message["caption"] == "Первая попытка"
    assert await file_of(robot, telegram, message["document"]) == paper.read_bytes()
    assert await chat.download(paper.name) == paper.read_bytes()


async def test_a_photo_of_the_person_is_shown_and_enlarged(
    chat: ChatPage, robot: HttpBot, telegram: Telegram, tmp_path: Path
) -> None:
    picture = tmp_path / "урок.png"
    picture.write_bytes(png(120, 80))
    await chat.attach(picture, kind="photo", caption="Открытый урок")
    message = await robot.next("message")
    assert await file_of(robot, telegram, message["photo"][-1]) == picture.read_bytes()
    bubble = await chat.see("Открытый урок")
    image = bubble.locator("img")
    await expect(image).to_have_js_property("naturalWidth", 120)
    await bubble.get_by_label("Открыть фотографию").click()
    viewer = chat.page.locator("dialog.viewer")
    await expect(viewer.locator("img")).to_have_js_property("naturalWidth", 120)
    await chat.page.keyboard.press("Escape")
    await expect(viewer).to_have_count(0)


async def test_a_picture_can_go_as_a_file(chat: ChatPage, robot: HttpBot, tmp_path: Path) -> None:
    picture = tmp_path / "плакат.png"
    picture.write_bytes(png(60, 60))
    await chat.attach(picture, kind="document")
    assert (await robot.next("message"))["document"]["file_name"] == "плакат.png"


async def test_several_photos_are_one_album_both_ways(
    chat: ChatPage, robot: HttpBot, vera: User, tmp_path: Path
) -> None:
    pictures = [tmp_path / f"{number}.png" for number in range(3)]
    for number, path in enumerate(pictures):
        path.write_bytes(png(50 + number, 40))
    await chat.attach(*pictures, kind="photo", caption="Три кадра")
    messages = [await robot.next("message") for _ in pictures]
    assert len({message["media_group_id"] for message in messages}) == 1
    grid = chat.page.locator(".album")
    await expect(grid.locator("img")).to_have_count(3)
    await expect(chat.page.locator(".bubble", has=grid)).to_contain_text("Три кадра")

    media = [
        {"type": "photo", "media": message["photo"][-1]["file_id"]} for message in messages[:2]
    ]
    await robot.call("sendMediaGroup", chat_id=vera.id, media=media)
    await expect(chat.page.locator(".message.in .album img")).to_have_count(2)


async def test_what_is_no_photo_is_refused_in_words(
    chat: ChatPage, telegram: Telegram, vera: User, tmp_path: Path
) -> None:
    broken = tmp_path / "сломано.png"
    broken.write_bytes(b"no picture")
    await chat.attach(broken, kind="photo")
    await chat.see_toast("Это не фотография")
    assert len(telegram.history(vera.id)) == 1


async def test_a_sound_is_sent_as_voice_and_played(
    chat: ChatPage, robot: HttpBot, telegram: Telegram, vera: User, tmp_path: Path
) -> None:
    sound = tmp_path / "замечание.wav"
    sound.write_bytes(wav(seconds=1))
    await chat.attach(sound, kind="voice")
    message = await robot.next("message")
    assert await file_of(robot, telegram, message["voice"]) == sound.read_bytes()
    player = chat.page.locator("audio")
    await expect(player).to_have_attribute("aria-label", "Голосовое сообщение")
    await expect(player).to_have_js_property("duration", 1)


async def test_a_video_has_a_player(chat: ChatPage, robot: HttpBot, vera: User) -> None:
    await robot.upload(
        "sendVideo", {"video": ("урок.mp4", b"\x00\x00\x00\x18ftypmp42")}, chat_id=vera.id
    )
    await expect(chat.page.locator("video")).to_have_attribute("controls", "")


async def test_a_voice_is_recorded_with_the_microphone(
    address: str, robot: HttpBot, vera: User
) -> None:
    beeping = "--use-fake-device-for-media-stream"
    async with chromium(beeping) as browser, chat_page(browser, address) as chat:
        await chat.choose(vera.full_name)
        await chat.page.get_by_role("button", name="Записать голосовое сообщение").click()
        await expect(chat.field).to_have_attribute("placeholder", "Запись… 1 с")
        await chat.page.get_by_role("button", name="Закончить и отправить голосовое").click()
        message = await robot.next("message")
        assert message["voice"]["duration"] >= 1
        assert message["voice"]["file_size"] > 500
        played = "audio => audio.play().then(() => true)"
        assert await chat.page.locator("audio").evaluate(played)
