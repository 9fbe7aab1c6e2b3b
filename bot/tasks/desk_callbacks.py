"""The data of the buttons with which tasks are given out and followed.

The same rules as in bot/callbacks.py: every id may be forged.
"""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

_ID = Annotated[int, Field(ge=0, le=2**53)]
_PAGE = Annotated[int, Field(ge=0, le=9999)]
_KEY = Annotated[str, Field(max_length=16, pattern=r"^[0-9a-z-]*$")]


class Desk(CallbackData, prefix="tdk1"):
    """A page of the tasks within one's scope."""

    page: _PAGE = 0


class DeskCard(CallbackData, prefix="tdc1"):
    """One task and how it goes."""

    task: _ID


class NotIn(CallbackData, prefix="tdn1"):
    """A page of those who have handed in nothing."""

    task: _ID
    page: _PAGE = 0


class Tick(CallbackData, prefix="tdt1"):
    """Tick somebody for an extension, or not."""

    task: _ID
    person: _ID
    on: bool
    page: _PAGE = 0


class Extend(CallbackData, prefix="tde1"):
    """Give so many days more to those ticked, or to everybody shown."""

    task: _ID
    days: Annotated[int, Field(ge=1, le=90)]
    everybody: bool
    page: _PAGE = 0


class MoveDue(CallbackData, prefix="tdm1"):
    """Ask for a new deadline for all."""

    task: _ID


class Withdraw(CallbackData, prefix="tdw1"):
    """Ask a task no longer; asked once more unless `sure`."""

    task: _ID
    sure: bool = False


class Reviewers(CallbackData, prefix="tdv1"):
    """A page of the experts whom a task can be entrusted to."""

    task: _ID
    page: _PAGE = 0


class Entrust(CallbackData, prefix="tdp1"):
    """Entrust an expert with the task, or no longer."""

    task: _ID
    person: _ID
    on: bool
    page: _PAGE = 0


class TaskReport(CallbackData, prefix="tdr1"):
    """The workbook of a task."""

    task: _ID


class WholeReport(CallbackData, prefix="tdx1"):
    """The workbook of all tasks within one's scope."""


class Works(CallbackData, prefix="tdz1"):
    """All works of a task, as an archive."""

    task: _ID


class Make(StrEnum):
    """One thing to say about a new task."""

    TITLE = "title"
    BODY = "body"
    DUE = "due"
    HUB = "hub"
    KIND = "kind"
    LEVEL = "level"
    ACCEPTS = "accepts"
    TYPES = "types"
    SIZE = "size"
    ITEMS = "items"
    OPENS = "opens"
    CUTOFF = "cutoff"
    REVIEW = "review"
    ATTEMPTS = "attempts"
    CRITERIA = "criteria"
    FILES = "files"
    AUDIENCE = "aud"
    PLACES = "places"
    GROUP = "group"
    STAGE = "stage"
    EVENT = "event"
    SCOPE = "scope"


class NewTask(CallbackData, prefix="tnt1"):
    """Begin a new task."""


class MakeAsk(CallbackData, prefix="tmq1"):
    """Ask for one thing."""

    ask: Make
    page: _PAGE = 0


class MakePut(CallbackData, prefix="tmp1"):
    """Say one thing by a button; `on` for a tick."""

    ask: Make
    value: _KEY
    on: bool = True
    page: _PAGE = 0


class GiveOut(CallbackData, prefix="tmg1"):
    """Give the task out as shown; pressed twice it is given out once."""

    key: Annotated[str, Field(max_length=16, pattern=r"^[0-9a-f]*$")]
