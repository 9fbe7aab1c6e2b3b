"""What is worth a second look before a questionnaire is published."""

from surveys.advice import AdviceCode, advice, columns_asked
from surveys.loading import load_all
from surveys.questionnaire import (
    Anonymity,
    Band,
    Calculate,
    Choice,
    Item,
    Questionnaire,
    Rank,
    SelectOne,
    Text,
)

YES_NO = (Choice(name="yes", label="Да"), Choice(name="no", label="Нет"))


def codes(*items: Item, anonymity: Anonymity = Anonymity.NAMED) -> list[tuple[str, str]]:
    form = Questionnaire(id="f", version=1, title="Анкета", items=items, anonymity=anonymity)
    return [(found.item, found.code.value) for found in advice(form)]


def many(count: int) -> tuple[Choice, ...]:
    return tuple(Choice(name=f"c{n}", label=f"Вариант {n}") for n in range(count))


def test_nothing_is_said_of_a_handy_question() -> None:
    assert codes(SelectOne(name="came", label="Вы были?", choices=YES_NO)) == []


def test_what_is_long_or_many_is_named_with_its_item() -> None:
    long = SelectOne(name="a", label="Почему? " * 60, choices=YES_NO)
    wide = SelectOne(name="b", label="Что?", choices=(Choice(name="x", label="ы" * 40), *YES_NO))
    full = SelectOne(name="c", label="Где?", choices=many(20))
    order = Rank(name="d", label="Что важнее?", choices=many(7))
    only = SelectOne(name="e", label="Да?", choices=YES_NO[:1])
    assert codes(long, wide, full, order, only) == [
        ("a", AdviceCode.LONG_QUESTION),
        ("b", AdviceCode.LONG_CHOICES),
        ("c", AdviceCode.MANY_CHOICES),
        ("d", AdviceCode.LONG_ORDER),
        ("e", AdviceCode.ONE_CHOICE),
    ]


def test_own_words_may_give_an_anonymous_respondent_away() -> None:
    words = Text(name="more", label="Что добавите?")
    assert codes(words) == []
    said = codes(words, anonymity=Anonymity.ANONYMOUS)
    assert said == [("more", AdviceCode.WORDS_IN_ANONYMOUS)]


def test_a_result_between_two_bands_would_have_no_words() -> None:
    def found(*edges: tuple[float, float]) -> list[AdviceCode]:
        bands = tuple(Band(item="sum", low=low, high=high, text="…") for low, high in edges)
        form = Questionnaire(
            id="f",
            version=1,
            title="Тест",
            items=(Calculate(name="sum", calculation="1"),),
            bands=bands,
        )
        return [each.code for each in advice(form)]

    assert found((0, 3), (4, 6)) == []
    assert found((0, 3), (5, 6)) == [AdviceCode.BANDS_GAP]


def test_an_appearance_counts_columns_or_says_nothing() -> None:
    def asked(appearance: str) -> int:
        item = SelectOne(name="a", label="Что?", choices=YES_NO, appearance=appearance)
        return columns_asked(item)

    assert [asked(words) for words in ("columns-3", "w4 columns", "likert", "minimal")] == [
        *(3, 2, 8, 0)
    ]
    item = SelectOne(name="a", label="Что?", choices=YES_NO, appearance="image-map")
    assert codes(item) == [("a", AdviceCode.APPEARANCE_UNUSED)]


def test_the_shipped_questionnaires_are_short_enough() -> None:
    allowed = {AdviceCode.WORDS_IN_ANONYMOUS, AdviceCode.LONG_CHOICES}
    for form in load_all().values():
        assert {found.code for found in advice(form)} <= allowed, form.id
