"""The survey sheet: its rows as items and groups."""

from difflib import get_close_matches
from typing import Any

from pydantic import TypeAdapter

from surveys.questionnaire import Choice, Group, Item, Measure
from surveys.xlsform.cells import number, parameters
from surveys.xlsform.faults import FaultCode, Warn, WarnCode
from surveys.xlsform.report import Report
from surveys.xlsform.sheets import SURVEY, Row, Sheet
from surveys.xlsform.types import Kind, RowType, TypeFault, read_type

_ITEM: TypeAdapter[Item] = TypeAdapter(Item)
_TEXTS = ("hint", "required_message", "relevant", "constraint", "constraint_message")
_PARAMETERS = {
    "range": {"start", "end", "step"},
    "select_one": {"randomize", "seed"},
    "select_multiple": {"randomize", "seed"},
    "rank": {"randomize", "seed"},
}
_WITHOUT_MEANING = {
    "range": {"tick_interval", "tick_labelset", "placeholder"},
    "text": {"rows"},
    "image": {"max-pixels", "app"},
    "audio": {"quality"},
}
"""Parameters of the standard that change nothing in a chat."""
_LISTS_NAMED = 6
"""Lists told to whoever asks for one that there is not: a mistyped one is among them."""
OK = "OK"
"""The name and, in ODK, the label of an acknowledge item's only choice."""


