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


HEADLINE = 60


def headline(content: Content) -> str:
    """The first words, for a list; plain text."""
    for line in plain(content.text).splitlines():
        if line.strip():
            words = " ".join(line.split())
            return words if len(words) <= HEADLINE else words[: HEADLINE - 1].rstrip() + "…"
    return "Альбом" if content.album else "Сообщение без текста"
