"""Small real files for tests: a picture, a sound."""

import struct
import wave
import zlib
from io import BytesIO


def png(width: int, height: int, colour: tuple[int, int, int] = (60, 130, 180)) -> bytes:
    """A PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    lines = (b"\x00" + bytes(colour) * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(lines))
        + chunk(b"IEND", b"")
    )


def wav(seconds: int, rate: int = 8000) -> bytes:
    """Silence as WAV."""
    found = BytesIO()
    with wave.open(found, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(b"\x00\x00" * rate * seconds)
    return found.getvalue()
