"""Telegram's refusals: the error code and the very words of the Bot API server."""

from collections.abc import Mapping
from typing import Any


class ApiError(Exception):
    """A refusal, as `{"ok": false, "error_code": …, "description": …, "parameters": …}`."""

    def __init__(
        self, code: int, description: str, parameters: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters

    def to_json(self) -> dict[str, Any]:
        """The body of the response."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = dict(self.parameters)
        return body


class DroppedConnectionError(ConnectionError):
    """A fault was switched on that cuts the connection without an answer."""


def bad_request(message: str) -> ApiError:
    """400; like the Bot API server, lowers the first letter of a sentence, not of a CODE."""
    shouted = len(message) > 1 and (message[1] == "_" or message[1].isupper())
    return ApiError(
        400, "Bad Request: " + (message if shouted else message[:1].lower() + message[1:])
    )


def forbidden(message: str) -> ApiError:
    """403."""
    return ApiError(403, f"Forbidden: {message}")


def conflict(message: str) -> ApiError:
    """409."""
    return ApiError(409, f"Conflict: {message}")


def too_many_requests(retry_after: int) -> ApiError:
    """429 with the seconds to wait."""
    return ApiError(
        429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after}
    )
