"""What the region's workbook and the digests are made of: counts by place, never names."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from reports.periods import Period
from surveys.indicators import Code

Place = tuple[str, str]
"""A municipality and a professional community, '' where not known."""

UNKNOWN = ""
"""The municipality of people who have none."""


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """People of one organisation and community; see `storage.summaries.region.PeopleCount`."""

    municipality: str
    organisation: str
    community: str
    people: int
    new: int
    unreachable: int
    active: int


@dataclass(frozen=True)
class Area:
    """Whose an event or a questionnaire is: a network (by id), a municipality, else the region."""

    network: str = ""
    municipality: str = ""


@dataclass(frozen=True)
class Meeting:
    """One meeting of the plan; `starts_at` is local and naive, None until it was named."""

    id: int
    number: str
    section: int | None
    title: str
    area: Area
    starts_at: datetime | None
    window: tuple[date | None, date | None]
    cancelled: bool
    said: Mapping[Place, int]
    came: Mapping[Place, int]
    campaign: int | None = None

    @property
    def day(self) -> date | None:
        """The day if it was named, else the end of the window."""
        return self.starts_at.date() if self.starts_at else self.window[1]


@dataclass(frozen=True)
class Grades:
    """People who sent an answer, of them asked about satisfaction and satisfied; the grades."""

    people: int = 0
    asked: int = 0
    content: int = 0
    grades: Counter[float] = field(default_factory=Counter)

    def __add__(self, other: "Grades") -> "Grades":
        return Grades(
            self.people + other.people,
            self.asked + other.asked,
            self.content + other.content,
            self.grades + other.grades,
        )


@dataclass(frozen=True)
class Questioned:
    """A questionnaire that was opened, with the figures that may be shown of it.

    `shown` holds municipalities whose figures may be shown and nobody else's: what is hidden is
    in no sum made of it. `whole` are the figures of everybody, None where they may not be shown
    (too few, or anonymous and still open); `count` is how many sent an answer, which may always.
    """

    id: int
    form: str
    title: str
    subject: str
    area: Area
    opened: date
    closes: date
    anonymous: bool
    measured: bool
    invited: Mapping[str, int]
    count: int
    whole: Grades | None
    shown: Mapping[str, Grades]

    @property
    def name(self) -> str:
        """What it is about, else what it is."""
        return self.subject or self.title


@dataclass(frozen=True)
class NetworkInfo:
    """A network and its members, the leader among them."""

    id: str
    title: str
    kind: str
    leader: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Entered:
    """A plan or a fact that somebody entered by hand."""

    plan: float | None = None
    fact: float | None = None


@dataclass(frozen=True)
class TaskCount:
    """Submissions of one municipality and level: each number is a part of `given`.

    `at_first`, `at_second`: accepted at that attempt; the rest of `accepted` came later.
    """

    municipality: str
    level: str
    given: int
    submitted: int
    accepted: int
    at_first: int
    at_second: int
    late: int
    waiting: int

    @property
    def later(self) -> int:
        """Accepted at the third attempt or after it."""
        return self.accepted - self.at_first - self.at_second

    def __add__(self, other: "TaskCount") -> "TaskCount":
        """Together; the names are those of the first."""
        return TaskCount(
            self.municipality,
            self.level,
            self.given + other.given,
            self.submitted + other.submitted,
            self.accepted + other.accepted,
            self.at_first + other.at_first,
            self.at_second + other.at_second,
            self.late + other.late,
            self.waiting + other.waiting,
        )


@dataclass(frozen=True)
class RegionData:
    """Everything; what a reader gets of it is decided by a `reports.region_figures.View`.

    `people` are those of the period, `people_before` those of `previous`, which it is compared
    with (None: there is none). `headcounts` are teachers by municipality, where known.
    `indicators` were entered for the school year, `indicators_before` for the one before it.
    """

    made_at: datetime
    zone: tzinfo
    period: Period
    previous: Period | None
    municipalities: tuple[str, ...]
    people: tuple[PeopleCount, ...]
    people_before: tuple[PeopleCount, ...] | None
    networks: tuple[NetworkInfo, ...]
    meetings: tuple[Meeting, ...]
    questioned: tuple[Questioned, ...]
    tasks: tuple[TaskCount, ...] = ()
    tasks_before: tuple[TaskCount, ...] = ()
    headcounts: Mapping[str, int] = field(default_factory=dict)
    indicators: Mapping[Code, Entered] = field(default_factory=dict)
    indicators_before: Mapping[Code, Entered] = field(default_factory=dict)
    left_out: int = 0
    """Anonymous questionnaires that a choice of one community leaves out."""
