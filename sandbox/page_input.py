"""What the chat page may send, checked; every fault is one Russian sentence."""

import re
from typing import Annotated, Any, TypeVar
from urllib.parse import parse_qs, urlsplit

import orjson
from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from sandbox import page_texts

YEARS_10 = 10 * 366 * 86400


class RefusedError(Exception):
    """A refusal of the door: a 4xx status and a sentence for the person at the page."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


Share = Annotated[float, Field(ge=0, le=1)]
Payload = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{0,64}$")]


class NewPerson(_Body):
    """A person to be made; `link` is a t.me deep link which that person follows at once."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
    link: str | None = None


class Start(_Body):
    """A tap on START, or on a deep link's START."""

    payload: Payload = ""


class TextMessage(_Body):
    """A text, or the own contact; an answer to a message where it names one."""

    text: str = ""
    contact: bool = False
    reply_to_message_id: int | None = None


class Press(_Body):
    """A tap on an inline button."""

    message_id: int
    row: Annotated[int, Field(ge=0)]
    column: Annotated[int, Field(ge=0)]


class Read(_Body):
    """Everything up to this message was seen."""

    message_id: int


class Clock(_Body):
    """By how many seconds, or to which Unix moment, the clock goes forward."""

    seconds: Annotated[float, Field(le=YEARS_10)] | None = None
    to: float | None = None


class Switches(_Body):
    """The faults of the panel: shares of calls, seconds of delay, silence towards the bot."""

    latency: Annotated[float, Field(ge=0, le=30)] = 0.0
    slow_sending: Annotated[float, Field(ge=0, le=30)] = 0.0
    server_errors: Share = 0.0
    dropped_connections: Share = 0.0
    too_many_requests: Share = 0.0
    silence: bool = False


Model = TypeVar("Model", bound=_Body)


def parse(model: type[Model], data: Any, sentence: str) -> Model:
    """The body as a model, or a refusal with this sentence."""
    try:
        return model.model_validate(data)
    except ValidationError:
        raise RefusedError(sentence) from None


async def json_body(request: web.Request) -> Any:
    """The JSON of a request, or a refusal.

    A form of another site can send text/plain without the browser asking us; JSON it cannot.
    """
    if request.content_type != "application/json":
        raise RefusedError(page_texts.NOT_JSON, 415)
    try:
        return orjson.loads(await request.read())
    except orjson.JSONDecodeError:
        raise RefusedError(page_texts.NOT_JSON) from None


def json_response(body: Any, status: int = 200) -> web.Response:
    """An answer to the page."""
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")


_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


def start_payload(link: str, bot_username: str) -> str:
    """The start parameter of a t.me (or tg://) link to this bot; a refusal for anything else."""
    address = link.strip()
    if "://" not in address:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        query = parse_qs(parts.query)
    except ValueError:
        raise RefusedError(page_texts.NOT_OUR_LINK) from None
    if parts.scheme == "tg" and parts.netloc == "resolve":
        name = query.get("domain", [""])[0]
    elif parts.scheme in {"http", "https"} and parts.hostname in {
        "t.me",
        "www.t.me",
        "telegram.me",
    }:
        name = parts.path.strip("/").split("/")[0]
    else:
        name = ""
    if name.lower() != bot_username.lower():
        raise RefusedError(page_texts.NOT_OUR_LINK)
    payload = query.get("start", [""])[0]
    if not _PAYLOAD.fullmatch(payload):
        raise RefusedError(page_texts.BAD_PAYLOAD)
    return payload
