"""The engine: what is asked next, what is taken, what is remembered."""

from datetime import UTC, datetime

import pytest

from surveys.answers import Answer, FileAnswer
from surveys.engine import (
    Accepted,
    Ask,
    Code,
    Refusal,
    Review,
    accept,
    back,
    check,
    effective,
    forward,
    next_step,
    step_at,
    summary,
    validate_answers,
    with_choice,
)
from surveys.questionnaire import (
    Acknowledge,
    Calculate,
    Choice,
    Date,
    Group,
    Integer,
    Note,
    Questionnaire,
    Range,
    Rank,
    SelectMultiple,
    SelectOne,
    Text,
    Upload,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
YES_NO = (Choice(name="yes", label="Да"), Choice(name="no", label="Нет"))

VISIT = Questionnaire(
    id="visit",
    version=1,
    title="Выезд",
    items=(
        Note(name="hello", label="Здравствуйте"),
        SelectOne(name="came", label="Вы приезжали?", choices=YES_NO, required=True),
        Date(
            name="day",
            label="Когда?",
            relevant="${came} = 'yes'",
            constraint=". <= today()",
            constraint_message="Этот день ещё не наступил",
        ),
        SelectMultiple(
            name="liked",
            label="Что понравилось ${day}?",
            relevant="${came} = 'yes'",
            or_other=True,
            other_label="Другое",
            choices=(
                Choice(name="people", label="Люди, с которыми познакомились"),
                Choice(name="place", label="Площадка"),
                Choice(name="none", label="Ничего", alone=True),
            ),
        ),
        Text(name="why", label="Почему?", relevant="selected(${liked}, 'none')"),
        Calculate(name="count", calculation="count-selected(${liked})"),
        Range(name="mark", label="Оценка", end=10, start=0),
        Integer(name="guests", label="Сколько вас было?", relevant="${came} = 'yes'"),
    ),
)


def asked(answers: dict[str, Answer]) -> Ask:
    step = next_step(VISIT, answers, now=NOW)
    assert isinstance(step, Ask)
    return step


def taken(name: str, raw: str, answers: dict[str, Answer] | None = None) -> Answer:
    found = accept(VISIT, name, raw, answers or {"came": "yes", "liked": ["none"]}, now=NOW)
    assert isinstance(found, Accepted), found
    return found.answer


def refused(name: str, raw: str, answers: dict[str, Answer] | None = None) -> Code:
    found = accept(VISIT, name, raw, answers or {"came": "yes", "liked": ["none"]}, now=NOW)
    assert isinstance(found, Refusal), found
    return found.code


def test_a_conversation_walks_the_branch_that_applies_and_ends_in_the_review() -> None:
    answers: dict[str, Answer] = {}
    names = []
    for answer in (None, "yes", "2026-11-20", ["place"], 9, 3):
        step = asked(answers)
        names.append(step.item.name)
        answers[step.item.name] = answer
    assert names == ["hello", "came", "day", "liked", "mark", "guests"]
    assert next_step(VISIT, answers, now=NOW) == Review(5)


def test_a_branch_not_taken_is_never_asked() -> None:
    answers: dict[str, Answer] = {"hello": None, "came": "no"}
    assert asked(answers).item.name == "mark"
    assert isinstance(next_step(VISIT, answers | {"mark": 1}, now=NOW), Review)


def test_the_total_counts_what_can_still_apply_and_only_shrinks() -> None:
    steps = [
        asked({}),
        asked({"hello": None}),
        asked({"hello": None, "came": "yes"}),
        asked({"hello": None, "came": "yes", "day": None}),
        asked({"hello": None, "came": "yes", "day": None, "liked": ["place"]}),
    ]
    assert [(step.number, step.total) for step in steps] == [(0, 6), (1, 6), (2, 6), (3, 6), (4, 5)]
    assert (
        asked({"hello": None, "came": "no"}).number,
        asked({"came": "no", "hello": None}).total,
    ) == (
        2,
        2,
    )


def test_answers_of_a_branch_left_are_not_exported_but_come_back_with_the_branch() -> None:
    answers: dict[str, Answer] = {"came": "yes", "day": "2026-11-20", "liked": ["place"], "mark": 3}
    assert effective(VISIT, answers, now=NOW)["day"] == "2026-11-20"
    changed = answers | {"came": "no"}
    assert effective(VISIT, changed, now=NOW) == {"came": "no", "count": 0, "mark": 3}
    assert effective(VISIT, changed | {"came": "yes"}, now=NOW) == effective(
        VISIT, answers, now=NOW
    )


def test_back_and_forward_are_each_others_undoing() -> None:
    answers: dict[str, Answer] = {"hello": None, "came": "yes", "day": None, "liked": ["place"]}
    here = back(VISIT, answers, "mark", now=NOW)
    assert isinstance(here, Ask)
    assert here.item.name == "liked"
    assert here.answer == ["place"]
    there = forward(VISIT, answers, "liked", now=NOW)
    assert isinstance(there, Ask)
    assert there.item.name == "mark"


def test_back_from_the_first_item_stays_and_from_the_review_goes_to_the_last() -> None:
    first = back(VISIT, {}, "hello", now=NOW)
    assert isinstance(first, Ask)
    assert (first.item.name, first.first) == ("hello", True)
    answers: dict[str, Answer] = {"hello": None, "came": "no", "mark": 5}
    last = back(VISIT, answers, None, now=NOW)
    assert isinstance(last, Ask)
    assert last.item.name == "mark"


def test_forward_does_not_pass_an_item_without_an_answer() -> None:
    step = forward(VISIT, {"hello": None}, "came", now=NOW)
    assert isinstance(step, Ask)
    assert step.item.name == "came"


def test_an_item_that_no_longer_applies_cannot_be_opened_or_answered() -> None:
    answers: dict[str, Answer] = {"hello": None, "came": "no"}
    step = step_at(VISIT, answers, "day", now=NOW)
    assert isinstance(step, Ask)
    assert step.item.name == "mark"
    for name in ("day", "count", "stranger"):
        assert check(VISIT, name, "2026-11-20", answers, now=NOW) == Refusal(Code.NOT_ASKED)
        found = accept(VISIT, name, "вчера", answers, now=NOW)
        assert isinstance(found, Refusal)
        assert found.code is Code.NOT_ASKED


def test_a_label_recalls_an_earlier_answer() -> None:
    assert asked({"hello": None, "came": "yes", "day": "2026-11-20"}).label == (
        "Что понравилось 2026-11-20?"
    )


def test_a_required_item_is_not_skipped_and_another_is() -> None:
    assert check(VISIT, "came", None, {}, now=NOW) == Refusal(Code.REQUIRED, {"message": None})
    assert taken("day", "пропустить") is None
    assert refused("came", "Пропустить") is Code.REQUIRED


def test_the_constraint_speaks_in_the_questionnaires_own_words() -> None:
    found = accept(VISIT, "day", "завтра", {"came": "yes"}, now=NOW)
    assert found == Refusal(Code.CONSTRAINT, {"message": "Этот день ещё не наступил"})


def test_the_fuller_help_comes_with_the_second_miss() -> None:
    first = accept(VISIT, "mark", "хорошо", {}, now=NOW)
    second = accept(VISIT, "mark", "хорошо", {}, now=NOW, misses=1)
    assert isinstance(first, Refusal)
    assert isinstance(second, Refusal)
    assert (first.help, second.help) == (False, True)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("15.03.2026", "2026-03-15"),
        ("15.03.26", "2026-03-15"),
        ("15.03", "2026-03-15"),  # the nearest, in March 2027, has not come yet
        ("15 марта", "2026-03-15"),
        ("15 марта 2025 г.", "2025-03-15"),
        ("1-го мая", "2026-05-01"),
        ("2026-3-5", "2026-03-05"),
        ("5/11", "2026-11-05"),
        ("Вчера", "2026-11-21"),
        ("позавчера", "2026-11-20"),
        ("сегодня", "2026-11-22"),
        ("3 дня назад", "2026-11-19"),
        ("31 декабря", "2025-12-31"),
        ("29.02", None),
        ("29.02.2024", "2024-02-29"),
    ],
)
def test_dates_as_people_type_them(raw: str, day: str | None) -> None:
    if day is None:
        assert refused("day", raw) is Code.NO_SUCH_DATE
    else:
        assert taken("day", raw) == day


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("31.02", Code.NO_SUCH_DATE),
        ("32 марта", Code.NO_SUCH_DATE),
        ("15 мурта", Code.NOT_A_DATE),
        ("весной", Code.NOT_A_DATE),
        ("15", Code.NOT_A_DATE),
        ("  ", Code.WORDS_EXPECTED),
    ],
)
def test_what_is_no_date_is_told_so(raw: str, code: Code) -> None:
    assert refused("day", raw) is code


