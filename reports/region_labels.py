"""The words of the region's workbook; `bot/texts/region_labels.py` fills them in.

Fields whose comment names `{fields}` are templates for `str.format`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reports.periods import Period
from reports.report import Words


@dataclass(frozen=True)
class RegionSheets:
    """Names of the sheets, at most 31 characters each."""

    overview: str
    meetings: str
    satisfaction: str
    heat: str
    tasks: str
    people: str
    networks: str
    data: str
    method: str


@dataclass(frozen=True)
class Measures:
    """Names of figures: headers of columns, rows of the overview, values of the tidy table."""

    people: str
    new: str
    unreachable: str
    active: str
    activity: str
    organisations: str
    headcount: str
    coverage: str
    planned: str
    held: str
    without_day: str
    said: str
    came: str
    questionnaires: str
    invited: str
    responded: str
    rate: str
    asked: str
    content: str
    satisfied: str
    low: str
    high: str
    mean: str
    median: str
    rank: str
    given: str
    submitted: str
    accepted: str
    at_first: str
    at_second: str
    later: str
    late: str
    waiting: str
    translating: str


@dataclass(frozen=True)
class RegionLabels:
    """Every word of the region's workbook."""

    words: Words
    sheets: RegionSheets
    measures: Measures
    title: str
    period: Callable[[Period], str]
    whole: str
    communities: str  # {community}
    subtitle: str  # {view} {period} {made}
    figure: str
    now: str
    before: str  # {period}
    change: str
    earlier: str  # {measure}
    change_of: str  # {measure}
    change_in_points: str  # {measure}
    deviation: str
    target: str
    remark: str
    total: str
    municipality: str
    organisation: str
    community: str
    network: str
    network_kind: str
    network_kinds: Mapping[str, str]
    leader: str
    members: str
    unknown: str
    number: str
    meeting: str
    date: str
    section: str
    sections: Mapping[int, str]
    no_section: str
    whose: str
    state: str
    states: Mapping[str, str]  # held, planned, no-day
    questionnaire: str
    questionnaires: str
    same_form: str
    plan: str
    fact: str
    unit: str
    source: str
    computed: str
    entered: str
    not_entered: str
    indicators: str
    indicators_note: str
    key_figures: str
    course: str
    month: str
    zones: str
    ranking: str
    funnel: str
    stage: str
    part: str
    accepted_share: str
    by_municipality: str
    level: str
    levels: Mapping[str, str]
    by_level: str
    people_by_community: str
    by_organisation: str
    by_section: str
    no_meetings: str
    no_questionnaires: str
    no_tasks: str
    no_networks: str
    hidden: str
    open_anonymous: str
    left_out: str  # {count}
    measure: str
    value: str
    of: str
    object: str
    opened: str
    closes: str
    kinds: Mapping[str, str]  # people, meeting, questionnaire, tasks
    when: str
    periods: tuple[str, str]  # this one, the one before
    term: str
    definition: str
    definitions: tuple[tuple[str, str], ...]
    no_headcount: str
