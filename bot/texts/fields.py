"""Asking for what a person says about themselves, and what is wrong with an answer."""

from collections.abc import Mapping, Sequence

from bot.people.names import LONGEST, NameFault
from bot.texts.people import address, esc
from storage.people.people import Field, Person

NAMES: Mapping[Field, str] = {
    Field.SURNAME: "Фамилия",
    Field.FIRST_NAME: "Имя",
    Field.PATRONYMIC: "Отчество",
    Field.MUNICIPALITY: "Муниципалитет",
    Field.ORGANISATION: "Организация",
    Field.POSITION: "Должность",
    Field.COMMUNITY: "Профессиональное сообщество",
}

ASK: Mapping[Field, str] = {
    Field.SURNAME: "Как вас зовут? Напишите фамилию, имя и отчество одной строкой, "
    "например: <i>Иванова Анна Петровна</i>.",
    Field.FIRST_NAME: "Теперь напишите ваше имя.",
    Field.PATRONYMIC: "И ваше отчество.",
    Field.MUNICIPALITY: "Где вы работаете? Напишите начало названия города или района "
    "(например, <i>темрюк</i>) или выберите из списка.",
    Field.ORGANISATION: "В какой организации вы работаете? Напишите коротко, например: "
    "<i>СОШ 5</i> или <i>детский сад 12</i>.",
    Field.POSITION: "Ваша должность? Выберите из списка или напишите своими словами.",
    Field.COMMUNITY: "К какому профессиональному сообществу вы ближе? Выберите одно или напишите, "
    "например: <i>физика</i>.",
}
EDIT: Mapping[Field, str] = {
    **ASK,
    Field.SURNAME: "Напишите вашу фамилию.",
    Field.FIRST_NAME: "Напишите ваше имя.",
    Field.PATRONYMIC: "Напишите ваше отчество.",
}

NO_PATRONYMIC = "Нет отчества"
NONE = "нет"
BACK = "‹ Назад"
KEEP = "‹ Оставить как есть"
ADD = "Добавить эту организацию"
TYPE_AGAIN = "Написать иначе"
WHOLE_LIST = "Показать весь список"

POSITIONS = (
    "учитель",
    "воспитатель",
    "педагог дополнительного образования",
    "педагог-психолог",
    "учитель-логопед",
    "социальный педагог",
    "преподаватель",
    "методист",
    "заместитель руководителя",
    "руководитель организации",
)

NO_MUNICIPALITY = (
    "Такого муниципалитета в крае не нашлось. Попробуйте написать иначе или выберите из списка."
)
WHICH = "Уточните, пожалуйста, — что из этого?"
NO_COMMUNITY = "Такого сообщества не нашлось. Попробуйте одно слово или выберите из списка."
WHICH_ORGANISATION = (
    "Ваша организация есть в этом списке? Если нет — добавьте её под вашим названием."
)
ORGANISATION_FAULT = (
    "Напишите название организации: от 2 до 120 знаков, хотя бы одна буква. "
    "Например: <i>МБОУ СОШ № 5</i>."
)
POSITION_FAULT = "Напишите должность словами: от 3 до 80 знаков. Например: <i>учитель физики</i>."
GONE = "Этого варианта больше нет. Выберите, пожалуйста, ещё раз."


def new_organisation(name: str) -> str:
    """Asks whether to add what was typed."""
    return f"Такой организации в списке ещё нет. Добавить «{esc(name)}»?"


def offered_organisations(name: str) -> str:
    """Similar ones are offered for what was typed."""
    return f"Вы написали: «{esc(name)}». {WHICH_ORGANISATION}"


def name_refused(faults: Sequence[tuple[NameFault, str]]) -> str:
    """Everything that is wrong with a typed name, and how to write it."""
    return "\n".join(_NAME[fault].format(esc(part)) for fault, part in faults)


_NAME: Mapping[NameFault, str] = {
    NameFault.EMPTY: "Не вижу имени — напишите его буквами.",
    NameFault.NOT_LETTERS: "«{}» — здесь не только буквы. Имя пишется буквами, можно с дефисом.",
    NameFault.INITIALS: "«{}» — напишите, пожалуйста, полностью, без сокращений.",
    NameFault.TOO_LONG: "«{}…» — слишком длинно: в одном слове до " + f"{LONGEST} букв.",
    NameFault.TOO_MANY_WORDS: "Слов больше, чем нужно (не более {}). Двойные имена и фамилии "
    "напишите через дефис.",
}


def known(field: Field, value: str) -> str:
    """One line of what is known: «Муниципалитет: Ейский район»."""
    return f"{NAMES[field]}: <b>{esc(value)}</b>"


def greeted(person: Person) -> str:
    """After the name: shows how the person will be spoken to."""
    return f"Очень приятно, {address(person)}."


def step(number: int, of: int) -> str:
    """How far the acquaintance has come."""
    return f"<i>Шаг {number} из {of}</i>"
