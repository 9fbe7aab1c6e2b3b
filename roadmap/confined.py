"""The child of `guarding`: limits first, cheap checks next, the heavy libraries last.

Bytes of the file come on stdin, the year said as the only argument; one JSON object goes to stdout.
"""

import contextlib
import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from roadmap.packages import Kind, inspect
from roadmap.refusals import MOST_ROWS, RefusalCode, Refused

if TYPE_CHECKING:
    from roadmap.cells import Document

MEMORY_BYTES = (
    400_000_000  # of address space; resident memory stays below 150 MB (bench/roadmap.py)
)
CPU_SECONDS = 10
MOST_CHARACTERS = 4_000_000


def limit() -> None:
    """Lower this process's limits for good. Where the system has none (Windows), go on without."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def understood(data: bytes, said: str) -> str:
    """The answer about a roadmap file, as JSON. Raises `Refused`."""
    document = document_of(data)
    from roadmap.periods import Period  # noqa: PLC0415
    from roadmap.reading import NoTable, read  # noqa: PLC0415

    try:
        roadmap = read(document, Period.parse(said))
    except NoTable:
        code = RefusalCode.NO_HEADER if document.tables else RefusalCode.NO_TABLE
        raise Refused(code) from None
    return f'{{"roadmap": {roadmap.model_dump_json()}}}'


def document_of(data: bytes) -> "Document":
    """The tables of a Word or Excel file. Raises `Refused`."""
    kind = inspect(data)
    # Each import waits until it is needed: a refusal costs little more than a bare interpreter.
    try:
        if kind is Kind.DOCX:
            from roadmap.docx_tables import read_docx  # noqa: PLC0415

            document = read_docx(data)
        else:
            from roadmap.xlsx_tables import read_xlsx  # noqa: PLC0415

            document = read_xlsx(data)
    except MemoryError:
        raise Refused(RefusalCode.TOO_HEAVY) from None
    except Exception as fault:  # the libraries raise KeyError, ValueError, lxml's own and more
        raise Refused(RefusalCode.BROKEN, detail=type(fault).__name__) from fault
    _refuse_excess(document)
    return document


def _refuse_excess(document: "Document") -> None:
    """What only the whole document shows: text that merged or shared cells multiply."""
    rows = [row for table in document.tables for row in table.rows]
    if len(rows) > MOST_ROWS:
        raise Refused(RefusalCode.TOO_MANY_ROWS, most=MOST_ROWS)
    characters = 0
    for row in rows:
        characters += sum(len(cell.text) for cell in row.cells)
        if characters > MOST_CHARACTERS:
            raise Refused(RefusalCode.TOO_MUCH)


def answered(understand: Callable[[bytes, str], str]) -> None:
    """A child's whole work: limits, stdin, what `understand` makes of it as JSON, or a refusal."""
    limit()
    try:
        answer = understand(sys.stdin.buffer.read(), sys.argv[1])
    except Refused as refusal:
        answer = json.dumps({"refused": refusal.code.value, "args": refusal.needs})
    except MemoryError:
        answer = json.dumps({"refused": RefusalCode.TOO_HEAVY.value, "args": {}})
    sys.stdout.write(answer)


if __name__ == "__main__":
    answered(understood)
