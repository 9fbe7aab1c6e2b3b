"""What is said about a questionnaire's workbook: faults with places, warnings, the template."""

from collections.abc import Iterable

from bot.texts import forms
from bot.texts import roadmap as files
from roadmap.refusals import RefusalCode, Refused
from surveys import faults as common
from surveys.advice import Advice, AdviceCode
from surveys.xlsform import Fault, FaultCode, Warn, WarnCode

FAULTS = {
    FaultCode.NOT_A_WORKBOOK: "Таблица не открывается. Откройте её в Excel или LibreOffice и "
    "сохраните заново как «Книга Excel (.xlsx)».",
    FaultCode.NO_SURVEY_SHEET: "Нет листа survey с вопросами (есть: {found}). Возьмите образец "
    "или переименуйте лист.",
    FaultCode.SURVEY_EMPTY: "На листе survey нет ни одной строки. Добавьте вопросы.",
    FaultCode.COLUMN_MISSING: "Нет столбца «{column}». Добавьте его в первую строку.",
    FaultCode.COLUMN_TWICE: "Столбец «{column}» стоит дважды. Уберите лишний.",
    FaultCode.TYPE_EMPTY: "Не указан вид вопроса. Напишите его в столбце type или сотрите строку.",
    FaultCode.TYPE_UNKNOWN: "Вида «{type}» не бывает.{maybe}",
    FaultCode.TYPE_UNSUPPORTED: "Вопросы вида «{type}» в чате не задать. Замените вид, например "
    "на text, или сотрите строку.",
    FaultCode.METADATA_USED: "«{name}» заполняет устройство, а в чате его нет. Уберите "
    "«{name}» из столбца «{column}»; сегодняшний день даёт today().",
    FaultCode.REPEAT: "Повторяющихся групп (repeat) в чате нет. Сотрите эту строку, а вопросы "
    "группы повторите столько раз, сколько нужно, каждый со своим name; или спросите всё одной "
    "строкой вида text.",
    FaultCode.GROUP_NOT_CLOSED: "Группа «{name}» начата и не закончена. Добавьте строку end group.",
    FaultCode.GROUP_NOT_OPEN: "Здесь end group, а группа не начата. Сотрите строку или добавьте "
    "begin group выше.",
    FaultCode.NAME_EMPTY: "Не заполнено имя. Придумайте короткое имя без пробелов.",
    FaultCode.LIST_NOT_NAMED: "После «{type}» нужно имя списка вариантов с листа choices.",
    FaultCode.LIST_UNKNOWN: "Списка «{list}» нет на листе choices.{maybe}",
    FaultCode.LIST_FROM_FILE: "Варианты из отдельного файла не поддерживаются. Перенесите их на "
    "лист choices.",
    FaultCode.FILTER_WITH_OTHER: "Отбор choice_filter и or_other вместе не работают. Сотрите "
    "or_other, добавьте «Другое» в список «{list}» на листе choices, а слова спросите следующей "
    "строкой вида text с условием в relevant.",
    FaultCode.SAME_CODES: "Код варианта «{choice}» повторяется. Настройка allow_choice_duplicates "
    "это разрешает, но бот различает ответы по коду: дайте вариантам разные коды и сотрите её.",
    FaultCode.YES_OR_NO: "В столбце «{column}» стоит «{value}», а нужно yes или no.",
    FaultCode.NUMBER: "В «{column}» стоит «{value}», а нужно число.",
    FaultCode.PARAMETER_UNKNOWN: "Параметра «{parameter}» у этого вида вопросов нет{allowed}.",
    FaultCode.CALCULATION_EMPTY: "Не заполнен столбец calculation. Напишите, что вычислить.",
    FaultCode.SETTING: "В «{setting}» стоит «{value}», а бывает: {allowed}.",
    FaultCode.STANDARD: "Проверка по стандарту XLSForm говорит: {message}",
}

WARNINGS = {
    WarnCode.COLUMN_UNUSED: "Столбец «{column}» бот не использует.",
    WarnCode.LANGUAGE_CHOSEN: "Вопросы будут на языке «{language}» (есть ещё: {others}).",
    WarnCode.METADATA_LEFT_OUT: "Строки {types} заполняет устройство, а в чате его нет: бот их "
    "пропустит. Кто и когда ответил, видно в сводке именного опроса.",
    WarnCode.TITLE_MISSING: "Нет названия: заполните form_title на листе settings.",
}

