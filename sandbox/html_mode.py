"""Telegram's HTML parse mode: tags to entities, with Telegram's own complaints.

Follows TDLib's parser, also where it is lenient: an unknown `&name;` stays as it is, a tag that
covers nothing gives no entity, `</>` closes whatever is open. Byte offsets in complaints count
UTF-8 bytes of the text as sent.
"""

import re
from typing import Any, NamedTuple

from sandbox.errors import bad_request
from sandbox.utf16 import utf16_len

Entity = dict[str, Any]

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = frozenset(_TYPES) | {"a", "tg-emoji", "pre", "code", "blockquote", "tg-time"}
_SPACE = " \t\r\n\0\x0b"
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([A-Za-z]+));?")
_PLAIN = re.compile(r"[^<&]+")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_USER_LINK = re.compile(r"tg:(?://)?user\?id=(\d+)", re.IGNORECASE)


class _Open(NamedTuple):
    tag: str
    argument: str
    offset: int
    start: int  # in characters of the result


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Text without tags and its entities; ApiError 400 «can't parse entities: …»."""
    if "<" not in source and "&" not in source:
        return source, []
    return _HtmlParser(source).run()


class _HtmlParser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.out: list[str] = []
        self.length = 0  # of the result, UTF-16 units
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def run(self) -> tuple[str, list[Entity]]:
        source = self.source
        while self.at < len(source):
            if plain := _PLAIN.match(source, self.at):
                self._add(plain[0])
                self.at = plain.end()
            elif source[self.at] == "&":
                self._add(self._reference())
            elif source.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise _fault(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        text = "".join(self.out)
        if _HALF_PAIR.search(text):
            raise _fault(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return text, self.entities

    def _add(self, piece: str) -> None:
        self.out.append(piece)
        self.length += utf16_len(piece)

    def _char(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def _skip_space(self) -> None:
        while self._char() and self._char() in _SPACE:
            self.at += 1

    def _reference(self) -> str:
        found = _REFERENCE.match(self.source, self.at)
        decoded = ""
        if found:
            if found[3] is not None:
                decoded = _NAMED.get(found[3], "")
            else:
                digits = found[1] if found[1] is not None else found[2]
                code = int(digits or "0", 16 if found[1] is not None else 10)
                size = found.end() - found.start() - found[0].endswith(";")
                if 0 < code < 0x10FFFF and size < 10:
                    decoded = chr(code)
        if not found or not decoded:
            self.at += 1
            return "&"
        self.at = found.end()
        return decoded

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        name_at = self.at
        while self._char() and self._char() not in _SPACE and self._char() != ">":
            self.at += 1
        if not self._char():
            raise _fault(f"Unclosed start tag at byte offset {self._byte(begin)}")
        tag = self.source[name_at : self.at].lower()
        if tag not in _TAGS:
            raise _fault(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        argument = self._attributes(tag, begin)
        if tag == "span" and argument != "spoiler":
            raise _fault(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}'
            )
        self.at += 1  # the closing ">"
        self.open.append(_Open(tag, argument, self.length, len(self.out)))

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while self._char() != ">":
            self._skip_space()
            if self._char() == ">":
                break
            name_at = self.at
            while self._char() and self._char() not in _SPACE + "=>/\"'":
                self.at += 1
            name = self.source[name_at : self.at]
            if not name:
                raise _fault(
                    f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}'
                )
            self._skip_space()
            if self._char() != "=":
                if not self._char():
                    raise _fault(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
                if tag == "blockquote" and name == "expandable":
                    argument = "1"
                continue
            self.at += 1
            self._skip_space()
            if not self._char():
                raise _fault(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
            value = self._attribute_value()
            if not self._char():
                raise _fault(f"Unclosed start tag at byte offset {self._byte(begin)}")
            argument = _argument(tag, name, value, argument)
        return argument

    def _attribute_value(self) -> str:
        quote = self._char()
        if quote not in "'\"":
            token = _NAME_TOKEN.match(self.source, self.at)
            value_at = self.at
            value = token[0] if token else ""
            self.at += len(value)
            if self._char() not in _SPACE + ">":
                raise _fault(f"Unexpected end of name token at byte offset {self._byte(value_at)}")
            return value.lower()
        self.at += 1
        pieces = []
        while self._char() and self._char() != quote:
            if self._char() == "&":
                pieces.append(self._reference())
            else:
                pieces.append(self._char())
                self.at += 1
        self.at += 1
        return "".join(pieces)

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise _fault(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self.at += 2
        name_at = self.at
        while self._char() and self._char() not in _SPACE and self._char() != ">":
            self.at += 1
        name = self.source[name_at : self.at].lower()
        self._skip_space()
        if self._char() != ">":
            raise _fault(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self.at += 1
        opened = self.open[-1]
        if name and name != opened.tag:
            raise _fault(
                f"Unmatched end tag at byte offset {self._byte(begin)}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        if self.length > opened.offset:
            self._close(opened)
        self.open.pop()

    def _close(self, opened: _Open) -> None:
        entity: Entity = {"offset": opened.offset, "length": self.length - opened.offset}
        tag, argument = opened.tag, opened.argument
        if tag in _TYPES:
            entity["type"] = _TYPES[tag]
        elif tag == "a":
            target = link_entity(argument or "".join(self.out[opened.start :]))
            if target is None:
                return
            entity.update(target)
        elif tag in {"pre", "code"}:
            if self._merge_code(entity, tag, argument):
                return
            entity["type"] = tag
            if tag == "code" and argument:
                entity["language"] = argument
        elif tag == "blockquote":
            entity["type"] = "expandable_blockquote" if argument else "blockquote"
        elif tag == "tg-emoji":
            if not argument.isdigit() or not int(argument):
                raise _fault("Invalid custom emoji identifier specified")
            # Sent by a bot without a purchased username, a custom emoji is shown as a plain one.
            return
        else:  # tg-time is shown as its text
            return
        self.entities.append(entity)

    def _merge_code(self, entity: Entity, tag: str, argument: str) -> bool:
        # <pre><code class="language-…"> (in either order) is one entity with a language.
        last = self.entities[-1] if self.entities else None
        if last is None or (last["offset"], last["length"]) != (entity["offset"], entity["length"]):
            return False
        if tag == "pre" and last["type"] == "code" and last.get("language"):
            last["type"] = "pre"
            return True
        if tag == "code" and last["type"] == "pre" and argument:
            last["language"] = argument
            return True
        return False


def _argument(tag: str, name: str, value: str, before: str) -> str:
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    if (tag, name) == ("blockquote", "expandable"):
        return "1"
    return before


def link_entity(url: str) -> Entity | None:
    """A text_link or a mention of a user by id; None for what is no link at Telegram."""
    if user := _USER_LINK.match(url):
        return {"type": "text_mention", "user": {"id": int(user[1])}}
    checked = checked_link(url)
    return {"type": "text_link", "url": checked} if checked else None


def checked_link(url: str) -> str:
    """The URL as Telegram writes it, or an empty string for a wrong one."""
    url = url.strip()
    if not url or any(c in _SPACE for c in url):
        return ""
    scheme, separator, rest = url.partition("://")
    if not separator:
        if url.lower().startswith("tg:"):
            return "tg://" + url[3:]
        scheme, rest = "http", url
    scheme = scheme.lower()
    if scheme in {"tg", "ton", "tonsite"}:
        return f"{scheme}://{rest}"
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if scheme not in {"http", "https"} or "." not in host.strip("."):
        return ""
    tail = rest[len(host) :]
    if not tail.startswith("/"):
        tail = "/" + tail
    return f"{scheme}://{host.lower()}{tail}"


def _fault(message: str) -> Exception:
    return bad_request(f"Can't parse entities: {message}")
