"""A furnished store for the demonstration: staff with roles, invented teachers, real answers.

Everything goes the way of the real bot's own storage functions, so that what a newcomer sees in a
summary was counted and not drawn. The same every time: the random generator has a fixed seed.
"""

import random
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.demo import tasks as demo_tasks
from bot.forms.template import example
from bot.people import consent
from bot.screening import consent as screening_consent
from bot.search import folded, sound
from bot.texts import demo as words
from roadmap.periods import last_day
from storage import outbox
from storage.audiences import Audience
from storage.audit import By
from storage.database import Connection
from storage.events import after_events, attending, events
from storage.events.attending import Choice, How
from storage.notices import confirming, notices, steering
from storage.people import (
    invitations,
    networks,
    organisations,
    people,
    register_loading,
)
from storage.people.people import PERSONAL_DATA, Field, Grant, Person, Role
from storage.people.register_rows import Entry
from storage.questionnaires import campaigns, forms, inviting, publishing, responses
from storage.questionnaires.answering import record_answer
from storage.questionnaires.responses import Response
from storage.questionnaires.submitting import submit
from storage.scopes import REGION
from storage.screening import sealing as screening_sealing
from storage.screening import taking as screening
from storage.screening import wordings as screening_wordings
from storage.screening.secrets import BYTES
from surveys.answers import Answer
from surveys.boyko_form import FORM
from surveys.boyko_key import ITEMS
from surveys.engine import Ask, next_step
from surveys.loading import load_all
from surveys.questionnaire import Closed, Range, SelectMultiple
from surveys.reference import communities, municipalities
from surveys.screening_groups import SERVICE

MUNICIPALITIES = 26
SEED = 2026
NOTIFIED = 60
TRAINEES = 8
OWN_FORM = "demo_own_form"


def furnish(
    conn: Connection,
    staff: Mapping[Role, int],
    teachers: Iterable[int],
    *,
    now: datetime,
) -> None:
    """Fill an empty database.

    Args:
        conn: of a fresh database.
        staff: the Telegram ids of the coordinator, organiser, trainee and admin. The teacher is
            left out on purpose: getting acquainted is a part of the demonstration.
        teachers: the Telegram ids of invented teachers, who answer.
        now: when the demonstration begins; one campaign lies behind, one is open.
    """
    dice = random.Random(SEED)  # noqa: S311 - a demonstration has no secrets
    author = _staff(conn, staff, now=now)
    _network(conn)
    _own_form(conn, author, now=now)
    places = dice.sample(municipalities(), MUNICIPALITIES)
    kindness = {place: dice.uniform(0.2, 1.0) for place in places}
    # A few large municipalities and many small ones, as in life: some groups must stay hidden.
    weights = [1 / (rank + 1) for rank in range(MUNICIPALITIES)]
    everybody = []
    for telegram_id in teachers:
        place = dice.choices(places, weights)[0]
        everybody.append((_arrive(conn, telegram_id, _teacher(dice, place), now=now).id, place))
    organiser = people.find(conn, staff[Role.ORGANISER])
    past = _events(conn, author, organiser.id if organiser else author, everybody, dice, now=now)
    for subject, opened, days, share in (
        (words.PAST_SUBJECT, now - timedelta(days=12), 7, 0.8),
        (words.OPEN_SUBJECT, now - timedelta(days=1), 8, 0.4),
    ):
        campaign = _campaign(conn, subject, author, opened, opened + timedelta(days=days))
        if subject == words.PAST_SUBJECT:
            after_events.belongs_to(conn, past, campaign)
        for person, place in everybody:
            inviting.mark_asked(conn, campaign, person, now=opened)
            if dice.random() >= share:
                continue
            response = responses.start_or_continue(conn, campaign, person, now=opened).response
            if response is not None:
                _answer(conn, dice, response, kindness[place], now=opened)
    reached = [person for person, _ in everybody[:NOTIFIED]]
    _notice(conn, author, reached, now=now - timedelta(days=2))
    _screening(conn, dice, author, [person for person, _ in everybody], now=now)
    demo_tasks.give_out(conn, author, [person for person, _ in everybody[:TRAINEES]], now=now)


def _notice(conn: Connection, author: int, reached: Sequence[int], *, now: datetime) -> None:
    """One notice behind: most have it, some stopped the bot, one was not certain."""
    notice = confirming.create(
        conn,
        notices.Content(text=words.NOTICE),
        Audience(people=tuple(reached)),
        REGION,
        author=author,
        starts_at=now,
        request_key="demo",
        now=now,
    )
    confirming.begin(conn, now=now)
    for place, row in enumerate(outbox.due(conn, now, limit=len(reached), kinds=[notices.NOTICE])):
        outbox.claim(conn, row.id)
        if place % 17 == 3:
            outbox.end(conn, row.id, "failed", "blocked")
        elif place == 1:
            outbox.end(conn, row.id, "unknown", "interrupted")
        else:
            outbox.sent(conn, row.id, [], now)
    assert notice.id in steering.finish(conn)  # noqa: S101 - every row has just been seen to


