"""Reply markup: what Telegram accepts under a message or under the input field."""

from functools import lru_cache
from typing import Any

import orjson

from sandbox.errors import bad_request
from sandbox.html_mode import checked_link
from sandbox.limits import Limits
from sandbox.params import Params, json_value, string_field, word

Json = dict[str, Any]


def read_markup(params: Params, limits: Limits) -> Json | None:
    """The markup of a call, checked; None without one (or with an empty one).

    The result has one of the keys `inline_keyboard`, `keyboard`, `remove_keyboard`, `force_reply`.
    """
    given = params.get("reply_markup")
    if given is None or given == "":
        return None
    return _from_text(given, limits) if isinstance(given, str) else _checked(given, limits)


@lru_cache(maxsize=4096)
def _from_text(given: str, limits: Limits) -> Json | None:
    # Bots send the same keyboards again and again: checked once, kept once, never changed.
    return _checked(json_value({"": given}, "", "reply keyboard markup"), limits)


def _checked(markup: Any, limits: Limits) -> Json | None:
    if not isinstance(markup, dict):
        message = "Object expected as reply markup"
        raise bad_request(message)
    if markup.get("keyboard"):
        result = _reply_keyboard(markup, limits)
    elif markup.get("inline_keyboard"):
        result = _inline_keyboard(markup, limits)
    elif markup.get("remove_keyboard"):
        result = {"remove_keyboard": True}
    elif markup.get("force_reply"):
        result = {"force_reply": True, **_placeholder(markup, limits)}
    else:
        result = None
    return result


def only_inline(markup: Json | None) -> Json | None:
    """For edits: nothing but an inline keyboard may stand under an existing message."""
    if markup is not None and "inline_keyboard" not in markup:
        message = "Inline keyboard expected"
        raise bad_request(message)
    return markup


def _rows(markup: Json, field: str, kind: str) -> list[list[Any]]:
    rows = markup[field]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        what = f"of the {kind} must be an Array of Arrays" if kind else "must be an Array of Arrays"
        message = f'Field "{field}" {what}'
        raise bad_request(message)
    return rows


def _inline_keyboard(markup: Json, limits: Limits) -> Json | None:
    rows = []
    total = 0
    for row in _rows(markup, "inline_keyboard", "InlineKeyboardMarkup"):
        buttons = [_inline_button(button, limits) for button in row]
        checked = [button for button in buttons if button is not None][: limits.buttons_in_row]
        total += len(checked)
        if checked:
            rows.append(checked)
    if not rows:
        return None
    result: Json = {"inline_keyboard": rows}
    if total > limits.buttons or (total > 30 and len(orjson.dumps(result)) > limits.markup_bytes):
        message = "reply markup is too long"
        raise bad_request(message)
    return result


_STYLES = frozenset({"default", "primary", "danger", "success"})


def _inline_button(button: Any, limits: Limits) -> Json | None:  # noqa: C901, PLR0912 - one case per kind of button, in the order Telegram looks
    if not isinstance(button, dict):
        raise _button_fault("InlineKeyboardButton must be an Object")
    try:
        text = string_field(button, "text", required=True)
    except Exception as fault:
        raise _button_fault(str(fault).partition("Bad Request: ")[2]) from fault
    if not text:
        return None
    result: Json = {"text": text}
    for extra in ("style", "icon_custom_emoji_id"):
        if button.get(extra):
            result[extra] = button[extra]
    if button.get("style") and word(button, "style") not in {
        "default",
        "primary",
        "danger",
        "success",
    }:
        raise _button_fault("invalid button style specified")
    if button.get("url"):
        url = checked_link(str(button["url"]))
        if not url:
            message = f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL"
            raise bad_request(message)
        return {**result, "url": url}
    if button.get("callback_data"):
        data = button["callback_data"]
        if not isinstance(data, str):
            data = str(data)
        if len(data.encode()) > limits.callback_data_bytes:
            message = "BUTTON_DATA_INVALID"
            raise bad_request(message)
        return {**result, "callback_data": data}
    if "copy_text" in button:
        copied = button["copy_text"]
        copied = copied.get("text") if isinstance(copied, dict) else None
        if not isinstance(copied, str) or not 1 <= len(copied) <= limits.copy_text:
            message = "BUTTON_COPY_TEXT_INVALID"
            raise bad_request(message)
        return {**result, "copy_text": {"text": copied}}
    if "web_app" in button:
        url = word(button["web_app"], "url")
        if not url.lower().startswith("https://"):
            message = (
                f"inline keyboard button Web App URL '{url}' is invalid: "
                "Only HTTPS links are allowed"
            )
            raise bad_request(message)
        return {**result, "web_app": {"url": url}}
    if any(
        name in button
        for name in (
            "switch_inline_query",
            "switch_inline_query_current_chat",
            "switch_inline_query_chosen_chat",
        )
    ):
        # This bot has no inline mode, and Telegram refuses such a button of a bot without one.
        message = "BUTTON_TYPE_INVALID"
        raise bad_request(message)
    if "pay" in button or "callback_game" in button or "login_url" in button:
        message = "BUTTON_TYPE_INVALID"
        raise bad_request(message)
    raise _button_fault("Text buttons are unallowed in the inline keyboard")


def _button_fault(message: str) -> Exception:
    return bad_request(f"Can't parse inline keyboard button: {message}")


_REPLY_EXTRAS = (
    "request_contact",
    "request_location",
    "request_poll",
    "request_users",
    "request_chat",
    "web_app",
    "style",
)


def _reply_keyboard(markup: Json, limits: Limits) -> Json | None:
    rows: list[list[Json]] = []
    left = limits.reply_buttons
    for row in _rows(markup, "keyboard", ""):
        buttons = [_reply_button(button) for button in row]
        checked = [button for button in buttons if button is not None]
        checked = checked[: min(limits.reply_buttons_in_row, left)]
        left -= len(checked)
        if checked:
            rows.append(checked)
    if not rows:
        return None
    result: Json = {"keyboard": rows}
    for name in ("resize_keyboard", "one_time_keyboard", "is_persistent"):
        if markup.get(name):
            result[name] = True
    return {**result, **_placeholder(markup, limits)}


def _reply_button(button: Any) -> Json | None:
    if isinstance(button, str):
        return {"text": button} if button else None
    if not isinstance(button, dict):
        message = "Can't parse keyboard button: KeyboardButton must be a String or an Object"
        raise bad_request(message)
    if not isinstance(button.get("text"), str):
        message = "Can't parse keyboard button: Can't find field \"text\""
        raise bad_request(message)
    extras = {name: button[name] for name in _REPLY_EXTRAS if button.get(name)}
    return {"text": button["text"], **extras} if button["text"] else None


def _placeholder(markup: Json, limits: Limits) -> Json:
    text = markup.get("input_field_placeholder")
    return {"input_field_placeholder": str(text)[: limits.placeholder]} if text else {}
