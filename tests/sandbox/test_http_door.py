"""The HTTP door takes every encoding that Telegram takes, byte for byte."""

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from sandbox.model import User
from sandbox.telegram import Telegram
from tests.sandbox.kit import PNG, TOKEN


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def api(url: str) -> str:
    return f"{url}/bot{TOKEN}"


async def result(response: aiohttp.ClientResponse) -> Any:
    assert response.content_type == "application/json"
    body = await response.json()
    assert response.status == (200 if body["ok"] else body["error_code"])
    return body["result"] if body["ok"] else body


@pytest.mark.parametrize("text", ["123", "true", "null", "[1]", '{"a": 1}', "1e5", "привет & +"])
async def test_a_text_that_looks_like_json_stays_a_text(
    text: str, http: aiohttp.ClientSession, api: str, vera: User
) -> None:
    params = {"chat_id": str(vera.id), "text": text}
    form = aiohttp.FormData(params)
    multipart = aiohttp.MultipartWriter("form-data")
    for name, value in params.items():
        part = multipart.append(value)
        part.set_content_disposition("form-data", name=name)
    answers = [
        await result(await http.get(f"{api}/sendMessage", params=params)),
        await result(await http.post(f"{api}/sendMessage", params=params)),
        await result(await http.post(f"{api}/sendMessage", data=form)),
        await result(await http.post(f"{api}/sendMessage", data=multipart)),
        await result(await http.post(f"{api}/sendMessage", json=params)),
        await result(await http.post(f"{api}/SENDMESSAGE", json={**params, "chat_id": vera.id})),
    ]
    assert [answer["text"] for answer in answers] == [text] * 6


async def test_a_keyboard_comes_as_json_or_as_its_text(
    http: aiohttp.ClientSession, api: str, vera: User
) -> None:
    markup = {"inline_keyboard": [[{"text": "да", "callback_data": "y"}]]}
    for given in (markup, json.dumps(markup)):
        params = {"chat_id": vera.id, "text": "x", "reply_markup": given}
        sent = await result(await http.post(f"{api}/sendMessage", json=params))
        assert sent["reply_markup"] == markup


async def test_a_null_keyboard_is_refused(
    http: aiohttp.ClientSession, api: str, vera: User
) -> None:
    params = {"chat_id": vera.id, "text": "x", "reply_markup": None}
    refused = await result(await http.post(f"{api}/sendMessage", json=params))
    assert refused["description"] == "Bad Request: object expected as reply markup"


async def test_a_file_comes_in_its_field_or_attached_by_name(
    http: aiohttp.ClientSession, api: str, url: str, vera: User
) -> None:
    # aiohttp would percent-encode the name, which nobody decodes at Telegram.
    direct = aiohttp.FormData({"chat_id": str(vera.id)}, quote_fields=False)
    direct.add_field("document", b"one", filename="отчёт.txt")
    attached = aiohttp.FormData({"chat_id": str(vera.id), "document": "attach://some.name"})
    attached.add_field("some.name", b"two", filename="b.txt")
    for form, name, content in ((direct, "отчёт.txt", b"one"), (attached, "b.txt", b"two")):
        sent = await result(await http.post(f"{api}/sendDocument", data=form))
        assert sent["document"]["file_name"] == name
        file_id = sent["document"]["file_id"]
        file = await result(await http.post(f"{api}/getFile", data={"file_id": file_id}))
        assert file["file_size"] == 3
        download = await http.get(f"{url}/file/bot{TOKEN}/{file['file_path']}")
        assert await download.read() == content


async def test_files_are_attached_inside_media_json(
    http: aiohttp.ClientSession, api: str, vera: User
) -> None:
    media = [
        {"type": "photo", "media": "attach://one", "caption": "123"},
        {"type": "photo", "media": "attach://two"},
    ]
    form = aiohttp.FormData({"chat_id": str(vera.id), "media": json.dumps(media)})
    form.add_field("one", PNG, filename="1.png")
    form.add_field("two", PNG + b" ", filename="2.png")
    album = await result(await http.post(f"{api}/sendMediaGroup", data=form))
    assert [m["photo"][-1]["file_size"] for m in album] == [len(PNG), len(PNG) + 1]
    assert album[0]["caption"] == "123"
    media[1]["media"] = "attach://three"
    form = aiohttp.FormData({"chat_id": str(vera.id), "media": json.dumps(media)})
    form.add_field("one", PNG, filename="1.png")
    refused = await result(await http.post(f"{api}/sendMediaGroup", data=form))
    assert refused["error_code"] == 400


async def test_a_file_beyond_50_mb_is_413(
    http: aiohttp.ClientSession, api: str, vera: User
) -> None:
    form = aiohttp.FormData({"chat_id": str(vera.id)})
    form.add_field("document", b"x" * (50 * 1024 * 1024 + 1), filename="big.bin")
    refused = await result(await http.post(f"{api}/sendDocument", data=form))
    assert (refused["error_code"], refused["description"]) == (413, "Request Entity Too Large")


async def test_paths_and_tokens_that_are_none(http: aiohttp.ClientSession, url: str) -> None:
    for path, code, words in (
        (f"/bot{TOKEN}/danceWithMe", 404, "Not Found: method not found"),
        ("/bot7000001:another/getMe", 401, "Unauthorized"),
        ("/botnonsense/getMe", 401, "Unauthorized: invalid token specified"),
        (f"/file/bot{TOKEN}/documents/none.txt", 404, "Not Found"),
    ):
        refused = await result(await http.get(url + path))
        assert (refused["error_code"], refused["description"]) == (code, words)


async def test_a_broken_body_is_refused(http: aiohttp.ClientSession, api: str) -> None:
    for body in ("{", "[]", "3"):
        headers = {"Content-Type": "application/json"}
        response = await http.post(f"{api}/sendMessage", data=body, headers=headers)
        assert (await result(response))["error_code"] == 400


async def test_429_names_the_seconds_in_body_and_header(
    http: aiohttp.ClientSession, api: str, telegram: Telegram
) -> None:
    telegram.faults.add("too_many", retry_after=7, times=1)
    response = await http.get(f"{api}/getMe")
    assert response.headers["Retry-After"] == "7"
    refused = await result(response)
    assert refused["parameters"] == {"retry_after": 7}
    assert refused["description"] == "Too Many Requests: retry after 7"
    assert (await result(await http.get(f"{api}/getMe")))["is_bot"] is True


async def test_a_dropped_connection_gives_no_answer_at_all(
    http: aiohttp.ClientSession, api: str, telegram: Telegram, vera: User
) -> None:
    params = {"chat_id": vera.id, "text": "x"}
    for trouble, arrived in (("drop_before", 0), ("drop_after", 1)):
        telegram.faults.add(trouble, methods=["sendMessage"], times=1)  # type: ignore[arg-type] # a literal
        with pytest.raises(aiohttp.ClientError):
            await http.post(f"{api}/sendMessage", json=params)
        assert [m.text for m in telegram.history(vera.id)].count("x") == arrived
