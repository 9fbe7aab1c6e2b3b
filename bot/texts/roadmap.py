"""Roadmaps in words: when an event is, what is doubtful about it, why a file is not read."""

from datetime import date

from babel.dates import get_day_names, get_month_names

from bot.texts.grammar import counted
from roadmap.model import Doubt, DoubtCode, Event, Term, Window
from roadmap.periods import last_day
from roadmap.refusals import RefusalCode, Refused

MONTHS = get_month_names("wide", "stand-alone", "ru")
WEEKDAYS = get_day_names("wide", "stand-alone", "ru")
MONTHS_OF = get_month_names("wide", "format", "ru")

DOUBTS: dict[DoubtCode, str] = {
    DoubtCode.UNREAD: "Срок не прочитан: непонятно «{text}». Назовите дату или месяц.",
    DoubtCode.MISPRINT: "«{written}» прочитано как «{read_as}»: похоже на опечатку. Верно?",
    DoubtCode.NO_TERM: "Срок не указан. Назовите дату или месяц.",
    DoubtCode.YEAR_UNKNOWN: "Не сказано, какого года «{text}»: года нет ни в сроке, ни в строке, "
    "ни в названии плана.",
    DoubtCode.YEAR_AMBIGUOUS: "«{text}» можно отнести к разным годам. "
    "Допишите год к каждому сроку.",
    DoubtCode.IMPOSSIBLE_DATE: "Такого дня в календаре нет: «{text}». Исправьте дату.",
    DoubtCode.BACKWARDS: "Конец раньше начала: «{text}». Поправьте даты.",
    DoubtCode.RANGE_LEAVES_PLAN: "«{text}» не помещается в {plan} год плана. Допишите годы.",
    DoubtCode.OUTSIDE_PLAN: "Срок вне плана: {dates}, а план или строка на {plan} год.",
    DoubtCode.FINER_THAN_MONTH: "Написано «{text}»: прочитано как весь месяц. Уточните дни.",
    DoubtCode.TIME_LEFT_OUT: "Время «{text}» в календарь пока не внесено: назовите его, когда "
    "будете уточнять день.",
    DoubtCode.AT_LEAST: "Написано «не реже»: взято ровно столько раз в год: {times}.",
    DoubtCode.TIMES_DIFFER: "В плане сказано, сколько раз в год ({times}), а сроков названо: "
    "{windows}. Допишите или уберите сроки.",
    DoubtCode.STAGES_OUT_OF_ORDER: "Этапы идут не по порядку дат: проверьте годы.",
    DoubtCode.LIST_OUT_OF_ORDER: "Сроки названы не по порядку: проверьте годы.",
    DoubtCode.RANGE_OR_LIST: "«{text}»: срок с первой даты по вторую или две отдельные даты? "
    "Поставьте тире или запятую.",
    DoubtCode.EITHER: "Написано «или»: взяты все названные сроки. Оставьте нужный.",
    DoubtCode.WEEKDAY_DIFFERS: "Написано «{text}», а {day} — {weekday}. Проверьте число.",
    DoubtCode.HALF_OF_SCHOOL_YEAR: "«{text}»: полугодие учебного года или календарного? "
    "Назовите месяцы.",
    DoubtCode.SCHOOL_YEAR_IN_CALENDAR_PLAN: "Сказано «учебный год», а план на календарный {plan}: "
    "взят весь срок плана.",
    DoubtCode.NO_TITLE: "Нет названия мероприятия. Впишите его в таблицу.",
    DoubtCode.CONTINUED_ROW: "Следующая строка таблицы без номера присоединена "
    "к этому мероприятию. Если это отдельное мероприятие, дайте ему номер.",
    DoubtCode.NUMBER_MISSING: "В строке нет номера: прочитана как отдельное мероприятие.",
    DoubtCode.NUMBER_WAS_DATE: "Excel превратил номер в дату; прочитано как {number}.",
    DoubtCode.NUMBER_TWICE: "Номер {number} стоит у нескольких мероприятий. Дайте каждому свой.",
    DoubtCode.SECTION_DIFFERS: "Номер {number}, а строка стоит в разделе {section}. "
    "Проверьте номер.",
    DoubtCode.TASK_OUTSIDE_SECTION: "Кейс указан не в разделе 4. Проверьте, туда ли попала строка.",
    DoubtCode.TASK_WITHOUT_TERM: "У кейса нет срока. Назовите его.",
    DoubtCode.TASK_WITHOUT_LEVEL: "У кейса не назван уровень. Допишите его: репродуктивный, "
    "продуктивный творческий или продуктивный инновационный.",
    DoubtCode.TASK_TERM: "Срок кейса. {about}",
    DoubtCode.YEAR_OF_PLAN_UNKNOWN: "Год плана не назван: скажите его при загрузке "
    "(--year 2026 или --year 2026-2027).",
    DoubtCode.YEAR_OF_PLAN_UNCLEAR: "По названию непонятно, на какой год план: «{text}». "
    "Скажите год при загрузке.",
    DoubtCode.YEAR_SAID_DIFFERS: "Вы назвали {said}, а в документе {written}: взят год документа.",
    DoubtCode.YEAR_CELL_UNREAD: "Строка {row}: год не прочитан («{text}»).",
    DoubtCode.HEADING_UNREAD: "Строка {row}: заголовок не отнесён ни к одному разделу («{text}»).",
    DoubtCode.HEADING_BY_NUMBER: "Строка {row}: «{text}» отнесено к разделу {section} по номеру.",
    DoubtCode.COLUMN_LEFT_OUT: "Столбец «{text}» не перенесён.",
    DoubtCode.TABLE_LEFT_OUT: "Таблица {table} пропущена: в ней нет столбцов "
    "с мероприятием и сроком.",
    DoubtCode.SHEET_HIDDEN: "Лист «{sheet}» скрыт и пропущен.",
}

