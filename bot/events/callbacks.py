"""The data of the buttons of roadmaps and events. The same rules as in bot/callbacks.py.

A meeting is an occurrence's id; whether the presser may see or manage it is asked at every press.
"""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from storage import scopes
from storage.events.attending import Choice

_ID = Annotated[int, Field(ge=0, le=2**53)]
_Page = Annotated[int, Field(ge=0, le=9999)]
_Key = Annotated[str, Field(max_length=8, pattern=r"^[0-9a-f]*$")]
_ScopeRef = Annotated[str, Field(max_length=8, pattern=r"^[0-9a-f]*$")]
_Year = Annotated[str, Field(max_length=9, pattern=r"^[0-9-]*$")]


class ImportScope(CallbackData, prefix="rs1"):
    """The roadmap that is being sent belongs to this scope."""

    kind: scopes.ScopeKind
    ref: _ScopeRef


class ImportCard(CallbackData, prefix="ri2"):
    """Show the summary; `table`: what was set by hand would give way to the table."""

    draft: _ID
    table: bool = False


class ImportYear(CallbackData, prefix="ry1"):
    """The roadmap is for this year: read it again so."""

    draft: _ID
    year: _Year


class ImportDoubt(CallbackData, prefix="rd1"):
    """Show the doubt after the one of this key ('' is the first)."""

    draft: _ID
    after: _Key = ""


class SettleDoubt(CallbackData, prefix="rx1"):
    """What was read is right: the doubt of this key is settled."""

    draft: _ID
    key: _Key


class CorrectTerm(CallbackData, prefix="rt1"):
    """The term of the event is typed next."""

    draft: _ID
    key: _Key
    place: _Page


class ImportTable(CallbackData, prefix="rw1"):
    """Send the spreadsheet of what was understood."""

    draft: _ID


class ImportChanges(CallbackData, prefix="rg1"):
    """Show what a corrected file changes, a page of it."""

    draft: _ID
    page: _Page = 0


class ConfirmImport(CallbackData, prefix="rc2"):
    """Make it the calendar; `keep`: events that the table has no longer stay.

    `table`: what was set by hand gives way to the table.
    """

    draft: _ID
    keep: bool
    table: bool = False


class DropImport(CallbackData, prefix="rk1"):
    """Nothing of it is wanted."""

    draft: _ID


class View(StrEnum):
    """Whose events: what concerns me, or what I answer for."""

    MINE = "m"
    STAFF = "s"


class EventList(CallbackData, prefix="el1"):
    """What lies ahead, by week."""

    view: View = View.MINE
    page: _Page = 0


class EventYear(CallbackData, prefix="ey1"):
    """The months of the year around `first` (a year and month, 202609)."""

    view: View
    first: Annotated[int, Field(ge=200001, le=299912)]


class EventMonth(CallbackData, prefix="em1"):
    """The events of one month (202609)."""

    view: View
    month: Annotated[int, Field(ge=200001, le=299912)]
    page: _Page = 0


class EventCard(CallbackData, prefix="ec1"):
    """One meeting."""

    meeting: _ID


class Say(CallbackData, prefix="es1"):
    """This is what the person says about coming."""

    meeting: _ID
    choice: Choice


class Calendar(CallbackData, prefix="ei1"):
    """Send the calendar file."""

    meeting: _ID


class EventFiles(CallbackData, prefix="ef1"):
    """Send the files of the event."""

    meeting: _ID


class Visited(CallbackData, prefix="ev1"):
    """The events the person has visited."""

    page: _Page = 0


class Manage(CallbackData, prefix="mg1"):
    """The organiser's side of a meeting."""

    meeting: _ID


class What(StrEnum):
    """What an organiser types or sends about a meeting."""

    WHEN = "when"
    PLACE = "place"
    LINK = "link"
    CAPACITY = "cap"
    FILE = "file"
    NAMES = "names"
    MORE = "more"


class Name(CallbackData, prefix="mn1"):
    """This is typed (or sent) next."""

    meeting: _ID
    what: What


class Clear(CallbackData, prefix="ml1"):
    """Places without a limit, no link, no place."""

    meeting: _ID
    what: What


