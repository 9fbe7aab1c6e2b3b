"""The last look before a notice is sent: counts, warnings, and what keeps it from being sent."""

from datetime import datetime, timedelta

from bot.delivery.quiet_hours import QUIET_UNTIL, quiet
from bot.keyboards import button, keyboard
from bot.notices import content as notice_content
from bot.notices.buttons import targets
from bot.notices.callbacks import Confirm, Draw, Step
from bot.notices.draft import Draft, begins, burden
from bot.notices.draft_screens import when
from bot.screens import Screen
from bot.situation import Situation
from bot.texts import writing_notices as words
from bot.texts.notices import local
from storage.peace import Burden
from storage.scopes import Scope


async def obstacles(
    draft: Draft, found: Burden, situation: Situation, scopes: tuple[Scope, ...]
) -> list[str]:
    """Everything that keeps it from being sent, each with its remedy."""
    blockers = notice_content.blockers(draft.content, longest_name=found.longest)
    if draft.refused:
        blockers.append(words.blocked("refused", why=draft.refused))
    for one in draft.content.buttons:
        if one.target:
            target = targets.get(one.target)
            offered = [] if target is None else await target.offered(situation, scopes)
            if one.ref not in {number for number, _ in offered}:
                blockers.append(words.blocked("target", label=one.label))
    if not found.people:
        blockers.append(words.blocked("nobody"))
    elif found.unreachable == found.people:
        blockers.append(words.blocked("out-of-reach"))
    return blockers


async def check_screen(
    draft: Draft,
    scope: Scope,
    situation: Situation,
    scopes: tuple[Scope, ...],
    *,
    budget: int,
    approval_from: int,
) -> Screen:
    """Under the preview: counts, warnings, blockers, and the button that sends."""
    found = await burden(draft, scope, situation, budget)
    blockers = await obstacles(draft, found, situation, scopes)
    warnings = []
    at = begins(draft, situation.now)
    if quiet(at, situation.home) and not draft.urgent:
        warnings.append(words.quiet(local(_morning(at, situation), situation.local)))
    if draft.content.kind == "poll":
        warnings.append(words.POLL)
    asks = found.people >= approval_from
    if asks:
        warnings.append(words.approval(approval_from))
    text = words.check(found, when(draft, situation), warnings=warnings, blockers=blockers)
    label = words.send(found.people, asks=asks, later=draft.starts is not None)
    return Screen(
        text,
        keyboard(
            [] if blockers else [button(label, Confirm(key=draft.key))],
            [
                button(words.TO_SELF, Draw(step=Step.SELF)),
                button(words.TO_DRAFT, Draw(step=Step.DRAFT)),
            ],
        ),
    )


def _morning(at: datetime, situation: Situation) -> datetime:
    local_at = at.astimezone(situation.home)
    next_day = (local_at + timedelta(days=1)).date()
    day = local_at.date() if local_at.time() < QUIET_UNTIL else next_day
    return datetime.combine(day, QUIET_UNTIL, local_at.tzinfo)
