"""Who was asked and who has answered, for staff: within their scopes, names in named mode only.

In an anonymous campaign the register of who took part serves the bot alone (not to ask twice, not
to remind in vain). Staff see numbers, and no number for fewer than `Campaign.smallest` asked:
«1 of 1 answered» would name the person.
"""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from storage.questionnaires.campaigns import Campaign
from storage.scopes import PERSON_PLACE, Scope, within


@dataclass(frozen=True, slots=True)
class Turnout:
    """People asked, of them answered, of them begun and not sent."""

    invited: int = 0
    answered: int = 0
    unfinished: int = 0

    @property
    def rate(self) -> float | None:
        """The response rate, 0…1; None where nobody was asked."""
        return self.answered / self.invited if self.invited else None

    def __add__(self, other: "Turnout") -> "Turnout":
        return Turnout(
            self.invited + other.invited,
            self.answered + other.answered,
            self.unfinished + other.unfinished,
        )


@dataclass(frozen=True, slots=True)
class Awaited:
    """Somebody who was asked and has not sent an answer (a named campaign)."""

    person_id: int
    surname: str
    first_name: str
    patronymic: str
    municipality: str | None
    organisation: str | None
    begun: bool
    unreachable: bool
    nudges: int


def turnout(
    conn: sqlite3.Connection, campaign: Campaign, scopes: Iterable[Scope]
) -> Turnout | None:
    """The whole turnout within these scopes; None where an anonymous campaign asked too few."""
    whole = sum(_counted(conn, campaign, scopes).values(), Turnout())
    if campaign.anonymous and 0 < whole.invited < campaign.smallest:
        return None
    return whole


def by_municipality(
    conn: sqlite3.Connection, campaign: Campaign, scopes: Iterable[Scope]
) -> dict[str | None, Turnout]:
    """Turnout by municipality, the lowest rate first.

    In an anonymous campaign the small ones are put together under None; if they are few even
    together, the smallest of the others goes with them, so that none is found by subtraction.
    """
    counted = _counted(conn, campaign, scopes)
    rest = Turnout()
    if campaign.anonymous:
        small = {name for name, one in counted.items() if one.invited < campaign.smallest}
        left = sorted((name for name in counted if name not in small), key=_size(counted))
        while small and sum(counted[name].invited for name in small) < campaign.smallest and left:
            small.add(left.pop(0))
        rest = sum((counted.pop(name) for name in small), Turnout())
        if rest.invited < campaign.smallest:
            rest = Turnout()
    ranked: dict[str | None, Turnout] = dict(
        sorted(counted.items(), key=lambda pair: (pair[1].rate or 0, pair[0]))
    )
    return ranked | ({None: rest} if rest.invited else {})


def awaited(conn: sqlite3.Connection, campaign: Campaign, scopes: Iterable[Scope]) -> list[Awaited]:
    """Everybody within these scopes who was asked and has not answered, by municipality and name.

    Raises:
        PermissionError: the campaign is anonymous: who has not answered is nobody's business.
    """
    if campaign.anonymous:
        message = "who has not answered an anonymous campaign is not shown"
        raise PermissionError(message)
    condition, arguments = within(scopes, *PERSON_PLACE)
    rows = conn.execute(
        "SELECT p.id, p.surname, p.first_name, p.patronymic, p.municipality,"  # noqa: S608 - the condition is ours
        " o.name AS organisation, r.id IS NOT NULL AS begun,"
        " p.unreachable_since IS NOT NULL AS unreachable, i.nudges"
        " FROM invitees i JOIN people p ON p.id = i.person_id"
        " LEFT JOIN organisations o ON o.id = p.organisation_id"
        " LEFT JOIN responses r ON r.campaign_id = i.campaign_id AND r.person_id = p.id"
        f" WHERE i.campaign_id = ? AND r.submitted_at IS NULL AND {condition}"
        " ORDER BY p.municipality, p.surname, p.first_name, p.id",
        (campaign.id, *arguments),
    )
    return [
        Awaited(
            row["id"],
            row["surname"] or "",
            row["first_name"] or "",
            row["patronymic"] or "",
            row["municipality"],
            row["organisation"],
            bool(row["begun"]),
            bool(row["unreachable"]),
            row["nudges"],
        )
        for row in rows
    ]


ANSWERED = (
    "(EXISTS (SELECT 1 FROM responses s WHERE s.campaign_id = i.campaign_id"
    " AND s.person_id = i.person_id AND s.submitted_at IS NOT NULL)"
    " OR EXISTS (SELECT 1 FROM participations t WHERE t.campaign_id = i.campaign_id"
    " AND t.person_id = i.person_id))"
)
"""SQL: whether the invitee `i` has sent an answer."""


def _counted(
    conn: sqlite3.Connection, campaign: Campaign, scopes: Iterable[Scope]
) -> dict[str, Turnout]:
    condition, arguments = within(scopes, *PERSON_PLACE)
    rows = conn.execute(
        "SELECT coalesce(p.municipality, '') AS municipality, count(*) AS invited,"  # noqa: S608 - the conditions are ours
        f" sum({ANSWERED}) AS answered,"
        f" sum(r.id IS NOT NULL AND NOT {ANSWERED}) AS unfinished"
        " FROM invitees i JOIN people p ON p.id = i.person_id"
        " LEFT JOIN responses r ON r.campaign_id = i.campaign_id AND r.person_id = p.id"
        f" WHERE i.campaign_id = ? AND {condition} GROUP BY 1",
        (campaign.id, *arguments),
    )
    return {
        row["municipality"]: Turnout(row["invited"], row["answered"], row["unfinished"])
        for row in rows
    }


def _size(counted: dict[str, Turnout]) -> Callable[[str], tuple[int, str]]:
    return lambda name: (counted[name].invited, name)
