"""The child that reads a register's workbook; see `roadmap.guarding.answer_of`."""

import json

from roadmap.confined import answered, document_of


def understood(data: bytes, _: str) -> str:
    """Every row of every visible sheet as texts, with its number, as JSON. Raises `Refused`."""
    document = document_of(data)
    return json.dumps(
        {
            "sheets": [
                [[row.at, [cell.text for cell in row.cells]] for row in table.rows]
                for table in document.tables
            ]
        },
        ensure_ascii=False,
    )


if __name__ == "__main__":
    answered(understood)
