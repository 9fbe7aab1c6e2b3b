"""Loading a roadmap in chat: the summary, its doubts, what a corrected file changes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.texts import events as event_words
from bot.texts.grammar import counted, plural
from bot.texts.people import esc
from bot.texts.roadmap import doubt as doubt_words
from bot.texts.roadmap import when
from roadmap.changes import Changes, Pair
from roadmap.model import Event, Precision, Roadmap
from roadmap.periods import Period
from roadmap.settling import OpenDoubt
from storage.events.by_hand import ByHand, What

SECTIONS: Mapping[int | None, str] = {
    1: "Организационные мероприятия",
    2: "Нормативно-правовое обеспечение",
    3: "Аналитическая, экспертная и диагностическая деятельность",
    4: "Методическая деятельность",
    5: "Обобщение и распространение опыта",
    None: "Вне разделов",
}
PRECISIONS: Mapping[Precision, str] = {
    "day": "день назван",
    "month": "назван месяц",
    "part": "часть года (квартал, полугодие)",
    "none": "без даты",
}
FIELDS: Mapping[str, str] = {
    "number": "номер",
    "section": "раздел",
    "title": "название",
    "audience": "для кого",
    "responsible": "ответственный",
    "task": "кейс",
    "when": "срок",
}

SEND_FILE = (
    "Пришлите дорожную карту файлом Word (.docx) или Excel (.xlsx), как она есть. Я прочитаю "
    "таблицу, покажу, что понял, и ничего не внесу в календарь без вашего подтверждения.\n\n"
    "Исправленный файл присылайте так же: сравню с тем, что уже загружено."
)
WHOSE = "Чья это дорожная карта?"
READING = "Читаю файл…"
WRONG_KIND = "Дорожную карту читаю из файлов .docx и .xlsx. Пришлите, пожалуйста, такой файл."
TRY_AGAIN = "Исправленный файл можно прислать прямо сюда."
GONE = "Эта загрузка уже закрыта. Пришлите файл ещё раз."
DROPPED = "Загрузка отменена, в календаре ничего не изменилось."
NO_DOUBTS_LEFT = "Сомнений больше нет."
LAST_DOUBT = "Это было последнее сомнение."
ASK_TERM = (
    "Напишите срок так, как написали бы в таблице: «24 ноября 2026», «октябрь-ноябрь», "
    "«1 раз в квартал», «до 15 марта 2027»."
)
CHOOSE_YEAR = "Год в документе не назван. На какой год эта карта?"

DOUBTS = "Сомнения"
TABLE = "Таблица: что понято"
CHANGES = "Что изменится"
CONFIRM = "Внести в календарь"
CONFIRM_CANCEL = "Внести, убранные отменить"
CONFIRM_KEEP = "Внести, убранные оставить"
DROP = "Не загружать"
RIGHT = "Всё верно"
CORRECT = "Исправить срок"
LEAVE = "Оставить, дальше ›"
TO_SUMMARY = "‹ К сводке"
TO_EVENTS = "К мероприятиям"
DRY_RUN = "Что и когда уйдёт людям"
TABLE_NAME = "Что понято"
COLUMNS = (
    *("№", "Раздел", "Мероприятие", "Для кого", "Срок в файле", "Как понято", "Точность"),
    *("Ответственный", "Кейс", "Срок кейса", "Сомнения"),
)


def summary(
    roadmap: Roadmap,
    whose: str,
    *,
    year: str,
    doubts: int,
    changes: Changes | None,
    signed_up: int,
) -> str:
    """What was understood; `changes` None is the first file of this roadmap."""
    head = f"<b>{esc(roadmap.title or 'Дорожная карта')}</b>\n{whose}"
    if year:
        period = Period.parse(year)
        head += f" · {esc(year)} {'учебный год' if period and period.is_school else 'год'}"
    total = counted(len(roadmap.events), "мероприятие", "мероприятия", "мероприятий")
    by_section = Counter(event.section for event in roadmap.events)
    lines = [
        f"{'—' if number is None else number}. {SECTIONS[number]}: {by_section[number]}"
        for number in SECTIONS
        if by_section[number]
    ]
    by_precision = Counter(event.precision for event in roadmap.events)
    told = [f"{label}: {by_precision[key]}" for key, label in PRECISIONS.items()]
    parts = [head, f"Прочитано {total}.", "\n".join(lines), "\n".join(told)]
    if changes is not None:
        parts.append(_counts(changes))
    if signed_up:
        signed = plural(signed_up, "записан", "записаны", "записано")
        people = f"{signed} {counted(signed_up, 'человек', 'человека', 'человек')}"
        parts.append(
            f"На убранные из файла мероприятия {people}. Решите: отменить эти мероприятия "
            "(людям придёт сообщение) или оставить их в календаре."
        )
    if doubts:
        parts.append(
            f"Сомнений: {doubts}. Их можно разобрать сейчас или оставить: мероприятие всё равно "
            "попадёт в календарь, а о дне спросим организатора."
        )
    if not year:
        parts.append(CHOOSE_YEAR)
    return "\n\n".join(parts)


def _counts(changes: Changes) -> str:
    if not (changes.added or changes.changed or changes.moved or changes.removed):
        return "Такая карта уже загружена, отличий нет."
    return (
        "По сравнению с загруженной:\n"
        f"добавлено: {len(changes.added)}, перенесено: {len(changes.moved)}, "
        f"изменено: {len(changes.changed)}, убрано: {len(changes.removed)}, "
        f"без перемен: {len(changes.same)}"
    )


def change_lines(changes: Changes, signed_up: Sequence[int]) -> list[str]:
    """One line for every event that differs."""
    lines = [f"➕ {_named(event)}: {when(event)}" for event in changes.added]
    lines += [
        f"🔁 {_named(pair.after)}: было {when(pair.before)}, станет {when(pair.after)}"
        for pair in changes.moved
    ]
    lines += [f"✏️ {_named(pair.after)}: {_fields(pair)}" for pair in changes.changed]
    for event, people in zip(changes.removed, signed_up, strict=True):
        note = f" — записаны: {people}" if people else ""
        lines.append(f"➖ {_named(event)}{note}")
    return [esc(line) for line in lines]


BY_HAND_CHOICES: Mapping[bool, str] = {
    False: "Заданное вручную оставить",
    True: "Взять всё как в файле",
}


def choice(label: str, *, on: bool) -> str:
    """A button that is chosen or not."""
    return f"✓ {label}" if on else label


def by_hand(number: int, *, table: bool) -> str:
    """Under the summary: something was set by hand and the table says otherwise."""
    things = counted(number, "место", "места", "мест")
    will = (
        "Сейчас выбрано: взять как в файле. Кого это касается, получат одно сообщение."
        if table
        else "Сейчас выбрано: оставить, как задано вручную."
    )
    return (
        f"✋ Файл расходится с тем, что организаторы задали вручную: {things}. Какие — "
        f"в «{CHANGES}». {will}"
    )


def by_hand_lines(found: Sequence[ByHand], now: datetime) -> list[str]:
    """One line for everything that was set by hand; `now` is local."""
    return [f"✋ {esc(_named(one.event))}: {_by_hand(one, now)}" for one in found]


def _by_hand(one: ByHand, now: datetime) -> str:
    if one.what is What.AUDIENCE or one.meeting is None:
        return f"для кого, выбрано вручную; в файле — {esc(one.event.audience) or 'пусто'}"
    named = event_words.when(one.meeting, now, now.tzinfo or UTC)
    if one.what is What.SURPLUS:
        return f"встреча назначена вручную на {named}; в файле сроков стало меньше"
    return f"назначено вручную на {named}; в файле — {esc(when(one.event))}"


def changes_page(lines: Sequence[str]) -> str:
    """A page of what a corrected file changes."""
    shown = "\n\n".join(lines) or "Отличий нет."
    return f"<b>{CHANGES}</b>\n\n{shown}"


def _named(event: Event) -> str:
    title = event.title if len(event.title) <= 120 else event.title[:119] + "…"
    return f"{event.number} {title}".strip()


def _fields(pair: Pair) -> str:
    return ", ".join(FIELDS[field] for field in pair.fields)


def doubt(open_doubt: OpenDoubt, event: Event | None, place: int, total: int) -> str:
    """One doubt with what it is about."""
    head = f"<b>Сомнение {place} из {total}</b>"
    if event is None:
        return f"{head}\n\n{esc(doubt_words(open_doubt.doubt))}"
    return (
        f"{head}\n\n<b>{esc(_named(event))}</b>\n"
        f"В файле: {esc(event.term) or '—'}\nПонято: {esc(when(event))}\n\n"
        f"{esc(doubt_words(open_doubt.doubt))}"
    )


def doubts_button(number: int) -> str:
    """«Сомнения: 5»."""
    return f"{DOUBTS}: {number}"


def done(changes: Changes, *, first: bool, keep: bool, by_hand: int, table: bool) -> str:
    """The calendar has it."""
    if first:
        total = counted(len(changes.added), "мероприятие", "мероприятия", "мероприятий")
        head = f"Готово: в календаре {total}."
    else:
        gone = "оставлено убранных" if keep else "отменено"
        head = (
            f"Готово. Добавлено: {len(changes.added)}, перенесено: {len(changes.moved)}, "
            f"изменено: {len(changes.changed)}, {gone}: {len(changes.removed)}."
        )
    if by_hand:
        became = "заменено тем, что в файле" if table else "оставлено"
        head += f" Заданное вручную {became}: {by_hand}."
    return (
        f"{head}\n\nГде назван только месяц, за три недели спрошу организатора о дне и часе. "
        "После этого участники начнут получать напоминания."
    )


def table_row(event: Event) -> list[str | int | None]:
    """One event as a row of the spreadsheet; see `COLUMNS`."""
    task = event.task
    return [
        event.number,
        event.section,
        event.title,
        event.audience,
        event.term,
        when(event),
        PRECISIONS[event.precision],
        event.responsible,
        task.text if task else None,
        task.term if task else None,
        "\n".join(map(doubt_words, event.doubts)),
    ]


NEITHER = (
    "Если это анкета, в ней нужен лист survey: образец таблицы есть в разделе «Анкеты», /forms"
)
"""Under a workbook that came unasked and is no roadmap."""
