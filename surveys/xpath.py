"""XPath as XLSForm speaks it: elementpath's XPath 1.0 parser with ODK's functions and types.

Only what a form needs is in the symbol table: no paths, axes or node tests, so an expression can
reach nothing but the answers. Meanings follow the ODK XForms specification
(https://getodk.github.io/xforms-spec/#xpath-functions):

- a value is a string, a number or a boolean; an empty answer is `""`;
- an ISO date (time) counts as days since 1970-01-01 in comparisons and arithmetic;
- a function never fails on odd input: what is no number is NaN, and NaN is shown as `""`.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from elementpath import XPathContext
from elementpath.namespaces import XPATH_FUNCTIONS_NAMESPACE
from elementpath.xpath1 import XPath1Parser
from elementpath.xpath_tokens import NameToken, XPathFunction, XPathToken

Value = str | int | float | bool
EPOCH = date(1970, 1, 1)
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?")


@dataclass(frozen=True)
class Scope:
    """What an expression may look at: answers, its own value, the moment, labels, a choice's row.

    `now` is aware; its zone decides `today()`. `label(item, choice)` is the label of a choice.
    """

    values: Mapping[str, Value]
    now: datetime
    own: Value = ""
    label: Callable[[str, str], str] = lambda _item, choice: choice
    columns: Mapping[str, str] | None = None


class Context(XPathContext):
    """elementpath's dynamic context, carrying the scope to our functions."""

    scope: Scope

    def __init__(self, scope: Scope) -> None:
        super().__init__(item=scope.own, current_dt=scope.now)
        self.scope = scope


def text(value: Value) -> str:
    """The string value: whole numbers without a point, NaN and infinity as nothing."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        return str(int(value)) if value == int(value) else repr(round(value, 12))
    return str(value)


def number(value: Value) -> float:
    """The numeric value; dates in days since the epoch; NaN where there is none."""
    if isinstance(value, bool | int | float):
        return float(value)
    value = value.strip()
    if ISO_DATE.fullmatch(value):
        try:
            return days(value)
        except ValueError:
            return math.nan
    # Python's float() also reads "1_0", "nan" and "infinity": none of them is an answer.
    return float(value) if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", value) else math.nan


def days(iso: str) -> float:
    """Days since 1970-01-01 of an ISO date or moment (local time as written)."""
    moment = datetime.fromisoformat(iso).replace(tzinfo=None)
    return (moment - datetime(EPOCH.year, 1, 1)) / timedelta(days=1)  # noqa: DTZ001 - local time


def truth(value: Value) -> bool:
    """The boolean value: a non-empty string, a number that is neither 0 nor NaN."""
    if isinstance(value, str):
        return value != ""
    return bool(value) and not (isinstance(value, float) and math.isnan(value))


def is_date(value: Value) -> bool:
    """Whether the value is an ISO date or moment."""
    return isinstance(value, str) and ISO_DATE.fullmatch(value) is not None


def scope_of(token: XPathToken, context: Any) -> Scope:
    """The scope; without one elementpath is told that this is no constant."""
    if not isinstance(context, Context):
        raise token.missing_context()
    return context.scope


def value_of(token: XPathToken, context: Any) -> Value:
    """The scalar value of a sub-expression."""
    value = token.evaluate(context)
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, Decimal):  # how elementpath reads the literal 1.5
        return float(value)
    return value if isinstance(value, str | int | float | bool) else str(value)


class XLSFormParser(XPath1Parser):
    """The parser; `Parser.build()` below makes its tokenizer once."""

    symbol_table = {  # noqa: RUF012 - elementpath's own protocol: one table per parser class
        symbol: XPath1Parser.symbol_table[symbol]
        for symbol in (
            *("(start)", "(end)", "(invalid)", "(unknown)"),
            *("(string)", "(float)", "(decimal)", "(integer)", "(name)"),
            *("(", ")", ",", ":", "{", "}", ".", ".."),
        )
    }


class Operator(XPathToken):
    """A binary operator over scalar values; `apply` is set by `operator` below."""

    label = "operator"
    apply: Callable[[Value, Value], Value]

    def nud(self) -> XPathToken:
        """Unary minus is the only prefix operator."""
        if self.symbol != "-":
            raise self.wrong_syntax()
        self[:] = (self.parser.expression(rbp=70),)
        return self

    def led(self, left: XPathToken) -> XPathToken:
        """Left associative, as in XPath 1.0."""
        self[:] = left, self.parser.expression(rbp=self.rbp)
        return self

    def evaluate(self, context: Any = None) -> Any:
        """The operator applied to its operands' scalar values."""
        if len(self) == 1:
            return -number(value_of(self[0], context))
        apply = type(self).apply
        return apply(value_of(self[0], context), value_of(self[1], context))


