"""The words of a campaign's report; `bot/texts/report.py` fills them in.

Fields whose comment names `{fields}` are templates for `str.format`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.report import Words
from surveys.questionnaire import Measure


@dataclass(frozen=True)
class SheetTitles:
    """Names of the sheets, at most 31 characters each."""

    summary: str
    answers: str
    codes: str
    texts: str
    items: str
    method: str


@dataclass(frozen=True)
class FigureLabels:
    """The key figures and what is said about them."""

    title: str
    invited: str
    responded: str
    rate: str
    satisfied: str
    of_people: str  # {count} {people}
    mean: str
    of_grades: str  # {count} {highest}
    median: str
    by_measure: Mapping[Measure, str]
    verdict: Mapping[str, str]  # four of them, see reports.summary: {share} {low} {high} {target}
    nobody: str
    still_open: str  # {count} {date}
    few: str  # {count}
    hidden: str
    left_out: str
    subtitle_named: str  # {subject} {opens} {closes}
    subtitle_anonymous: str  # the same


@dataclass(frozen=True)
class ItemLabels:
    """Tables and charts of single questions."""

    grades: str
    grades_part: str  # {part} {parts}
    shares: str
    counts: str
    shares_chart: str
    question: str
    people: str
    mean: str
    median: str
    high_share: str
    choice: str
    count: str
    share: str
    several: str
    numbers: str
    ranks: str
    place: str
    first: str
    others: str
    open_questions: str
    where_named: str
    where_anonymous: str
    removed: str  # {label}
    numbered: str  # {number} {label}
    scale_end: str  # {value} {label}
    other: str
    results: str
    result: str
    band: str  # {span} {text}


@dataclass(frozen=True)
class MunicipalityLabels:
    """The table by municipality."""

    title: str
    municipality: str
    invited: str
    responded: str
    rate: str
    satisfied: str
    low: str
    high: str
    mean: str
    total: str
    unknown: str
    zones: str
    chart: str


@dataclass(frozen=True)
class RecordLabels:
    """The sheets of data."""

    number: str
    surname: str
    first_name: str
    patronymic: str
    municipality: str
    organisation: str
    position: str
    community: str
    submitted: str
    version: str
    campaign: str
    question: str
    answer: str
    own_words: str  # {choice} {words}
    withheld: str


@dataclass(frozen=True)
class DictionaryLabels:
    """The list of questions."""

    number: str
    name: str
    versions: str
    group: str
    type: str
    question: str
    hint: str
    required: str
    choices: str
    relevant: str
    constraint: str
    measure: str
    state: str
    asked: str
    removed: str  # {version}
    yes: str
    no: str
    types: Mapping[str, str]
    measures: Mapping[Measure, str]
    range: str  # {start} {end} {step}
    range_end: str  # {value} {label}
    choice: str  # {name} {label}
    choice_scored: str  # {name} {label} {score}


@dataclass(frozen=True)
class MethodLabels:
    """How figures are computed: pairs of a term and its definition."""

    title: str
    term: str
    definition: str
    always: tuple[tuple[str, str], ...]
    satisfaction: tuple[tuple[str, str], ...]
    named: tuple[tuple[str, str], ...]
    anonymous: tuple[tuple[str, str], ...]
    about: str
    made: str  # {moment} {zone}
    versions: str  # {versions}
    period: str  # {opens} {closes}
    subject: str


@dataclass(frozen=True)
class Labels:
    """Every word of the report on a questionnaire."""

    words: Words
    sheets: SheetTitles
    figures: FigureLabels
    items: ItemLabels
    municipalities: MunicipalityLabels
    records: RecordLabels
    dictionary: DictionaryLabels
    method: MethodLabels