@pytest.mark.parametrize(
    ("raw", "value"),
    [("7", 7), ("семь", 7), ("7 из", 7), ("0", 0), ("10", 10), ("7,0", 7), ("около 7", 7)],
)
def test_a_mark_on_a_scale(raw: str, value: int) -> None:
    assert taken("mark", raw) == value


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("11", Code.OFF_SCALE),
        ("-1", Code.OFF_SCALE),
        ("4,5", Code.OFF_SCALE),
        ("от 2 до 3", Code.NOT_A_NUMBER),
        ("2-3", Code.NOT_A_NUMBER),
        ("хорошо", Code.NOT_A_NUMBER),
        ("1" * 16, Code.TOO_LONG),
    ],
)
def test_what_is_no_mark_is_told_so(raw: str, code: Code) -> None:
    assert refused("mark", raw) is code


def test_whole_numbers_take_thousands_apart_and_no_fractions() -> None:
    assert taken("guests", "1 200 человек") == 1200
    assert refused("guests", "4,5") is Code.NOT_WHOLE


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        ("2", ["place"]),
        ("1, 2", ["people", "place"]),
        ("2 1", ["people", "place"]),
        ("площадка", ["place"]),
        ("плошадка", ["place"]),
        ("Люди, с которыми познакомились", ["people"]),
        ("люди и площадка", ["people", "place"]),
        ("площадка; площадка", ["place"]),
        ("Другое: горы", {"choice": ["other"], "other": "горы"}),
        ("площадка, горы вокруг", {"choice": ["place", "other"], "other": "горы вокруг"}),
    ],
)
def test_choices_by_number_or_a_forgiving_label(raw: str, answer: Answer) -> None:
    assert taken("liked", raw) == answer


