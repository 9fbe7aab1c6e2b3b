"""The type column: `select_multiple likes or_other` → what kind of item it asks for."""

from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from surveys.vocabulary import EVERYDAY_KINDS
from surveys.xlsform.faults import FaultCode


class Kind(StrEnum):
    """What a row of the survey sheet is."""

    ITEM = "item"
    BEGIN_GROUP = "begin_group"
    END_GROUP = "end_group"
    METADATA = "metadata"


@dataclass(frozen=True)
class RowType:
    """A readable type. `type` is the item's, `choices` the name of its list."""

    kind: Kind
    type: str = ""
    choices: str = ""
    or_other: bool = False


@dataclass(frozen=True)
class TypeFault:
    """A type that cannot be taken, and why."""

    code: FaultCode
    args: dict[str, object]


# The spellings the standard's reference implementation takes, for the types a chat can ask.
_PLAIN = {
    "note": "note",
    "add note prompt": "note",
    "integer": "integer",
    "int": "integer",
    "add integer prompt": "integer",
    "decimal": "decimal",
    "add decimal prompt": "decimal",
    "text": "text",
    "string": "text",
    "add text prompt": "text",
    "date": "date",
    "add date prompt": "date",
    "range": "range",
    "acknowledge": "acknowledge",
    "trigger": "acknowledge",
    "add acknowledge prompt": "acknowledge",
    "file": "file",
    "add file prompt": "file",
    "image": "image",
    "photo": "image",
    "add image prompt": "image",
    "add photo prompt": "image",
    "audio": "audio",
    "add audio prompt": "audio",
    "calculate": "calculate",
    "add calculate prompt": "calculate",
}
_SELECT = {
    "select_one": "select_one",
    "select one": "select_one",
    "select one from": "select_one",
    "select1": "select_one",
    "add select one prompt using": "select_one",
    "select_multiple": "select_multiple",
    "select multiple": "select_multiple",
    "select all that apply": "select_multiple",
    "select all that apply from": "select_multiple",
    "add select multiple prompt using": "select_multiple",
    "rank": "rank",
}
_METADATA = frozenset(  # filled in by the device that the form is opened on; a chat has none
    {"start", "end", "today", "deviceid", "device id", "subscriberid", "simserial", "phonenumber"}
    | {"phone number", "username", "email", "audit", "start-geopoint", "background-audio", "imei"}
    | {"get start time", "get end time", "get today", "get device id", "get subscriber id"}
)
_UNSUPPORTED = frozenset(
    {"geopoint", "geotrace", "geoshape", "barcode", "time", "datetime", "date time", "video"}
    | {"hidden", "xml-external", "csv-external", "background-geopoint", "percentage"}
    | {"location", "gps", "entity"}
)
KNOWN = (*_PLAIN, *_SELECT, "begin group", "end group", "begin_group", "end_group")


def read_type(written: str) -> RowType | TypeFault:
    """What a type cell says."""
    lowered = " ".join(written.lower().split())
    return _not_asked(written, lowered) or _select(written, lowered) or _other(written, lowered)


def _not_asked(written: str, lowered: str) -> RowType | TypeFault | None:
    """Rows that ask nothing, and kinds of several words that a chat cannot ask."""
    match lowered.replace("_", " ").split():
        case ["begin", "group"]:
            return RowType(Kind.BEGIN_GROUP)
        case ["end", "group"]:
            return RowType(Kind.END_GROUP)
        case ["begin" | "end", "repeat" | "loop", *_] | ["repeat" | "loop", *_]:
            return TypeFault(FaultCode.REPEAT, {})
        case ["select", "one" | "multiple", "from", "file", *_] | ["select", "one", "external", *_]:
            return TypeFault(FaultCode.LIST_FROM_FILE, {})
        case ["osm", *_]:
            return TypeFault(FaultCode.TYPE_UNSUPPORTED, {"type": written})
    return RowType(Kind.METADATA, lowered) if lowered in _METADATA else None


def _select(written: str, lowered: str) -> RowType | TypeFault | None:
    # The longest spelling first: «select one from» begins with «select one».
    spelling = next(
        (
            each
            for each in sorted(_SELECT, key=len, reverse=True)
            if lowered == each or lowered.startswith(each + " ")
        ),
        None,
    )
    if spelling is None:
        return None
    rest = written.split()[len(spelling.split()) :]
    if not rest:
        return TypeFault(FaultCode.LIST_NOT_NAMED, {"type": written})
    tail = " ".join(rest[1:]).lower()
    or_other = tail in ("or_other", "or other", "or specify other")
    if tail and not or_other:
        return TypeFault(FaultCode.TYPE_UNKNOWN, {"type": written, "closest": None})
    return RowType(Kind.ITEM, _SELECT[spelling], rest[0], or_other)


def _other(written: str, lowered: str) -> RowType | TypeFault:
    if lowered in _PLAIN:
        return RowType(Kind.ITEM, _PLAIN[lowered])
    if lowered in _UNSUPPORTED:
        return TypeFault(FaultCode.TYPE_UNSUPPORTED, {"type": written})
    meant = EVERYDAY_KINDS.get(lowered)
    close = [meant] if meant else get_close_matches(lowered, KNOWN, n=1, cutoff=0.75)
    args: dict[str, object] = {"type": written, "closest": close[0] if close else None}
    return TypeFault(FaultCode.TYPE_UNKNOWN, args)
