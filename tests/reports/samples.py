"""Invented campaigns for the tests of reports: no real people, no real answers."""

import random
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from reports.campaign import CampaignData, Respondent, Response
from surveys.answers import Answer
from surveys.loading import load_all
from surveys.questionnaire import (
    OTHER,
    Anonymity,
    Choice,
    Date,
    Decimal,
    Integer,
    Item,
    Measure,
    Questionnaire,
    Range,
    Rank,
    SelectMultiple,
    SelectOne,
    Text,
)

MOSCOW = ZoneInfo("Europe/Moscow")
OPENS = datetime(2027, 3, 1, 6, tzinfo=UTC)
CLOSES = datetime(2027, 3, 20, 18, tzinfo=UTC)
DEGREES = (
    Choice(name="no", label="Не удовлетворён(а)", score=1),
    Choice(name="rather_no", label="Скорее не удовлетворён(а)", score=2),
    Choice(name="partly", label="Частично", score=3),
    Choice(name="rather", label="Скорее удовлетворён(а)", score=4),
    Choice(name="yes", label="Полностью удовлетворён(а)", score=5),
)
SURNAMES = ("Чацкий", "Фамусов", "Молчалин", "Скалозуб", "Репетилов", "Загорецкий")
TOWNS = ("Глупов", "Калинов", "Скотопригоньевск", "Миргород", "Обломовка", "Градов")


def questionnaire(version: int = 1, *, dropped: bool = False) -> Questionnaire:
    """Every kind of item that can carry an answer; version 2 drops «room»."""
    items: list[Item] = [
        SelectOne(
            name="overall",
            label="Удовлетворены ли вы семинаром в целом?",
            choices=DEGREES,
            measure=Measure.SATISFACTION,
            required=True,
        ),
        SelectOne(name="room", label="Довольны ли вы залом?", choices=DEGREES),
        Range(
            name="pace",
            label="Каким был темп?",
            start_label="слишком медленным",
            end_label="слишком быстрым",
        ),
        Range(
            name="topical",
            label="Насколько актуальна тема?",
            start=0,
            end=100,
            step=10,
            measure=Measure.RELEVANCE,
        ),
        SelectOne(
            name="post",
            label="Ваша должность",
            choices=(
                Choice(name="teacher", label="Учитель"),
                Choice(name="head", label="Директор"),
                Choice(name="librarian", label="Педагог-библиотекарь"),
            ),
        ),
        SelectMultiple(
            name="useful",
            label="Что было полезно?",
            choices=(
                Choice(name="talk", label="Доклады"),
                Choice(name="practice", label="Практикум"),
                Choice(name="people", label="Общение с коллегами"),
            ),
            or_other=True,
            other_label="Другое",
        ),
        Rank(
            name="order",
            label="Расставьте темы по важности",
            choices=(
                Choice(name="ict", label="Цифровые средства"),
                Choice(name="lesson", label="Современный урок"),
            ),
        ),
        Integer(name="years", label="Сколько лет вы работаете?"),
        Decimal(name="hours", label="Сколько часов нужно на тему?"),
        Date(name="next", label="Когда удобно встретиться снова?"),
        Text(name="wish", label="Что бы вы изменили?", relevant="${overall} != 'yes'"),
    ]
    if dropped:
        items = [item for item in items if item.name != "room"]
    return Questionnaire(
        id="seminar", version=version, title="Семинар «Современный урок»", items=tuple(items)
    )


def answers(chance: random.Random, asked: Questionnaire) -> dict[str, Answer]:
    """Answers of one respondent to `questionnaire`."""
    names = {item.name for item in asked.items}
    grade = chance.choices([choice.name for choice in DEGREES], [1, 2, 4, 10, 12])[0]
    useful = [code for code in ("talk", "practice", "people") if chance.random() < 0.5]
    given: dict[str, Answer] = {
        "overall": grade,
        "room": chance.choice([choice.name for choice in DEGREES]),
        "pace": chance.choices([1, 2, 3, 4, 5], [1, 3, 9, 4, 1])[0],
        "topical": chance.choice(range(0, 101, 10)),
        "post": chance.choices(["teacher", "head", "librarian"], [20, 3, 1])[0],
        "useful": useful,
        "order": chance.sample(["ict", "lesson"], 2),
        "years": chance.randint(0, 45),
        "hours": chance.choice([1.5, 2, 4]),
        "next": f"2027-04-{chance.randint(1, 28):02}",
    }
    if chance.random() < 0.15:
        given["useful"] = {"choice": [*useful, OTHER], "other": chance.choice(["Буфет", "Музей"])}
    if chance.random() < 0.1:
        given["pace"] = None
    if grade != "yes":
        given["wish"] = chance.choice(
            ["Больше практики", "Раньше присылать программу", None, "=1+1", "Начинать в 10:00"]
        )
    return {name: answer for name, answer in given.items() if name in names}


def campaign(
    sizes: dict[str, int],
    *,
    anonymity: Anonymity = Anonymity.NAMED,
    versions: Iterable[Questionnaire] | None = None,
    answering: Callable[[random.Random, Questionnaire], dict[str, Answer]] = answers,
    invited: dict[str, int] | None = None,
    scope: frozenset[str] | None = None,
    seed: int = 7,
) -> CampaignData:
    """A closed campaign with so many responses from each municipality."""
    known = {each.version: each for each in versions or (questionnaire(),)}
    named = anonymity is Anonymity.NAMED

    def responses() -> Iterator[Response]:
        chance = random.Random(seed)
        for town, size in sizes.items():
            for number in range(size):
                asked = known[chance.choice(sorted(known))]
                yield Response(
                    version=asked.version,
                    answers=answering(chance, asked),
                    municipality=town,
                    organisation=f"СОШ № {1 + number % 7}",
                    position="учитель" if named else None,
                    community="Литература" if named else None,
                    respondent=Respondent(
                        SURNAMES[number % 6], "Александр", "Андреевич" if number % 3 else ""
                    )
                    if named
                    else None,
                    submitted_at=OPENS + timedelta(hours=5 * number + 16) if named else None,
                )

    asked_people = {town: 2 * size + 3 for town, size in sizes.items()}
    if invited is not None:
        asked_people = invited
    return CampaignData(
        versions=known,
        subject="Современный урок литературы",
        opens_at=OPENS,
        closes_at=CLOSES,
        made_at=CLOSES + timedelta(hours=1),
        zone=MOSCOW,
        anonymity=anonymity,
        invited=asked_people,
        responses=responses,
        scope=scope,
    )


def shipped() -> dict[str, Questionnaire]:
    """The questionnaires that come with the product."""
    return load_all()
