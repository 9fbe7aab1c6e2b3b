"""The data of the buttons of questionnaires: answering them, and opening them for others.

The same rules as in bot/callbacks.py. An item is its place in the questionnaire's version, which
never changes; `storage.questionnaires.steps.REVIEW` stands for the summary before sending.
"""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

_Index = Annotated[int, Field(ge=-1, le=999)]
_Page = Annotated[int, Field(ge=0, le=9999)]
_Form = Annotated[str, Field(max_length=40, pattern=r"^[A-Za-z0-9_-]+$")]
"""The id of a questionnaire."""


class Surveys(CallbackData, prefix="sv1"):
    """Show a page of one's own questionnaires."""

    page: _Page = 0


class Look(CallbackData, prefix="lk1"):
    """Show what a campaign is about, before beginning."""

    campaign: int


class Start(CallbackData, prefix="st1"):
    """Begin or go on; `leave`: and put the other one that is under way aside."""

    campaign: int
    leave: bool = False


class Choose(CallbackData, prefix="ch1"):
    """The item's answer is this choice, or this value of its scale (by place)."""

    response: int
    item: _Index
    option: _Index


class GiveDate(CallbackData, prefix="gd1"):
    """The item's answer is this date."""

    response: int
    item: _Index
    day: Annotated[str, Field(max_length=10)]


class Skip(CallbackData, prefix="sk1"):
    """The item has no answer; or a note is read."""

    response: int
    item: _Index


class Tick(CallbackData, prefix="tk1"):
    """A choice of several is chosen or not; one beyond the last choice is «другое»."""

    response: int
    item: _Index
    option: _Index
    on: bool


class PutAt(CallbackData, prefix="pa1"):
    """In an order, this choice stands at this place; later places are free again."""

    response: int
    item: _Index
    option: _Index
    place: _Index


class Done(CallbackData, prefix="dn1"):
    """What is ticked is the item's answer."""

    response: int
    item: _Index


class Clear(CallbackData, prefix="cr1"):
    """Nothing is ticked or put in order any more."""

    response: int
    item: _Index


class Back(CallbackData, prefix="bk1"):
    """Show the item before this one."""

    response: int
    item: _Index


class Change(CallbackData, prefix="cg1"):
    """Show this item to change its answer; `REVIEW`: leave it and go on."""

    response: int
    item: _Index


class Pause(CallbackData, prefix="ps1"):
    """Put it aside."""

    response: int


class Review(CallbackData, prefix="rv1"):
    """Show a page of the summary before sending."""

    response: int
    page: _Page


class Send(CallbackData, prefix="sd1"):
    """Send the response."""

    response: int


class Discard(CallbackData, prefix="dc1"):
    """Erase what is not sent; asks first unless `sure`."""

    response: int
    sure: bool = False


class AnswerFiles(CallbackData, prefix="af1"):
    """Staff: send all files that people gave as answers."""

    campaign: int


class ShowFiles(CallbackData, prefix="sw1"):
    """Send the person's own file at this item again; `REVIEW`: all of the response."""

    response: int
    item: _Index


class ShowSent(CallbackData, prefix="ss1"):
    """Show what was sent (named campaigns)."""

    response: int
    page: _Page = 0


class Reopen(CallbackData, prefix="ro1"):
    """Change what was sent."""

    response: int


class Campaigns(CallbackData, prefix="cs1"):
    """Staff: show a page of the campaigns in scope."""

    page: _Page = 0


class NewCampaign(CallbackData, prefix="nw1"):
    """Staff: begin a new campaign, perhaps as a copy of one."""

    copy_of: int = 0


class Preview(CallbackData, prefix="pv1"):
    """Staff: show an item of a questionnaire as a respondent sees it."""

    form: _Form
    item: _Index


class PickForm(CallbackData, prefix="pf1"):
    """Staff: look at a questionnaire, or take it for the new campaign."""

    form: _Form
    take: bool = False


class Ask(StrEnum):
    """The questions of the opening form."""

    SCOPE = "scope"
    SUBJECT = "subject"
    MODE = "mode"
    AUDIENCE = "aud"
    ROLES = "roles"
    PLACES = "places"
    NETWORKS = "nets"
    COMMUNITIES = "comm"
    PEOPLE = "people"
    OPENS = "opens"
    CLOSES = "closes"
    CONFIRM = "confirm"


class Fill(CallbackData, prefix="fl1"):
    """Staff: show a question of the opening form."""

    ask: Ask
    page: _Page = 0


class Put(CallbackData, prefix="pt1"):
    """Staff: a field of the opening form has this value, or has it not (`on`)."""

    ask: Ask
    value: Annotated[str, Field(max_length=20, pattern=r"^[A-Za-z0-9-]*$")]
    on: bool = True
    page: _Page = 0


class OpenIt(CallbackData, prefix="oi1"):
    """Staff: open the campaign as shown; `key` makes a second press harmless."""

    key: Annotated[str, Field(max_length=16, pattern=r"^[0-9a-z]+$")]


class Card(CallbackData, prefix="cc1"):
    """Staff: show a campaign."""

    campaign: int


class Places(CallbackData, prefix="cp1"):
    """Staff: show a page of the turnout by municipality."""

    campaign: int
    page: _Page = 0


class Awaited(CallbackData, prefix="ca1"):
    """Staff: show a page of who has not answered."""

    campaign: int
    page: _Page = 0


class Nudge(CallbackData, prefix="cn2"):
    """Staff: remind those who may be reminded now; asks first unless `sure`."""

    campaign: int
    sure: bool = False


class Prolong(CallbackData, prefix="cl1"):
    """Staff: the campaign closes at this moment (seconds of the epoch); 0 asks which."""

    campaign: int
    until: int = 0


class Close(CallbackData, prefix="ce1"):
    """Staff: the campaign is closed; asks first unless `sure`."""

    campaign: int
    sure: bool = False


class Link(CallbackData, prefix="ci1"):
    """Staff: show the link and the QR code that lead to the campaign."""

    campaign: int


class MakeReport(CallbackData, prefix="mr1"):
    """Staff: make the spreadsheet of the campaign and send it."""

    campaign: int


class Reports(CallbackData, prefix="rp1"):
    """Staff: show a page of the campaigns a spreadsheet can be made of."""

    page: _Page = 0
