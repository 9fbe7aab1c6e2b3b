"""Files sent either way: bytes kept once, found again by file_id or by path."""

import base64
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from sandbox.errors import bad_request
from sandbox.images import image_size
from sandbox.limits import Limits

Json = dict[str, Any]

# The first letters of a real file_id tell its kind; kept, as logs and people know them.
_PREFIX = {
    "photo": "AgACAgIAAxk",
    "document": "BQACAgIAAxk",
    "voice": "AwACAgIAAxk",
    "video": "BAACAgIAAxk",
    "audio": "CQACAgIAAxk",
    "animation": "CgACAgIAAxk",
}
_FOLDER = {
    "photo": "photos",
    "document": "documents",
    "voice": "voice",
    "video": "videos",
    "audio": "music",
    "animation": "animations",
}
KINDS = frozenset(_PREFIX)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that arrives: its name, its bytes, and what its sender says it is."""

    name: str
    content: bytes
    mime_type: str | None = None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as Telegram keeps it."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    mime_type: str
    content: bytes
    path: str
    width: int = 0
    height: int = 0

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content)


class FileStore:
    """Keeps every file once per kind and name, however often it is sent."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._contents: dict[bytes, bytes] = {}

    def put(self, upload: Upload, kind: str) -> StoredFile:
        """Stores an upload as a photo, a document, …; ApiError 400 for what it cannot be."""
        if not upload.content:
            message = "file must be non-empty"
            raise bad_request(message)
        size = (0, 0)
        if kind == "photo":
            size = self._check_photo(upload)
        digest = hashlib.blake2b(upload.content, digest_size=12).digest()
        content = self._contents.setdefault(digest, upload.content)
        key = hashlib.blake2b(
            digest + f"{kind}/{upload.name}".encode(errors="replace"), digest_size=24
        ).digest()
        file_id = _PREFIX[kind] + base64.urlsafe_b64encode(b"\x01" + key).decode().rstrip("=")
        if file_id not in self._by_id:
            suffix = PurePosixPath(upload.name).suffix.lower() if kind != "photo" else ".jpg"
            stored = StoredFile(
                file_id=file_id,
                unique_id="AgAD" + base64.urlsafe_b64encode(digest).decode().rstrip("="),
                kind=kind,
                name=upload.name,
                mime_type=_mime_type(upload),
                content=content,
                path=f"{_FOLDER[kind]}/file_{len(self._by_id)}{suffix}",
                width=size[0],
                height=size[1],
            )
            self._by_id[file_id] = stored
            self._by_path[stored.path] = stored
        return self._by_id[file_id]

    def find(self, file_id: str) -> StoredFile | None:
        """The file of a file_id."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """The file of a file_path, as getFile gave it."""
        return self._by_path.get(path)

    def _check_photo(self, upload: Upload) -> tuple[int, int]:
        limit = self._limits.photo_bytes
        if len(upload.content) > limit:
            message = (
                f"file of size {len(upload.content)} bytes is too big for a photo; "
                f"the maximum size is {limit} bytes"
            )
            raise bad_request(message)
        size = image_size(upload.content)
        if size is None or 0 in size:
            message = "IMAGE_PROCESS_FAILED"
            raise bad_request(message)
        if sum(size) > 10_000 or max(size) > 20 * min(size):
            message = "PHOTO_INVALID_DIMENSIONS"
            raise bad_request(message)
        return size


def _mime_type(upload: Upload) -> str:
    guessed = mimetypes.guess_type(upload.name)[0]
    return guessed or upload.mime_type or "application/octet-stream"


def file_json(stored: StoredFile) -> Json:
    """The fields that every kind of file has."""
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
    }


def media_content(stored: StoredFile, extras: Json) -> Json:
    """The content of a message with this file, as `{"document": {…}}` or `{"photo": [{…}]}`.

    `extras` are duration, title and the like. A photo has one size: there is no resizing here.
    """
    found = file_json(stored)
    if stored.kind == "photo":
        return {"photo": [{**found, "width": stored.width, "height": stored.height}]}
    found["mime_type"] = stored.mime_type
    if stored.kind in {"document", "audio", "video", "animation"} and stored.name:
        found["file_name"] = stored.name
    if stored.kind in {"voice", "audio", "video", "animation"}:
        found["duration"] = extras.get("duration", 0)
    if stored.kind in {"video", "animation"}:
        found["width"] = extras.get("width", 0)
        found["height"] = extras.get("height", 0)
    if stored.kind == "audio":
        found.update({k: extras[k] for k in ("performer", "title") if extras.get(k)})
    if stored.kind == "animation":
        return {"animation": found, "document": found}
    return {stored.kind: found}
