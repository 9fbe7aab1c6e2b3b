"""What a questionnaire says beside its own words: refused answers, faults of a definition."""

from collections.abc import Iterable
from string import Formatter

from surveys.expressions import ExpressionCode
from surveys.faults import Fault, FaultCode
from surveys.questionnaire import (
    Acknowledge,
    Date,
    Decimal,
    Integer,
    Item,
    Note,
    Range,
    Rank,
    SelectMultiple,
    SelectOne,
    Text,
    Upload,
)
from surveys.refusals import Code, Refusal

OTHER_CHOICE = "Другое"
"""The label of the choice that `or_other` adds, where the questionnaire gives none."""

REFUSED = {
    Code.REQUIRED: "На этот вопрос нужен ответ.",
    Code.NOT_A_NUMBER: "Не получилось понять число. Напишите его цифрами.",
    Code.NOT_WHOLE: "Здесь нужно целое число, без дробной части.",
    Code.OFF_SCALE: "Выберите значение от {low} до {high}.",
    Code.NOT_A_DATE: "Не получилось понять дату.",
    Code.NO_SUCH_DATE: "Такого дня в календаре нет. Проверьте, пожалуйста, число и месяц.",
    Code.NO_SUCH_CHOICE: "Такого варианта нет.",
    Code.AMBIGUOUS_CHOICE: "Подходит несколько вариантов.",
    Code.ONE_CHOICE_ONLY: "Здесь можно выбрать только один вариант.",
    Code.ALONE: "«{label}» нельзя сочетать с другими вариантами.",
    Code.RANK_ALL: "Расставьте, пожалуйста, по порядку все варианты: их {count}.",
    Code.OTHER_IS_EMPTY: "Вы выбрали «Другое»: напишите, пожалуйста, что именно.",
    Code.TOO_LONG: "Слишком длинно: {length} знаков, а помещается {limit}. Сократите, пожалуйста.",
    Code.FILE_EXPECTED: "Здесь нужны не слова, а файл: прикрепите его к сообщению.",
    Code.WORDS_EXPECTED: "Ответ пустой. Напишите, пожалуйста, хотя бы слово.",
    Code.CONSTRAINT: "Такой ответ не подходит.",
    Code.NOT_ASKED: "Этот вопрос уже не нужен: вы изменили один из прежних ответов.",
}

MAYBE = " Возможно, вы имели в виду: {closest}?"

HELP: dict[type, str] = {
    SelectOne: "Нажмите кнопку с ответом или напишите номер варианта, например 2.",
    Acknowledge: "Нажмите кнопку под вопросом.",
    SelectMultiple: "Отметьте варианты кнопками или напишите их номера через запятую, "
    "например 1, 3.",
    Rank: "Нажимайте кнопки по порядку, начиная с самого важного, или напишите номера через "
    "запятую, например 3, 1, 2.",
    Range: "Нажмите кнопку с оценкой или напишите её цифрой.",
    Integer: "Напишите одно целое число цифрами, например 12.",
    Decimal: "Напишите одно число, дробную часть через запятую, например 4,5.",
    Date: "Напишите день и месяц, например 15.03 или 15 марта; можно с годом: 15.03.2026. "
    "Подойдут и слова «сегодня», «вчера».",
    Text: "Напишите ответ обычным сообщением.",
    Upload: "Нажмите скрепку рядом с полем ввода и выберите файл.",
    Note: "Прочитайте и нажмите «Дальше».",
}
SKIPPABLE = " Этот вопрос можно пропустить."


def refused(item: Item, refusal: Refusal) -> str:
    """Why an answer was not taken; from the second miss on also how to answer."""
    own = refusal.args.get("message")
    text = str(own) if own else _filled(REFUSED[refusal.code], refusal.args)
    closest = refusal.args.get("closest")
    if isinstance(closest, list) and closest:
        text += MAYBE.format(closest=", ".join(f"«{label}»" for label in closest))
    if refusal.help:
        text += "\n\n" + HELP.get(type(item), "") + ("" if item.required else SKIPPABLE)
    return text


# --- A definition that cannot be used: for whoever writes it -------------------------------------

