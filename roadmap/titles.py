"""The document's title, and the year that it says the plan is for."""

from collections.abc import Iterable

from roadmap import vocabulary as v
from roadmap.model import Doubt, DoubtCode
from roadmap.periods import Period
from roadmap.placing import NotPlaced, period_of
from roadmap.terms import doubt
from roadmap.text import fold
from roadmap.words import Lexer, YearPair

LONGEST_TITLE = 4  # lines that one title may be broken into


def choose_title(lines: list[str]) -> str | None:
    """The line that calls itself a roadmap or plan, with the lines that carry it on to its year."""
    first = next((i for i, line in enumerate(lines) if _is_title(line)), None)
    if first is None:
        return next((line for line in lines if years_in(line)), lines[0] if lines else None)
    for last in range(first, min(first + LONGEST_TITLE, len(lines))):
        joined = " ".join(lines[first : last + 1])
        if years_in(joined):
            return joined
    return lines[first]


def _is_title(line: str) -> bool:
    folded = fold(line) + " "
    return any(word in folded for word in v.TITLE_WORDS)


def years_in(text: str) -> list[int | YearPair]:
    """Years that a title names as its own: «на 2022», «2022 год», «2026-2027 учебный год».

    A year of a date or of an order («приказ от 26.01.2022») is not one.
    """
    found: list[int | YearPair] = []
    previous = ""
    for token in Lexer(text).tokens:
        if token.type == "YEARS":
            found.append(token.value.value)
        elif token.type == "YEAR":
            after_on = fold(text[: token.start_pos]).split()[-1:] == [v.ON_YEAR]
            if after_on or not str(token).isdecimal() or len(fold(text).split()) == 1:
                dated = previous == "MONTH"
                if not dated:
                    found.append(token.value.value)
        previous = token.type
    return found


def plan_period(texts: Iterable[str]) -> tuple[Period | None, list[Doubt]]:
    """The period that the first text with a year names.

    Two different years, or «2026-2027 гг.» (a school year or two calendar ones), give none and a
    doubt.
    """
    for text in texts:
        years = years_in(text)
        if not years:
            continue
        unclear = doubt(DoubtCode.YEAR_OF_PLAN_UNCLEAR, text=text)
        try:
            periods = {period_of(year) for year in years}
        except NotPlaced:
            return None, [unclear]
        return (periods.pop(), []) if len(periods) == 1 else (None, [unclear])
    return None, []
