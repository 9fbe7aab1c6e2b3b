"""Files in calls: a new upload, `attach://name`, a file_id known here, or a URL (refused)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sandbox.errors import bad_request
from sandbox.files import StoredFile, Upload, media_content
from sandbox.params import Params, flag, integer, json_value, text, to_integer

if TYPE_CHECKING:
    from sandbox.telegram import Telegram

Json = dict[str, Any]
Files = Mapping[str, Upload]

_TDLIB_NAMES = {
    "photo": "Photo",
    "document": "Document",
    "voice": "VoiceNote",
    "video": "Video",
    "audio": "Audio",
    "animation": "Animation",
}


def input_file(
    telegram: "Telegram", given: Any, files: Files, kind: str, field: str = ""
) -> StoredFile:
    """The file that a parameter names; `field` is the multipart field it may come in itself."""
    if field and field in files:
        return telegram.files.put(files[field], kind)
    name = given if isinstance(given, str) else ""
    if name.startswith("attach://"):
        upload = files.get(name.removeprefix("attach://"))
        if upload is None:
            raise _absent(kind, field)
        return telegram.files.put(upload, kind)
    if not name:
        raise _absent(kind, field)
    stored = telegram.files.find(name)
    if stored is not None:
        if stored.kind != kind:
            message = f"Can't use file of type {_TDLIB_NAMES[stored.kind]} as {_TDLIB_NAMES[kind]}"
            raise bad_request(message)
        return stored
    if name.startswith(("http://", "https://")):
        # There is no way out of here: what Telegram says when it cannot fetch the address.
        message = "Failed to get HTTP URL content"
        raise bad_request(message)
    if "/" in name or "." in name or len(name) < 20:
        message = "Wrong remote file identifier specified: can't unserialize it. Wrong last symbol"
        raise bad_request(message)
    message = "Wrong file identifier/HTTP URL specified"
    raise bad_request(message)


def _absent(kind: str, field: str) -> Exception:
    return bad_request(f"There is no {kind} in the request" if field else "media not found")


def media_from_params(stored: StoredFile, params: Params) -> Json:
    """The content of a message from the parameters of sendVoice, sendVideo, …"""  # noqa: D415 - the dots end it
    extras = {name: integer(params, name) for name in ("duration", "width", "height")}
    texts = {name: text(params, name) for name in ("title", "performer")}
    content = media_content(stored, {**extras, **texts})
    if stored.kind in {"photo", "video", "animation"} and flag(params, "has_spoiler"):
        content["has_media_spoiler"] = True
    return content


def read_media(telegram: "Telegram", item: Any, files: Files, *, album: bool) -> tuple[str, Json]:
    """One InputMedia → the kind and the content of a message, caption included."""
    from sandbox.sending import read_caption  # noqa: PLC0415 - sending reads albums with this module

    if not isinstance(item, dict):
        raise _input_media_fault("expected an Object")
    kind = item.get("type")
    if not isinstance(kind, str):
        raise _input_media_fault('Can\'t find field "type"')
    if album and kind == "animation":
        raise _input_media_fault('type "animation" can\'t be used in sendMediaGroup')
    if kind not in {"photo", "video", "audio", "document", "animation"}:
        raise _input_media_fault(f'type "{kind}" is unsupported')
    caption = read_caption(telegram, item)
    if not item.get("media"):
        raise _input_media_fault("media not found")
    stored = input_file(telegram, item["media"], files, kind)
    extras = {name: to_integer(item.get(name)) for name in ("duration", "width", "height")}
    texts = {name: item.get(name) for name in ("title", "performer")}
    content = media_content(stored, {**extras, **texts}) | caption
    if kind in {"photo", "video", "animation"} and item.get("has_spoiler"):
        content["has_media_spoiler"] = True
    return kind, content


def read_album(telegram: "Telegram", params: Params, files: Files) -> list[tuple[str, Json]]:
    """The messages of a sendMediaGroup call, or Telegram's rules about albums."""
    if not params.get("media"):
        message = 'Parameter "media" is required'
        raise bad_request(message)
    media = json_value(params, "media", "media")
    if not isinstance(media, list):
        message = "Expected an Array of InputMedia"
        raise bad_request(message)
    contents = [read_media(telegram, item, files, album=True) for item in media]
    limits = telegram.limits
    if len(contents) > limits.album_max:
        message = "Too many messages to send as an album"
        raise bad_request(message)
    if not contents:
        message = "There are no messages to send"
        raise bad_request(message)
    if len(contents) < limits.album_min:
        # The documented contract (2–10 items); Telegram itself names no words for it.
        message = "Too few messages to send as an album"
        raise bad_request(message)
    kinds = {kind for kind, _ in contents}
    if len(kinds) > 1 and (alone := kinds & {"audio", "document"}):
        message = f"{_TDLIB_NAMES[min(alone)]} can't be mixed with other media types"
        raise bad_request(message)
    above = {bool(item.get("show_caption_above_media")) for item in media}
    if len(above) > 1:
        message = "Parameter show_caption_above_media must be the same for all messages"
        raise bad_request(message)
    return contents


def _input_media_fault(message: str) -> Exception:
    return bad_request(f"Can't parse InputMedia: {message}")