ADVICE = {
    AdviceCode.LONG_QUESTION: "Длинный вопрос: {length} знаков, на телефоне удобно до {most}.",
    AdviceCode.LONG_CHOICES: "Длинный вариант («{label}»): на кнопке видно до {most} знаков, "
    "поэтому варианты встанут в текст, а на кнопках будут номера.",
    AdviceCode.MANY_CHOICES: "Вариантов {count}: до {most} выбирать легче.",
    AdviceCode.MANY_QUESTIONS: "Вопросов {count}: после {most} многие бросают на середине.",
    AdviceCode.ONE_CHOICE: "Вариант всего один: выбирать не из чего.",
    AdviceCode.LONG_ORDER: "Расставить по порядку {count} вариантов трудно: удобно до {most}.",
    AdviceCode.WORDS_IN_ANONYMOUS: "В анонимной анкете спрашивают свои слова: попросите в "
    "подсказке не называть имён.",
    AdviceCode.FILE_IN_ANONYMOUS: "В анонимной анкете спрашивают файл, а он выдаёт автора: "
    "опубликовать её не получится. Поставьте anonymity = named или уберите вопрос.",
    AdviceCode.APPEARANCE_UNUSED: "Вид «{appearance}» в чате ничего не меняет.",
    AdviceCode.DEFAULT_UNFIT: "Ответ по умолчанию «{value}» к этому вопросу не подходит: "
    "он предложен не будет.",
    AdviceCode.BANDS_GAP: "Между {low} и {high} на листе bands пропуск: такой результат "
    "останется без слов.",
}

REFUSALS = {
    RefusalCode.WRONG_TYPE: "Это не книга Excel (.xlsx). Сохраните анкету в этом виде.",
    RefusalCode.OLD_FORMAT: "Это старый вид таблицы (.xls). Откройте её и сохраните как .xlsx.",
    RefusalCode.TOO_MANY_ROWS: "В файле слишком много строк (читается до {most}). Оставьте "
    "только листы анкеты.",
    RefusalCode.TOO_MUCH: "В файле слишком много текста или вложенных частей. Оставьте только "
    "листы анкеты.",
}
"""Where the words about a roadmap's file would mislead; the others serve both."""

LEFT_OF_TEMPLATE = (
    "Лист settings: в about осталась фраза из образца, и участники её увидят. Напишите свои слова "
    "или сотрите её."
)

OK_LABEL = "Понятно"
"""What the button of an acknowledge item says."""

READY = "Анкета «{title}» читается без ошибок: вопросов {questions}."
WITH_FAULTS = "В анкете есть ошибки ({count}). Исправьте их в таблице и повторите."
TEMPLATE_WRITTEN = "Образец анкеты сохранён: {path}"


def fault(found: Fault) -> str:
    """One fault in one line: place, reason, remedy."""
    if isinstance(found.code, common.FaultCode):
        text = forms.fault(common.Fault(found.code, "", found.args))
    else:
        text = FAULTS[found.code].format(**_args(found))
    item = f"«{found.item}»: " if found.item else ""
    place = _place(found)
    return f"{place}: {item}{text}" if place else f"{item}{text}"


def bulleted(sentences: Iterable[str]) -> list[str]:
    """A line each."""
    return [f"• {each}" for each in sentences]


def warning(found: Warn) -> str:
    """One warning in one line."""
    args = {
        name: ", ".join(map(str, value)) if isinstance(value, list) else value
        for name, value in found.args.items()
    }
    return f"Лист {found.sheet}: {WARNINGS[found.code].format(**args)}"


def advised(found: Advice) -> str:
    """One piece of advice in one line."""
    item = f"«{found.item}»: " if found.item else ""
    return f"{item}{ADVICE[found.code].format(**found.args)}"


def refusal(refused: Refused) -> str:
    """Why a file that was to be a questionnaire is not read."""
    own = REFUSALS.get(refused.code)
    return files.refusal(refused) if own is None else own.format(**refused.needs)