def compared(relation: Callable[[Any, Any], bool]) -> Callable[[Value, Value], bool]:
    """XPath 1.0's comparison: as booleans, else as numbers (or dates), else as strings."""
    equality = relation("a", "b") != relation("a", "a") and relation(1, 2) == relation(2, 1)

    def apply(left: Value, right: Value) -> bool:
        if isinstance(left, bool) or isinstance(right, bool):
            return relation(truth(left), truth(right))
        both_text = isinstance(left, str) and isinstance(right, str)
        if equality and both_text and not (is_date(left) and is_date(right)):
            return relation(left, right)
        return relation(number(left), number(right))

    return apply


def divided(left: Value, right: Value) -> float:
    """IEEE division: by zero it is infinite or NaN, never an error."""
    over, under = number(left), number(right)
    if under == 0:
        return math.nan if over == 0 or math.isnan(over) else math.copysign(math.inf, over)
    return over / under


def remainder(left: Value, right: Value) -> float:
    """The remainder with the sign of the dividend (XPath's `mod`)."""
    over, under = number(left), number(right)
    if under == 0 or not math.isfinite(over) or math.isnan(under):
        return math.nan
    return math.fmod(over, under)


def operator(symbol: str, bp: int, apply: Callable[[Any, Any], Value]) -> None:
    """Puts a binary operator into the table with its binding power."""
    name = f"Operator_{len(XLSFormParser.symbol_table)}"
    body = {"symbol": symbol, "lookup_name": symbol, "lbp": bp, "rbp": bp}
    XLSFormParser.symbol_table[symbol] = type(
        name, (Operator,), {**body, "apply": staticmethod(apply)}
    )


for _symbol, _bp, _apply in (
    ("or", 20, lambda a, b: truth(a) or truth(b)),
    ("and", 25, lambda a, b: truth(a) and truth(b)),
    ("=", 30, compared(lambda a, b: a == b)),
    ("!=", 30, compared(lambda a, b: a != b)),
    ("<", 31, compared(lambda a, b: a < b)),
    ("<=", 31, compared(lambda a, b: a <= b)),
    (">", 31, compared(lambda a, b: a > b)),
    (">=", 31, compared(lambda a, b: a >= b)),
    ("+", 40, lambda a, b: number(a) + number(b)),
    ("-", 40, lambda a, b: number(a) - number(b)),
    ("*", 45, lambda a, b: number(a) * number(b)),
    ("div", 45, divided),
    ("mod", 45, remainder),
):
    operator(_symbol, _bp, _apply)


class Reference(XPathToken):
    """`${item}`: the answer given to an item."""

    symbol = lookup_name = "$"
    label = "variable"
    lbp = rbp = bp = 90
    value: str

    def nud(self) -> XPathToken:
        """Reads `{name}` after the dollar."""
        self.parser.advance("{")
        self.parser.expected_next("(name)")
        self.value = str(self.parser.advance().value)
        self.parser.advance("}")
        return self

    def evaluate(self, context: Any = None) -> Any:
        """The answer; an item that does not apply or is not answered is empty."""
        return scope_of(self, context).values.get(self.value, "")


class Column(NameToken):
    """A bare name: a column of the choices sheet (in a choice_filter)."""

    def evaluate(self, context: Any = None) -> Any:
        """The cell of the choice in question, empty if there is none."""
        return (scope_of(self, context).columns or {}).get(str(self.value), "")


XLSFormParser.symbol_table["$"] = Reference
XLSFormParser.symbol_table["(name)"] = Column

Call = Callable[[Scope, list[Value]], Value]


def function(name: str, at_least: int, at_most: int | None = None) -> Callable[[Call], Call]:
    """Registers a function of that many arguments (`at_most` -1: any number)."""
    limit = at_least if at_most is None else at_most

    def register(call: Call) -> Call:
        def evaluate(self: XPathFunction, context: Any = None) -> Any:
            scope = scope_of(self, context)
            return call(scope, [value_of(argument, context) for argument in self])

        body = {
            "symbol": name,
            "lookup_name": name,
            "label": "function",
            "nargs": at_least if limit == at_least else (at_least, None if limit < 0 else limit),
            "lbp": 90,
            "rbp": 90,
            "namespace": XPATH_FUNCTIONS_NAMESPACE,
            "evaluate": evaluate,
        }
        if ":" in name:  # elementpath would read a prefix; ODK's names with one are just names
            body["pattern"] = rf"{name}(?=\s*\()"
        XLSFormParser.symbol_table[name] = type(f"Function_{name}", (XPathFunction,), body)
        return call

    return register


def local(moment: datetime) -> str:
    """A moment as `now()` gives it: ISO, local, without a zone."""
    return moment.replace(tzinfo=None).isoformat(timespec="seconds")


def from_days(count: float) -> str:
    """The ISO date so many days after the epoch; empty where there is none."""
    try:
        return (EPOCH + timedelta(days=math.floor(count))).isoformat()
    except (OverflowError, ValueError):
        return ""
