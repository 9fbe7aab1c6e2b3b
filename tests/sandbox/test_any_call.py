"""Whatever a bot sends, the answer is a result or one of Telegram's refusals, never a crash."""

import asyncio
from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.clock import Clock
from sandbox.errors import ApiError
from sandbox.files import Upload
from sandbox.limits import Limits
from sandbox.telegram import METHODS, Telegram
from tests.sandbox.kit import PNG, TOKEN

PERSON = 1_000_000_001
NAMES = [
    "chat_id",
    "from_chat_id",
    "message_id",
    "message_ids",
    "text",
    "caption",
    "parse_mode",
    "entities",
    "caption_entities",
    "reply_markup",
    "reply_parameters",
    "link_preview_options",
    "media",
    "document",
    "photo",
    "callback_query_id",
    "reaction",
    "action",
    "commands",
    "scope",
    "language_code",
    "menu_button",
    "offset",
    "limit",
    "allowed_updates",
    "file_id",
    "show_alert",
    "phone_number",
    "first_name",
    "url",
    "name",
    "description",
]
KEYS = st.sampled_from(
    [
        "type",
        "text",
        "offset",
        "length",
        "user",
        "id",
        "url",
        "inline_keyboard",
        "keyboard",
        "remove_keyboard",
        "force_reply",
        "callback_data",
        "copy_text",
        "web_app",
        "switch_inline_query",
        "style",
        "message_id",
        "media",
        "emoji",
        "command",
        "description",
        "chat_id",
        "input_field_placeholder",
        "language",
    ]
)
WORDS = (
    "",
    "<b>x</b>",
    "<b>",
    "*x*",
    "HTML",
    "bold",
    "text_mention",
    "photo",
    "chat",
    "web_app",
    "attach://f",
    "document",
    "https://ya.ru",
    "1",
    "[1]",
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.sampled_from(WORDS)
    | st.text(max_size=5)
    | st.just(PERSON)
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)
OBJECT = st.dictionaries(KEYS, VALUES, max_size=5)
ROWS = st.lists(st.lists(OBJECT | LEAVES, max_size=3) | LEAVES, max_size=3)
# Parameters with a shape come mostly in it, so that the faults lie deep inside.
SHAPES: dict[str, st.SearchStrategy[Any]] = {
    "reply_markup": st.builds(
        lambda name, rows, more: {**more, name: rows},
        st.sampled_from(["inline_keyboard", "keyboard"]),
        ROWS,
        OBJECT,
    ),
    **dict.fromkeys(
        ("entities", "caption_entities", "media", "reaction", "commands"),
        st.lists(OBJECT, max_size=3) | OBJECT,
    ),
    **dict.fromkeys(("reply_parameters", "link_preview_options", "scope", "menu_button"), OBJECT),
}
PARAMS = st.fixed_dictionaries(
    {}, optional={name: SHAPES.get(name, VALUES) | VALUES for name in NAMES}
)
CALLS = st.tuples(st.sampled_from(sorted(set(METHODS) - {"setwebhook"})), PARAMS, st.booleans())


@settings(max_examples=150, deadline=None)
@given(st.lists(CALLS, min_size=1, max_size=6))
def test_any_call_is_carried_out_or_refused(calls: list[tuple[str, dict[str, Any], bool]]) -> None:
    asyncio.run(carried_out_or_refused(calls))


async def carried_out_or_refused(calls: list[tuple[str, dict[str, Any], bool]]) -> None:
    telegram = Telegram(TOKEN, Clock(), limits=Limits(rate=False))
    telegram.add_person("Вера", person_id=PERSON)
    first = telegram.start(PERSON)
    for method, given_params, proper_chat in calls:
        params = {name: value for name, value in given_params.items() if value is not None}
        if proper_chat:
            params |= {"chat_id": PERSON, "from_chat_id": PERSON, "message_id": first.message_id}
        try:
            result = await telegram.call(method, params, {"f": Upload("f.png", PNG)})
        except ApiError as refusal:
            body = refusal.to_json()
        else:
            body = {"ok": True, "result": result}
        orjson.dumps(body)
    # What was kept can be shown.
    orjson.dumps([message.to_json() for message in telegram.history(PERSON)])
