"""Files both ways: bytes kept, file_id used again, each kind with its own fields."""

from io import BytesIO

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, InputMediaDocument, InputMediaPhoto

from sandbox.files import Upload
from sandbox.images import image_size
from sandbox.limits import Limits
from sandbox.model import User
from sandbox.telegram import Telegram
from tests.kit.pictures import png
from tests.sandbox.kit import PNG


def file(content: bytes = b"x", name: str = "план.pdf") -> BufferedInputFile:
    return BufferedInputFile(content, name)


async def test_a_document_is_sent_downloaded_and_sent_again_by_its_id(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    content = bytes(range(256)) * 1000
    sent = await bot.send_document(vera.id, file(content), caption="<b>План</b>", parse_mode="HTML")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type, sent.document.file_size) == (
        "план.pdf",
        "application/pdf",
        len(content),
    )
    assert sent.caption_entities is not None
    loaded = BytesIO()
    await bot.download(sent.document, loaded)
    assert loaded.getvalue() == content
    again = await bot.send_document(vera.id, sent.document.file_id)
    assert again.document == sent.document
    with pytest.raises(TelegramBadRequest, match="can't use file of type Document as Photo"):
        await bot.send_photo(vera.id, sent.document.file_id)


async def test_what_a_person_sends_the_bot_can_fetch(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    telegram.send_file(vera.id, "кейс.docx", b"case", caption="готово")
    telegram.send_photo(vera.id, png(30, 20))
    telegram.send_voice(vera.id, b"OggS", duration=4)
    telegram.send_video(vera.id, b"mp4", width=320, height=240)
    telegram.send_contact(vera.id, "+70000000000")
    telegram.send_album(vera.id, [("photo", Upload("1.png", PNG)), ("photo", Upload("2.png", PNG))])
    messages = [u.message for u in await bot.get_updates()]
    document, photo, voice, video, contact, one, two = [m for m in messages if m is not None]
    assert document.document is not None
    assert document.caption == "готово"
    loaded = BytesIO()
    await bot.download(document.document, loaded)
    assert loaded.getvalue() == b"case"
    assert photo.photo is not None
    assert (photo.photo[-1].width, photo.photo[-1].height) == (30, 20)
    assert voice.voice is not None
    assert voice.voice.duration == 4
    assert video.video is not None
    assert (video.video.width, video.video.height) == (320, 240)
    assert contact.contact is not None
    assert contact.contact.user_id == vera.id
    assert one.media_group_id == two.media_group_id is not None


async def test_every_kind_of_media_comes_back_as_itself(bot: Bot, vera: User) -> None:
    voice = await bot.send_voice(vera.id, file(b"OggS", "v.ogg"), duration=3)
    audio = await bot.send_audio(vera.id, file(b"ID3", "a.mp3"), title="Песня", performer="Хор")
    video = await bot.send_video(vera.id, file(b"mp4", "v.mp4"), duration=9, has_spoiler=True)
    photo = await bot.send_photo(vera.id, BufferedInputFile(PNG, "p.png"), has_spoiler=True)
    animation = await bot.send_animation(vera.id, file(b"gif", "a.gif"))
    assert voice.voice is not None
    assert voice.voice.duration == 3
    assert audio.audio is not None
    assert (audio.audio.title, audio.audio.performer) == ("Песня", "Хор")
    assert video.video is not None
    assert video.has_media_spoiler
    assert photo.has_media_spoiler
    assert animation.animation is not None


async def test_media_and_captions_are_edited_in_place(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    sent = await bot.send_photo(vera.id, BufferedInputFile(PNG, "p.png"), caption="a")
    await sent.edit_caption(caption="b")
    await sent.edit_media(InputMediaDocument(media=file(b"new"), caption="c"))
    last = telegram.history(vera.id)[-1]
    assert (last.message_id, last.kind, last.text) == (sent.message_id, "document", "c")
    assert last.edit_date
    text = await bot.send_message(vera.id, "text becomes a photo")
    await text.edit_media(InputMediaPhoto(media=BufferedInputFile(PNG, "p.png")))
    assert telegram.history(vera.id)[-1].kind == "photo"


async def test_a_copy_has_a_new_id_and_may_have_another_caption(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    oleg = telegram.add_person("Олег")
    telegram.start(oleg.id)
    source = telegram.send_file(vera.id, "a.txt", b"a", caption="вопрос")
    copied = await bot.copy_message(oleg.id, vera.id, source.message_id, caption="")
    assert copied.message_id == telegram.history(oleg.id)[-1].message_id
    assert telegram.history(oleg.id)[-1].content["document"] == source.content["document"]
    forwarded = await bot.forward_message(oleg.id, vera.id, source.message_id)
    assert forwarded.forward_origin is not None
    assert forwarded.caption == "вопрос"
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await forwarded.edit_caption(caption="x")


async def test_protected_messages_are_not_forwarded(bot: Bot, vera: User) -> None:
    sent = await bot.send_message(vera.id, "x", protect_content=True)
    assert sent.has_protected_content
    with pytest.raises(TelegramBadRequest, match="the message can't be forwarded"):
        await bot.forward_message(vera.id, vera.id, sent.message_id)


async def test_more_than_20_mb_can_be_sent_and_not_fetched(
    bot: Bot, telegram: Telegram, vera: User
) -> None:
    big = telegram.send_file(vera.id, "big.zip", b"x" * (Limits().download_bytes + 1))
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.get_file(big.content["document"]["file_id"])


def test_the_same_bytes_are_kept_once(telegram: Telegram, vera: User) -> None:
    one = telegram.send_file(vera.id, "a.txt", b"same bytes" * 1000)
    two = telegram.send_file(vera.id, "b.txt", b"same bytes" * 1000)
    files = [telegram.files.find(message.content["document"]["file_id"]) for message in (one, two)]
    assert files[0] is not None
    assert files[1] is not None
    assert files[0].content is files[1].content
    assert files[0].unique_id == files[1].unique_id
    assert [f.name for f in files if f] == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (png(7, 5), (7, 5)),
        (b"GIF89a\x07\x00\x05\x00", (7, 5)),
        (
            b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x05\x00\x07" + bytes(10),
            (7, 5),
        ),
        (b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + b"\x06\0\0\x04\0\0", (7, 5)),
        (b"BM" + bytes(16) + b"\x07\0\0\0\xfb\xff\xff\xff", (7, 5)),
        (b"%PDF-1.7", None),
        (b"\xff\xd8\xff", None),
        (b"", None),
    ],
)
def test_pictures_are_told_by_their_first_bytes(
    content: bytes, size: tuple[int, int] | None
) -> None:
    assert image_size(content) == size


async def test_a_picture_too_long_is_no_photo(bot: Bot, vera: User) -> None:
    with pytest.raises(TelegramBadRequest, match="PHOTO_INVALID_DIMENSIONS"):
        await bot.send_photo(vera.id, BufferedInputFile(png(21, 1), "p.png"))
