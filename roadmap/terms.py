"""A term written for people, read into windows of the calendar. Never guesses: it doubts."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from roadmap import grammar
from roadmap.elements import (
    Deadline,
    EveryYears,
    Inclusive,
    Label,
    NoDate,
    Ongoing,
    Rate,
    Sentence,
    Span,
    Stray,
    Time,
    Unit,
    Unreadable,
    Weekday,
    WholeYear,
)
from roadmap.model import Doubt, DoubtCode, Precision, Term, Window
from roadmap.periods import Period
from roadmap.placing import NotPlaced, Stretch, period_of, place
from roadmap.rates import parted
from roadmap.text import clean

_T = TypeVar("_T", Rate, EveryYears)

LONGEST_TERM = 300
LONGEST_SINGLE_WINDOW_DAYS = 31


def doubt(code: DoubtCode, **args: str | int) -> Doubt:
    """A doubt with what its sentence needs."""
    return Doubt(code=code, args=args)


def read_term(text: str, period: Period | None) -> Term:
    """What `text` says in a plan (or row) for `period`; None if nobody has said the year.

    What fits no form gives no windows, precision "none" and a doubt that names the words.
    """
    text = clean(text)
    if not text:
        return Term(doubts=(doubt(DoubtCode.NO_TERM),))
    if len(text) > LONGEST_TERM:
        return Term(doubts=(doubt(DoubtCode.UNREAD, text=f"{text[:LONGEST_TERM]}…"),))
    try:
        sentence = grammar.parse(text)
        return _Reader(sentence, period).term()
    except Unreadable as fault:
        return Term(doubts=(doubt(fault.code, text=fault.text),))


class _Reader:
    """One sentence in one period."""

    def __init__(self, sentence: Sentence, period: Period | None) -> None:
        self.text = sentence.text
        self.elements = sentence.elements
        self.plan = period
        self.doubts = [
            doubt(DoubtCode.MISPRINT, written=slip.written, read_as=slip.read_as)
            for slip in sentence.misprints
        ]
        self.either = sentence.either
        self.dated = [e for e in self.elements if isinstance(e, Span | Deadline)]
        self.rate = self._only(Rate)
        self.times = self.rate.per_year if self.rate else None
        self.every = self._only(EveryYears)
        self.ongoing = next((e for e in self.elements if isinstance(e, Ongoing)), None)

    def _only(self, kind: type[_T]) -> _T | None:
        found = {e for e in self.elements if isinstance(e, kind)}
        if len(found) > 1:
            raise Unreadable(self.text)
        return found.pop() if found else None

    def term(self) -> Term:
        self._refuse_strays()
        precision: Precision = "none"
        windows: list[Window] = []
        try:
            windows, precision = self._windows()
        except NotPlaced as why:
            plan = self.plan.label if self.plan else ""
            self.doubts.append(doubt(why.code, text=self.text, plan=plan))
        self._remark(windows)
        return Term(
            windows=tuple(windows),
            precision=precision,
            ongoing=self.ongoing is not None,
            every_years=self.every.years if self.every else None,
            times_per_year=self.times,
            doubts=tuple(self.doubts),
        )

    def _refuse_strays(self) -> None:
        """Free words may follow «по графику» and its kin; before a date they may change it."""
        before: object = None
        for element in self.elements:
            if isinstance(element, Stray) and not isinstance(before, NoDate | Ongoing | Stray):
                raise Unreadable(element.text)
            if isinstance(before, Stray) and isinstance(element, Span | Deadline):
                raise Unreadable(before.text)
            if isinstance(element, Inclusive) and not isinstance(before, Span | Deadline):
                raise Unreadable(self.text)
            if isinstance(before, Span) and isinstance(element, Inclusive) and before.until:
                raise Unreadable(self.text)
            before = element

    def _windows(self) -> tuple[list[Window], Precision]:
        if self.dated:
            return self._as_often(*self._dated_windows())
        weekdays = [e for e in self.elements if isinstance(e, Weekday)]
        if weekdays:
            raise Unreadable(weekdays[0].text)
        years = [e for e in self.elements if isinstance(e, WholeYear)]
        periods = [period_of(e.year) for e in years]
        if self.rate or self.ongoing:
            if len(periods) > 1:
                raise NotPlaced(DoubtCode.YEAR_AMBIGUOUS)
            period = periods[0] if periods else self.plan
            if period is None:
                raise NotPlaced(DoubtCode.YEAR_UNKNOWN)
            if self.rate:
                return _windows_of(period.parts(self.rate.per_year)), "part"
            return _windows_of([(period.start, period.end)]), "month"
        if any(isinstance(e, NoDate) for e in self.elements):
            return [], "none"
        if any(isinstance(e, Label | Time | Weekday) for e in self.elements):
            raise Unreadable(self.text)
        self._doubt_outside((p.start, p.end) for p in periods)
        return _windows_of((p.start, p.end) for p in periods), "part" if periods else "none"

    def _dated_windows(self) -> tuple[list[Window], Precision]:
        items = [e for e in self.elements if isinstance(e, Span | Deadline | WholeYear)]
        whole = [e for e in self.dated if isinstance(e, Deadline) and e.point is None]
        if whole:
            if len(items) > 1:
                raise Unreadable(self.text)
            if self.plan is None:
                raise NotPlaced(DoubtCode.YEAR_UNKNOWN)
            return [Window(start=None, end=self.plan.end)], "month"
        self._refuse_half_of_school_year()
        placed = place(items, self.plan)
        self._doubt_weekdays([stretch for _, stretch in placed])
        labels = self._labels()
        windows = [
            Window(start=start, end=end, label=label)
            for (_, (start, end)), label in zip(placed, labels, strict=True)
        ]
        self._doubt_outside([stretch for _, stretch in placed])
        starts = [w.start for w in windows if w.start]
        if starts != sorted(starts):
            order = DoubtCode.STAGES_OUT_OF_ORDER if any(labels) else DoubtCode.LIST_OUT_OF_ORDER
            self.doubts.append(doubt(order))
        if self.either and len(windows) > 1:
            self.doubts.append(doubt(DoubtCode.EITHER))
        units = {_unit(span) for span, _ in placed}
        precision: Precision = "part" if "part" in units else "month" if "month" in units else "day"
        return windows, precision

    def _as_often(
        self, windows: list[Window], precision: Precision
    ) -> tuple[list[Window], Precision]:
        """«сентябрь – май, раз в месяц»: as many meetings as these months have, not twelve."""
        parts = None if self.rate is None else parted(windows, self.rate)
        if parts is None:
            return windows, precision
        self.times = len(parts)
        return parts, "part"

    def _refuse_half_of_school_year(self) -> None:
        """«I полугодие» of a school year begins in September, of a calendar year in January."""
        if self.plan is None or not self.plan.is_school:
            return
        own = any(isinstance(e, WholeYear) for e in self.elements)
        for e in self.dated:
            ends = (e.first, e.last) if isinstance(e, Span) else (e.point,)
            if any(p and p.half and p.year is None and not own for p in ends):
                raise NotPlaced(DoubtCode.HALF_OF_SCHOOL_YEAR)

    def _doubt_weekdays(self, stretches: list[Stretch]) -> None:
        """A weekday beside each day (or one beside one): does the calendar agree?"""
        said = [e for e in self.elements if isinstance(e, Weekday)]
        if not said:
            return
        days = [start or end for start, end in stretches if start == end or start is None]
        if len(days) != len(stretches) or len(said) != len(days):
            raise Unreadable(said[0].text)
        for weekday, day in zip(said, days, strict=True):
            if day is not None and day.weekday() != weekday.number:
                self.doubts.append(
                    doubt(
                        DoubtCode.WEEKDAY_DIFFERS,
                        text=weekday.text,
                        date=day.isoformat(),
                        weekday=day.weekday(),
                    )
                )

    def _labels(self) -> list[str | None]:
        """The stage of each dated element, in order."""
        stages = [e for e in self.elements if isinstance(e, Label)]
        if not stages:
            return [None] * len(self.dated)
        trailing = any(stage.trailing for stage in stages) or isinstance(self.elements[0], Span)
        found: list[str | None] = []
        current: str | None = None
        for element in reversed(self.elements) if trailing else self.elements:
            if isinstance(element, Label):
                current = self.text[element.start : element.end]
            elif isinstance(element, Span | Deadline):
                if current is None:
                    raise Unreadable(self.text)
                found.append(current)
        if not set(found) == {self.text[stage.start : stage.end] for stage in stages}:
            raise Unreadable(self.text)  # a stage without a date
        return found[::-1] if trailing else found

    def _doubt_outside(self, stretches: Iterable[Stretch]) -> None:
        if self.plan is None:
            return
        for start, end in stretches:
            ended = end is not None and end < self.plan.start
            if ended or (start is not None and start > self.plan.end):
                self.doubts.append(
                    doubt(
                        DoubtCode.OUTSIDE_PLAN,
                        start=start.isoformat() if start else "",
                        end=end.isoformat() if end else "",
                        plan=self.plan.label,
                    )
                )

    def _remark(self, windows: list[Window]) -> None:
        for element in self.elements:
            if isinstance(element, Span) and element.finer:
                self.doubts.append(doubt(DoubtCode.FINER_THAN_MONTH, text=element.finer))
            elif isinstance(element, Time):
                self.doubts.append(doubt(DoubtCode.TIME_LEFT_OUT, text=element.text))
        if self.rate and self.rate.at_least:
            self.doubts.append(doubt(DoubtCode.AT_LEAST, times=self.rate.per_year))
        single = all(
            w.start and w.end and (w.end - w.start).days < LONGEST_SINGLE_WINDOW_DAYS
            for w in windows
        )
        comparable = single or (self.rate is not None and self.rate.within_year)
        if self.times and self.dated and windows and comparable and len(windows) != self.times:
            self.doubts.append(
                doubt(DoubtCode.TIMES_DIFFER, times=self.times, windows=len(windows))
            )
        if self.ongoing and self.ongoing.school and self.plan and not self.plan.is_school:
            years = any(isinstance(e, WholeYear) for e in self.elements)
            if not years:
                code = DoubtCode.SCHOOL_YEAR_IN_CALENDAR_PLAN
                self.doubts.append(doubt(code, plan=self.plan.label))


def _unit(dated: Span | Deadline) -> Unit:
    if isinstance(dated, Deadline):
        return dated.point.unit if dated.point else "month"
    units = {dated.first.unit, dated.last.unit}
    return "part" if "part" in units else "month" if "month" in units else "day"


def _windows_of(stretches: Iterable[tuple[date, date]]) -> list[Window]:
    return [Window(start=start, end=end) for start, end in stretches]
