"""A workbook's sheets as rows of text with their places; headers in one canonical spelling."""

import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from surveys.xlsform.cells import expression
from surveys.xlsform.faults import Fault, FaultCode

SURVEY, CHOICES, SETTINGS, BANDS = "survey", "choices", "settings", "bands"
KNOWN = (SURVEY, CHOICES, SETTINGS, BANDS)

ROWS = 5000
COLUMNS = 200
"""Far beyond any form seen; a sheet formatted down to the last row must not be read to its end."""

EMPTY_RUN = 100
"""After so many empty rows the sheet is over."""

EXPRESSIONS = ("relevant", "constraint", "calculation", "choice_filter")

TRANSLATED = ("label", "hint", "constraint_message", "required_message")


@dataclass(frozen=True)
class Column:
    """A header: `name` canonical («label»), `language` after `::` or None, `title` as written."""

    name: str
    language: str | None
    title: str
    letter: str


@dataclass
class Row:
    """One row that is not empty: canonical column name → text."""

    number: int
    cells: dict[str, str]
    letters: dict[str, str]

    def text(self, column: str) -> str:
        """The cell's text, '' where empty."""
        return self.cells.get(column, "")

    def letter(self, column: str) -> str | None:
        """Excel's letter of that column, for a fault's place."""
        return self.letters.get(column)


@dataclass
class Sheet:
    """A sheet's columns and rows. `raw` is what pyxform takes: title → text per row."""

    name: str
    columns: tuple[Column, ...] = ()
    rows: list[Row] = field(default_factory=list)
    raw: list[dict[str, str]] = field(default_factory=list)

    def has(self, column: str) -> bool:
        """Whether there is such a column."""
        return any(each.name == column for each in self.columns)


@dataclass
class Sheets:
    """The workbook."""

    by_name: dict[str, Sheet]
    languages: tuple[str, ...]
    language: str | None

    def __getitem__(self, name: str) -> Sheet:
        return self.by_name.get(name) or Sheet(name)


_SURVEY_NAMES = {
    "relevance": "relevant",
    "constraining_message": "constraint_message",
    "requiredmsg": "required_message",
    "calculate": "calculation",
    "caption": "label",
    "command": "type",
    "tag": "name",
    "value": "name",
    "readonly": "read_only",
}
_BIND_NAMES = {
    "bind::relevant": "relevant",
    "bind::constraint": "constraint",
    "bind::required": "required",
    "bind::calculate": "calculation",
    "bind::jr:constraintmsg": "constraint_message",
    "bind::jr:requiredmsg": "required_message",
    "control::appearance": "appearance",
    "body::appearance": "appearance",
}
_CHOICE_NAMES = {"caption": "label", "value": "name", "list name": "list_name"}
_SETTING_NAMES = {
    "set_form_title": "form_title",
    "title": "form_title",
    "set_form_id": "form_id",
    "id_string": "form_id",
}


def read(content: bytes) -> tuple[Sheets | None, list[Fault]]:
    """The sheets of a workbook; None with the fault where it is none."""
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError, TypeError):
        return None, [Fault("", None, None, FaultCode.NOT_A_WORKBOOK)]
    found: dict[str, Sheet] = {}
    faults: list[Fault] = []
    try:
        names = {str(name).strip().lower(): name for name in book.sheetnames}
        if SURVEY not in names and len(names) == 1:  # the standard takes an only sheet as survey
            names = {SURVEY: book.sheetnames[0]}
        if SURVEY not in names:
            return None, [
                Fault("", None, None, FaultCode.NO_SURVEY_SHEET, {"found": list(book.sheetnames)})
            ]
        tables = {name: list(_cells(book[names[name]])) for name in KNOWN if name in names}
    finally:
        book.close()
    headers = {name: _header(name, rows, faults) for name, rows in tables.items()}
    languages, chosen = _language(headers, _default_language(headers, tables))
    for name, rows in tables.items():
        found[name] = _sheet(name, headers[name], rows, chosen)
    return Sheets(found, languages, chosen), faults


def _cells(sheet: object) -> Iterator[tuple[int, list[str]]]:
    """(row number, texts), empty rows left out."""
    empty = 0
    rows = sheet.iter_rows(max_row=ROWS, max_col=COLUMNS, values_only=True)  # type: ignore[attr-defined]  # worksheets of read-only mode have no common type
    for number, values in enumerate(rows, 1):
        texts = [_text(value) for value in values]
        if any(texts):
            empty = 0
            yield number, texts
        else:
            empty += 1
            if empty > EMPTY_RUN:
                return


