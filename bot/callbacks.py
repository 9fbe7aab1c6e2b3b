"""The data of every button: a public API that never expires.

Each class has a short prefix that ends in its version; a change of meaning takes a new prefix, and
a button of an old one is answered by `handlers/unknown.py`. Data names the state to reach
(«показать страницу 2»), never a toggle. Handlers trust nothing here: it can be forged.
"""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


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