REFUSALS: dict[RefusalCode, str] = {
    RefusalCode.NOT_A_FILE: "Файл не найден. Проверьте путь и название.",
    RefusalCode.EMPTY: "Файл пустой. Сохраните его ещё раз и пришлите снова.",
    RefusalCode.TOO_LARGE: "Файл больше {megabytes} МБ. Удалите из него картинки и пришлите снова.",
    RefusalCode.WRONG_TYPE: "Это не документ Word (.docx) и не книга Excel (.xlsx). "
    "Сохраните дорожную карту в одном из этих видов.",
    RefusalCode.OLD_FORMAT: "Это старый вид документа (.doc или .xls). Откройте его и сохраните "
    "как .docx или .xlsx.",
    RefusalCode.PASSWORD: "Файл защищён паролем. Снимите пароль и пришлите снова.",
    RefusalCode.BROKEN: "Файл повреждён и не открывается. Сохраните его заново и пришлите снова.",
    RefusalCode.BOMB: "Файл устроен необычно: после распаковки он слишком велик. "
    "Скопируйте таблицу в новый документ.",
    RefusalCode.ENTITIES: "В файле есть то, чего в документах Word и Excel не бывает (DTD). "
    "Скопируйте таблицу в новый документ.",
    RefusalCode.OUTSIDE_LINK: "Файл просит загрузить часть себя из сети. Скопируйте таблицу "
    "в новый документ.",
    RefusalCode.TOO_MANY_ROWS: "В файле слишком много строк (читается до {most}). Оставьте "
    "только таблицу дорожной карты.",
    RefusalCode.FAR_CELL: "Ячейка {cell} стоит слишком далеко от таблицы. Очистите её или "
    "скопируйте таблицу на новый лист.",
    RefusalCode.TOO_MUCH: "В файле слишком много текста или вложенных частей. Оставьте только "
    "таблицу дорожной карты.",
    RefusalCode.TOO_SLOW: "Файл читается слишком долго. Скопируйте таблицу в новый документ.",
    RefusalCode.TOO_HEAVY: "Файл требует слишком много памяти. "
    "Скопируйте таблицу в новый документ.",
    RefusalCode.FAILED: "Прочитать файл не удалось: ошибка на нашей стороне, "
    "она записана в журнал. Попробуйте скопировать таблицу в новый документ.",
    RefusalCode.NO_TABLE: "В документе нет таблицы. Пришлите файл с таблицей дорожной карты.",
    RefusalCode.NO_HEADER: "Не нашлась таблица с заголовками: нужны хотя бы столбцы с мероприятием "
    "(«Мероприятие», «Содержание») и сроком («Сроки», «Дата»).",
}

