"""The data of the buttons of notices. The same rules as in bot/callbacks.py."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

_ID = Annotated[int, Field(ge=0, le=2**53)]
_PAGE = Annotated[int, Field(ge=0, le=9999)]
_KEY = Annotated[str, Field(max_length=16, pattern=r"^[0-9a-z]+$")]

EXCLUDED = 100
"""Groups from this number on are those left out."""
_GROUP = Annotated[int, Field(ge=0, le=EXCLUDED + 19)]


class Step(StrEnum):
    """The screens of a draft."""

    SCOPE = "scope"
    CONTENT = "content"
    DRAFT = "draft"
    BUTTONS = "buttons"
    LINK = "link"
    TARGET = "target"
    AUDIENCE = "aud"
    GROUP = "group"
    ROLES = "roles"
    PLACES = "places"
    NETWORKS = "nets"
    COMMUNITIES = "comm"
    PEOPLE = "people"
    SURVEYS = "surveys"
    TASKS = "tasks"
    MEETINGS = "meetings"
    WHEN = "when"
    URGENT = "urgent"
    CHECK = "check"
    SELF = "self"


class Notices(CallbackData, prefix="ns2"):
    """A page of the notices in scope."""

    page: _PAGE = 0


class NewNotice(CallbackData, prefix="nn2"):
    """Begin a draft."""


class Draw(CallbackData, prefix="nf1"):
    """Show a screen of the draft; `group` is the group of people it is about."""

    step: Step
    group: _GROUP = 0
    page: _PAGE = 0
    name: Annotated[str, Field(max_length=10, pattern=r"^[a-z]*$")] = ""


class Set(CallbackData, prefix="np1"):
    """A value of the draft is set, or is not (`on`)."""

    step: Step
    group: _GROUP = 0
    value: Annotated[str, Field(max_length=20, pattern=r"^[A-Za-z0-9-]*$")] = ""
    on: bool = True
    page: _PAGE = 0


class Confirm(CallbackData, prefix="ng1"):
    """Send the draft as checked; `key` makes a second press harmless."""

    key: _KEY


class NoticeCard(CallbackData, prefix="ni1"):
    """How a notice stands."""

    notice: _ID


class Turn(StrEnum):
    """What is done to a notice under way."""

    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"


class TurnNotice(CallbackData, prefix="nt1"):
    """Pause, resume or cancel; cancelling asks first unless `sure`."""

    notice: _ID
    to: Turn
    sure: bool = False


class Decide(CallbackData, prefix="nd2"):
    """The second person's word; `look` only shows the notice."""

    notice: _ID
    approved: bool
    look: bool = False


class DecideFix(CallbackData, prefix="nd4"):
    """The second person's word about a correction; `fix` is the proposal's number."""

    notice: _ID
    fix: _ID
    approved: bool


class Decline(CallbackData, prefix="nd3"):
    """Decline for one of the usual reasons."""

    notice: _ID
    why: Annotated[str, Field(max_length=10, pattern=r"^[a-z0-9]+$")]


class Missed(CallbackData, prefix="nm2"):
    """A page of those whom it did not reach."""

    notice: _ID
    page: _PAGE = 0


class Sheet(CallbackData, prefix="nz1"):
    """The account as a spreadsheet."""

    notice: _ID


class Retry(CallbackData, prefix="ny1"):
    """Try again; asks first unless `sure`; `unknown` sends to those too who may have it."""

    notice: _ID
    unknown: bool = False
    sure: bool = False


class Correct(CallbackData, prefix="nc2"):
    """Ask for the new text."""

    notice: _ID


class Withdraw(CallbackData, prefix="nw2"):
    """Take the notice back; asks first unless `sure`."""

    notice: _ID
    sure: bool = False


class ShowMessage(CallbackData, prefix="nv1"):
    """For a recipient: show a message of one's summary in full."""

    row: _ID
