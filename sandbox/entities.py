"""A text as sent → the text as shown, with entities in UTF-16 offsets.

Parse mode or explicit entities, then what Telegram does to every text: unprintable characters
become spaces, both ends are trimmed, commands, links and mentions are found.
"""

import re
from typing import Any

from sandbox.errors import bad_request
from sandbox.html_mode import Entity, checked_link, parse_html
from sandbox.limits import Limits
from sandbox.markdown_mode import parse_markdown, parse_markdown_v2
from sandbox.params import word
from sandbox.utf16 import utf16_len

_GIVEN = {
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "blockquote",
    "expandable_blockquote",
    "code",
    "pre",
    "text_link",
    "text_mention",
    "custom_emoji",
    "date_time",
}
_FOUND = {
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bank_card_number",
}
_SPLITTABLE = {"bold", "italic", "underline", "strikethrough", "spoiler"}
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x0c\x0e-\x1f]")
_NEEDS_CLEANING = re.compile(r"[\x00-\x09\x0b-\x1f\u2028-\u202e]")
_FIND = re.compile(
    r"(?P<url>https?://[^\s<>\"«»]+[^\s<>\"«».,;:!?)\]}'])"
    r"|(?P<email>(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,})"
    r"|(?P<mention>(?<![\w@/])@[A-Za-z]\w{2,31}(?!\w))"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?(?![\w/@]))"
    r"|(?P<hashtag>(?<![\w#/])#(?=\w*[^\W\d_])\w{1,256})"
)
_MAYBE_FOUND = re.compile(r"[@/#]")


def formatted_text(
    text: str, parse_mode: str, entities: Any, limits: Limits
) -> tuple[str, list[Entity]]:
    """Applies the parse mode, or the entities given without one; not yet trimmed.

    ApiError 400 with Telegram's words for an unknown mode or what cannot be parsed.
    """
    if (not text.isascii() and len(_utf8(text)) > limits.raw_text_bytes) or (
        len(text) > limits.raw_text_bytes
    ):
        message = "Text is too long"
        raise bad_request(message)
    mode = parse_mode.lower()
    if text and mode and mode != "none":
        if mode == "html":
            return parse_html(text)
        if mode == "markdownv2":
            return parse_markdown_v2(text)
        if mode == "markdown":
            return parse_markdown(text)
        message = "Unsupported parse_mode"
        raise bad_request(message)
    return text, _given(entities) if isinstance(entities, list) else []


def finish_text(
    text: str, entities: list[Entity], limits: Limits, *, find: bool = True
) -> tuple[str, list[Entity]]:
    """Cleans, trims and sorts; an empty result is an empty string."""
    if _NEEDS_CLEANING.search(text):
        text, entities = _clean(text, entities)
    trimmed = text.rstrip(" \n")
    first = min((e["offset"] for e in entities), default=len(trimmed))
    lead = 0
    while lead < min(first, len(trimmed)) and trimmed[lead] in " \n":
        lead += 1
    trimmed = trimmed[lead:]
    if not trimmed.strip(" \n"):
        return "", []
    if not entities and not (find and _MAYBE_FOUND.search(trimmed)):
        return trimmed, entities
    size = utf16_len(trimmed)
    kept = []
    for entity in entities:
        start = entity["offset"] - lead
        length = min(entity["length"], size - start)
        if length > 0 and start >= 0:
            kept.append({**entity, "offset": start, "length": length})
    if len(kept) > 1:
        kept = _fix(kept)
    if find and _MAYBE_FOUND.search(trimmed):
        kept = _with_found(trimmed, kept)
    kept.sort(key=_order)
    return trimmed, [_ordered_keys(e) for e in kept[: limits.entities]]


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        message = "Strings must be encoded in UTF-8"
        raise bad_request(message) from None


def _given(entities: list[Any]) -> list[Entity]:
    found = []
    for raw in entities:
        if not isinstance(raw, dict):
            raise _entity_fault("expected an Object")
        for name in ("offset", "length"):
            _check_number(raw, name)
        kind = word(raw, "type")
        if not kind:
            raise _entity_fault("Type is not specified")
        if kind not in _GIVEN | _FOUND:
            raise _entity_fault("Unsupported type specified")
        extras = _extras(raw)
        if extras is not None and raw["length"]:
            entity = {"type": kind, "offset": raw["offset"], "length": raw["length"], **extras}
            found.append(entity)
    return found