class TakeOver(CallbackData, prefix="mt1"):
    """I hold this event."""

    meeting: _ID


class CancelMeeting(CallbackData, prefix="mc1"):
    """Cancel; asked once more unless `sure`."""

    meeting: _ID
    sure: bool


class WhoComes(CallbackData, prefix="mw1"):
    """Who said what."""

    meeting: _ID
    page: _Page = 0


class MarkList(CallbackData, prefix="ma1"):
    """The list on which attendance is marked."""

    meeting: _ID
    page: _Page = 0


class Mark(CallbackData, prefix="mk1"):
    """This person came, or did not."""

    meeting: _ID
    person: _ID
    came: bool
    page: _Page = 0


class CheckInCode(CallbackData, prefix="mq1"):
    """Send the QR code for checking in."""

    meeting: _ID


class Reminders(CallbackData, prefix="mr2"):
    """When this meeting is reminded of."""

    meeting: _ID


class SetReminder(CallbackData, prefix="ms1"):
    """Remind so many minutes before the start, or not."""

    meeting: _ID
    minutes: Annotated[int, Field(ge=1, le=43200)]
    on: bool


class SetSurvey(CallbackData, prefix="mv1"):
    """The questionnaire afterwards stays open so many days; 0 is none."""

    meeting: _ID
    days: Annotated[int, Field(ge=0, le=60)]


class SurveyForms(CallbackData, prefix="mh1"):
    """Which questionnaire is asked after this meeting: the choice of them."""

    meeting: _ID
    page: _Page = 0


class SetSurveyForm(CallbackData, prefix="mi1"):
    """This questionnaire is asked after the meeting; empty is the bot's own."""

    meeting: _ID
    form: Annotated[str, Field(max_length=40, pattern=r"^[A-Za-z0-9_-]*$")] = ""


class ForWhom(CallbackData, prefix="mf1"):
    """Whom the event is for: shown, and with `role` set or taken out."""

    meeting: _ID
    role: Annotated[str, Field(max_length=12, pattern=r"^[a-z]*$")] = ""
    on: bool = False


class EventAudience(CallbackData, prefix="ea1"):
    """Show by what an event's audience is narrowed: one kind (bot/audiences/form.py), a page."""

    meeting: _ID
    kind: Annotated[str, Field(max_length=8, pattern=r"^[a-z0-9]*$")]
    page: _Page = 0


class TickAudience(CallbackData, prefix="eu1"):
    """This value of the kind belongs to an event's audience, or not."""

    meeting: _ID
    kind: Annotated[str, Field(max_length=8, pattern=r"^[a-z0-9]*$")]
    value: Annotated[str, Field(max_length=16, pattern=r"^[0-9a-z-]*$")]
    on: bool
    page: _Page = 0


class NewEvent(CallbackData, prefix="ne1"):
    """An event by hand, for this scope: its title is typed next."""

    kind: scopes.ScopeKind
    ref: _ScopeRef


class NewEventScope(CallbackData, prefix="nx1"):
    """An event by hand: for whom?"""


class DryRun(CallbackData, prefix="dr1"):
    """Who will get what, week by week."""

    page: _Page = 0


class Mute(CallbackData, prefix="mu1"):
    """This kind of message is wanted, or not."""

    kind: Annotated[str, Field(max_length=20, pattern=r"^[a-z-]+$")]
    muted: bool


class MyTimes(CallbackData, prefix="ot1"):
    """Show when I am reminded of events."""


class SetMyTime(CallbackData, prefix="os1"):
    """Remind me of every event then, or not; the name is of roadmap/offsets.py."""

    name: Annotated[str, Field(max_length=8, pattern=r"^[0-9dhm@]+$")]
    on: bool


class UsualTimes(CallbackData, prefix="ou1"):
    """Remind me when the organisers say."""


class AskMyTime(CallbackData, prefix="oq1"):
    """A time is typed next."""


class EventReport(CallbackData, prefix="eb1"):
    """Figures of events in scope, a page of them."""

    page: _Page = 0


class EventReportTable(CallbackData, prefix="et1"):
    """The same as a spreadsheet."""
