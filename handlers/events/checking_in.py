"""Following the QR code of a meeting: whoever does so in time has come."""

from functools import partial

from bot.events.screens import card, gone
from bot.screens import Screen
from bot.situation import Situation
from bot.texts import events as words
from handlers.deep_links import deep_link
from storage.events import attending, events
from storage.events.attending import How

CHECK_IN = "e_"
"""The prefix of the code's link."""


@deep_link(CHECK_IN)
async def check_in(code: str, situation: Situation) -> Screen:
    """Note that the person came, if it is the time for it; the card in any case."""
    meeting = await situation.db.read(events.by_check_in, code)
    if meeting is None:
        return Screen(words.CODE_UNKNOWN, gone().keyboard)
    if not meeting.check_in_open(situation.now):
        text = words.check_in_closed(meeting, situation.now, situation.zone)
        return Screen(text, gone().keyboard)
    await situation.db.write(
        partial(attending.mark_attended, marked_by=None, now=situation.now),
        meeting.id,
        [situation.person.id],
        How.CODE,
    )
    shown = await card(situation, meeting.id)
    return Screen(f"{words.checked_in(meeting)}\n\n{shown.text}", shown.keyboard)