def _text(value: object) -> str:
    """A cell as pyxform reads it: spaces around and no-break spaces go, 5.0 is «5»."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    return str(value).replace("\xa0", " ").strip()


def _header(sheet: str, rows: list[tuple[int, list[str]]], faults: list[Fault]) -> list[Column]:
    columns: list[Column] = []
    if not rows:
        return columns
    number, titles = rows[0]
    for index, title in enumerate(titles):
        if not title:
            continue
        name, language = _canonical(sheet, title)
        letter = get_column_letter(index + 1)
        if any((each.name, each.language) == (name, language) for each in columns):
            faults.append(Fault(sheet, number, letter, FaultCode.COLUMN_TWICE, {"column": title}))
        columns.append(Column(name, language, title, letter))
    return columns


def _canonical(sheet: str, title: str) -> tuple[str, str | None]:
    """«Label :: Russian (ru)» → (label, Russian (ru)); aliases of the standard are one name."""
    title = re.sub(r"\s+", " ", title.strip())
    parts = [part.strip() for part in title.split("::")]
    if len(parts) == 1 and re.fullmatch(r"(?i)(label|hint):\w.*", title):
        parts = [part.strip() for part in title.split(":", 1)]  # the older single colon
    lowered = "::".join(parts).lower()
    if sheet == SURVEY and lowered in _BIND_NAMES:
        return _BIND_NAMES[lowered], None
    head = parts[0].lower().replace(" ", "_" if sheet != CHOICES else " ")
    names = {SURVEY: _SURVEY_NAMES, CHOICES: _CHOICE_NAMES, SETTINGS: _SETTING_NAMES}.get(sheet, {})
    name = names.get(head, head.replace(" ", "_"))
    if name in TRANSLATED and len(parts) > 1:
        return name, parts[-1]
    if len(parts) > 1:
        return lowered, None
    return name, None


def _default_language(
    headers: dict[str, list[Column]], tables: dict[str, list[tuple[int, list[str]]]]
) -> str | None:
    rows = tables.get(SETTINGS, [])
    for column in headers.get(SETTINGS, []):
        if column.name == "default_language" and len(rows) > 1:
            index = _index(column)
            texts = rows[1][1]
            return texts[index] if index < len(texts) and texts[index] else None
    return None


def _index(column: Column) -> int:
    value = 0
    for letter in column.letter:
        value = value * 26 + ord(letter) - ord("A") + 1
    return value - 1


def _language(
    headers: dict[str, list[Column]], default: str | None
) -> tuple[tuple[str, ...], str | None]:
    """Every language of the form, and the one people are asked in: Russian if there is one."""
    languages = tuple(
        dict.fromkeys(
            column.language for columns in headers.values() for column in columns if column.language
        )
    )
    russian = next((each for each in languages if is_russian(each)), None)
    plain = any(
        column.name == "label" and column.language is None for column in headers.get(SURVEY, [])
    )
    if russian:
        return languages, russian
    if default in languages:
        return languages, default
    return languages, None if plain or not languages else languages[0]


def is_russian(language: str) -> bool:
    """«Russian (ru)», «ru», «rus» and the like."""
    return bool(re.search(r"(?i)\bru(s(sian)?)?\b|\u0440\u0443\u0441", language))


def _sheet(
    name: str, columns: list[Column], rows: list[tuple[int, list[str]]], language: str | None
) -> Sheet:
    sheet = Sheet(name, tuple(columns))
    previous = 1
    for number, texts in rows[1:]:
        cells: dict[str, str] = {}
        letters: dict[str, str] = {}
        raw: dict[str, str] = {}
        for column in columns:
            index = _index(column)
            text = texts[index] if index < len(texts) else ""
            if column.language == language or column.name not in letters:
                letters[column.name] = column.letter
            if not text:
                continue
            if column.name in EXPRESSIONS:
                text = expression(text)
            raw[column.title] = text
            # The chosen language wins; a plain column fills in where it says nothing.
            if column.language == language or (
                column.language is None and column.name not in cells
            ):
                cells[column.name] = text
                letters[column.name] = column.letter
        sheet.raw += [{} for _ in range(number - previous - 1)]  # keeps pyxform's row numbers true
        previous = number
        sheet.raw.append(raw)
        if cells or raw:
            sheet.rows.append(Row(number, cells, letters))
    return sheet