def _events(
    conn: Connection,
    author: int,
    organiser: int,
    everybody: Iterable[tuple[int, str]],
    dice: random.Random,
    *,
    now: datetime,
) -> int:
    """One event behind with who came, two ahead, one of a month; returns the one behind."""
    hour = now.replace(hour=12, minute=0, second=0, microsecond=0)
    made = []
    for title, start in (
        (words.PAST_SUBJECT, hour - timedelta(days=12, hours=2)),
        (words.SOON_EVENT, hour + timedelta(days=3)),
        (words.LATER_EVENT, hour + timedelta(days=9)),
        (words.OPEN_EVENT, None),
    ):
        key = f"demo:{title}"
        number = events.create(
            conn, REGION, title, created_by=author, request_key=key, now=now - timedelta(days=30)
        )
        meeting = events.find(conn, number)
        if meeting is not None:
            events.add_organiser(conn, meeting.event_id, organiser)
        if start is not None:
            events.name_time(
                conn, number, start, start + timedelta(hours=2), now=now, place=words.EVENT_PLACE
            )
        made.append(number)
    month = (now + timedelta(days=45)).date().replace(day=1)
    whole = last_day(month.year, month.month)
    events.set_window(conn, made[-1], month, month.replace(day=whole))
    for person, _ in everybody:
        if dice.random() < 0.5:
            choice = Choice.COMING if dice.random() < 0.7 else Choice.ONLINE
            attending.say(conn, made[0], person, choice, now=now - timedelta(days=14))
            if dice.random() < 0.85:
                attending.mark_attended(
                    conn, made[0], [person], How.CODE, marked_by=None, now=now - timedelta(days=12)
                )
        if dice.random() < 0.2:
            attending.say(conn, made[1], person, Choice.COMING, now=now - timedelta(days=1))
    return made[0]


def _screening(
    conn: Connection, dice: random.Random, author: int, people: list[int], *, now: datetime
) -> None:
    """A screening of last month, closed: its group report is there to be looked at."""
    screening_wordings.publish_own(conn, now=now)
    form = publishing.published_version(conn, FORM)
    if form is None:
        return
    opened, secret = now - timedelta(days=40), secrets.token_bytes(BYTES)
    campaign = campaigns.open_campaign(
        conn,
        form,
        subject=words.SCREENING_SUBJECT,
        anonymity=form.anonymity,
        audience=Audience(),
        scope=REGION,
        opens_at=opened,
        closes_at=now - timedelta(days=20),
        author=author,
        request_key="demo:screening",
        now=opened,
    )
    for person in people:
        inviting.mark_asked(conn, campaign.id, person, now=opened)
        weariness = dice.uniform(0.1, 0.75)
        draft = screening.begin(
            conn, campaign.id, person, version=screening_consent.CURRENT, now=opened
        ).draft
        if draft is None or dice.random() > 0.8:
            continue
        given = {item: dice.random() < weariness for item in range(1, ITEMS + 1)}
        screening.describe(conn, draft.id, person, service=dice.choice(SERVICE), now=opened)
        screening.record_all(conn, draft.id, person, given)
        screening.ready(conn, draft.id, person, now=opened)
        screening_sealing.seal(conn, draft.id, person, secret, answer_buttons="", now=opened)
    screening_sealing.settle(conn, lambda _: secret, now=now)


@dataclass(frozen=True)
class _Card:
    """What an invented person says when getting acquainted."""

    name: tuple[str, str, str]
    place: str
    school: str
    position: str
    community: str


def _staff(conn: Connection, staff: Mapping[Role, int], *, now: datetime) -> int:
    """Returns the coordinator's id."""
    place, community = words.NETWORK_LEADER, communities()[0]
    office = (place, words.STAFF_SCHOOL, words.STAFF_POSITION, community)
    cards = {
        Role.ADMIN: _Card(words.ADMIN, *office),
        Role.COORDINATOR: _Card(words.COORDINATOR, *office),
        Role.ORGANISER: _Card(words.ORGANISER, *office),
        Role.TRAINEE: _Card(
            words.TRAINEE, place, words.TRAINEE_SCHOOL, words.TRAINEE_POSITION, community
        ),
    }
    ids = {}
    for role, card in cards.items():
        ids[role] = _arrive(conn, staff[role], card, now=now).id
        if role is Role.ADMIN:  # named by the settings
            continue
        invitations.create(
            conn,
            f"demo-{role}",
            Grant(role, REGION),
            created_by=ids[Role.ADMIN],
            now=now,
            expires_at=now + timedelta(days=1),
            uses=1,
        )
        invitations.use(conn, f"demo-{role}", ids[role], now=now)
    _register(conn, By(ids[Role.COORDINATOR], now))
    return ids[Role.COORDINATOR]


