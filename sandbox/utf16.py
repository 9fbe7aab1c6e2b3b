"""Offsets in UTF-16 code units, the way Telegram counts entities."""


def utf16_len(text: str) -> int:
    """UTF-16 code units of a text: two for every character beyond the basic plane."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The part of a text that an entity covers (`errors` of half a pair are replaced)."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")
