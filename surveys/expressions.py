"""XLSForm expressions: parsed once, checked, evaluated against the answers.

No fault is raised: a broken expression is an `ExpressionFault` with what is wrong and where.
"""

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import regex
from elementpath import ElementPathError
from elementpath.xpath_tokens import XPathToken

from surveys.functions import NAME_IN_TEXT
from surveys.xpath import Context, Scope, Value, XLSFormParser, text, truth, value_of

XLSFormParser.build()

LONGEST = 2000
"""Characters of one expression: far beyond any form seen, and it bounds the parser's recursion."""


class ExpressionCode(enum.StrEnum):
    """What is wrong with an expression; `bot/texts/forms.py` words it."""

    EMPTY = "expression_empty"
    TOO_LONG = "expression_too_long"
    SYNTAX = "expression_syntax"
    UNKNOWN_FUNCTION = "expression_unknown_function"
    ARGUMENTS = "expression_arguments"
    BARE_NAME = "expression_bare_name"
    BAD_REGEX = "expression_bad_regex"
    FAILED = "expression_failed"


@dataclass(frozen=True)
class ExpressionFault:
    """What is wrong (`code`), with what (`what`: the offending piece) and where (`column`, from 1).

    `item` is the name of the item whose expression it is, filled in by whoever knows it.
    """

    code: ExpressionCode
    expression: str
    what: str = ""
    column: int | None = None
    item: str = ""


@dataclass(frozen=True)
class Expression:
    """A parsed expression. `references` are the items it looks at, in order of appearance."""

    source: str
    references: tuple[str, ...]
    columns: tuple[str, ...]
    uses_clock: bool
    _root: XPathToken = field(repr=False, compare=False)

    def value(self, scope: Scope) -> Value | ExpressionFault:
        """The value: str, int, float (NaN where there is no number) or bool."""
        try:
            return value_of(self._root, Context(scope))
        except (ElementPathError, ArithmeticError, ValueError, TypeError) as error:
            return ExpressionFault(ExpressionCode.FAILED, self.source, what=str(error))

    def holds(self, scope: Scope) -> bool | ExpressionFault:
        """The value as true or false."""
        value = self.value(scope)
        return value if isinstance(value, ExpressionFault) else truth(value)

    def shown(self, scope: Scope) -> str:
        """The value as text; nothing where it cannot be computed."""
        value = self.value(scope)
        return "" if isinstance(value, ExpressionFault) else text(value)


@lru_cache(maxsize=4096)
def parse(source: str, *, columns: bool = False) -> Expression | ExpressionFault:
    """Parses an expression; `columns` allows bare names (a choice_filter's)."""
    if not source.strip():
        return ExpressionFault(ExpressionCode.EMPTY, source)
    if len(source) > LONGEST:
        return ExpressionFault(ExpressionCode.TOO_LONG, source[:60], what=str(LONGEST))
    try:
        root = XLSFormParser().parse(source)
    except ElementPathError as error:
        return _fault(source, error)
    except (RecursionError, ValueError, TypeError, LookupError) as error:
        return ExpressionFault(ExpressionCode.SYNTAX, source, what=str(error))
    tokens = list(_walk(root))
    names = tuple(str(token.value) for token in tokens if token.symbol == "(name)")
    if names and not columns:
        column = source.find(names[0]) + 1
        return ExpressionFault(ExpressionCode.BARE_NAME, source, what=names[0], column=column)
    return (
        _bad_regex(source, tokens)
        or _stray_parent(source, root)
        or Expression(
            source=source,
            references=tuple(dict.fromkeys(_references(tokens))),
            columns=tuple(dict.fromkeys(names)),
            uses_clock=any(token.symbol in {"today", "now"} for token in tokens),
            _root=root,
        )
    )


def _walk(token: XPathToken) -> Iterator[XPathToken]:
    yield token
    for part in token:
        yield from _walk(part)


def _references(tokens: list[XPathToken]) -> Iterator[str]:
    for token in tokens:
        if token.symbol == "$":
            yield str(token.value)
        elif token.symbol == "jr:choice-name" and token[1].symbol == "(string)":
            yield from NAME_IN_TEXT.findall(str(token[1].value))


def _bad_regex(source: str, tokens: list[XPathToken]) -> ExpressionFault | None:
    for token in tokens:
        if token.symbol == "regex" and token[1].symbol == "(string)":
            try:
                regex.compile(str(token[1].value))
            except regex.error as error:
                return ExpressionFault(ExpressionCode.BAD_REGEX, source, what=str(error))
    return None


def _stray_parent(source: str, root: XPathToken) -> ExpressionFault | None:
    """`..` says something only inside `position(..)`."""
    allowed = {
        id(part) for token in _walk(root) if token.symbol == "position" for part in _walk(token)
    }
    for token in _walk(root):
        if token.symbol == ".." and id(token) not in allowed:
            return ExpressionFault(ExpressionCode.SYNTAX, source, "..", source.find("..") + 1)
    return None


def _fault(source: str, error: ElementPathError) -> ExpressionFault:
    token = error.token
    symbol = str(getattr(token, "value", None) or getattr(token, "symbol", ""))
    column = token.span[0] + 1 if token is not None else None
    message = str(error)
    if "unknown function" in message:
        code = ExpressionCode.UNKNOWN_FUNCTION
    elif "argument" in message.lower():
        code = ExpressionCode.ARGUMENTS
    else:
        code = ExpressionCode.SYNTAX
    if symbol == "(end)":
        symbol = ""
    return ExpressionFault(code, source, what=symbol, column=column)


def recall(label: str, scope: Scope) -> str:
    """A label with `${name}` replaced by the answer's text (a choice's label for closed items)."""
    return NAME_IN_TEXT.sub(lambda found: _recalled(found[1], scope), label)


def _recalled(name: str, scope: Scope) -> str:
    value = text(scope.values.get(name, ""))
    words = value.split()
    labels = [scope.label(name, word) for word in words]
    # Words of a person's own, or a calculated text, are no names of choices and stay as they are.
    return (", ".join(labels) if labels != words else value) or "…"


def recalled(label: str) -> tuple[str, ...]:
    """The names a label recalls."""
    return tuple(dict.fromkeys(NAME_IN_TEXT.findall(label)))
