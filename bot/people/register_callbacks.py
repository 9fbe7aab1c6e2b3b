"""The data of the buttons of the register, of re-linking, and of organisations.

The same rules as in bot/callbacks.py.
"""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

_ID = Annotated[int, Field(ge=0, le=2**53)]
_PAGE = Annotated[int, Field(ge=0, le=9999)]


class UploadRegister(CallbackData, prefix="rgu1"):
    """Wait for the table."""


class ConfirmRegister(CallbackData, prefix="rgc1"):
    """Load a draft, or drop it."""

    draft: _ID
    load: bool


class RegisterLinks(CallbackData, prefix="rgl1"):
    """Send everybody's personal link as a table."""


class RegisterSlips(CallbackData, prefix="rgs1"):
    """Send a part of the slips with QR codes."""

    part: _PAGE = 0


class RegisterPage(CallbackData, prefix="rgp1"):
    """A page of those who have come, or have not."""

    joined: bool
    page: _PAGE = 0


class RegisterDoubt(CallbackData, prefix="rgd1"):
    """Show the doubt of this place in the list."""

    place: _PAGE = 0


class SettleDoubt(CallbackData, prefix="rgx1"):
    """The row and the person are one, or two."""

    row: _ID
    person: _ID
    same: bool


class Relink(CallbackData, prefix="rge1"):
    """Make a code for somebody's new account; asked once more unless `sure`."""

    person: _ID
    sure: bool = False


_FOUND = Annotated[str, Field(max_length=12)]


class Organisations(CallbackData, prefix="og1"):
    """A page of organisations found by a search ('' is all in scope)."""

    page: _PAGE = 0
    search: _FOUND = ""


class OrganisationCard(CallbackData, prefix="oc1"):
    """One organisation."""

    organisation: _ID


class RenameOrganisation(CallbackData, prefix="on1"):
    """Its new name is typed next."""

    organisation: _ID


class MergeOrganisation(CallbackData, prefix="om1"):
    """Merge it into `kept`, asked once more unless `sure`; 0 is still to be chosen."""

    gone: Annotated[int, Field(ge=0, le=2**40)]
    kept: Annotated[int, Field(ge=0, le=2**40)] = 0
    sure: bool = False
    page: _PAGE = 0
