"""What a week's digest says, free of any words: a value that goes through JSON and back."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Ahead(_Value):
    """A meeting of this week, or one whose window ends soon without a day; `mine` to change."""

    id: int
    title: str
    starts_at: datetime | None
    window_end: date | None
    mine: bool
    said: int


class Met(_Value):
    """A meeting of last week: how many said they would come and how many came."""

    id: int = 0
    title: str
    said: int
    came: int


class Open(_Value):
    """An open questionnaire; `change` since the last digest, None for the first time.

    `may_nudge`: there is somebody who may be reminded by now.
    """

    id: int
    name: str
    closes_at: datetime
    invited: int
    answered: int
    change: int | None
    mine: bool
    may_nudge: bool = False

    @property
    def rate(self) -> float:
        """The response rate, 0…1."""
        return self.answered / self.invited if self.invited else 0.0


class Satisfied(_Value):
    """The satisfied share of a questionnaire, with its 95 % interval."""

    name: str
    share: float
    low: float
    high: float
    n: int


class Tasks(_Value):
    """How tasks stand."""

    waiting: int = 0
    overdue: int = 0
    at_risk: int = 0


class Screening(_Value):
    """A screening that runs: took part of asked; nothing else is known of it."""

    took_part: int
    asked: int


class Weekly(_Value):
    """One week for one reader."""

    about: str
    monday: date
    ahead: tuple[Ahead, ...] = ()
    without_day: tuple[Ahead, ...] = ()
    met: tuple[Met, ...] = ()
    open: tuple[Open, ...] = ()
    satisfied: tuple[Satisfied, ...] = ()
    tasks: Tasks = Tasks()
    screening: Screening | None = None
    people: int = 0
    new: int = 0
    unreachable: int = 0
    new_unreachable: int = 0

    @property
    def nothing_to_say(self) -> bool:
        """Whether there is no news and nothing to do."""
        return not (
            self.ahead
            or self.without_day
            or self.met
            or self.open
            or self.tasks != Tasks()
            or self.screening
            or self.new
            or self.new_unreachable
        )
