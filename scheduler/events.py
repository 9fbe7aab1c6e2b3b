"""What time does to events: reminders, questions to organisers, the questionnaire afterwards."""

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.texts.events import survey_subject
from roadmap.reminding import Rules
from storage.database import Database
from storage.events import after_events, asking
from storage.events import reminding as event_reminding


async def plan(db: Database, now: datetime) -> int:
    """Put what is due, each plan in a step of its own; how many rows. Quiet hours are local."""
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)  # noqa: S101 - see scheduler.planning.Planner
    rules = Rules(zone=zone)
    subject = partial(survey_subject, zone=zone)
    return (
        await db.write(event_reminding.plan, rules, now=now)
        + await db.write(asking.ask_organisers, rules, now=now)
        + await db.write(after_events.plan, subject, now=now)
    )