FAULTS = {
    FaultCode.UNREADABLE: "Файл не читается: {reason}. Исправьте запись в этом месте.",
    FaultCode.ID_IS_NOT_THE_FILE_NAME: "Имя «{id}» внутри не совпадает с именем файла. "
    "Сделайте их одинаковыми.",
    FaultCode.MISSING: "Не заполнено поле «{column}». Добавьте его.",
    FaultCode.UNKNOWN_COLUMN: "Поля «{column}» не бывает. Проверьте написание или уберите его.",
    FaultCode.WRONG_VALUE: "В поле «{column}» стоит {given}, это не подходит ({reason}). "
    "Исправьте значение.",
    FaultCode.UNKNOWN_TYPE: "Вопросов вида «{given}» бот не умеет. Возьмите, например, select_one, "
    "select_multiple, range, integer, text, date или note.",
    FaultCode.UNKNOWN_LIST: "Списка вариантов «{list}» нет. Добавьте его или исправьте имя.",
    FaultCode.NO_QUESTIONS: "В анкете нет ни одного вопроса. Добавьте хотя бы один.",
    FaultCode.DUPLICATE_NAME: "Это имя стоит у нескольких вопросов. Дайте каждому своё.",
    FaultCode.BAD_NAME: "Имя «{name}» не подходит: нужны буквы, цифры, «_», «-», «.», без "
    "пробелов, первой буква. Переименуйте.",
    FaultCode.BAD_CHOICE_NAME: "Имя варианта «{name}» не подходит: в нём не должно быть пробелов. "
    "Переименуйте.",
    FaultCode.RESERVED_NAME: "Имя «{name}» занято вариантом «Другое», который добавляет or_other. "
    "Переименуйте свой вариант.",
    FaultCode.EMPTY_LABEL: "Нет текста в поле «{column}». Напишите его.",
    FaultCode.TOO_LONG: "Слишком длинное поле «{column}»: {length} знаков, а помещается {limit}. "
    "Сократите.",
    FaultCode.NO_CHOICES: "Нет ни одного варианта ответа. Добавьте их.",
    FaultCode.TOO_MANY_CHOICES: "Вариантов {count}, а под сообщением помещается {limit}. "
    "Разделите вопрос или спросите ответ текстом.",
    FaultCode.DUPLICATE_CHOICE: "Имя варианта «{choice}» повторяется. Дайте каждому своё.",
    FaultCode.DUPLICATE_CHOICE_LABEL: "Вариант «{label}» стоит дважды. Уберите или измените один.",
    FaultCode.EMPTY_RANGE: "Шкала от {start} до {end} пуста. Начало должно быть меньше конца.",
    FaultCode.UNEVEN_RANGE: "Шкала от {start} до {end} не делится на шаг {step}. Измените шаг "
    "или конец.",
    FaultCode.EXPRESSION: "В поле «{column}» выражение «{expression}»: {problem}.",
    FaultCode.UNKNOWN_REFERENCE: "В поле «{column}» упомянут вопрос «{name}», которого нет. "
    "Проверьте имя.",
    FaultCode.FORWARD_REFERENCE: "В поле «{column}» упомянут вопрос «{name}», который к этому "
    "месту ещё не задан. Поставьте его раньше или измените условие.",
    FaultCode.UNKNOWN_COLUMN_IN_FILTER: "В choice_filter упомянут столбец «{name}», которого нет "
    "в списке вариантов. Добавьте столбец или исправьте имя.",
    FaultCode.UNREACHABLE: "Этот вопрос никогда не будет задан: условие «{expression}» не "
    "выполняется ни при каких ответах. Исправьте условие или уберите вопрос.",
    FaultCode.UNKNOWN_GROUP: "Группы «{group}» нет. Добавьте её или исправьте имя.",
    FaultCode.GROUP_LOOP: "Группа вложена сама в себя (через «{group}»). Разорвите круг.",
    FaultCode.BAND_WITHOUT_ITEM: "Толкование дано для «{name}», а такого вопроса нет. "
    "Проверьте имя.",
    FaultCode.BAND_EMPTY: "Толкование от {low} до {high} пусто. Поменяйте границы местами.",
    FaultCode.BANDS_OVERLAP: "Толкования пересекаются: одно до {high}, следующее от {low}. "
    "Раздвиньте границы.",
    FaultCode.MEASURE_NEEDS_SCALE: "Показатель «{measure}» по этому вопросу не посчитать: нужны "
    "баллы у вариантов, пять ступеней шкалы или проценты от 0 до 100.",
}

EXPRESSIONS = {
    ExpressionCode.EMPTY: "оно пустое; напишите условие или оставьте поле незаполненным",
    ExpressionCode.TOO_LONG: "оно длиннее {what} знаков; разбейте его с помощью calculate",
    ExpressionCode.SYNTAX: "не понятно{near}; проверьте скобки, кавычки и знаки",
    ExpressionCode.UNKNOWN_FUNCTION: "функции {what}() бот не знает; проверьте имя",
    ExpressionCode.ARGUMENTS: "у функции {what}() не то число аргументов",
    ExpressionCode.BARE_NAME: "имя {what} стоит само по себе; вопрос пишется как ${{{what}}}, "
    "текст берётся в кавычки",
    ExpressionCode.BAD_REGEX: "неверный шаблон в regex() ({what})",
    ExpressionCode.FAILED: "его не удаётся вычислить ({what})",
}
NEAR = " около «{what}», знак {at}"
AT_END = ", оно обрывается"


def fault(found: Fault) -> str:
    """One fault in one line: where, what, how to mend it."""
    place = ", ".join(filter(None, (found.file, found.item and f"«{found.item}»")))
    args = dict(found.args)
    if found.code is FaultCode.EXPRESSION:
        near = _filled(NEAR, args) if args["what"] and args["at"] else AT_END
        problem = EXPRESSIONS[ExpressionCode(str(args["problem"]))]
        args["problem"] = problem.format(what=args["what"], near=near)
    text = _filled(FAULTS[found.code], args)
    return f"{place}: {text}" if place else text


def faults(found: Iterable[Fault]) -> str:
    """All faults, a line each."""
    return "\n".join(f"• {fault(each)}" for each in found)


def _filled(pattern: str, args: object) -> str:
    """The pattern with its arguments; numbers in Russian writing (4,5 and no 5.0)."""
    values = dict(args) if isinstance(args, dict) else {}
    names = [name for _, name, _, _ in Formatter().parse(pattern) if name]
    return pattern.format(**{name: _said(values.get(name, "")) for name in names})


def _said(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return str(value)
