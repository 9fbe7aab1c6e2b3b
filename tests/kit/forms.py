"""A questionnaire with every item type, and people to answer it; the people are invented."""

import sqlite3
from datetime import UTC, datetime, timedelta, timezone

from storage.audiences import Audience
from storage.people import people
from storage.people.people import Field
from storage.questionnaires import campaigns
from storage.questionnaires.campaigns import Campaign
from storage.scopes import REGION, Scope
from surveys.questionnaire import (
    Acknowledge,
    Anonymity,
    Choice,
    Date,
    Decimal,
    Integer,
    Note,
    Questionnaire,
    Range,
    Rank,
    SelectMultiple,
    SelectOne,
    Text,
)

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=timezone(timedelta(hours=3)))

YES_NO = (Choice(name="yes", label="Да"), Choice(name="no", label="Нет"))

EVERYTHING = Questionnaire(
    id="everything",
    version=1,
    title="Всё сразу",
    about="О семинаре.",
    thanks="Спасибо. Ваш отзыв поможет.",
    editable_after_submit=True,
    items=(
        Note(name="hello", label="Начнём"),
        SelectOne(name="came", label="Вы были?", choices=YES_NO, required=True),
        SelectMultiple(
            name="liked",
            label="Что понравилось?",
            choices=(
                Choice(name="talks", label="Доклады"),
                Choice(name="people", label="Общение"),
                Choice(name="none", label="Ничего", alone=True),
            ),
            or_other=True,
            other_label="Другое",
            relevant="${came} = 'yes'",
        ),
        SelectOne(
            name="place",
            label="Где лучше?",
            choices=(Choice(name="school", label="В школе"), Choice(name="iro", label="В ИРО")),
            or_other=True,
            other_label="Другое",
        ),
        Range(
            name="score",
            label="Оценка",
            required=True,
            start_label="плохо",
            end_label="отлично",
        ),
        Rank(
            name="order",
            label="Что важнее?",
            choices=(
                Choice(name="a", label="Теория"),
                Choice(name="b", label="Практика"),
                Choice(name="c", label="Общение"),
            ),
        ),
        Integer(name="years", label="Стаж", constraint=". >= 0 and . <= 70"),
        Decimal(name="hours", label="Часы"),
        Date(name="when", label="Дата"),
        Text(name="words", label="Пожелания"),
        Acknowledge(name="ok", label="Прочитано", choices=(Choice(name="OK", label="Да"),)),
    ),
)

SURNAMES = ("Щеглова", "Синицын", "Зябликов", "Чижова", "Дроздов", "Снегирёва", "Скворцов")


def register(
    conn: sqlite3.Connection, telegram_id: int, municipality: str = "Крымский район"
) -> int:
    """A registered teacher; the person's id."""
    person = people.arrive(conn, telegram_id, payload=None, now=NOW)
    said: dict[Field, str | int | None] = {
        Field.SURNAME: SURNAMES[telegram_id % len(SURNAMES)],
        Field.FIRST_NAME: "Саша",
        Field.PATRONYMIC: "",
        Field.MUNICIPALITY: municipality,
        Field.POSITION: "учитель",
        Field.COMMUNITY: "физика",
    }
    people.say(conn, person.id, said, search="")
    people.finish_registration(conn, person.id, now=NOW)
    return person.id


def opened(
    conn: sqlite3.Connection,
    *,
    anonymity: Anonymity = Anonymity.NAMED,
    form: Questionnaire = EVERYTHING,
    audience: Audience | None = None,
    scope: Scope = REGION,
    key: str = "one",
    days: int = 7,
    editable: bool | None = None,
) -> Campaign:
    """A campaign open since an hour before `NOW`."""
    author = register(conn, 900_000)
    return campaigns.open_campaign(
        conn,
        form,
        subject="Семинар «Первый урок»",
        anonymity=anonymity,
        audience=audience or Audience(),
        scope=scope,
        opens_at=NOW.astimezone(UTC) - timedelta(hours=1),
        closes_at=NOW.astimezone(UTC) + timedelta(days=days),
        author=author,
        request_key=key,
        now=NOW,
        editable=editable,
    )