WRONG_YEAR = "Год пишется так: 2022 или, для учебного года, 2021-2022."
NUMBER, TITLE, WHEN, ALL_GOOD = "№", "Мероприятие", "Когда", "Сомнений нет."
SECTION = "Раздел {n}"
NO_TITLE_OF_PLAN = "Без названия"
TASK = "Кейс: {text}"
TASK_DUE = " Срок: {due}"
DOUBT_MARK = "⚠ "
SUMMARY = (
    "Мероприятий: {events}; с днём: {day}; с месяцем: {month}; частями года: {part}; "
    "без даты: {none}."
)


def doubt(of: Doubt) -> str:
    """A doubt as a sentence."""
    args = dict(of.args)
    if of.code is DoubtCode.OUTSIDE_PLAN:
        edges = (_day(str(args.get(side, ""))) for side in ("start", "end"))
        args["dates"] = " – ".join(edge for edge in edges if edge)
    if of.code is DoubtCode.WEEKDAY_DIFFERS:
        args["day"] = day(date.fromisoformat(str(args["date"])))
        args["weekday"] = WEEKDAYS[int(args["weekday"])]
    if of.code is DoubtCode.TASK_TERM:
        inner = Doubt(
            code=DoubtCode(str(args["about"])), args={k: v for k, v in args.items() if k != "about"}
        )
        args["about"] = doubt(inner)
    return DOUBTS[of.code].format(**args)


def refusal(of: Refused) -> str:
    """Why a file is not read, and what to do."""
    return REFUSALS[of.code].format(**of.needs)


def when(of: Event | Term) -> str:
    """When an event is, as understood: «август 2022», «15–17 декабря 2026 г.», «без даты»."""
    said = []
    if of.every_years:
        said.append(
            "ежегодно"
            if of.every_years == 1
            else f"раз в {counted(of.every_years, 'год', 'года', 'лет')}"
        )
    if of.times_per_year:
        said.append(f"{counted(of.times_per_year, 'раз', 'раза', 'раз')} в год")
    if of.ongoing:
        said.append("постоянно")
    if of.precision == "part" and len(of.windows) > 4:
        said.append(f"{window(of.windows[0])} … {window(of.windows[-1])}")
    else:
        said += [window(w) for w in of.windows]
    return "; ".join(said) if of.windows or len(said) else "без даты"


def window(of: Window) -> str:
    """One window: whole months by name, days by number."""
    label = f"{of.label}: " if of.label else ""
    return label + _stretch(of.start, of.end)


def _stretch(start: date | None, end: date | None) -> str:
    if start is None or end is None:
        word, edge = ("до", end) if start is None else ("с", start)
        return f"{word} {day(edge)}" if edge else ""
    if start.day == 1 and end.day == last_day(end.year, end.month):
        if start.month == end.month and start.year == end.year:
            return f"{MONTHS[start.month]} {start.year}"
        first = MONTHS[start.month] + (f" {start.year}" if start.year != end.year else "")
        return f"{first} – {MONTHS[end.month]} {end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return day(end) if start == end else f"{start.day}–{day(end)}"
    year = f" {start.year}" if start.year != end.year else ""
    return f"{start.day} {MONTHS_OF[start.month]}{year} – {day(end)}"


def day(of: date) -> str:
    """A day by number: «8 декабря 2026 г.»."""
    return f"{of.day} {MONTHS_OF[of.month]} {of.year} г."


def _day(iso: str) -> str:
    return date.fromisoformat(iso).strftime("%d.%m.%Y") if iso else ""
