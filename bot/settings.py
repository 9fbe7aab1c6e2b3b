"""What whoever runs the bot decides: environment variables, or a `.env` file beside the code.

`Settings()` reads them; `read_settings` is the same with all faults gathered into one refusal.
The table in README.md lists the same names; a test compares them.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

TOKEN_SHAPE = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{20,100}")


class SettingsRefusedError(Exception):
    """Settings that cannot be used.

    Attributes:
        names: the environment variables at fault, all of them; `bot/texts/startup.py` says why.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names = names


class Settings(BaseSettings):
    """Every setting has a default but the token, without which only the sandbox runs."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    bot_token: SecretStr | None = None
    bot_api_url: str = "https://api.telegram.org"
    """An own Bot API server, or the sandbox; without a slash at the end."""
    proxy_url: SecretStr | None = None
    """`http://…` or `socks5://…`; may hold a password."""
    data_dir: Path = Path("data")
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    timezone: str = "Europe/Moscow"
    webhook_url: str | None = None
    """Where Telegram reaches us; unset, the bot polls."""
    webhook_secret: SecretStr | None = None
    webhook_port: int = Field(default=8443, ge=0, le=65535)
    """Listened on for the reverse proxy in front; 0 takes any free port (tests)."""
    health_port: int | None = Field(default=None, ge=0, le=65535)
    listen_host: str = "127.0.0.1"
    """Where both ports listen: this machine only, unless it is a container of its own."""
    log_format: Literal["plain", "json"] = "plain"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    messages_per_second: float = Field(default=25, gt=0, le=1000)
    """Over all chats; Telegram allows about 30."""
    weekly_budget: int = Field(default=5, ge=1, le=1000)
    """Messages a person gets in a week without having asked; beyond, they are merged."""
    approval_from: int = Field(default=500, ge=1)
    """A notice to so many people needs a second person's approval."""
    backup_key_file: Path | None = None
    """Holds the keys of encrypted copies; outside `data_dir`. Unset, copies are plain."""
    backups_kept: int = Field(default=14, ge=1, le=1000)
    """Nightly copies in `DATA_DIR/backups`; the oldest beyond this go."""

    @field_validator("bot_token")
    @classmethod
    def _token_has_its_shape(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not TOKEN_SHAPE.fullmatch(value.get_secret_value()):
            message = "not a token"
            raise ValueError(message)
        return value

    @field_validator("bot_api_url", "webhook_url")
    @classmethod
    def _address_is_http(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", value):
            message = "not an http address"
            raise ValueError(message)
        return None if value is None else value.rstrip("/")

    @field_validator("proxy_url")
    @classmethod
    def _proxy_is_known(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(
            r"(https?|socks5h?|socks4)://\S+", value.get_secret_value()
        ):
            message = "not a proxy address"
            raise ValueError(message)
        return value

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _ids_by_comma(cls, value: Any) -> Any:
        if isinstance(value, str):
            return frozenset(int(part) for part in value.split(",") if part.strip())
        return value

    @field_validator("backup_key_file")
    @classmethod
    def _key_lies_elsewhere(cls, value: Path | None, info: ValidationInfo) -> Path | None:
        # A key beside what it locks would be copied along with it.
        folder = info.data.get("data_dir")
        if value and folder and value.resolve().is_relative_to(folder.resolve()):
            message = "inside the data folder"
            raise ValueError(message)
        return value

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: "Europe", a folder
            message = "no such zone"
            raise ValueError(message) from error
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _secret_has_its_shape(cls, value: SecretStr | None) -> SecretStr | None:
        # The alphabet is Telegram's (setWebhook, secret_token); the length is ours to demand.
        if value is not None and not re.fullmatch(
            r"[A-Za-z0-9_-]{16,256}", value.get_secret_value()
        ):
            message = "not a webhook secret"
            raise ValueError(message)
        return value

    @model_validator(mode="after")
    def _webhook_has_a_secret(self) -> Self:
        if self.webhook_url is not None and self.webhook_secret is None:
            message = "WEBHOOK_SECRET"
            raise ValueError(message)
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The network's zone: what people are shown and quiet hours are kept in."""
        return ZoneInfo(self.timezone)

    @property
    def database_path(self) -> Path:
        """The one database file."""
        return self.data_dir / "bot.sqlite3"

    @property
    def token(self) -> str:
        """The token itself.

        Raises:
            SettingsRefusedError: there is none.
        """
        if self.bot_token is None:
            raise SettingsRefusedError(("BOT_TOKEN",))
        return self.bot_token.get_secret_value()


def read_settings(overrides: Mapping[str, Any] | None = None) -> Settings:
    """The settings of this process; `overrides` (by field name) win over the environment.

    Raises:
        SettingsRefusedError: with the name of every variable that cannot be used.
    """
    try:
        return Settings(**(overrides or {}))
    except ValidationError as error:
        names = [
            str(fault["loc"][0]).upper() if fault["loc"] else "WEBHOOK_SECRET"
            for fault in error.errors(include_input=False, include_context=False)
        ]
        raise SettingsRefusedError(tuple(dict.fromkeys(names))) from None
