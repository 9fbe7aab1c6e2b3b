"""The data of every button: a public API that never expires.

Each class has a short prefix that ends in its version; a change of meaning takes a new prefix, and
a button of an old one is answered by `handlers/unknown.py`. Data names the state to reach
(«показать страницу 2»), never a toggle. Handlers trust nothing here: it can be forged.
"""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from storage import people


class Place(StrEnum):
    """A screen that the menu leads to; `bot/menu.py` says who sees which."""

    MENU = "menu"
    SURVEYS = "surveys"
    ME = "me"
    HELP = "help"
    PRIVACY = "privacy"
    REPORT = "report"
    CAMPAIGNS = "campaigns"
    PEOPLE = "people"
    INVITE = "invite"
    NETWORKS = "networks"


class Go(CallbackData, prefix="go1"):
    """Show a place of the menu."""

    to: Place


_KEY = Annotated[str, Field(max_length=10, pattern=r"^[0-9a-z-]*$")]
"""A key of surveys.reference, a row's id, or a word of ours."""


class Begin(CallbackData, prefix="bg1"):
    """Arrive (again), with the deep link that was being followed."""

    payload: Annotated[str, Field(max_length=60, pattern=r"^[A-Za-z0-9_-]*$")] = ""


class ConsentAct(StrEnum):
    """What somebody does with the consent text."""

    READ = "read"
    YES = "yes"
    NO = "no"


class Consent(CallbackData, prefix="cn1"):
    """Read, give or decline the consent of this version."""

    version: Annotated[str, Field(max_length=12, pattern=r"^[a-z0-9-]+$")]
    act: ConsentAct


class Pick(CallbackData, prefix="pk1"):
    """Say this about oneself: the field becomes the value of the key."""

    field: people.Field
    value: _KEY


class Browse(CallbackData, prefix="br1"):
    """Show a page of what a field may be."""

    field: people.Field
    page: Annotated[int, Field(ge=0, le=9999)] = 0


class Again(CallbackData, prefix="ag1"):
    """While registering: take this field back and ask for it again."""

    field: people.Field


class AddOrganisation(CallbackData, prefix="ao1"):
    """Add the organisation typed before; `name` is the key of what was typed."""

    name: _KEY


class Edit(CallbackData, prefix="ed1"):
    """From /me: ask for a field; the old value stays until there is a new one."""

    field: people.Field


class EraseAct(StrEnum):
    """How far somebody is on the way to erasing themselves."""

    ASK = "ask"
    YES = "yes"


class Erase(CallbackData, prefix="er1"):
    """Withdraw the consent and erase everything."""

    act: EraseAct
