"""Spaces that must not break, put into texts on their way out and nowhere else."""

import pytest
from aiogram.types import MessageEntity
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.typesetting import UNBROKEN, typeset, typeset_around
from tests.handlers.test_event_reminders import comes
from tests.kit.events import planned
from tests.kit.people import registered
from tests.kit.world import PlainSpaces, World


@pytest.mark.parametrize(
    "shown",
    [
        "Приём до 24~ноября, 15:00 и~потом",
        "МБОУ СОШ №~5, «в~сети»",
        "Щеглова~А.~П. и~А.~П.~Щеглова~— эксперты",
        "5~вопросов, 83~%, 1~000~педагогов",
        "<b>В~3~классе</b> <code>а 5 дней в пути</code> и~ещё",
        '<a href="https://a.b/?q=1 c">с~1~января</a> по 5~мая',
        "<pre>5 дней</pre> 5~дней",
        "до 5 в~классе, 2 и~3",
        "Кто~— я~или ты",
        "• первое\n— второе",
    ],
)
def test_what_an_editor_keeps_together_stays_together(shown: str) -> None:
    set_so = shown.replace("~", UNBROKEN)
    assert typeset(shown.replace("~", " ")) == set_so
    assert typeset(set_so) == set_so


def test_code_of_an_entity_is_left_alone_behind_a_wide_sign() -> None:
    text = "😀 в коде 5 дней и 5 дней"
    code = MessageEntity(type="code", offset=3, length=13)
    bold = MessageEntity(type="bold", offset=17, length=1)
    assert typeset_around(text, [code, bold]) == "😀 в коде 5 дней и~5~дней".replace("~", UNBROKEN)


@given(st.text(alphabet="аБв 5№.—<b>/code\n😀", max_size=60))
def test_only_spaces_change_and_no_length(text: str) -> None:
    done = typeset(text)
    assert done.replace(UNBROKEN, " ") == text
    assert len(done.encode("utf-16")) == len(text.encode("utf-16"))


async def test_a_person_gets_them_and_may_send_them_back(world: World) -> None:
    start = world.clock().replace(month=12, day=24)
    await planned(world, "Семинар для школы № 5", start=start)
    anna = await registered(world, "Анна", "Щеглова", "Петровна")
    await comes(anna)
    session = world.app.session
    assert isinstance(session, PlainSpaces)
    assert "Когда: 24~декабря, четверг, 10:00".replace("~", UNBROKEN) in session.raw
    assert f"школы №{UNBROKEN}5" in session.raw
    await anna.says("/me")
    await anna.taps("Должность")
    await anna.says(f"учитель{UNBROKEN}физики")
    anna.sees("Должность: учитель физики")
