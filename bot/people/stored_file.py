"""Everything stored about a person, as a workbook they can open."""

import io
from collections.abc import Sequence

from bot.texts import stored as words
from reports.tables import Sheet, write
from storage.privacy.personal import Holding, Mention


def workbook(held: Sequence[Holding], mentions: Sequence[Mention]) -> bytes:
    """A sheet for each table that holds something, and one that says what there is and why."""
    kinds = [words.KINDS.get(one.table, words.Kind(one.table)) for one in held]
    about = [
        (kind.title, str(len(one.rows)), words.CONSENT, kind.until)
        for kind, one in zip(kinds, held, strict=True)
    ]
    sheets = [Sheet(words.ABOUT_SHEET, words.ABOUT_HEAD, about)]
    for kind, one in zip(kinds, held, strict=True):
        columns = list(one.rows[0])
        head = [words.COLUMNS.get(column, column) for column in columns]
        rows = [[_text(row[column]) for column in columns] for row in one.rows]
        sheets.append(Sheet(kind.title, head, rows))
    if mentions:
        named = [(one.table, one.column, str(one.rows)) for one in mentions]
        sheets.append(Sheet(words.MENTIONS_SHEET, words.MENTIONS_HEAD, named))
    target = io.BytesIO()
    write(sheets, target)
    return target.getvalue()


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return value.hex()
    return str(value)
