"""The functions of XLSForm expressions (see `surveys.xpath` for the values they work on).

Left out on purpose: what would make an answer depend on chance or on other files (`random`,
`uuid`, `pulldata`, `instance`), and repeats (`indexed-repeat`). Such a form is refused by name.
"""

import math
import re
from datetime import datetime

import regex

from surveys.xpath import Scope, Value, from_days, function, is_date, local, number, text, truth

PATIENCE = 0.05
"""Seconds that one pattern may take; honest ones take microseconds."""

NAME_IN_TEXT = re.compile(r"\$\{\s*([^}]+?)\s*\}")


def words(value: Value) -> list[str]:
    """A select_multiple answer is its choices' names with spaces between."""
    return text(value).split()


@function("true", 0)
def _true(_: Scope, _args: list[Value]) -> Value:
    return True


@function("false", 0)
def _false(_: Scope, _args: list[Value]) -> Value:
    return False


@function("not", 1)
def _not(_: Scope, args: list[Value]) -> Value:
    return not truth(args[0])


@function("boolean", 1)
def _boolean(_: Scope, args: list[Value]) -> Value:
    return truth(args[0])


@function("boolean-from-string", 1)
def _boolean_from_string(_: Scope, args: list[Value]) -> Value:
    return text(args[0]).lower() in {"true", "1"}


@function("if", 3)
def _if(_: Scope, args: list[Value]) -> Value:
    return args[1] if truth(args[0]) else args[2]


@function("coalesce", 2, -1)
def _coalesce(_: Scope, args: list[Value]) -> Value:
    return next((value for value in args if text(value) != ""), "")


@function("once", 1)
def _once(scope: Scope, args: list[Value]) -> Value:
    return scope.own if text(scope.own) else args[0]


@function("selected", 2)
def _selected(_: Scope, args: list[Value]) -> Value:
    return text(args[1]).strip() in words(args[0])


@function("count-selected", 1)
def _count_selected(_: Scope, args: list[Value]) -> Value:
    return len(words(args[0]))


@function("selected-at", 2)
def _selected_at(_: Scope, args: list[Value]) -> Value:
    names, at = words(args[0]), number(args[1])
    return names[int(at)] if 0 <= at < len(names) else ""


@function("jr:choice-name", 2)
def _choice_name(scope: Scope, args: list[Value]) -> Value:
    # ODK writes the item as a string: jr:choice-name(${town}, '${town}').
    item = NAME_IN_TEXT.sub(r"\1", text(args[1])).strip()
    return ", ".join(scope.label(item, name) for name in words(args[0]))


@function("string", 0, 1)
def _string(scope: Scope, args: list[Value]) -> Value:
    return text(args[0] if args else scope.own)


@function("concat", 1, -1)
def _concat(_: Scope, args: list[Value]) -> Value:
    return "".join(map(text, args))


@function("join", 1, -1)
def _join(_: Scope, args: list[Value]) -> Value:
    return text(args[0]).join(map(text, args[1:]))


@function("string-length", 0, 1)
def _string_length(scope: Scope, args: list[Value]) -> Value:
    return len(text(args[0] if args else scope.own))


@function("contains", 2)
def _contains(_: Scope, args: list[Value]) -> Value:
    return text(args[1]) in text(args[0])


@function("starts-with", 2)
def _starts_with(_: Scope, args: list[Value]) -> Value:
    return text(args[0]).startswith(text(args[1]))


@function("ends-with", 2)
def _ends_with(_: Scope, args: list[Value]) -> Value:
    return text(args[0]).endswith(text(args[1]))


@function("normalize-space", 0, 1)
def _normalize_space(scope: Scope, args: list[Value]) -> Value:
    return " ".join(text(args[0] if args else scope.own).split())


@function("translate", 3)
def _translate(_: Scope, args: list[Value]) -> Value:
    old, new = text(args[1]), text(args[2])
    table: dict[int, str | None] = {}
    for index, letter in enumerate(old):
        table.setdefault(ord(letter), new[index] if index < len(new) else None)
    return text(args[0]).translate(table)


@function("substr", 2, 3)
def _substr(_: Scope, args: list[Value]) -> Value:
    # Counted from 0, the end not included; XPath's own `substring` counts from 1.
    start = number(args[1])
    end = number(args[2]) if len(args) > 2 else math.inf
    if math.isnan(start) or math.isnan(end):
        return ""
    whole = text(args[0])
    # A slice knows no infinity; beyond the ends of the text all numbers are alike.
    first, last = (int(max(-len(whole), min(len(whole), each))) for each in (start, end))
    return whole[first:last]


