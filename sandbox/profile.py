"""What people see of the bot: commands by scope and language, menu button, name, description."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sandbox.errors import bad_request
from sandbox.files import Upload
from sandbox.model import Chat, Json
from sandbox.params import Params, json_value, string_field, text, to_integer, word

if TYPE_CHECKING:
    from sandbox.telegram import Telegram

Files = Mapping[str, Upload]
Scope = tuple[str, int, int]  # type, chat_id, user_id

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_TEXTS = {"name": 64, "description": 512, "short_description": 120}


class Profile:
    """The bot's own settings."""

    def __init__(self) -> None:
        self._commands: dict[tuple[Scope, str], list[Json]] = {}
        self._texts: dict[tuple[str, str], str] = {}
        self.menu_button: Json = {"type": "commands"}

    def put_commands(self, scope: Scope, language: str, commands: list[Json]) -> None:
        """Sets (or with an empty list deletes) the commands of one scope and language."""
        if commands:
            self._commands[scope, language] = commands
        else:
            self._commands.pop((scope, language), None)

    def commands(self, scope: Scope, language: str) -> list[Json]:
        """The commands set for exactly this scope and language."""
        return self._commands.get((scope, language), [])

    def commands_for(self, person_id: int, language: str | None) -> list[Json]:
        """The menu a person sees: the narrowest scope with commands, own language first."""
        scopes: tuple[Scope, ...] = (
            ("chat", person_id, 0),
            ("all_private_chats", 0, 0),
            ("default", 0, 0),
        )
        for scope in scopes:
            for code in dict.fromkeys((language or "", "")):
                if found := self._commands.get((scope, code)):
                    return found
        return []

    def put_text(self, what: str, language: str, value: str) -> None:
        """Sets the name or a description."""
        self._texts[what, language] = value

    def text(self, what: str, language: str) -> str:
        """The name or a description in this language, else the general one."""
        return self._texts.get((what, language)) or self._texts.get((what, ""), "")


def _scope(telegram: "Telegram", params: Params) -> Scope:
    scope = json_value(params, "scope", "BotCommandScope")
    if scope is None:
        return ("default", 0, 0)
    if not isinstance(scope, dict):
        message = "Can't parse BotCommandScope: BotCommandScope must be an Object"
        raise bad_request(message)
    kind = word(scope, "type")
    if kind in {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}:
        return (kind, 0, 0)
    if kind not in {"chat", "chat_administrators", "chat_member"}:
        message = "Can't parse BotCommandScope: Unsupported type specified"
        raise bad_request(message)
    chat = telegram.chat_of({"chat_id": scope.get("chat_id")})
    if kind != "chat":
        message = "can't change commands for a private chat's members"
        raise bad_request(message)
    return ("chat", chat.id, to_integer(scope.get("user_id")))


def _language(params: Params) -> str:
    code = text(params, "language_code")
    if code and not re.fullmatch("[a-z]{2}", code):
        message = "Invalid language code specified"
        raise bad_request(message)
    return code


def _read_commands(telegram: "Telegram", params: Params) -> list[Json]:
    given = json_value(params, "commands", "commands")
    if given is None:
        return []
    if not isinstance(given, list):
        message = "Expected an Array of BotCommand"
        raise bad_request(message)
    commands = []
    for one in given:
        if not isinstance(one, dict):
            message = "Can't parse BotCommand: expected an Object"
            raise bad_request(message)
        name = string_field(one, "command", required=True).strip().removeprefix("/")
        words = string_field(one, "description", required=True).strip()
        _check_command(name, words)
        commands.append({"command": name, "description": words})
    if len(commands) > telegram.limits.commands:
        message = "BOT_COMMANDS_TOO_MUCH"
        raise bad_request(message)
    return commands


def _check_command(name: str, words: str) -> None:
    fault = ""
    if not name:
        fault = "Command must be non-empty"
    elif len(name) > 32:
        fault = "Command length must not exceed 32"
    elif not words:
        fault = "Command description must be non-empty"
    elif len(words) > 256:
        fault = "Command description length must not exceed 256"
    elif not _COMMAND.fullmatch(name):
        fault = "BOT_COMMAND_INVALID"
    if fault:
        raise bad_request(fault)


def _set_commands(telegram: "Telegram", params: Params, _files: Files) -> bool:
    commands = _read_commands(telegram, params)
    scope = _scope(telegram, params)
    telegram.profile.put_commands(scope, _language(params), commands)
    telegram.events.publish("commands", scope[1])
    return True


def _get_commands(telegram: "Telegram", params: Params, _files: Files) -> list[Json]:
    return telegram.profile.commands(_scope(telegram, params), _language(params))


def _delete_commands(telegram: "Telegram", params: Params, _files: Files) -> bool:
    scope = _scope(telegram, params)
    telegram.profile.put_commands(scope, _language(params), [])
    telegram.events.publish("commands", scope[1])
    return True


def _menu_chat(telegram: "Telegram", params: Params) -> Chat | None:
    return telegram.chat_of(params) if params.get("chat_id") else None


def _set_menu_button(telegram: "Telegram", params: Params, _files: Files) -> bool:
    button = json_value(params, "menu_button", "menu button") or {"type": "default"}
    kind = word(button, "type")
    if kind not in {"default", "commands", "web_app"}:
        message = "Can't parse menu button: MenuButton has unsupported type"
        raise bad_request(message)
    chat = _menu_chat(telegram, params)
    if chat is None:
        telegram.profile.menu_button = {"type": "commands"} if kind == "default" else button
    else:
        chat.menu_button = None if kind == "default" else button
    telegram.events.publish("menu", chat.id if chat else 0)
    return True


def _get_menu_button(telegram: "Telegram", params: Params, _files: Files) -> Json:
    chat = _menu_chat(telegram, params)
    return (chat.menu_button if chat else None) or telegram.profile.menu_button


def _set_text(what: str) -> Any:
    def set_text(telegram: "Telegram", params: Params, _files: Files) -> bool:
        value = text(params, what)
        if len(value) > _TEXTS[what]:
            limit = {"name": "Name", "description": "Description"}.get(what, "Short description")
            message = f"{limit} is too long"
            raise bad_request(message)
        telegram.profile.put_text(what, _language(params), value)
        telegram.events.publish("menu", 0)
        return True

    return set_text


def _get_text(what: str) -> Any:
    def get_text(telegram: "Telegram", params: Params, _files: Files) -> Json:
        value = telegram.profile.text(what, _language(params))
        return {what: value or (telegram.bot.first_name if what == "name" else "")}

    return get_text


METHODS = {
    "setmycommands": _set_commands,
    "getmycommands": _get_commands,
    "deletemycommands": _delete_commands,
    "setchatmenubutton": _set_menu_button,
    "getchatmenubutton": _get_menu_button,
    **{f"setmy{what.replace('_', '')}": _set_text(what) for what in _TEXTS},
    **{f"getmy{what.replace('_', '')}": _get_text(what) for what in _TEXTS},
}
