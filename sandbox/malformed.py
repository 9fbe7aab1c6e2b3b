"""Malformed updates for fault tests: at least 200 kinds, each a well-formed update with one fault.

Every one keeps a valid `update_id` (`Telegram.inject` sets it), as Telegram's queue does: it can
be confirmed, and whatever else is wrong with it is the receiver's to survive.
"""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

import orjson

Json = dict[str, Any]
Path = tuple[str | int, ...]


class Malformed(NamedTuple):
    """A kind of fault, named for the test's report, and an update that has it."""

    name: str
    update: Json


def malformed_updates(person_id: int) -> Iterator[Malformed]:
    """Each kind once; the updates pretend to come from this person."""
    for kind, update in _well_formed(person_id).items():
        yield from _without_each_field(kind, update)
        yield from _wrong_values(kind, update)
    yield from _strange_bodies(person_id)
    yield from _strange_texts(person_id)


def _well_formed(person_id: int) -> dict[str, Json]:
    user = {"id": person_id, "is_bot": False, "first_name": "X", "language_code": "ru"}
    chat = {"id": person_id, "first_name": "X", "type": "private"}
    message = {"message_id": 7, "from": user, "chat": chat, "date": 1_760_000_000, "text": "hi"}
    bot = {"id": 1, "is_bot": True, "first_name": "B", "username": "b_bot"}
    command = {
        **message,
        "text": "/start",
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
    }
    file = {"file_id": "BQACAgIAAxkx", "file_unique_id": "AgADx", "file_name": "a.pdf"}
    query = {
        "id": "42",
        "from": user,
        "chat_instance": "-1",
        "data": "v1:x",
        "message": {**message, "from": bot},
    }
    member = {
        "chat": chat,
        "from": user,
        "date": 1_760_000_000,
        "old_chat_member": {"user": bot, "status": "member"},
        "new_chat_member": {"user": bot, "status": "kicked", "until_date": 0},
    }
    document = {k: v for k, v in message.items() if k != "text"} | {"document": file}
    return {
        "message": {"message": command},
        "document": {"message": document},
        "callback_query": {"callback_query": query},
        "edited_message": {"edited_message": {**message, "edit_date": 1_760_000_001}},
        "my_chat_member": {"my_chat_member": member},
    }


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        yield (*path, key)
        if isinstance(inner, (dict, list)):
            yield from _paths(inner, (*path, key))


def _at(update: Json, path: Path) -> Any:
    found: Any = update
    for key in path:
        found = found[key]
    return found


def _changed(update: Json, path: Path, value: Any) -> Json:
    copy = deepcopy(update)
    _at(copy, path[:-1])[path[-1]] = value
    return copy


_OPTIONAL = {
    "language_code",
    "username",
    "entities",
    "file_name",
    "until_date",
    "edit_date",
    "text",
}


def _without_each_field(kind: str, update: Json) -> Iterator[Malformed]:
    for path in _paths(update):
        if len(path) > 1 and isinstance(path[-1], str) and path[-1] not in _OPTIONAL:
            copy = deepcopy(update)
            del _at(copy, path[:-1])[path[-1]]
            yield Malformed(f"{kind}: no {_dotted(path)}", copy)


def _wrong_values(kind: str, update: Json) -> Iterator[Malformed]:
    for path in _paths(update):
        old = _at(update, path)
        wrong: dict[str, Any] = {"null": None, "a list": [[]], "an object": {"x": {}}}
        if isinstance(old, bool):
            wrong = {"a word": "perhaps"}
        elif isinstance(old, int):
            wrong = {"a word": "seven", "a fraction": 0.5, "an object": {}}
        elif isinstance(old, str):
            wrong = {"a number": 5.5, "a list": [1]}
        elif isinstance(old, dict):
            wrong = {"a word": "object", "a list": []}
        for name, value in wrong.items():
            yield Malformed(f"{kind}: {_dotted(path)} is {name}", _changed(update, path, value))


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))


def _nested(depth: int) -> Any:
    return orjson.Fragment(b'{"reply_to_message":' * depth + b"{}" + b"}" * depth)


def _strange_bodies(person_id: int) -> Iterator[Malformed]:
    message = _well_formed(person_id)["edited_message"]["edited_message"]
    yield Malformed("nothing but an id", {})
    yield Malformed("a kind nobody knows", {"telepathy": {"from": message["from"]}})
    yield Malformed("two kinds at once with a broken one", {"message": message, "poll": 3})
    yield Malformed("an empty message", {"message": {}})
    yield Malformed("an empty callback query", {"callback_query": {}})
    yield Malformed(
        "a message of an unknown type of chat",
        {"message": {**message, "chat": {**message["chat"], "type": "dream"}}},
    )
    yield Malformed(
        "a user id beyond 64 bits",
        {"message": {**message, "from": {**message["from"], "id": orjson.Fragment(b"9" * 40)}}},
    )
    yield Malformed("a date beyond any calendar", {"message": {**message, "date": 10**17}})
    yield Malformed("a date before 1970", {"message": {**message, "date": -(10**12)}})
    yield Malformed("a message nested 50 deep", {"message": _nested(50)})
    yield Malformed(
        "a list of 10 000 entities",
        {"message": {**message, "entities": [{"type": "bold", "offset": 0}] * 10_000}},
    )


def _strange_texts(person_id: int) -> Iterator[Malformed]:
    """Well-formed by type, and yet nothing a client of Telegram's would send."""
    forms = _well_formed(person_id)
    message, query = forms["edited_message"]["edited_message"], forms["callback_query"]
    texts: dict[str, Any] = {
        "empty": "",
        "a zero character": "a\x00b",
        "half a surrogate pair": orjson.Fragment(b'"\\ud800"'),
        "100 000 characters": "x" * 100_000,
        "only direction marks": "\u202e\u202d\u200f",
        "combining marks without end": "e" + "\u0301" * 2000,
        "a command with an endless argument": "/start " + "A" * 5000,
        "a command of another bot": "/start@somebody_else_bot x",
    }
    for name, text in texts.items():
        yield Malformed(f"text: {name}", {"message": {**message, "text": text}})
        data = _changed(query, ("callback_query", "data"), text)
        yield Malformed(f"callback data: {name}", data)
    for name, entity in {
        "beyond the text": {"type": "bold", "offset": 500, "length": 500},
        "negative": {"type": "bold", "offset": -5, "length": 3},
        "of length 0": {"type": "bot_command", "offset": 0, "length": 0},
        "of an unknown type": {"type": "hologram", "offset": 0, "length": 1},
    }.items():
        yield Malformed(f"entity: {name}", {"message": {**message, "entities": [entity]}})
