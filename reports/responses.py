"""What is known of a response, and of the campaign it was given in."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from surveys.answers import Answers
from surveys.questionnaire import Anonymity, Questionnaire


@dataclass(frozen=True, slots=True)
class Respondent:
    """Who answered; known in named mode only."""

    surname: str
    first_name: str
    patronymic: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """One submitted response.

    `answers` are those that count (`surveys.engine.effective`): an item that did not apply is
    absent, a skipped one is None. In anonymous mode `respondent` and `submitted_at` are None.
    """

    version: int
    answers: Answers
    municipality: str | None = None
    organisation: str | None = None
    position: str | None = None
    community: str | None = None
    respondent: Respondent | None = None
    submitted_at: datetime | None = None
    campaign: str = ""
    """Which campaign it was given in, where a report is of several."""


@dataclass(frozen=True)
class CampaignData:
    """What the report is made of.

    `versions` are all versions of the questionnaire that were answered (at least one).
    `invited` counts people by municipality. `responses` gives all submitted responses of the
    campaign afresh at each call, so they need not be in memory at once; it is called twice.
    `opens_at`, `closes_at`, `made_at` are aware. While an anonymous campaign is open only the
    count is reported: two reports with one answer between them would give that answer away.

    `scope` limits the report to the municipalities its reader may see; `responses` and `invited`
    must still be those of the whole campaign, because what is hidden is decided for everybody at
    once (else the reports of two coordinators could be subtracted from each other).
    """

    versions: Mapping[int, Questionnaire]
    subject: str
    opens_at: datetime
    closes_at: datetime
    made_at: datetime
    zone: tzinfo
    anonymity: Anonymity
    invited: Mapping[str, int]
    responses: Callable[[], Iterable[Response]]
    scope: frozenset[str] | None = None
    several: bool = False
    """The responses are of several campaigns: `Response.campaign` says which."""