def _args(found: Fault) -> dict[str, object]:
    args: dict[str, object] = dict(found.args)
    if found.code is FaultCode.PARAMETER_UNKNOWN:
        allowed = args["allowed"]
        known = ", ".join(map(str, allowed)) if isinstance(allowed, list) else ""
        args["allowed"] = f" (бывают: {known})" if known else ". Сотрите его"
    lists = args.pop("lists", None)
    there = ", ".join(map(str, lists)) if isinstance(lists, list) else ""
    closest = args.pop("closest", None)
    otherwise = f" Там есть: {there}. Исправьте его." if there else " Исправьте его."
    args["maybe"] = f" Возможно, вы имели в виду «{closest}»?" if closest else otherwise
    return {
        name: ", ".join(map(str, value)) if isinstance(value, list) else value
        for name, value in args.items()
    }


def _place(found: Fault) -> str:
    parts = [f"лист {found.sheet}" if found.sheet else ""]
    parts.append(f"строка {found.row}" if found.row else "")
    parts.append(f"столбец {found.column}" if found.column else "")
    place = ", ".join(filter(None, parts))
    return place[:1].upper() + place[1:]


# --- The template ---------------------------------------------------------------------------------

TEMPLATE_ID = "moya_anketa"
TEMPLATE_TITLE = "Моя анкета"
TEMPLATE_ABOUT = "Пара слов о том, зачем эти вопросы и сколько займут времени."
TEMPLATE_THANKS = "Спасибо за ответы."
TEMPLATE_CAME = "Вы были на семинаре?"
TEMPLATE_YES, TEMPLATE_NO = "Да", "Нет"
TEMPLATE_LIKED = "Насколько семинар был полезен?"
TEMPLATE_LOW, TEMPLATE_HIGH = "совсем не полезен", "очень полезен"
TEMPLATE_WHY = "Что понравилось?"
TEMPLATE_WHY_HINT = "Можно выбрать несколько."
TEMPLATE_WHYS = (("topic", "Тема"), ("people", "Люди"), ("materials", "Материалы"))
TEMPLATE_HOURS = "Сколько часов вы готовы уделять учёбе в месяц?"
TEMPLATE_HOURS_FAULT = "Часов в месяце — от 0 до 200."
TEMPLATE_PHOTO = "Покажите семинар на фотографии"
TEMPLATE_PHOTO_HINT = "Хватит одной. Нет под рукой — пропустите."
TEMPLATE_MORE = "Что добавите своими словами?"
TEMPLATE_MORE_HINT = "Можно пропустить. Имён, пожалуйста, не называйте."
TEMPLATE_GROUP = "О семинаре"

INSTRUCTIONS_SHEET = "как заполнить"
INSTRUCTIONS = (
    (
        "Что это",
        "Образец анкеты в стандарте XLSForm. Замените вопросы своими и пришлите файл боту.",
    ),
    (
        "Лист survey",
        "Каждая строка — вопрос. type — вид, name — короткое имя без пробелов, label — текст.",
    ),
    (
        "Лист choices",
        "Варианты ответов: list_name — имя списка, name — код, label — что видит человек.",
    ),
    (
        "Лист settings",
        "Название, приветствие (about), благодарность (thanks), анонимность (anonymity).",
    ),
    (
        "Виды вопросов",
        "select_one СПИСОК — один ответ; select_multiple СПИСОК — несколько; слово "
        "or_other в конце добавляет «Другое»; range — шкала; integer, decimal — число; "
        "text — слова; date — дата; note — пояснение; acknowledge — «понятно»; "
        "rank СПИСОК — по порядку; "
        "file, image, audio — файл, фото, запись; calculate — вычислить.",
    ),
    (
        "Имена и файлы",
        "anonymity = named — с именем, anonymous — анонимно. Файл выдаёт автора, поэтому в "
        "анонимной анкете строки image, audio и file уберите: с ними её не опубликовать.",
    ),
    ("required", "yes — без ответа дальше нельзя; пусто — вопрос можно пропустить."),
    ("relevant", "Когда спрашивать: ${came} = 'yes'. Имя прежнего вопроса пишется в ${ }."),
    ("constraint", "Какой ответ годится: . >= 0 and . <= 200. Точка — сам ответ."),
    ("parameters", "Для range: start=1 end=5 step=1. Для списков: randomize=true."),
    ("measure", "satisfaction — посчитать долю удовлетворённых (две высшие оценки из пяти)."),
    ("Группы", "begin group … end group: общее условие для нескольких вопросов."),
    (
        "Баллы",
        "score на листе choices — балл варианта; calculate складывает; лист bands толкует сумму.",
    ),
    (
        "Готово",
        "Бот проверит файл и назовёт все ошибки сразу: лист, строку, столбец и что исправить.",
    ),
)
