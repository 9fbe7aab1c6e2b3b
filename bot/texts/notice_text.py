"""The text of a notice itself: what is said in place of a placeholder, its first words."""

import re
from collections.abc import Callable, Mapping
from html import unescape

from bot.texts.people import address, esc
from storage.notices.notices import Content
from storage.people.people import Person

_PLACEHOLDER = re.compile(r"\{([^{}<>\n]{1,40})\}")
PLACEHOLDERS: Mapping[str, Callable[[Person], str]] = {
    "имя отчество": address,
    "имя": lambda person: esc(person.first_name or ""),
    "муниципалитет": lambda person: esc(person.municipality or ""),
}


def fill(text: str, person: Person) -> str:
    """The text with every placeholder said for this person; HTML stays HTML."""

    def said(found: re.Match[str]) -> str:
        word = PLACEHOLDERS.get(_name(found))
        return found[0] if word is None else word(person)

    return _PLACEHOLDER.sub(said, text) if "{" in text else text


def unknown_placeholders(text: str) -> list[str]:
    """What stands in braces and means nothing to the bot."""
    found = _PLACEHOLDER.finditer(text)
    return [one[0] for one in found if _name(one) not in PLACEHOLDERS]


def _name(found: re.Match[str]) -> str:
    return " ".join(unescape(found[1]).lower().split())


def longest(text: str, name: int) -> int:
    """Characters the text may have for somebody, where «имя отчество» has up to `name`."""
    room = {"имя отчество": name, "имя": name, "муниципалитет": 60}
    widest = _PLACEHOLDER.sub(lambda found: "я" * room.get(_name(found), len(found[0])), text)
    return len(plain(widest))


def plain(text: str) -> str:
    """HTML as it is read."""
    return unescape(re.sub(r"<[^>]*>", "", text))


def _unnamed(text: str) -> str:
    """«{имя отчество}, ждём вас» → «Ждём вас»."""
    left = _PLACEHOLDER.sub("", text)
    if left == text:
        return text
    lines = [
        re.sub(r"\s+([,.!?:;])", r"\1", line).lstrip(" ,.!:;—–-") for line in left.splitlines()
    ]
    return "\n".join(line[:1].upper() + line[1:] for line in lines)


COPIED: Mapping[str, str] = {
    "photo": "фото",
    "video": "видео",
    "animation": "анимация",
    "document": "документ",
    "audio": "аудиозапись",
    "voice": "голосовое сообщение",
    "video_note": "видеосообщение",
    "sticker": "стикер",
    "contact": "контакт",
    "location": "место на карте",
    "venue": "место на карте",
    "poll": "голосование Telegram",
}
"""Telegram's word for what is copied → ours."""

HEADLINE = 60


def headline(content: Content, person: Person | None = None) -> str:
    """The first words, for a list; plain text. Without a person no placeholder is said."""
    said = plain(content.text if person is None else fill(content.text, person))
    for line in (_unnamed(said) if person is None else said).splitlines():
        if line.strip():
            words = " ".join(line.split())
            return words if len(words) <= HEADLINE else words[: HEADLINE - 1].rstrip() + "…"
    bare = COPIED.get(content.kind, "сообщение без текста").removesuffix(" Telegram")
    return "Альбом" if content.album else bare.capitalize()
