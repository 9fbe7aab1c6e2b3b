"""Screens of organisers: the panel of a meeting and its lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.audiences.words import lines
from bot.events.callbacks import (
    CancelMeeting,
    CheckInCode,
    EventCard,
    ForWhom,
    Manage,
    Mark,
    MarkList,
    Name,
    Reminders,
    SetReminder,
    SetSurvey,
    SetSurveyForm,
    SurveyForms,
    TakeOver,
    What,
    WhoComes,
)
from bot.keyboards import Row, arrows, button, keyboard, pages, rows
from bot.screens import Screen
from bot.situation import Situation
from bot.texts import events as event_words
from bot.texts import managing as words
from bot.texts.people import scope as scope_words
from bot.texts.people import short_name
from storage.database import Connection
from storage.events import attending, events
from storage.events.attending import Choice
from storage.events.events import Meeting
from storage.people import people, places
from storage.questionnaires.forms import Known
from surveys.boyko_form import FORM as SCREENING
from surveys.questionnaire import Questionnaire

SIZE = 10
FORMS_SHOWN = 8
NAMES = 40


@dataclass(frozen=True, slots=True)
class _Panel:
    organisers: list[str]
    holds: bool
    came: int
    taken: int
    online: int
    waiting: int
    titles: Mapping[str, str]


async def panel(situation: Situation, meeting: Meeting, *, first: str = "") -> Screen:
    """Everything an organiser may do with a meeting."""

    def read(conn: Connection) -> _Panel:
        ids = events.organisers(conn, meeting.event_id)
        found = [people.by_id(conn, each) for each in ids]
        seated, waiting = attending.seated(conn, meeting.id)
        return _Panel(
            [short_name(one) for one in found if one is not None],
            situation.person.id in ids,
            len(attending.attended(conn, meeting.id)),
            len(seated),
            attending.online(conn, meeting.id),
            len(waiting),
            places.titles(conn),
        )

    found = await situation.db.read(read)
    number = meeting.id
    counts = event_words.places(found.taken, None, found.online, found.waiting)
    text = words.panel(
        meeting,
        situation.now,
        situation.zone,
        organisers=found.organisers,
        audience=await lines(situation.db, meeting.audience),
        territory=scope_words(meeting.scope, found.titles),
        came=found.came,
        counts=counts,
        first=first,
    )

    def ask(label: str, what: What) -> Row:
        return [button(label, Name(meeting=number, what=what))]

    made: list[Row] = []
    if not (meeting.cancelled or meeting.withdrawn):
        made += [
            ask(words.MOVE if meeting.starts_at else words.NAME_WHEN, What.WHEN),
            [
                *ask(words.PLACE, What.PLACE),
                *ask(words.LINK, What.LINK),
                *ask(words.CAPACITY, What.CAPACITY),
            ],
            [*ask(words.FILE, What.FILE), *ask(words.MORE, What.MORE)],
            [
                button(words.REMINDERS, Reminders(meeting=number)),
                button(words.FOR_WHOM, ForWhom(meeting=number)),
            ],
        ]
    made.append([button(words.WHO_COMES, WhoComes(meeting=number))])
    if meeting.starts_at is not None and not meeting.cancelled:
        made += [
            [
                button(words.CODE, CheckInCode(meeting=number)),
                button(words.MARK, MarkList(meeting=number)),
            ],
            ask(words.NAMES, What.NAMES),
        ]
    if not found.holds:
        made.append([button(words.TAKE, TakeOver(meeting=number))])
    if not (meeting.cancelled or meeting.withdrawn):
        made.append([button(words.CANCEL, CancelMeeting(meeting=number, sure=False))])
    made.append([button(event_words.TO_CARD, EventCard(meeting=number))])
    return Screen(text, keyboard(*made))


async def who_comes(situation: Situation, meeting: Meeting, page: int) -> Screen:
    """Names by what they said, a page of them."""
    groups = await situation.db.read(_said, meeting.id)
    flat = [(group, name) for group, names in groups for name in names]
    last = max(0, (len(flat) - 1) // NAMES)
    page = min(page, last)
    shown = flat[page * NAMES : (page + 1) * NAMES]
    labels = dict.fromkeys(group for group, _ in shown)
    parts = [(label, [name for group, name in shown if group == label]) for label in labels]
    return Screen(
        words.comes(meeting, parts, page, last + 1),
        keyboard(
            arrows(lambda to: WhoComes(meeting=meeting.id, page=to), page=page, last=last),
            [to_panel(meeting)[0]],
        ),
    )


async def mark_list(situation: Situation, meeting: Meeting, page: int) -> Screen:
    """Everybody who said they would come (or was marked), with who came."""

    def read(conn: Connection) -> tuple[list[tuple[int, str]], set[int]]:
        came = set(attending.attended(conn, meeting.id))
        ids = sorted({*attending.saying(conn, meeting.id, Choice.COMING), *came})
        ids = sorted({*ids, *attending.saying(conn, meeting.id, Choice.ONLINE)})
        found = [(each, people.by_id(conn, each)) for each in ids]
        named = [(each, short_name(one)) for each, one in found if one is not None]
        return sorted(named, key=lambda pair: (pair[1], pair[0])), came

    named, came = await situation.db.read(read)
    last = max(0, (len(named) - 1) // SIZE)
    page = min(page, last)
    made = [
        button(
            words.mark(name, came=person in came),
            Mark(meeting=meeting.id, person=person, came=person not in came, page=page),
        )
        for person, name in named[page * SIZE : (page + 1) * SIZE]
    ]
    return Screen(
        words.marking(meeting, len(came), len(named)),
        keyboard(
            *rows(made, 2),
            arrows(lambda to: MarkList(meeting=meeting.id, page=to), page=page, last=last),
            [button(words.NAMES, Name(meeting=meeting.id, what=What.NAMES))],
            to_panel(meeting),
        ),
    )


def reminders(meeting: Meeting, form: Questionnaire | None) -> Screen:
    """When people are reminded; which questionnaire is asked afterwards, and how long."""
    number = meeting.id
    chosen = set(meeting.reminders)
    made = [
        button(
            words.ticked(label, on=minutes in chosen),
            SetReminder(meeting=number, minutes=minutes, on=minutes not in chosen),
        )
        for minutes, label in words.REMINDER_LABELS.items()
    ]
    surveys = [
        button(
            words.survey(days, on=days == meeting.survey_days),
            SetSurvey(meeting=number, days=days),
        )
        for days in words.SURVEY_LABELS
    ]
    which = []
    if meeting.survey_days and form is not None:
        which = [button(words.survey_form(form.title), SurveyForms(meeting=number))]
    shown = keyboard(*rows(made, 2), *rows(surveys, 2), which, to_panel(meeting))
    return Screen(words.reminders(meeting), shown)


def survey_forms(
    meeting: Meeting, known: Sequence[Known], now_asked: Questionnaire | None, page: int
) -> Screen:
    """The questionnaires that may be asked after this meeting."""
    asked = None if now_asked is None else now_asked.id
    made = [
        button(
            words.ticked(each.questionnaire.title, on=each.questionnaire.id == asked),
            SetSurveyForm(meeting=meeting.id, form=each.questionnaire.id),
        )
        for each in known
        if each.questionnaire.id != SCREENING
    ]
    turned = pages(
        made, lambda to: SurveyForms(meeting=meeting.id, page=to), page=page, size=FORMS_SHOWN
    )
    back = [button(words.BACK, Reminders(meeting=meeting.id))]
    return Screen(words.survey_forms(meeting), keyboard(*turned, back))


def to_panel(meeting: Meeting) -> Row:
    """The way back to the panel."""
    return [button(words.BACK, Manage(meeting=meeting.id))]


def _said(conn: Connection, meeting_id: int) -> list[tuple[str, list[str]]]:
    seated, waiting = attending.seated(conn, meeting_id)
    groups = [
        (words.COMING, seated),
        (words.WAITING, waiting),
        (words.ONLINE, attending.saying(conn, meeting_id, Choice.ONLINE)),
        (words.DECLINED, attending.saying(conn, meeting_id, Choice.DECLINED)),
    ]
    named = []
    for label, ids in groups:
        found = [people.by_id(conn, each) for each in ids]
        named.append((label, [short_name(one) for one in found if one is not None]))
    return named
