"""/networks by a table: what was understood, what would change, every fault."""

from collections.abc import Mapping, Sequence

from bot.people.network_file import Fault, NetworkTable, RowFault
from bot.people.network_words import Column
from bot.texts.grammar import counted
from bot.texts.networks import KINDS, period
from bot.texts.people import esc
from storage.people.network_plans import Change

SEND = (
    "Пришлите таблицу Excel (.xlsx) или Word (.docx): строка на сеть. Нужны столбцы «Тема сети» и "
    "«Лидер»; если есть — «Вид» (КРЦ, ЛСВ, МРЦ), «Участники» через запятую или по одному в строке, "
    "«Период». Проще всего взять таблицу кнопкой «Сети таблицей» и поправить её.\n\n"
    "Сначала покажу, что изменится; без вашего подтверждения ничего не изменится. Сети, которых в "
    "таблице нет, останутся как были."
)
NO_FILE = "Жду таблицу файлом .xlsx или .docx."
READING = "Читаю таблицу…"
CONFIRM = "Загрузить"
DROP = "Отменить"
DROPPED = "Загрузка отменена, сети не изменились."
GONE = "Эта загрузка уже закрыта. Если нужно, пришлите таблицу ещё раз."
NOTHING = "Всё уже так, как в таблице: менять нечего."
MOST = 12

_COLUMNS: Mapping[Column, str] = {Column.TITLE: "Тема сети", Column.LEADER: "Лидер"}
_FAULTS: Mapping[Fault, str] = {
    Fault.TITLE: "тема сети — от 3 до 100 знаков, а здесь «{said}»",
    Fault.KIND: "вид «{said}» незнаком: напишите КРЦ, ЛСВ или МРЦ",
    Fault.LEADER: "лидер «{said}»: нужен один муниципалитет, как в списке муниципалитетов",
    Fault.MEMBER: "участник «{said}» не найден: напишите, как в списке муниципалитетов",
    Fault.PERIOD: "период «{said}» непонятен: напишите, например, «сентябрь 2026 – август 2029»",
}


def understood(table: NetworkTable, changes: Sequence[Change]) -> str:
    """The dry run."""
    if table.missing:
        names = ", ".join(f"«{_COLUMNS[column]}»" for column in table.missing)
        return f"В таблице не нашлось столбцов: {names}. Добавьте их и пришлите файл ещё раз."
    lines = [f"<b>Понял: {counted(len(table.plans), 'сеть', 'сети', 'сетей')}</b>"]
    real = [change for change in changes if not change.same]
    if changes and not real:
        lines.append(NOTHING)
    lines += [_change(change) for change in real[:MOST]]
    if len(real) > MOST:
        lines.append(f"… и ещё {len(real) - MOST}.")
    if table.faults:
        rows = len({fault.row for fault in table.faults})
        count = counted(rows, "строке", "строках", "строках")
        lines.append(f"\n<b>Нужна поправка в {count}</b>, эти сети пока не изменятся:")
        lines += [_fault(fault) for fault in table.faults[:MOST]]
        if len(table.faults) > MOST:
            lines.append(f"… и ещё {len(table.faults) - MOST}.")
        lines.append("\nИсправьте и пришлите файл снова.")
    return "\n".join(lines)


def done(changes: Sequence[Change]) -> str:
    """After it was carried out."""
    new = sum(change.before is None for change in changes)
    changed = sum(change.before is not None and not change.same for change in changes)
    return f"Загружено: новых сетей {new}, изменено {changed}."


def _change(change: Change) -> str:
    plan, before = change.plan, change.before
    title = f"«{esc(plan.title)}»"
    size = counted(len(plan.members), "муниципалитет", "муниципалитета", "муниципалитетов")
    when = period(plan.since, plan.until)
    if before is None:
        lasts = f", {when}" if when else ""
        return f"• новая {title}: лидер {esc(plan.leader)}, всего {size}{lasts}"
    parts = []
    if before.leader != plan.leader:
        parts.append(f"лидер {esc(plan.leader)}")
    if plan.kind is not None and plan.kind is not before.kind:
        parts.append(KINDS[plan.kind])
    if change.joins:
        parts.append("войдут " + esc(", ".join(change.joins)))
    if change.leaves:
        parts.append("выйдут " + esc(", ".join(change.leaves)))
    if when and (plan.since, plan.until) != (before.since, before.until):
        parts.append(when)
    return f"• {title}: {'; '.join(parts)}"


def _fault(fault: RowFault) -> str:
    said = fault.said if len(fault.said) <= 60 else fault.said[:60] + "…"
    return f"• строка {fault.row}: {_FAULTS[fault.fault].format(said=esc(said))}"
