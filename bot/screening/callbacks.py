"""The data of the screening's buttons. The same rules as in bot/callbacks.py.

Nothing here names a person; the handlers ask the store for the presser's own draft only.
"""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

_ID = Annotated[int, Field(ge=0, le=2**53)]
_Item = Annotated[int, Field(ge=0, le=84)]
_Code = Annotated[str, Field(max_length=20, pattern=r"^[A-Z0-9]+$")]


class Home(CallbackData, prefix="zh1"):
    """What the screening is, and one's own."""


class Before(CallbackData, prefix="zb1"):
    """What it is and is not, before beginning."""

    campaign: _ID


class Consent(CallbackData, prefix="zc1"):
    """The consent's whole text."""

    campaign: _ID


class Agree(CallbackData, prefix="zy1"):
    """Give the consent of this version, and begin."""

    campaign: _ID
    version: Annotated[str, Field(max_length=16, pattern=r"^[a-z0-9-]+$")]


class ForGroups(StrEnum):
    """What of somebody's circumstances a group report counts by."""

    POSITION = "p"
    SERVICE = "s"


class About(CallbackData, prefix="zo1"):
    """What the person says of themselves for the groups; '' is «would not say»."""

    draft: _ID
    what: ForGroups
    group: Annotated[str, Field(max_length=16, pattern=r"^[a-z0-9-]*$")] = ""


class AskPosition(CallbackData, prefix="zq1"):
    """Choose another group of positions."""

    draft: _ID


class Say(CallbackData, prefix="za1"):
    """The answer to this item is this."""

    draft: _ID
    item: _Item
    yes: bool


class GoTo(CallbackData, prefix="zg1"):
    """Show this item again; 0 is where the answers end."""

    draft: _ID
    item: _Item = 0


class Rest(CallbackData, prefix="zp1"):
    """Put it aside; the draft is kept."""

    draft: _ID


class Hide(CallbackData, prefix="zx1"):
    """Blank the message at once."""

    draft: _ID


class Stop(CallbackData, prefix="zs1"):
    """Stop and erase; asked once more unless `sure`."""

    draft: _ID
    sure: bool = False


class ShowResult(CallbackData, prefix="zf1"):
    """Show the result, and cut the answers from the person."""

    draft: _ID


class HideResult(CallbackData, prefix="zr1"):
    """Remove the message it stands on, and the picture above it; 0 is none."""

    picture: _ID = 0


class AskCode(CallbackData, prefix="zk1"):
    """Ask for a private code."""


class DeleteEntry(CallbackData, prefix="zd1"):
    """Delete the entry of this private code; asked once more unless `sure`."""

    code: _Code
    sure: bool = False


class Desk(CallbackData, prefix="zm1"):
    """What a coordinator does about screenings."""


class Wanted(StrEnum):
    """What a coordinator is asked for."""

    WORDING = "wording"
    HEADS = "heads"
    CONTACTS = "contacts"
    HELPLINE = "helpline"


class AskFor(CallbackData, prefix="zt1"):
    """Wait for this of the coordinator: a file or words."""

    what: Wanted


class PreviewWording(CallbackData, prefix="zw1"):
    """A page of the loaded statements."""

    page: Annotated[int, Field(ge=0, le=99)] = 0


class UseWording(CallbackData, prefix="zu1"):
    """From now on ask the loaded statements; `own`: the project's own ones."""

    own: bool = False


class ClearHelpline(CallbackData, prefix="zj1"):
    """The shipped helpline again."""


class ClearContacts(CallbackData, prefix="zl1"):
    """Take the contacts of one's territory back."""