def test_a_choice_that_stands_alone_takes_no_company() -> None:
    assert refused("liked", "1, 3") is Code.ALONE
    liked = VISIT.item("liked")
    assert with_choice(liked, ["people", "place"], "none", on=True) == ["none"]
    assert with_choice(liked, ["none"], "place", on=True) == ["place"]
    assert with_choice(liked, ["place"], "place", on=False) is None
    assert with_choice(liked, ["place"], "place", on=True) == ["place"]


def test_other_wants_words() -> None:
    answers: dict[str, Answer] = {"came": "yes"}
    assert check(VISIT, "liked", ["other"], answers, now=NOW) == Refusal(Code.OTHER_IS_EMPTY)
    too_long: Answer = {"choice": ["other"], "other": "а" * 301}
    found = check(VISIT, "liked", too_long, answers, now=NOW)
    assert found == Refusal(Code.TOO_LONG, {"length": 301, "limit": 300})


@pytest.mark.parametrize("raw", ["да", "Да!", "ага", "1", "ДА", "yes"])
def test_yes_in_many_words(raw: str) -> None:
    assert taken("came", raw) == "yes"


def test_control_characters_never_reach_an_answer() -> None:
    assert taken("why", "так\x00 вышло\x1b") == "так вышло"


def test_validation_names_every_fault_and_forgives_remembered_answers() -> None:
    answers: dict[str, Answer] = {"came": "no", "day": "2026-11-20", "mark": 11, "ghost": 1}
    assert {
        name: each.code for name, each in validate_answers(VISIT, answers, now=NOW).items()
    } == {
        "mark": Code.OFF_SCALE,
        "ghost": Code.NOT_ASKED,
    }
    assert [*validate_answers(VISIT, {}, now=NOW)] == ["came"]


def test_the_summary_shows_labels_own_words_and_what_was_skipped() -> None:
    answers: dict[str, Answer] = {
        "came": "yes",
        "day": "2026-11-20",
        "liked": {"choice": ["place", "other"], "other": "горы"},
        "mark": None,
    }
    assert [(item.label, value) for item, value in summary(VISIT, answers, now=NOW)] == [
        ("Вы приезжали?", "Да"),
        ("Когда?", "20.11.2026"),
        ("Что понравилось 2026-11-20?", "Площадка; горы"),
        ("Оценка", None),
        ("Сколько вас было?", None),
    ]


WORKSHOP = Questionnaire(
    id="workshop",
    version=2,
    title="Мастерская",
    groups=(
        Group(name="outer", relevant="${ready} = 'OK'"),
        Group(name="inner", parent="outer", relevant="${place} = 'north'"),
    ),
    items=(
        Acknowledge(name="ready", label="Готовы?", choices=(Choice(name="OK", label="Готов(а)"),)),
        SelectOne(
            name="place",
            label="Где?",
            choices=(Choice(name="north", label="Север"), Choice(name="south", label="Юг")),
        ),
        SelectOne(
            name="town",
            label="Город",
            group="inner",
            choice_filter="side = ${place}",
            choices=(
                Choice(name="a", label="Арка", columns={"side": "north"}),
                Choice(name="b", label="Бор", columns={"side": "south"}),
            ),
        ),
        Rank(
            name="order",
            label="По важности",
            randomize=True,
            choices=tuple(Choice(name=name, label=f"Дело {name}") for name in "pqrst"),
        ),
        Upload(name="photo", type="image", label="Снимок"),
    ),
)


