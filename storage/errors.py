"""What can be wrong with the data folder, as codes; `bot/texts/startup.py` says it to people."""

from enum import StrEnum


class Trouble(StrEnum):
    """Why the store refuses to open."""

    UNWRITABLE = "unwritable"  # the folder or the file cannot be written
    NEWER = "newer"  # made by a newer release; opening it here would lose data
    DAMAGED = "damaged"  # SQLite's own check found faults
    FOREIGN = "foreign"  # the file is no database, or somebody else's
    LOCKED = "locked"  # an encrypted copy that none of the keys opens
    BUSY = "busy"  # another instance runs on the same data folder


class StoreRefusedError(Exception):
    """The store cannot be opened.

    Attributes:
        trouble: the code to word for the person who started the bot.
        detail: a technical line for the log; holds no personal data.
    """

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble}: {detail}" if detail else str(trouble))
        self.trouble = trouble
        self.detail = detail