def _check_number(raw: Entity, name: str) -> None:
    value = raw.get(name)
    if value is None:
        raise _entity_fault(f'Can\'t find field "{name}"')
    if not isinstance(value, int) or isinstance(value, bool):
        raise _entity_fault(f'Field "{name}" must be of type Number')
    if not 0 <= value <= 1_000_000:
        message = f"Receive an entity with incorrect {name} {value}"
        raise bad_request(message)


def _extras(raw: Entity) -> Entity | None:
    """What an entity of its type has besides a place; None for one that Telegram leaves out."""
    kind = raw["type"]
    extras: Entity | None = {}
    if kind in _FOUND or kind in {"custom_emoji", "date_time"}:
        extras = None  # found by Telegram itself, or shown as plain text
    elif kind == "text_link":
        url = checked_link(str(raw.get("url", "")))
        extras = {"url": url} if url else None
    elif kind == "text_mention":
        user = raw.get("user")
        if not isinstance(user, dict) or "id" not in user:
            raise _entity_fault('Can\'t find field "user"')
        extras = {"user": user}
    elif kind == "pre" and raw.get("language"):
        extras = {"language": raw["language"]}
    return extras


def _entity_fault(message: str) -> Exception:
    return bad_request(f"Can't parse MessageEntity: {message}")


def _clean(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    # \r vanishes, other control characters are spaces, direction marks vanish.
    removed = []
    out = []
    offset = 0
    for char in text:
        if char == "\r" or "\u202a" <= char <= "\u202e" or char in "\u2028\u2029":
            removed.append(offset)
        else:
            out.append(" " if _CONTROL.match(char) else char)
        offset += 2 if char > "\uffff" else 1
    if removed:
        moved = []
        for entity in entities:
            end = entity["offset"] + entity["length"]
            start = entity["offset"] - sum(r < entity["offset"] for r in removed)
            length = end - sum(r < end for r in removed) - start
            if length:
                moved.append({**entity, "offset": start, "length": length})
        entities = moved
    return "".join(out), entities


def _fix(entities: list[Entity]) -> list[Entity]:
    """Joins neighbours of one kind and drops what Telegram does not nest: inside code nothing."""
    entities = sorted(entities, key=_order)
    fixed: list[Entity] = []
    code_end = -1
    last: dict[str, Entity] = {}
    for entity in entities:
        kind = entity["type"]
        if entity["offset"] < code_end and kind not in {"blockquote", "expandable_blockquote"}:
            continue
        before = last.get(kind)
        if kind in _SPLITTABLE and before is not None:
            end = before["offset"] + before["length"]
            if entity["offset"] <= end:
                before["length"] = max(end, entity["offset"] + entity["length"]) - before["offset"]
                continue
        if kind in {"code", "pre"}:
            code_end = entity["offset"] + entity["length"]
            fixed = [
                e
                for e in fixed
                if e["type"] in {"blockquote", "expandable_blockquote"}
                or e["offset"] + e["length"] <= entity["offset"]
            ]
        last[kind] = entity
        fixed.append(entity)
    return fixed


def _with_found(text: str, entities: list[Entity]) -> list[Entity]:
    taken = [
        (e["offset"], e["offset"] + e["length"])
        for e in entities
        if e["type"] in {"code", "pre", "text_link", "text_mention"}
    ]
    ascii_only = text.isascii()
    for match in _FIND.finditer(text):
        start = match.start() if ascii_only else utf16_len(text[: match.start()])
        length = utf16_len(match[0])
        if not any(start < end and begin < start + length for begin, end in taken):
            entities.append({"type": match.lastgroup, "offset": start, "length": length})
    return entities


_RANK = {"blockquote": 0, "expandable_blockquote": 0, "pre": 2, "code": 2}


def _order(entity: Entity) -> tuple[int, int, int, str]:
    kind = str(entity["type"])
    return entity["offset"], -entity["length"], _RANK.get(kind, 1), kind


def _ordered_keys(entity: Entity) -> Entity:
    rest = {k: v for k, v in entity.items() if k not in {"type", "offset", "length"}}
    return {"offset": entity["offset"], "length": entity["length"], "type": entity["type"], **rest}
