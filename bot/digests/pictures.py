"""The picture of a week: a few numbers, open questionnaires, the satisfied, a map of tiles."""

from bot.texts import digest as words
from bot.texts.region import days
from reports.periods import months
from reports.pictures import (
    Bar,
    Bars,
    Course,
    Facts,
    Funnel,
    Line,
    Panel,
    Picture,
    Tiles,
    legend,
)
from reports.region_figures import Figures
from reports.region_turns import together, turn, turn_in
from reports.summary import TARGET
from reports.weekly import Weekly

OPEN, SATISFIED = 3, 4
"""So many bars at most: one glance."""


def weekly_picture(weekly: Weekly, figures: Figures) -> Picture:
    """What the digest says, drawn."""
    panels: list[Panel] = [Facts(words.facts(weekly))]
    if weekly.open:
        bars = tuple(Bar(one.name, one.rate, words.turnout(one)) for one in weekly.open[:OPEN])
        panels.append(Bars(words.OPEN_TITLE, bars))
    if weekly.satisfied:
        bars = tuple(
            Bar(one.name, one.share, words.of_people(one.n), one.low, one.high)
            for one in weekly.satisfied[:SATISFIED]
        )
        panels.append(Bars(words.SATISFIED_TITLE, bars, TARGET, words.TARGET, zoned=True))
    if (course := _course(figures)) is not None:
        panels.append(course)
    if (tiles := _tiles(figures)) is not None:
        panels.append(tiles)
    counts = figures.tasks()
    if counts:
        panels.append(
            Funnel(
                words.TASKS_TITLE,
                tuple(
                    zip(
                        words.STAGES,
                        (
                            sum(one.given for one in counts),
                            sum(one.submitted for one in counts),
                            sum(one.accepted for one in counts),
                            sum(one.at_first for one in counts),
                        ),
                        strict=True,
                    )
                ),
            )
        )
    last = weekly.monday.fromordinal(weekly.monday.toordinal() + 6)
    made = figures.data.made_at.astimezone(figures.data.zone)
    return Picture(
        words.picture_title(days(weekly.monday, last)),
        weekly.about,
        tuple(panels),
        words.picture_foot(made),
    )


def _course(figures: Figures) -> Course | None:
    """Response and satisfaction by month of the school year; nothing before there are two."""
    points, rates, shares = [], [], []
    for month in months(figures.data.period):
        asked = together(turn(one, figures.view) for one in figures.opened(month))
        if asked.grades is None:
            continue
        share = asked.satisfied
        points.append(words.month(month.start))
        rates.append(asked.rate)
        shares.append(None if share is None else share.value)
    if len(points) < 2:
        return None
    lines = (Line(words.RATE, tuple(rates)), Line(words.SATISFIED_TITLE, tuple(shares)))
    return Course(words.COURSE_TITLE, tuple(points), lines, TARGET, words.TARGET)


def _tiles(figures: Figures) -> Tiles | None:
    """Satisfaction of the school year by municipality; nothing for a single one."""
    opened = figures.opened(figures.data.period)
    shares = {
        place: share.value if (share := together(turn_in(one, place) for one in opened).satisfied)
        else None
        for place in figures.municipalities
    }  # fmt: skip
    if len(shares) < 2 or not any(value is not None for value in shares.values()):
        return None
    tiles = tuple((words.short(place), value) for place, value in shares.items())
    return Tiles(words.TILES_TITLE, tiles, legend(words.ZONES), words.UNKNOWN)
