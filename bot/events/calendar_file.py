"""The calendar entry of a meeting (RFC 5545), for any calendar program.

The UID never changes and SEQUENCE grows when the meeting is moved or cancelled, so that a program
that has the entry replaces it instead of adding a second one.
"""

from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vCalAddress

from storage.events.events import Meeting

DOMAIN = "dvizhenie-vverh"
HOUR = timedelta(hours=1)


def calendar_file(meeting: Meeting, link: str, now: datetime) -> bytes:
    """The .ics file; an event whose hour is not named yet lasts its whole day.

    Args:
        meeting: dated (see `Meeting.dated`).
        link: into the bot, to the meeting's card.
        now: aware; the entry's time stamp.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//dvizhenie-vverh//bot//RU")
    calendar.add("version", "2.0")
    gone = meeting.cancelled or meeting.withdrawn
    calendar.add("method", "CANCEL" if gone else "PUBLISH")
    event = Event()
    event.add("uid", f"{meeting.uid}@{DOMAIN}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", meeting.title)
    if meeting.starts_at is not None:
        event.add("dtstart", meeting.starts_at.astimezone(UTC))
        event.add("dtend", (meeting.ends_at or meeting.starts_at + HOUR).astimezone(UTC))
    elif meeting.day is not None:
        event.add("dtstart", meeting.day)
        event.add("dtend", (meeting.window_end or meeting.day) + timedelta(days=1))
    event.add("organizer", vCalAddress(link))  # RFC 5546 wants one; the bot speaks for them all
    event.add("status", "CANCELLED" if gone else "CONFIRMED")
    if meeting.place:
        event.add("location", meeting.place)
    event.add("url", meeting.link or link)
    event.add("description", "\n".join(filter(None, (meeting.link, link))))
    if not gone and meeting.starts_at is not None:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", meeting.title)
        alarm.add("trigger", -HOUR)
        event.add_component(alarm)
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