class Survey:
    """Items and groups in order.

    `rows` finds the row of a name; `left_out` are names of rows that could not be read, so that an
    expression which looks at them is no second fault; `without_list` are items whose choices are
    not known, so that nothing can be said of what depends on them. `metadata` are names of rows
    that a device would fill in: they are left out with a warning.
    """

    def __init__(
        self, sheet: Sheet, lists: dict[str, list[Choice]], report: Report, *, ok_label: str
    ) -> None:
        self.items: list[Item] = []
        self.groups: list[Group] = []
        self.rows: dict[str, Row] = {}
        self.left_out: set[str] = set()
        self.without_list: set[str] = set()
        self.metadata: set[str] = set()
        self._left_out_types: list[str] = []
        self._lists = lists
        self._report = report
        self._ok_label = ok_label
        self._open: list[tuple[str, Row]] = []
        if self._readable(sheet):
            for row in sheet.rows:
                self._read(row)
            for name, row in self._open:
                report.fault(SURVEY, row, "type", FaultCode.GROUP_NOT_CLOSED, name=name)
        if self._left_out_types:
            args = {"types": self._left_out_types}
            report.warnings.append(Warn(SURVEY, WarnCode.METADATA_LEFT_OUT, args))

    def _readable(self, sheet: Sheet) -> bool:
        missing = [column for column in ("type", "name") if not sheet.has(column)]
        for column in missing:
            self._report.fault(SURVEY, None, None, FaultCode.COLUMN_MISSING, column=column)
        if not sheet.rows:
            self._report.fault(SURVEY, None, None, FaultCode.SURVEY_EMPTY)
        return bool(sheet.rows) and not missing

    def _read(self, row: Row) -> None:
        if not any(row.text(column) for column in ("type", "name", "label")):
            return  # the standard takes such a row for a remark
        read_as = self._type(row)
        if read_as is None:
            self.left_out.add(row.text("name"))
        elif read_as.kind is Kind.METADATA:
            self.metadata.add(row.text("name") or read_as.type)
            self._left_out_types.append(read_as.type)
        elif read_as.kind is Kind.END_GROUP:
            if self._open:
                self._open.pop()
            else:
                self._report.fault(SURVEY, row, "type", FaultCode.GROUP_NOT_OPEN)
        elif not row.text("name"):
            self._report.fault(SURVEY, row, "name", FaultCode.NAME_EMPTY)
            if read_as.kind is Kind.BEGIN_GROUP:  # its end must still find a beginning
                self._open.append((self._group or "", row))
        else:
            self.rows.setdefault(row.text("name"), row)
            if read_as.kind is Kind.BEGIN_GROUP:
                self._begin(row)
            else:
                self.items.append(self._item(row, read_as))

    @property
    def _group(self) -> str | None:
        return (self._open[-1][0] or None) if self._open else None

    def _begin(self, row: Row) -> None:
        name = row.text("name")
        self.groups.append(
            Group(
                name=name,
                label=row.text("label"),
                relevant=row.text("relevant") or None,
                parent=self._group,
            )
        )
        self._open.append((name, row))

    def _type(self, row: Row) -> RowType | None:
        written = row.text("type")
        if not written:
            self._report.fault(SURVEY, row, "type", FaultCode.TYPE_EMPTY)
            return None
        read_as = read_type(written)
        if isinstance(read_as, TypeFault):
            self._report.fault(SURVEY, row, "type", read_as.code, **read_as.args)
            return None
        return read_as

    def _item(self, row: Row, read_as: RowType) -> Item:
        measure = self._report.one_of(SURVEY, row, "measure", [str(each) for each in Measure])
        fields: dict[str, Any] = {
            "type": read_as.type,
            "name": row.text("name"),
            "label": row.text("label"),
            "required": self._report.flag(SURVEY, row, "required"),
            "default": row.text("default") or None,
            "appearance": row.text("appearance") or None,
            "group": self._group,
            "measure": measure,
            **{column: row.text(column) or None for column in _TEXTS},
        }
        given = self._parameters(row, read_as.type)
        match read_as.type:
            case "select_one" | "select_multiple" | "rank":
                fields |= self._closed(row, read_as, given)
            case "acknowledge":
                fields["choices"] = (Choice(name=OK, label=self._ok_label),)
            case "range":
                fields |= self._range(row, given)
            case "calculate":
                fields["calculation"] = row.text("calculation")
                if not row.text("calculation"):
                    self._report.fault(SURVEY, row, "calculation", FaultCode.CALCULATION_EMPTY)
        return _ITEM.validate_python(fields)

    def _parameters(self, row: Row, type_: str) -> dict[str, str]:
        given = dict(parameters(row.text("parameters")))
        allowed = sorted(_PARAMETERS.get(type_, set()))
        for name in given:
            if name not in allowed and name not in _WITHOUT_MEANING.get(type_, set()):
                code = FaultCode.PARAMETER_UNKNOWN
                self._report.fault(SURVEY, row, "parameters", code, parameter=name, allowed=allowed)
        return given

    def _closed(self, row: Row, read_as: RowType, given: dict[str, str]) -> dict[str, Any]:
        choices = self._lists.get(read_as.choices)
        if choices is None:
            self.without_list.add(row.text("name"))
            close = get_close_matches(read_as.choices, self._lists, n=1, cutoff=0.6)
            self._report.fault(
                SURVEY,
                row,
                "type",
                FaultCode.LIST_UNKNOWN,
                list=read_as.choices,
                closest=close[0] if close else None,
                lists=[] if close else list(self._lists)[:_LISTS_NAMED],
            )
        if read_as.or_other and row.text("choice_filter"):  # the standard knows no such pair
            code = FaultCode.FILTER_WITH_OTHER
            self._report.fault(SURVEY, row, "choice_filter", code, list=read_as.choices)
        seed = self._parameter(row, "seed", given)
        return {
            # A list that is not there is one fault; an empty one would add a second.
            "choices": tuple(choices or (Choice(name="_", label="_"),)),
            "or_other": read_as.or_other,
            "other_label": row.text("other_label") or None,
            "choice_filter": row.text("choice_filter") or None,
            "randomize": self._report.flag(SURVEY, row, "parameters", given.get("randomize", "")),
            "seed": None if seed is None else int(seed),
        }

    def _range(self, row: Row, given: dict[str, str]) -> dict[str, Any]:
        # The standard's own defaults: https://xlsform.org/en/#range
        values = {"start": 1.0, "end": 10.0, "step": 1.0}
        written = {name: self._parameter(row, name, given) for name in values}
        values |= {name: value for name, value in written.items() if value is not None}
        if values["step"] <= 0:
            code = FaultCode.NUMBER
            step = given["step"]
            self._report.fault(SURVEY, row, "parameters", code, column="step", value=step)
            values["step"] = 1.0
        return values | {
            "start_label": row.text("start_label") or None,
            "end_label": row.text("end_label") or None,
        }

    def _parameter(self, row: Row, name: str, given: dict[str, str]) -> float | None:
        text = given.get(name, "")
        value = number(text) if text else None
        if text and value is None:
            code = FaultCode.NUMBER
            self._report.fault(SURVEY, row, "parameters", code, column=name, value=text)
        return value
