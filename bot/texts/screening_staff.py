"""What coordinators read who prepare a screening."""

from collections.abc import Sequence

from bot.texts.answering import clipped, esc
from bot.texts.grammar import counted
from bot.texts.screening import HELPLINE as SHIPPED
from surveys.screening_sheets import LONGEST, RowFault, SheetFault

OPEN, FOLLOW = "Открыть скрининг", "Ход и закрытие"
CONTACTS, HEADS, WORDING = "К кому обратиться", "Численность школ", "Формулировки"
HELPLINE, SHIPPED_HELPLINE = "Телефон помощи", "Вернуть прежний"
CLEAR = "Убрать контакты"
USE, USE_OWN = "Задавать эти формулировки", "Вернуть формулировки проекта"
EARLIER, LATER = "‹ Предыдущие", "Следующие ›"
TO_DESK = "‹ К скринингу"

DESK = (
    "<b>Скрининг: для координатора</b>\n\n"
    "Откройте его для своей территории, как любой опрос, и закройте, когда соберутся ответы. "
    "Результаты отдельных людей не видит никто, кроме них самих. После закрытия сводка появится "
    "в разделе «Сводки»: только группы от 10 человек, и меньшие из неё нельзя вычислить."
)


def desk(wording: str, *, own: bool, heads: int, contacts: str) -> str:
    """How it stands."""
    statements = f"Формулировки: {esc(wording)}" + (" (проекта, не авторские)." if own else ".")
    people = (
        "Численность: "
        + counted(heads, "строка загружена", "строки загружены", "строк загружено")
        + "."
        if heads
        else "Численность не загружена: доля прошедших будет посчитана от приглашённых."
    )
    whom = f"К кому обратиться:\n{esc(contacts)}" if contacts else "Контакты психологов не указаны."
    return f"{DESK}\n\n{statements}\n{people}\n{whom}"


ASK_CONTACTS = (
    "Напишите одним сообщением, к кому могут обратиться педагоги вашей территории: имя психолога, "
    "телефон, часы приёма. Этот текст увидит каждый под своим результатом."
)
CONTACTS_LIMIT = 600
CONTACTS_TOO_LONG = f"Поместится до {CONTACTS_LIMIT} знаков. Сократите, пожалуйста."
CONTACTS_SET = "Сохранено: контакты увидит каждый под своим результатом."
CONTACTS_CLEARED = "Контакты убраны."

HELPLINE_SET = "Сохранено: новый текст увидит каждый под своим результатом."


def ask_helpline(said: str) -> str:
    """What stands below everybody's result now, and how to change it."""
    return (
        "Под каждым результатом после контактов психологов стоит:\n\n"
        f"<i>{esc(said or SHIPPED)}</i>\n\n"
        "Пусть психолог проверит этот текст. Чтобы заменить его, напишите новый одним сообщением."
    )


ASK_HEADS = (
    "Пришлите таблицу .xlsx: в первом столбце муниципалитет, во втором организация (пусто — весь "
    "муниципалитет), в третьем численность педагогов. По ней посчитается доля прошедших. "
    "Загруженное раньше для вашей территории заменится."
)
ASK_WORDING = (
    "Пришлите таблицу .xlsx с формулировками, на которые у вашей организации есть право: "
    "84 строки, в первом столбце номер, во втором утверждение. Сначала покажу, что получилось."
)
SEND_FILE = "Жду файл таблицы .xlsx (до 2 МБ). Передумали — /cancel."
STALE = "Загруженной таблицы уже нет. Пришлите её, пожалуйста, ещё раз."


def heads_set(rows: int) -> str:
    """After loading headcounts."""
    return f"Загружено: {counted(rows, 'строка', 'строки', 'строк')}."


def wording_used(edition: str) -> str:
    """After activating."""
    return (
        f"Готово: новые скрининги будут задавать «{esc(edition)}». Идущие сейчас не меняются, у "
        "каждого результата записано, с какими формулировками он получен."
    )


def preview(edition: str, statements: Sequence[tuple[int, str]]) -> str:
    """A page of what was loaded."""
    lines = "\n".join(f"{number}. {esc(clipped(words, 120))}" for number, words in statements)
    return f"<b>{esc(edition)}</b>\nВсе 84 на месте. Проверьте по номерам.\n\n{lines}"


_FAULTS = {
    SheetFault.UNREADABLE: "это не таблица .xlsx или она больше 2 МБ. Сохраните её в Excel заново.",
    SheetFault.NUMBER: "в первом столбце «{value}», а нужен номер от 1 до 84.",
    SheetFault.TWICE: "«{value}» уже было выше. Оставьте одну строку.",
    SheetFault.EMPTY: "у номера {value} нет утверждения. Впишите его.",
    SheetFault.SAME: "то же утверждение, что у номера {value}. Проверьте.",
    SheetFault.TOO_LONG: f"утверждение длиной {{value}} знаков; поместится {LONGEST}.",
    SheetFault.MISSING: "нет строки с номером {value}. Добавьте её.",
    SheetFault.PLACE: "муниципалитета «{value}» в крае нет. Проверьте название.",
    SheetFault.FOREIGN: "{value} не на вашей территории. Уберите строку.",
    SheetFault.COUNT: "численность «{value}», а нужно целое число больше нуля.",
    SheetFault.NOTHING: "на первом листе нет строк.",
}
SHOWN = 40


def refused(faults: Sequence[RowFault]) -> str:
    """Every fault at once, by row; nothing of the sheet was taken."""
    lines = [
        (f"• строка {one.row}: " if one.row else "• ")
        + _FAULTS[one.fault].format(value=esc(clipped(one.value, 40)))
        for one in faults[:SHOWN]
    ]
    if len(faults) > SHOWN:
        lines.append(f"…и ещё {len(faults) - SHOWN}.")
    return "Таблица не загружена, ничего не изменилось:\n" + "\n".join(lines)
