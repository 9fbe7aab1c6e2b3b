"""Reading a call's parameters the way the Bot API server does.

Every parameter is a string or, from a JSON body, any JSON value; each method asks for what it
needs. A text that reads "123" or "true" stays a text.
"""

import re
from typing import Any

import orjson

from sandbox.errors import bad_request

Params = dict[str, Any]

_LEADING_INTEGER = re.compile(r"\s*(-?\d+)")
_INT64 = 1 << 63


def text(params: Params, name: str) -> str:
    """The parameter as a string; empty when it was not given."""
    value = params.get(name)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        return orjson.dumps(value).decode()
    return str(value)


def flag(params: Params, name: str) -> bool:
    """The parameter as a Boolean: true, yes and 1 are true."""
    value = params.get(name)
    if isinstance(value, bool):
        return value
    return value is not None and text(params, name).strip().lower() in {"true", "yes", "1"}


def to_integer(value: Any) -> int:
    """Leading digits as a number; 0 for anything else."""
    if isinstance(value, int):
        return int(value) if -_INT64 <= value < _INT64 else 0
    found = _LEADING_INTEGER.match(value) if isinstance(value, str) else None
    return to_integer(int(found[1])) if found and len(found[1]) < 21 else 0


def integer(
    params: Params, name: str, default: int = 0, low: int | None = None, high: int | None = None
) -> int:
    """The parameter as an integer, clamped to its bounds."""
    value = params.get(name)
    number = default if value is None or value == "" else to_integer(value)
    if low is not None:
        number = max(number, low)
    if high is not None:
        number = min(number, high)
    return number


def json_value(params: Params, name: str, what: str) -> Any:
    """The parameter as JSON, from an object or from its text; None when not given."""
    value = params.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, str):
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            msg = f"Can't parse {what} JSON object"
            raise bad_request(msg) from None
    return value


def word(obj: Any, name: str) -> str:
    """A word inside a JSON object that one of a few is expected for; empty for anything else."""
    value = obj.get(name) if isinstance(obj, dict) else None
    return value if isinstance(value, str) else ""


def string_field(obj: dict[str, Any], name: str, *, required: bool = False) -> str:
    """A string inside a JSON object; numbers and Booleans are taken as their text."""
    value = obj.get(name)
    if value is None:
        if required:
            msg = f'Can\'t find field "{name}"'
            raise bad_request(msg)
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        msg = f'Field "{name}" must be of type String'
        raise bad_request(msg)
    return str(value)
