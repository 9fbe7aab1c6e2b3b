"""Telegram's MarkdownV2 parse mode (and the old Markdown), with Telegram's own complaints."""

import re
from typing import NamedTuple

from sandbox.errors import bad_request
from sandbox.html_mode import Entity, link_entity
from sandbox.utf16 import utf16_len

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!\n")
_SPACE = frozenset(" \t\r\n\0\x0b")
# How TDLib names the entity in «Can't find end of … entity».
_NAMES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "pre_code": "PreCode",
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
}
_EMOJI_LINK = re.compile(r"tg://(?:emoji\?id=\d+|time\?unix=\d+.*)", re.IGNORECASE)


class _Open(NamedTuple):
    kind: str
    argument: str
    offset: int  # UTF-16, in the result
    at: int  # in characters of the source
    start: int  # pieces of the result before it


def parse_markdown_v2(source: str) -> tuple[str, list[Entity]]:
    """Text without marks and its entities; ApiError 400 «can't parse entities: …»."""
    return _MarkdownParser(source).run()


class _MarkdownParser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.out: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []
        self.in_quote = False
        self.may_quote = True  # at the beginning of a line

    def run(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            self._step()
        if self.in_quote:
            self._end_of_text_quote()
        if self.open:
            raise self._no_end(self.open[-1])
        return "".join(self.out), self.entities

    def _step(self) -> None:
        char = self._peek()
        following = self._peek(1)
        if char == "\\" and following and 0 < ord(following) <= 126:
            self._add(following)
            if following != "\r":
                self.may_quote = following == "\n"
            self.at += 2
            return
        inside_code = bool(self.open) and self.open[-1].kind in {"code", "pre", "pre_code"}
        if char != "`" if inside_code else char not in _RESERVED:
            self._add(char)
            if char != "\r":
                self.may_quote = False
            self.at += 1
        elif self._is_end(char):
            self._end(char)
        else:
            self._begin(char)

    def _peek(self, ahead: int = 0) -> str:
        return self.source[self.at + ahead : self.at + ahead + 1]

    def _starts(self, mark: str) -> bool:
        return self.source.startswith(mark, self.at)

    def _add(self, piece: str) -> None:
        self.out.append(piece)
        self.length += utf16_len(piece)

    def _is_end(self, char: str) -> bool:
        if not self.open:
            return False
        if self.in_quote and char == "\n" and self._peek(1) != ">":
            return True
        kind = self.open[-1].kind
        if kind == "italic":
            return char == "_" and self._peek(1) != "_"
        mark = {
            "bold": "*",
            "code": "`",
            "pre": "```",
            "pre_code": "```",
            "text_link": "]",
            "custom_emoji": "]",
            "underline": "__",
            "strikethrough": "~",
            "spoiler": "||",
        }.get(kind)
        return mark is not None and self._starts(mark)

    def _begin(self, char: str) -> None:
        begin = self.at
        argument = ""
        kind = {"*": "bold", "~": "strikethrough", "[": "text_link"}.get(char)
        if char == "_":
            kind = "underline" if self._starts("__") else "italic"
            self.at += self._starts("__")
        elif self._starts("||"):
            kind = "spoiler"
            self.at += 1
        elif self._starts("!["):
            kind = "custom_emoji"
            self.at += 1
        elif char == "`":
            kind, argument = self._begin_code()
        elif char == "\n":
            self._add(char)
            self.may_quote = True
            self.at += 1
            return
        elif char == ">" and self.may_quote:
            if self.in_quote:
                self.at += 1
                return
            kind = "blockquote"
            self.in_quote = True
        if kind is None:
            message = (
                f"Can't parse entities: Character '{char}' is reserved and must be escaped "
                "with the preceding '\\'"
            )
            raise bad_request(message)
        self.at += 1
        self.open.append(_Open(kind, argument, self.length, begin, len(self.out)))

    def _begin_code(self) -> tuple[str, str]:
        if not self._starts("```"):
            return "code", ""
        self.at += 3
        kind, language = "pre", ""
        end = self.at
        while end < len(self.source) and self.source[end] not in _SPACE | {"`"}:
            end += 1
        if self.at != end and end < len(self.source) and self.source[end] != "`":
            kind, language = "pre_code", self.source[self.at : end]
            self.at = end
        if self._peek() in {"\n", "\r"}:  # one new line after the opening does not count
            pair = self._peek(1) in {"\n", "\r"} and self._peek(1) != self._peek()
            self.at += 2 if pair else 1
        self.at -= 1
        return kind, language

    def _end(self, char: str) -> None:
        opened = self.open[-1]
        kind = opened.kind
        if char == "\n" and kind != "blockquote":
            # «||» at the end of a quotation's last line makes it expandable.
            if kind != "spoiler" or opened.at != self.at - 2:
                raise self._no_end(opened)
            self.open.pop()
            opened = self.open[-1]
            if opened.kind != "blockquote":
                raise self._no_end(opened)
            kind = "expandable_blockquote"
        self.open.pop()
        entity: Entity | None = {"type": kind}
        if kind in {"blockquote", "expandable_blockquote"}:
            self.in_quote = False
            self._add(char)
            self.may_quote = True
            self.at += 1
        elif kind in {"pre", "pre_code"}:
            entity = {"type": "pre"}
            if opened.argument:
                entity["language"] = opened.argument
            self.at += 3
        elif kind == "text_link":
            entity = self._link("".join(self.out[opened.start :]))
        elif kind == "custom_emoji":
            self._emoji()
            entity = None
        else:
            self.at += 2 if kind in {"underline", "spoiler"} else 1
        if entity is not None and self.length > opened.offset:
            entity.update(offset=opened.offset, length=self.length - opened.offset)
            self.entities.append(entity)

    def _link(self, shown: str) -> Entity | None:
        self.at += 1
        if self._peek() != "(":
            return link_entity(shown)
        return link_entity(self._url())

    def _emoji(self) -> None:
        self.at += 1
        if self._peek() != "(":
            message = "Can't parse entities: The entity must contain a tg://emoji or tg://time URL"
            raise bad_request(message)
        if not _EMOJI_LINK.match(self._url()):
            message = "Can't parse entities: Invalid tg://emoji or tg://time URL specified"
            raise bad_request(message)

    def _url(self) -> str:
        self.at += 1
        begin = self.at
        url = []
        while self._peek() and self._peek() != ")":
            following = self._peek(1)
            if self._peek() == "\\" and following and 0 < ord(following) <= 126:
                self.at += 1
            url.append(self._peek())
            self.at += 1
        if self._peek() != ")":
            message = (
                f"Can't parse entities: Can't find end of a URL at byte offset {self._byte(begin)}"
            )
            raise bad_request(message)
        self.at += 1
        return "".join(url)

    def _end_of_text_quote(self) -> None:
        kind = "blockquote"
        last = self.open[-1]
        if last.kind == "spoiler" and last.at == len(self.source) - 2:
            self.open.pop()
            kind = "expandable_blockquote"
        last = self.open[-1]
        if last.kind == "blockquote":
            self.open.pop()
            if self.length > last.offset:
                size = self.length - last.offset
                self.entities.append({"type": kind, "offset": last.offset, "length": size})

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def _no_end(self, opened: _Open) -> Exception:
        return bad_request(
            f"Can't parse entities: Can't find end of {_NAMES[opened.kind]} entity "
            f"at byte offset {self._byte(opened.at)}"
        )


_OLD_MARKS = {"_": "italic", "*": "bold", "`": "code", "```": "pre", "[": "text_link"}


def parse_markdown(source: str) -> tuple[str, list[Entity]]:
    """The old Markdown mode: no nesting, `_*[` and backtick may be escaped outside entities."""
    out: list[str] = []
    entities: list[Entity] = []
    at = 0
    while at < len(source):
        char = source[at]
        if char == "\\" and source[at + 1 : at + 2] in {"_", "*", "`", "["}:
            out.append(source[at + 1])
            at += 2
            continue
        if char not in "_*`[":
            out.append(char)
            at += 1
            continue
        mark = "```" if source.startswith("```", at) else char
        closing = "]" if mark == "[" else mark
        end = source.find(closing, at + len(mark))
        if end < 0:
            byte = len(source[:at].encode("utf-8", "surrogatepass"))
            message = (
                f"Can't parse entities: Can't find end of the entity starting at byte offset {byte}"
            )
            raise bad_request(message)
        inner = source[at + len(mark) : end]
        at = end + len(closing)
        entity: Entity | None = {"type": _OLD_MARKS[mark]}
        if mark == "[":
            entity, at = _old_link(source, at)
        elif mark == "```" and (head := re.match(r"([^\s`]*)\n", inner)):
            inner = inner[head.end() :]
            if head[1]:
                entity = {"type": "pre", "language": head[1]}
        if entity is not None and inner:
            entity.update(offset=utf16_len("".join(out)), length=utf16_len(inner))
            entities.append(entity)
        out.append(inner)
    return "".join(out), entities


def _old_link(source: str, at: int) -> tuple[Entity | None, int]:
    if source[at : at + 1] != "(":
        return None, at
    stop = source.find(")", at)
    stop = len(source) if stop < 0 else stop
    return link_entity(source[at + 1 : stop]), stop + 1
