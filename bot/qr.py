"""A QR code of a link, as a picture for a chat."""

import io

import segno

SCALE = 12
"""Pixels per module: a link of this bot is about 500 pixels wide."""


def png(link: str) -> bytes:
    """The code with the quiet zone that scanners need; medium error correction, for print."""
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="png", scale=SCALE, border=4)
    return out.getvalue()


def modules(link: str) -> tuple[tuple[bool, ...], ...]:
    """The same code as rows of modules, without the quiet zone; true is dark."""
    return tuple(
        tuple(bool(module) for module in row)
        for row in segno.make(link, error="m", micro=False).matrix
    )
