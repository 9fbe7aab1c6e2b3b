"""The data of the buttons of groups of trainees: members, programme, heads, the group's journal.

The same rules as in bot/callbacks.py: every id may be forged.
"""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

_ID = Annotated[int, Field(ge=0, le=2**53)]
_PAGE = Annotated[int, Field(ge=0, le=9999)]
_REF = Annotated[str, Field(max_length=12, pattern=r"^[0-9a-z-]*$")]


# What whoever gives tasks out presses.


class Groups(CallbackData, prefix="tgl1"):
    """A page of the groups within one's scope."""

    page: _PAGE = 0


class NewGroup(CallbackData, prefix="tgn1"):
    """Begin a new group; `scope` is the letter of its kind and its key, '' to ask for it."""

    scope: _REF = ""


class GroupCard(CallbackData, prefix="tgc1"):
    """One group."""

    group: _ID


class RenameGroup(CallbackData, prefix="tgr1"):
    """Ask for another title."""

    group: _ID


class RemoveGroup(CallbackData, prefix="tgx1"):
    """Dissolve a group to which nothing was given out; asked once more unless `sure`."""

    group: _ID
    sure: bool = False


class Members(CallbackData, prefix="tgm1"):
    """A page of the trainees who may be in a group."""

    group: _ID
    page: _PAGE = 0


class SetMember(CallbackData, prefix="tgs1"):
    """Take somebody in, or let them go."""

    group: _ID
    person: _ID
    on: bool
    page: _PAGE = 0


class TakeIn(CallbackData, prefix="tgt1"):
    """Take in everybody on the page."""

    group: _ID
    page: _PAGE = 0


class Heads(CallbackData, prefix="tgh1"):
    """Who leads a group, and a page of whom one may choose."""

    group: _ID
    page: _PAGE = 0


class SetHead(CallbackData, prefix="tgd1"):
    """Let somebody lead the group, or no longer."""

    group: _ID
    person: _ID
    on: bool
    page: _PAGE = 0


class Programme(CallbackData, prefix="tgp1"):
    """The stages of a group."""

    group: _ID


class NewStage(CallbackData, prefix="tge1"):
    """Begin a task that becomes the last stage of the group's programme."""

    group: _ID


class Stage(CallbackData, prefix="tgv1"):
    """One stage: its place and when it opens."""

    task: _ID


class PlaceStage(CallbackData, prefix="tga1"):
    """Put a stage at this place, from 1."""

    task: _ID
    place: Annotated[int, Field(ge=1, le=999)]


class StageOpens(CallbackData, prefix="tgo1"):
    """Open a stage when the one before is accepted, or by its date."""

    task: _ID
    previous: bool


class SendGroups(CallbackData, prefix="tgw1"):
    """All groups within the scopes as a table."""


class UploadGroups(CallbackData, prefix="tgu1"):
    """Wait for such a table."""


class ConfirmGroups(CallbackData, prefix="tgk1"):
    """Carry out the table that was read, or forget it; `key` is of that very table."""

    key: Annotated[str, Field(max_length=8, pattern=r"^[0-9a-f]*$")]
    load: bool


# What the head of a group presses as well.


class MyGroups(CallbackData, prefix="tgy1"):
    """The groups that one leads."""


class GroupJournal(CallbackData, prefix="tgj1"):
    """A page of the group's journal; `file` asks for the workbook."""

    group: _ID
    file: bool = False
    page: _PAGE = 0


class MemberJournal(CallbackData, prefix="tgi1"):
    """The journal of one of the group; `file` asks for the workbook."""

    group: _ID
    person: _ID
    file: bool = False