@function("substring-before", 2)
def _substring_before(_: Scope, args: list[Value]) -> Value:
    before, found, _after = text(args[0]).partition(text(args[1]))
    return before if found else ""


@function("substring-after", 2)
def _substring_after(_: Scope, args: list[Value]) -> Value:
    return text(args[0]).partition(text(args[1]))[2]


@function("regex", 2)
def _regex(_: Scope, args: list[Value]) -> Value:
    # The whole value must match, as in ODK (Java's String.matches). A pattern like (a+)+b never
    # ends on some answers, so it gets a time limit: who runs into it has not matched.
    try:
        return regex.fullmatch(text(args[1]), text(args[0]), timeout=PATIENCE) is not None
    except (regex.error, TimeoutError):
        return False


@function("number", 0, 1)
def _number(scope: Scope, args: list[Value]) -> Value:
    return number(args[0] if args else scope.own)


@function("int", 1)
def _int(_: Scope, args: list[Value]) -> Value:
    value = number(args[0])
    return math.trunc(value) if math.isfinite(value) else math.nan


@function("floor", 1)
def _floor(_: Scope, args: list[Value]) -> Value:
    value = number(args[0])
    return math.floor(value) if math.isfinite(value) else value


@function("ceiling", 1)
def _ceiling(_: Scope, args: list[Value]) -> Value:
    value = number(args[0])
    return math.ceil(value) if math.isfinite(value) else value


@function("round", 1, 2)
def _round(_: Scope, args: list[Value]) -> Value:
    # Half up towards plus infinity (XPath), not to even (Python); the second argument is ODK's.
    value = number(args[0])
    places = number(args[1]) if len(args) > 1 else 0.0
    if not math.isfinite(value) or not -15 <= places <= 15:
        return value
    factor = 10.0 ** int(places)
    scaled = value * factor + 0.5
    return math.floor(scaled) / factor if math.isfinite(scaled) else value


@function("abs", 1)
def _abs(_: Scope, args: list[Value]) -> Value:
    return abs(number(args[0]))


@function("pow", 2)
def _pow(_: Scope, args: list[Value]) -> Value:
    try:
        return math.pow(number(args[0]), number(args[1]))
    except (OverflowError, ValueError):
        return math.nan


@function("sum", 1, -1)
def _sum(_: Scope, args: list[Value]) -> Value:
    return sum(number(value) for value in args if text(value) != "")


@function("min", 1, -1)
def _min(_: Scope, args: list[Value]) -> Value:
    return min((number(value) for value in args if text(value) != ""), default=math.nan)


@function("max", 1, -1)
def _max(_: Scope, args: list[Value]) -> Value:
    return max((number(value) for value in args if text(value) != ""), default=math.nan)


@function("count-non-empty", 1, -1)
def _count_non_empty(_: Scope, args: list[Value]) -> Value:
    return sum(text(value) != "" for value in args)


@function("position", 0, 1)
def _position(_scope: Scope, _args: list[Value]) -> Value:
    # `position(..)` is the number of the repeat; a chat has no repeats, so it is the first.
    return 1


@function("today", 0)
def _today(scope: Scope, _args: list[Value]) -> Value:
    return scope.now.date().isoformat()


@function("now", 0)
def _now(scope: Scope, _args: list[Value]) -> Value:
    return local(scope.now)


@function("date", 1)
def _date(_: Scope, args: list[Value]) -> Value:
    value = number(args[0])
    return from_days(value) if math.isfinite(value) else ""


@function("date-time", 1)
def _date_time(_: Scope, args: list[Value]) -> Value:
    return text(args[0]) if is_date(args[0]) else _date(_, args)


@function("decimal-date-time", 1)
def _decimal_date_time(_: Scope, args: list[Value]) -> Value:
    return number(args[0])


@function("format-date", 2)
@function("format-date-time", 2)
def _format_date(_: Scope, args: list[Value]) -> Value:
    # ODK's letters; names of months are left to the bot's texts, so %b gives the number.
    if not is_date(args[0]) or math.isnan(number(args[0])):
        return ""
    moment = datetime.fromisoformat(text(args[0]))
    parts = {
        "%Y": f"{moment.year:04}",
        "%y": f"{moment.year % 100:02}",
        "%m": f"{moment.month:02}",
        "%n": str(moment.month),
        "%b": f"{moment.month:02}",
        "%d": f"{moment.day:02}",
        "%e": str(moment.day),
        "%H": f"{moment.hour:02}",
        "%h": str(moment.hour),
        "%M": f"{moment.minute:02}",
        "%S": f"{moment.second:02}",
    }
    return re.sub(r"%[A-Za-z]", lambda found: parts.get(found[0], ""), text(args[1]))