def test_a_group_within_a_group_applies_only_with_both() -> None:
    def names(answers: dict[str, Answer]) -> list[str]:
        return [item.name for item, _ in summary(WORKSHOP, answers, now=NOW)]

    assert "town" in names({"ready": "OK", "place": "north"})
    assert "town" not in names({"ready": None, "place": "north"})
    assert "town" not in names({"ready": "OK", "place": "south"})


def test_what_one_condition_rules_out_is_not_counted_whatever_the_others_may_become() -> None:
    def total(answers: dict[str, Answer]) -> int:
        step = next_step(WORKSHOP, answers, now=NOW)
        assert isinstance(step, Ask)
        return step.total

    assert (total({}), total({"ready": "OK"}), total({"ready": None})) == (5, 5, 4)


def test_filtered_choices_are_neither_offered_nor_taken() -> None:
    answers: dict[str, Answer] = {"ready": "OK", "place": "north"}
    step = next_step(WORKSHOP, answers, now=NOW)
    assert isinstance(step, Ask)
    assert [choice.name for choice in step.choices] == ["a"]
    found = check(WORKSHOP, "town", "b", answers, now=NOW)
    assert isinstance(found, Refusal)
    assert found.code is Code.NO_SUCH_CHOICE


def test_a_question_whose_every_choice_is_filtered_away_is_not_asked() -> None:
    town = WORKSHOP.item("town").model_copy(
        update={"required": True, "choice_filter": "side = concat(${place}, 'pole')"}
    )
    form = WORKSHOP.model_copy(update={"items": (*WORKSHOP.items[:2], town, WORKSHOP.items[3])})
    unsure = next_step(form, {"ready": "OK"}, now=NOW)
    known = next_step(form, {"ready": "OK", "place": "north"}, now=NOW)
    assert isinstance(unsure, Ask)
    assert isinstance(known, Ask)
    assert (unsure.total, known.total, known.item.name) == (4, 3, "order")


def test_shuffled_choices_keep_their_order_for_one_response() -> None:
    answers: dict[str, Answer] = {"ready": "OK", "place": "south"}

    def order(seed: int) -> str:
        step = next_step(WORKSHOP, answers, now=NOW, seed=seed)
        assert isinstance(step, Ask)
        return "".join(choice.name for choice in step.choices)

    assert all(order(7) == order(7) for _ in range(5))
    assert {"".join(sorted(order(seed))) for seed in range(20)} == {"pqrst"}
    assert len({order(seed) for seed in range(20)}) > 5


def test_nothing_of_this_stays_last_however_the_choices_are_shuffled() -> None:
    liked = VISIT.item("liked").model_copy(update={"randomize": True})
    form = VISIT.model_copy(update={"items": (VISIT.item("came"), liked)})
    for seed in range(10):
        step = next_step(form, {"came": "yes"}, now=NOW, seed=seed)
        assert isinstance(step, Ask)
        assert step.choices[-1].name == "none"


def test_a_rank_names_every_choice_once() -> None:
    answers: dict[str, Answer] = {"ready": "OK", "place": "south"}
    good: Answer = ["t", "s", "r", "q", "p"]
    assert check(WORKSHOP, "order", good, answers, now=NOW) == Accepted(good)
    short = check(WORKSHOP, "order", ["t", "s"], answers, now=NOW)
    assert short == Refusal(Code.RANK_ALL, {"count": 5})


def test_a_file_is_expected_where_a_file_is_asked() -> None:
    found = accept(WORKSHOP, "photo", "вот", {"ready": "OK"}, now=NOW)
    assert found == Refusal(Code.FILE_EXPECTED)
    given: FileAnswer = {"file": f"3f/{'a1' * 16}", "name": "фото.jpg", "size": 7}
    assert check(WORKSHOP, "photo", given, {}, now=NOW) == Accepted(given)
    for forged in ("a1b2", given | {"file": "../../etc/passwd"}):
        assert check(WORKSHOP, "photo", forged, {}, now=NOW) == Refusal(Code.FILE_EXPECTED)


@pytest.mark.parametrize("questionnaire", [VISIT, WORKSHOP])
def test_a_questionnaire_comes_back_equal_from_its_stored_text(
    questionnaire: Questionnaire,
) -> None:
    assert Questionnaire.from_json(questionnaire.to_json()) == questionnaire
