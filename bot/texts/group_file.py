"""Groups of trainees by a table: what was understood, what would change, every fault."""

from collections.abc import Mapping, Sequence

from bot.tasks.group_file import Fault, GroupTable, RowFault
from bot.texts.grammar import counted
from bot.texts.people import esc
from storage.people.people import Person
from storage.tasks.group_plans import Change

TABLE = "Группы таблицей"
UPLOAD = "Загрузить таблицу"
TABLE_FILE = "группы стажёров.xlsx"
TABLE_SHEET = "Группы"
TABLE_HEAD = ("Группа", "Площадка или территория", "Стажёр", "Руководитель")
TABLE_CAPTION = (
    "Группы как они есть, строка на стажёра. Поправьте таблицу и пришлите её обратно кнопкой "
    "«Загрузить таблицу»."
)
SEND = (
    "Пришлите таблицу Excel (.xlsx) или Word (.docx): строка на группу или на стажёра. Нужен "
    "столбец «Группа»; если есть — «Площадка» (организация, муниципалитет или сеть), «Стажёр» и "
    "«Руководитель» полным именем, в одной ячейке через запятую или по одному в строке. Проще "
    "всего взять таблицу кнопкой «Группы таблицей» и поправить её.\n\n"
    "Сначала покажу, что изменится; без вашего подтверждения ничего не изменится. Групп, которых в "
    "таблице нет, она не касается. Стажёры, которых в таблице группы нет, из неё выйдут."
)
NO_FILE = "Жду таблицу файлом .xlsx или .docx."
READING = "Читаю таблицу…"
CONFIRM = "Загрузить"
DROP = "Отменить"
DROPPED = "Загрузка отменена, группы не изменились."
GONE = "Эта загрузка уже закрыта. Если нужно, пришлите таблицу ещё раз."
NOTHING = "Всё уже так, как в таблице: менять нечего."
NO_HEADER = (
    "В таблице не нашлось столбца «Группа» и ещё одного: «Площадка», «Стажёр» или «Руководитель». "
    "Добавьте их и пришлите файл ещё раз."
)
MOST = 12

_FAULTS: Mapping[Fault, str] = {
    Fault.TITLE: "название группы — от 3 до 80 знаков, а здесь «{said}»",
    Fault.PLACE: (
        "площадка «{said}»: нужна одна из вашей территории; организацию пишите вместе с "
        "муниципалитетом, как в таблице, которую даёт бот"
    ),
    Fault.MEMBER: (
        "стажёр «{said}» не найден на территории группы: проверьте имя или пригласите в /invite"
    ),
    Fault.HEAD: "руководитель «{said}» не найден среди зарегистрированных людей вашей территории",
    Fault.NAMESAKES: "«{said}»: таких людей несколько, допишите отчество или отметьте его в чате",
}


def understood(table: GroupTable, changes: Sequence[Change]) -> str:
    """The dry run."""
    if not table.readable:
        return NO_HEADER
    lines = [f"<b>Понял: {counted(len(table.plans), 'группа', 'группы', 'групп')}</b>"]
    real = [change for change in changes if not change.same]
    if changes and not real:
        lines.append(NOTHING)
    lines += [_change(change) for change in real[:MOST]]
    if len(real) > MOST:
        lines.append(f"… и ещё {len(real) - MOST}.")
    if table.faults:
        rows = len({fault.row for fault in table.faults})
        count = counted(rows, "строке", "строках", "строках")
        lines.append(f"\n<b>Нужна поправка в {count}</b>, эти группы пока не изменятся:")
        lines += [_fault(fault) for fault in table.faults[:MOST]]
        if len(table.faults) > MOST:
            lines.append(f"… и ещё {len(table.faults) - MOST}.")
        lines.append("\nИсправьте и пришлите файл снова.")
    return "\n".join(lines)


def done(changes: Sequence[Change]) -> str:
    """After it was carried out."""
    new = sum(change.before is None for change in changes)
    changed = sum(change.before is not None and not change.same for change in changes)
    return f"Загружено: новых групп {new}, изменено {changed}."


def rows(
    title: str, where: str, members: Sequence[Person], heads: Sequence[Person]
) -> list[tuple[str, ...]]:
    """A group in the table that goes out and comes back: a row per member, heads in the first."""
    led = "; ".join(map(_name, heads))
    names = list(map(_name, members)) or [""]
    return [(title, where, name, led if place == 0 else "") for place, name in enumerate(names)]


def _name(person: Person) -> str:
    return " ".join(filter(None, (person.surname, person.first_name, person.patronymic)))


def _change(change: Change) -> str:
    title = f"«{esc(change.plan.title)}»"
    parts = []
    if change.joins:
        parts.append("войдут: " + _people(len(change.joins)))
    if change.leaves:
        parts.append("выйдут: " + _people(len(change.leaves)))
    if change.heads_on:
        parts.append(f"новых руководителей: {len(change.heads_on)}")
    if change.heads_off:
        parts.append(f"перестанут вести: {len(change.heads_off)}")
    said = f" — {'; '.join(parts)}" if parts else ""
    return f"• {'новая ' if change.before is None else ''}{title}{said}"


def _people(count: int) -> str:
    return counted(count, "стажёр", "стажёра", "стажёров")


def _fault(fault: RowFault) -> str:
    said = fault.said if len(fault.said) <= 60 else fault.said[:60] + "…"
    return f"• строка {fault.row}: {_FAULTS[fault.fault].format(said=esc(said))}"
