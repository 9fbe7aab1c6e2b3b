"""Every word of the report; `bot/texts/screening_report.py` fills them in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.report import Words
from reports.screening.data import Data
from surveys.boyko_key import Degree


@dataclass(frozen=True, slots=True)
class Labels:
    """In braces: what a sentence is given."""

    words: Words
    title: str
    summary: str
    places: str
    schools: str
    positions: str
    services: str
    method: str
    subtitle: str  # {subject} {opens} {closes}
    main: str
    asked: str
    heads: str
    took_part: str
    rate: str
    high: str
    high_note: str
    phases_title: str
    phase: str
    phases: Sequence[str]
    degrees: Mapping[Degree, str]
    phases_chart: str
    formed_title: str
    symptoms_title: str
    symptom: str
    symptoms: Sequence[str]
    dominant: str
    symptoms_chart: str
    people: str
    low: str
    top: str
    earlier_title: str
    earlier_high: str
    now_high: str
    no_earlier: str
    prevention_title: str
    prevention: Sequence[str]  # by symptom
    prevention_always: str
    municipality: str
    school: str
    position: str
    position_groups: Mapping[str, str]
    service: str
    service_groups: Mapping[str, str]
    services_chart: str
    places_chart: str
    attention: str
    school_in: str  # {school} {place}
    attention_rule: str  # {share} of everybody
    attention_none: str
    attention_chart: str
    attention_figure: str
    attention_note: str
    commonest: str
    phase_formed: str  # {phase}
    too_few_all: str
    hidden: str
    picture_foot: str
    no_schools: str
    no_positions: str
    no_services: str
    method_terms: tuple[tuple[str, str], ...]
    term: str
    definition: str
    editions: str  # {wordings} {keys}

    def under(self, data: Data) -> str:
        """What stands below the title: which screening, and when."""
        opens, closes = (
            f"{each.astimezone(data.zone):%d.%m.%Y}" for each in (data.opens_at, data.closes_at)
        )
        return self.subtitle.format(subject=data.subject, opens=opens, closes=closes)
