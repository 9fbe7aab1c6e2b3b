"""What a reader may see of a closed screening: of people, its frozen summary and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from surveys.screening_groups import Summary


@dataclass(frozen=True, slots=True)
class Data:
    """What a reader may see of a screening.

    Attributes:
        subject: of the campaign.
        opens_at, closes_at, made_at: aware moments; `zone` is the reader's.
        summary: the frozen one; the reader's territories are `places`, None for all of them.
        earlier: the summary of the last screening of the same territory, if there was one.
        invited: people asked, by municipality.
        heads: people who work there by (municipality, organisation), '' for all of it.
    """

    subject: str
    opens_at: datetime
    closes_at: datetime
    made_at: datetime
    zone: ZoneInfo
    summary: Summary
    invited: Mapping[str, int]
    heads: Mapping[tuple[str, str], int]
    places: frozenset[str] | None = None
    earlier: Summary | None = None

    @property
    def whole(self) -> bool:
        """Whether the reader sees the whole campaign."""
        return self.places is None

    def municipalities(self) -> list[str]:
        """The reader's, by name, whether anything of them is shown or not."""
        known = {name for name in self.invited if name} | set(self.summary.places)
        return sorted(known if self.places is None else known & self.places)

    def headcount(self, municipality: str) -> int | None:
        """People who work there; None where nobody said how many."""
        return self.heads.get((municipality, ""))
