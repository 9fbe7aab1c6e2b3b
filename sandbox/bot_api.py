"""The HTTP door: the Bot API as its own server serves it.

`/bot<token>/METHOD` by GET or POST with a query, urlencoded, multipart or JSON body, and
`/file/bot<token>/<path>`.
"""

import asyncio
from typing import Any
from urllib.parse import quote

import orjson
from aiohttp import web
from yarl import query_to_pairs

from sandbox.errors import ApiError, DroppedConnectionError
from sandbox.files import Upload
from sandbox.telegram import Telegram

TELEGRAM = web.AppKey("telegram", Telegram)
_SLACK = 1024 * 1024  # of multipart framing and other fields around the largest upload


def make_app(telegram: Telegram) -> web.Application:
    """The application; the chat page adds its own routes to it."""
    app = web.Application(client_max_size=telegram.limits.upload_bytes + _SLACK)
    app[TELEGRAM] = telegram
    app.router.add_route("*", "/bot{token}/{method}", _call)
    app.router.add_get("/file/bot{token}/{path:.+}", _file)
    app.on_shutdown.append(_stop)
    return app


async def serve(telegram: Telegram, host: str = "127.0.0.1", port: int = 8081) -> web.AppRunner:
    """Listens; `await runner.cleanup()` ends it. Port 0 takes a free one (`runner.addresses`)."""
    runner = web.AppRunner(make_app(telegram), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner


async def _stop(app: web.Application) -> None:
    telegram = app[TELEGRAM]
    telegram.polling.interrupt("the local Telegram stops")  # nobody waits out a long poll
    await telegram.webhook.stop()


async def _call(request: web.Request) -> web.StreamResponse:
    telegram = request.app[TELEGRAM]
    try:
        _check_token(telegram, request.match_info["token"])
        params, files = await _read(request)
        result = await telegram.call(request.match_info["method"], params, files)
    except ApiError as refusal:
        return _refused(refusal)
    except DroppedConnectionError:
        return _cut(request)
    except web.HTTPRequestEntityTooLarge:
        return _refused(ApiError(413, "Request Entity Too Large"))
    return web.Response(
        body=orjson.dumps({"ok": True, "result": result}), content_type="application/json"
    )


def _check_token(telegram: Telegram, token: str) -> None:
    if token == telegram.token:
        return
    if ":" not in token or token.startswith("0") or len(token) > 80:
        raise ApiError(401, "Unauthorized: invalid token specified")
    raise ApiError(401, "Unauthorized")


def _refused(refusal: ApiError) -> web.Response:
    headers = {}
    if refusal.parameters and "retry_after" in refusal.parameters:
        headers["Retry-After"] = str(refusal.parameters["retry_after"])
    return web.Response(
        status=refusal.code,
        body=orjson.dumps(refusal.to_json()),
        content_type="application/json",
        headers=headers,
    )


def _cut(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    # Never sent: the transport is gone.
    raise asyncio.CancelledError


async def _read(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Parameters of the query string and of the body, and the uploaded files by field."""
    params: dict[str, Any] = dict(request.query) if request.query_string else {}
    files: dict[str, Upload] = {}
    if not request.body_exists:  # not by the method: some libraries send GET with a body
        return params, files
    kind = request.content_type
    if kind == "application/json":
        params |= _json_params(await request.read())
    elif kind == "multipart/form-data":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                content = value.file.read()
                files[name] = Upload(value.filename, content, value.content_type)
            else:
                params[name] = value if isinstance(value, str) else bytes(value).decode()
    elif kind == "application/x-www-form-urlencoded":
        # aiohttp parses with urllib, ten times as long: 0.13 ms for a keyboard in Russian.
        params |= query_to_pairs((await request.read()).decode("utf-8", "replace"))
    return params, files


def _json_params(body: bytes) -> dict[str, Any]:
    if not body.strip():
        return {}
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise ApiError(400, "Bad Request: can't parse request: invalid JSON") from None
    if not isinstance(found, dict):
        raise ApiError(400, "Bad Request: can't parse request: JSON object expected")
    # A null is no absent parameter: it arrives as the word, and no keyboard is called null.
    return {name: "null" if value is None else value for name, value in found.items()}


async def _file(request: web.Request) -> web.StreamResponse:
    telegram = request.app[TELEGRAM]
    try:
        _check_token(telegram, request.match_info["token"])
        stored = telegram.files.at(request.match_info["path"])
        if stored is None:
            raise ApiError(404, "Not Found")
        if stored.size > telegram.limits.download_bytes:
            raise ApiError(400, "Bad Request: file is too big")
    except ApiError as refusal:
        return _refused(refusal)
    disposition = f"attachment; filename*=UTF-8''{quote(stored.name or 'file')}"
    return web.Response(
        body=stored.content,
        content_type=stored.mime_type.partition(";")[0],
        headers={"Content-Disposition": disposition},
    )