def _register(conn: Connection, by: By) -> None:
    """People whom the coordinator expects, none of whom has come yet."""
    place = words.NETWORK_LEADER
    names = zip(words.SURNAMES[:6], words.FIRST_NAMES[:6], words.PATRONYMICS[:6], strict=True)
    entries = [Entry(*name, search=folded(" ".join(name)), municipality=place) for name in names]
    number = register_loading.draft(conn, entries, by, source_key="demo")
    register_loading.load(conn, number, by=by)


def _own_form(conn: Connection, author: int, *, now: datetime) -> None:
    """What a coordinator's own questionnaire looks like: the template's, published for the region.

    Under a name of its own: whoever sends the template back makes a new one, not its version 2.
    """
    key = "demo:own-form"
    own = example().model_copy(update={"id": OWN_FORM, "title": words.OWN_FORM})
    draft = forms.receive(conn, own, (), author=author, source_key=key, now=now)
    forms.publish_draft(conn, draft, author, REGION, apart=False, now=now)


def _network(conn: Connection) -> None:
    kind = networks.NetworkKind.KRC
    network = networks.create(conn, words.NETWORK, kind, words.NETWORK_LEADER)
    networks.set_members(conn, network, words.NETWORK_MEMBERS)


def _teacher(dice: random.Random, place: str) -> _Card:
    names = (words.SURNAMES, words.FIRST_NAMES, words.PATRONYMICS)
    surname, first_name, patronymic = (dice.choice(each) for each in names)
    return _Card(
        (surname, first_name, patronymic),
        place,
        dice.choice(words.SCHOOLS).format(n=dice.randint(1, 6)),
        dice.choice(words.POSITIONS),
        dice.choice(communities()),
    )


def _arrive(conn: Connection, telegram_id: int, card: _Card, *, now: datetime) -> Person:
    person = people.arrive(conn, telegram_id, payload=None, now=now)
    people.consent(conn, person.id, consent.CURRENT, now=now, kind=PERSONAL_DATA)
    surname, first_name, patronymic = card.name
    said: dict[Field, str | int | None] = {
        Field.SURNAME: surname,
        Field.FIRST_NAME: first_name,
        Field.PATRONYMIC: patronymic,
        Field.MUNICIPALITY: card.place,
        Field.ORGANISATION: organisations.add(conn, card.place, card.school, sound(card.school)),
        Field.POSITION: card.position,
        Field.COMMUNITY: card.community,
    }
    people.say(conn, person.id, said, search=folded(" ".join(card.name)))
    people.finish_registration(conn, person.id, now=now)
    return person


def _campaign(
    conn: Connection, subject: str, author: int, opens: datetime, closes: datetime
) -> int:
    form = load_all()["event_satisfaction"]
    return campaigns.open_campaign(
        conn,
        form,
        subject=subject,
        anonymity=form.anonymity,
        audience=Audience(),
        scope=REGION,
        opens_at=opens,
        closes_at=closes,
        author=author,
        request_key=f"demo:{subject}",
        now=opens,
    ).id


def _answer(
    conn: Connection,
    dice: random.Random,
    response: Response,
    kindness: float,
    *,
    now: datetime,
) -> None:
    answers: dict[str, Answer] = {}
    while isinstance(step := next_step(response.questionnaire, answers, now=now), Ask):
        answer = _given(dice, step, kindness)
        answers[step.item.name] = answer
        record_answer(conn, response.id, response.person_id, step.item.name, answer, now=now)
    submit(conn, response.id, response.person_id, now=now)


def _given(dice: random.Random, ask: Ask, kindness: float) -> Answer:
    """A plausible answer: the kinder, the nearer to the first choice or the upper end."""
    item = ask.item
    if isinstance(item, SelectMultiple):
        names = [choice.name for choice in ask.choices if not choice.alone]
        return [name for name in names if dice.random() < 0.35] or names[:1]
    if isinstance(item, Closed):
        last = len(ask.choices) - 1
        return ask.choices[min(last, int(dice.expovariate(1 / (2.6 - 2.3 * kindness))))].name
    if isinstance(item, Range):
        values = item.values()
        missing = int(dice.expovariate(1 / (2.4 - 2.0 * kindness)))
        return values[max(0, len(values) - 1 - missing)]
    if item.required or dice.random() < 0.15:
        return dice.choice(words.WORDS)
    return None
