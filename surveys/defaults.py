"""What is suggested as an answer before anybody answers: XLSForm's `default`.

A plain value («1», a choice's name), or an expression as pyxform tells one: it recalls an answer
or calls a function (`today()`). What the item would not take is no suggestion.
"""

import re

from surveys.answers import Answer
from surveys.applicability import Walk
from surveys.checking import checked
from surveys.expressions import Expression, parse
from surveys.questionnaire import Decimal, Integer, Item, Range, Rank, SelectMultiple, Upload
from surveys.refusals import Accepted

DYNAMIC = re.compile(r"\$\{|[a-z][a-z-]*\(")


def suggested(item: Item, walked: Walk) -> Answer:
    """The answer to offer; None where there is none."""
    written = (item.default or "").strip()
    if not written or isinstance(item, Upload):  # what nobody has sent cannot be offered
        return None
    if DYNAMIC.search(written):
        found = parse(written)
        written = found.shown(walked.scope) if isinstance(found, Expression) else ""
    if not written:
        return None
    taken = checked(walked, item.name, _typed(item, written))
    return taken.answer if isinstance(taken, Accepted) else None


def _typed(item: Item, written: str) -> Answer:
    if isinstance(item, SelectMultiple | Rank):
        return written.split()
    if isinstance(item, Integer | Decimal | Range):
        try:
            return float(written)
        except ValueError:
            return None
    return written
