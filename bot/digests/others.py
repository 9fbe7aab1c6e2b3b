"""The week of an organiser, about own events; and of a trainee, about where to go."""

from bot.digests.orders import DigestOrder, Reader
from bot.digests.parts import meetings, satisfied
from reports.region_figures import Figures
from reports.region_turns import View
from reports.weekly import Open, Weekly
from storage.database import Connection
from storage.questionnaires import campaigns
from storage.summaries import region


def organisers(
    conn: Connection, reader: Reader, figures: Figures, order: DigestOrder, whom: str
) -> Weekly:
    """One's own events: their days, who came, and what they all said of it."""
    own = region.organised_by(conn, reader.person_id)
    base = meetings(conn, figures, order, whom, reader.scopes, only=own)
    asked = {one.campaign for one in figures.data.meetings if one.id in own}
    mine = [one for one in figures.data.questioned if one.id in asked]
    return base.model_copy(update={"satisfied": tuple(satisfied(mine, figures.today, View()))})


def trainees(conn: Connection, reader: Reader, figures: Figures, order: DigestOrder) -> Weekly:
    """One's own week: what one said one would come to, what waits for an answer, what was."""
    own = region.signed_up(conn, reader.person_id) | region.visited(conn, reader.person_id)
    base = meetings(conn, figures, order, "", (), only=own)
    waiting = region.waiting_for(conn, reader.person_id, order.made_at)
    asked = [campaigns.find(conn, number) for number in sorted(waiting)]
    visited = region.visited(conn, reader.person_id)
    return base.model_copy(
        update={
            "without_day": (),
            "met": tuple(one for one in base.met if one.id in visited),
            "open": tuple(
                Open(
                    id=one.id,
                    name=one.subject or one.title,
                    closes_at=one.closes_at,
                    invited=1,
                    answered=0,
                    change=None,
                    mine=False,
                )
                for one in asked
                if one is not None
            ),
        }
    )
