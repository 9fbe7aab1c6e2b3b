"""Shipped questionnaires: TOML files in `surveys/data/`, read and checked at start.

A file says in TOML what XLSForm says in a workbook. `type` is written as there
(`select_one satisfaction5 or_other`); its list stands in the file's own `[lists]` or in
`data/lists.toml`, or the choices stand in the item. `yes_no` is short for `select_one yes_no`.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from surveys.faults import Fault, FaultCode
from surveys.questionnaire import Questionnaire
from surveys.soundness import faults

DATA = Path(__file__).parent / "data"
LISTS = "lists.toml"
TYPES = {
    *("note", "select_one", "select_multiple", "acknowledge", "rank", "range", "integer"),
    *("decimal", "text", "date", "file", "image", "audio", "calculate"),
}


class FaultyQuestionnaires(ValueError):  # noqa: N818 - a list of faults, worded by bot/texts
    """The files cannot be used; `faults` are all of them."""

    def __init__(self, found: Iterable[Fault]) -> None:
        self.faults = tuple(found)
        super().__init__("; ".join(f"{f.file} {f.item} {f.code}" for f in self.faults))


def load_all(folder: Path = DATA) -> dict[str, Questionnaire]:
    """Every questionnaire of the folder by id; `FaultyQuestionnaires` has all faults at once."""
    shared, found = _shared(folder)
    loaded: dict[str, Questionnaire] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name == LISTS:
            continue
        questionnaire, wrong = _file(path, shared)
        found += wrong
        if questionnaire is not None:
            loaded[questionnaire.id] = questionnaire
    if found:
        raise FaultyQuestionnaires(found)
    return loaded


def load_file(path: Path) -> tuple[Questionnaire | None, list[Fault]]:
    """One definition by itself, with the lists of choices that are shared by the shipped ones."""
    shared, found = _shared(DATA)
    questionnaire, wrong = _file(path, shared)
    return (None if found or wrong else questionnaire), found + wrong


def _shared(folder: Path) -> tuple[dict[str, Any], list[Fault]]:
    return _toml(folder / LISTS) if (folder / LISTS).exists() else ({}, [])


def _file(path: Path, shared: Mapping[str, Any]) -> tuple[Questionnaire | None, list[Fault]]:
    raw, unreadable = _toml(path)
    questionnaire, wrong = (None, unreadable) if unreadable else build(raw, shared)
    if questionnaire is not None and questionnaire.id != path.stem:
        wrong.append(Fault(FaultCode.ID_IS_NOT_THE_FILE_NAME, "", {"id": questionnaire.id}))
    return questionnaire, [replace(fault, file=path.name) for fault in wrong]


def build(
    raw: Mapping[str, Any], shared: Mapping[str, Any] | None = None
) -> tuple[Questionnaire | None, list[Fault]]:
    """A questionnaire from a TOML document, or every fault that can be told at once."""
    raw = dict(raw)
    lists = {**(shared or {}), **raw.pop("lists", {})}
    items, found = [], []
    for row in raw.get("items", []):
        item, wrong = _item(row, lists)
        items.append(item)
        found += wrong
    told = {fault.item for fault in found}  # one fault at its root is enough
    questionnaire = None
    try:
        questionnaire = Questionnaire.model_validate({**raw, "items": items})
        more = faults(questionnaire)
    except ValidationError as error:
        more = [*_invalid(error, raw.get("items", []))]
    return questionnaire, found + [fault for fault in more if fault.item not in told]


def _toml(path: Path) -> tuple[dict[str, Any], list[Fault]]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")), []
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return {}, [Fault(FaultCode.UNREADABLE, "", {"reason": str(error)}, path.name)]


def _item(row: Mapping[str, Any], lists: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """The row with its `type` taken apart and its list of choices put in."""
    item = dict(row)
    name = str(item.get("name", ""))
    kind, *rest = str(item.get("type", "")).split() or [""]
    if kind == "yes_no":
        kind, rest = "select_one", ["yes_no", *rest]
    if kind == "acknowledge" and "choices" not in item:
        rest = ["acknowledge"]
    if kind not in TYPES:
        return item, [Fault(FaultCode.UNKNOWN_TYPE, name, {"given": str(item.get("type", ""))})]
    item["type"] = kind
    if rest and rest[-1] == "or_other":
        item["or_other"] = True
        rest = rest[:-1]
    if rest and rest[0] not in lists:
        return item | {"choices": []}, [Fault(FaultCode.UNKNOWN_LIST, name, {"list": rest[0]})]
    if rest:
        item["choices"] = lists[rest[0]]
    return item, []


def _invalid(error: ValidationError, rows: list[Mapping[str, Any]]) -> Iterable[Fault]:
    """What pydantic found as faults of ours, at the item they stand in."""
    for each in error.errors(include_url=False):
        place = [str(part) for part in each["loc"]]
        item = ""
        if place[0] == "items" and len(place) > 1:
            row = rows[int(place[1])]
            item = str(row.get("name", f"#{int(place[1]) + 1}"))
            place = place[3:] or ["type"]  # past the index and pydantic's tag of the type
        column = ".".join(place)
        if each["type"] == "missing":
            yield Fault(FaultCode.MISSING, item, {"column": column})
        elif each["type"] == "extra_forbidden":
            yield Fault(FaultCode.UNKNOWN_COLUMN, item, {"column": column})
        else:
            given = repr(each["input"])[:60]
            args = {"column": column, "given": given, "reason": each["type"]}
            yield Fault(FaultCode.WRONG_VALUE, item, args)
