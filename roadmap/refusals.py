"""Why a file is not read: codes, and the exception that carries them."""

from enum import StrEnum

MOST_ROWS = 10_000  # of a document; a roadmap has some hundred


class RefusalCode(StrEnum):
    """Why a file is not read; worded in `bot/texts/roadmap.py`."""

    NOT_A_FILE = "not_a_file"
    EMPTY = "empty"
    TOO_LARGE = "too_large"  # megabytes
    WRONG_TYPE = "wrong_type"
    OLD_FORMAT = "old_format"
    PASSWORD = "password"  # noqa: S105 - a code
    BROKEN = "broken"
    BOMB = "bomb"
    ENTITIES = "entities"
    OUTSIDE_LINK = "outside_link"
    TOO_MANY_ROWS = "too_many_rows"  # most
    FAR_CELL = "far_cell"  # cell
    TOO_MUCH = "too_much"
    TOO_SLOW = "too_slow"
    TOO_HEAVY = "too_heavy"
    FAILED = "failed"  # our fault: the log says where
    NO_TABLE = "no_table"
    NO_HEADER = "no_header"


class Refused(Exception):  # noqa: N818 - an answer about a file, not a fault of the program
    """A file that is not read, with the code of the reason."""

    def __init__(self, code: RefusalCode, **args: str | int) -> None:
        super().__init__(code.value)
        self.code = code
        self.needs = args
