"""Spaces at which a line must not break, put into every text on its way out.

A Russian editor keeps together a number and what it counts («24 ноября»), «№ 5», a surname and its
initials, a word of one letter and the next («в сети»), a dash and the word before it. A space and
its unbreakable sister are one UTF-16 unit each, so entities stay where they are. What is set as
code is left alone (people copy it), and so are tags, links, file names, and buttons, which do not
break; nothing is changed in the store.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import MessageEntity

from bot.delivery.outgoing import NextCall

UNBROKEN = "\N{NO-BREAK SPACE}"
CODE = frozenset({"code", "pre"})

_TAG = re.compile(r"(<[^<>]*>)")
_OPENS_CODE, _CLOSES_CODE = re.compile(r"<(?:code|pre)\b"), re.compile(r"</(?:code|pre)>")
_SPACE = re.compile(
    r" (?:"
    r"(?<=\d )(?:(?!(?:[авикосуя]|из|на|не|но|по|до|за|от|или|для)\s)(?=[а-яё%])|(?=\d{3}\b))"
    r"|(?<=№ )(?=\d)"
    r"|(?<=[а-яё] )(?=[А-ЯЁ]\.(?:\W|$))"  # Щеглова А. П.
    r"|(?<=\b[А-ЯЁ]\. )(?=[А-ЯЁ](?:\.|[а-яё]))"  # А. П. Щеглова
    r"|(?<=\b[авикосуяАВИКОСУЯ] )(?=[\w«„(])"
    r"|(?<=\S )(?=[—–] )"
    r")"
)
"""Spaces that become unbreakable, each between what stands on its sides."""


@lru_cache(maxsize=512)
def typeset(text: str) -> str:
    """HTML or plain text with its spaces set; what stands in tags and code is as it was."""
    if "<" not in text:
        return _SPACE.sub(UNBROKEN, text)
    parts, inside = _TAG.split(text), False
    for index, part in enumerate(parts):
        if index % 2:
            inside = bool(_OPENS_CODE.match(part)) or (inside and not _CLOSES_CODE.match(part))
        elif not inside:
            parts[index] = _SPACE.sub(UNBROKEN, part)
    return "".join(parts)


def typeset_around(text: str, entities: Sequence[MessageEntity]) -> str:
    """The same where Telegram's entities say what is code; their offsets count UTF-16 units."""
    units = typeset(text).encode("utf-16-le")
    for one in entities:
        if one.type in CODE:
            start, end = 2 * one.offset, 2 * (one.offset + one.length)
            units = units[:start] + text.encode("utf-16-le")[start:end] + units[end:]
    return units.decode("utf-16-le")


class Typesetting(BaseRequestMiddleware):
    """Sets texts and captions of every call, whoever makes it."""

    async def __call__(
        self,
        make_request: NextCall,
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType] | TelegramType:
        """Change the call, then make it.

        In its place: it is made for this once, set again it stays as it is, and a copy of a model
        costs as much as the setting.
        """
        for name, said in _changed(method).items():
            setattr(method, name, said)
        media = getattr(method, "media", None)
        if isinstance(media, list):
            media[:] = [
                one.model_copy(update=found) if (found := _changed(one)) else one for one in media
            ]
        result: TelegramType = await make_request(bot, method)
        return result


def _changed(value: Any) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for name, marks in (("text", "entities"), ("caption", "caption_entities")):
        said = getattr(value, name, None)
        if isinstance(said, str) and " " in said:
            entities = getattr(value, marks, None)
            done = typeset_around(said, entities) if entities else typeset(said)
            if done != said:
                changed[name] = done
    return changed
