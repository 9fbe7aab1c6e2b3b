"""A notice that is being written: what is chosen so far, and the screens that ask for the rest.

Lives in the author's dialog (aiogram's FSM data) until it is confirmed.
"""

from datetime import datetime, time, timedelta

from pydantic import BaseModel

from bot.audiences import form as audience_form
from bot.audiences.form import Form, Kind
from bot.audiences.words import lines, spoken
from bot.delivery.composers import manners
from bot.delivery.outbox import QUIET_UNTIL, quiet
from bot.keyboards import Row, button, keyboard, pages, rows
from bot.notices import content as notice_content
from bot.notices.buttons import targets
from bot.notices.callbacks import EXCLUDED, Confirm, Draw, NewNotice, Notices, Set, Step
from bot.scope_keys import ref_key
from bot.screens import Screen
from bot.situation import Situation
from bot.texts import campaigns as campaign_words
from bot.texts import notices as words
from bot.texts.people import scope as scope_words
from storage import audiences, peace
from storage.audiences import Attitude, Audience, ToMeeting
from storage.notices.notices import Content
from storage.peace import Burden, Topic
from storage.people import places
from storage.scopes import Scope, ScopeKind

MORNING = time(9)
GROUPS_MOST = 6
"""Groups on either side: more could not be told apart on one screen."""
KINDS = (
    Step.ROLES,
    Step.PLACES,
    Step.NETWORKS,
    Step.COMMUNITIES,
    Step.PEOPLE,
    Step.SURVEYS,
)
AUDIENCE_STEPS = (Step.AUDIENCE, Step.GROUP, Step.MEETINGS, *KINDS)


class Draft(BaseModel):
    """What is chosen so far; `starts` None is «сейчас».

    `taken` is the fingerprint of the content that Telegram has taken as a preview: only that may
    be sent. `refused` are its words where it has not. `shown` is the message that shows the draft.
    """

    key: str
    scope_kind: ScopeKind | None = None
    scope_ref: str = ""
    content: Content = Content()
    group: str = ""
    included: tuple[Audience, ...] = (Audience(),)
    excluded: tuple[Audience, ...] = ()
    starts: datetime | None = None
    urgent: bool = False
    taken: str = ""
    refused: str = ""
    faults: tuple[str, ...] = ()
    shown: int = 0
    at: int = 0

    @property
    def scope(self) -> Scope | None:
        """The territory; None while it is not chosen."""
        return None if self.scope_kind is None else Scope(self.scope_kind, self.scope_ref)

    @property
    def audience(self) -> Audience:
        """The whole expression. An empty group among several says nothing and is left out."""
        named = [one for one in self.included if not one.everybody]
        first = named[0] if named else Audience()
        left_out = tuple(one for one in self.excluded if not one.everybody)
        return first.model_copy(update={"also": tuple(named[1:]), "but": left_out})

    def group_at(self, number: int) -> Audience | None:
        """A group by its number in buttons."""
        side, place = (
            (self.excluded, number - EXCLUDED) if number >= EXCLUDED else (self.included, number)
        )
        return side[place] if place < len(side) else None

    def with_group(self, number: int, group: Audience | None) -> "Draft":
        """The draft with a group changed, added at the end, or (None) removed."""
        name = "excluded" if number >= EXCLUDED else "included"
        side = list(self.excluded if number >= EXCLUDED else self.included)
        place = number - EXCLUDED if number >= EXCLUDED else number
        if group is None:
            del side[place : place + 1]
        elif place < len(side):
            side[place] = group
        elif len(side) < GROUPS_MOST:
            side.append(group)
        return self.model_copy(update={name: tuple(side) or self._least(name)})

    @staticmethod
    def _least(name: str) -> tuple[Audience, ...]:
        return (Audience(),) if name == "included" else ()


async def burden(draft: Draft, scope: Scope, situation: Situation, budget: int) -> Burden:
    """How the audience stands now."""
    unasked = [kind for kind, manner in manners.items() if manner.unasked]
    return await situation.db.read(
        peace.burden,
        draft.audience,
        scope,
        unasked,
        topic=Topic.NOTICES,
        budget=budget,
        now=situation.now,
    )


async def territory(situation: Situation, scopes: tuple[Scope, ...]) -> Screen:
    """For which of the author's territories?"""
    titles = await situation.db.read(places.titles)
    made = [
        button(
            scope_words(one, titles),
            Set(step=Step.SCOPE, value=f"{one.kind.value[0]}{ref_key(one)}"),
        )
        for one in scopes
    ]
    return Screen(words.ASK_SCOPE, keyboard(*rows(made), [button(words.TO_LIST, Notices())]))


async def hub(
    draft: Draft, scope: Scope, situation: Situation, budget: int, note: str = ""
) -> Screen:
    """Everything chosen, and the way to each part of it."""
    if draft.content.empty:
        ask = f"{words.ASK_CONTENT}\n\n{note}" if note else words.ASK_CONTENT
        return Screen(ask, keyboard([button(words.TO_LIST, Notices())]))
    text = words.draft(
        draft.content,
        await spoken(situation.db, draft.audience),
        when(draft, situation),
        urgent=draft.urgent,
        found=await burden(draft, scope, situation, budget),
        note=note,
    )
    urgency = words.URGENT_ON if draft.urgent else words.URGENT_OFF
    return Screen(
        text,
        keyboard(
            [
                button(words.CONTENT, Draw(step=Step.CONTENT)),
                button(words.BUTTONS, Draw(step=Step.BUTTONS)),
            ],
            [
                button(words.AUDIENCE, Draw(step=Step.AUDIENCE)),
                button(words.WHEN, Draw(step=Step.WHEN)),
            ],
            [
                button(urgency, Set(step=Step.URGENT, on=not draft.urgent)),
                button(words.TO_SELF, Draw(step=Step.SELF)),
            ],
            [button(words.CHECK, Draw(step=Step.CHECK))],
            [button(words.TO_LIST, Notices())],
        ),
    )


def when(draft: Draft, situation: Situation) -> str:
    """The moment in words."""
    return words.NOW.lower() if draft.starts is None else words.local(draft.starts, situation.local)


async def choosing(
    draft: Draft,
    step: Step,
    scope: Scope,
    situation: Situation,
    *,
    scopes: tuple[Scope, ...],
    budget: int,
    page: int = 0,
) -> Screen:
    """A screen of the audience: its groups, one group, or one kind within it."""
    if step is Step.AUDIENCE:
        return await audience_screen(draft, scope, situation, budget)
    if step is Step.GROUP:
        return await group_screen(draft, draft.at, scope, situation)
    if step is Step.MEETINGS:
        return await meetings_screen(draft.at, situation, scopes, page)
    return await kind_screen(draft, draft.at, step, scope, situation, scopes=scopes, page=page)


async def audience_screen(draft: Draft, scope: Scope, situation: Situation, budget: int) -> Screen:
    """The groups, united and left out."""
    db = situation.db
    included = [words.group(await lines(db, one)) for one in draft.included]
    excluded = [words.group(await lines(db, one)) for one in draft.excluded]
    ways = [
        button(f"{words.GROUP} {place + 1}", Draw(step=Step.GROUP, group=place))
        for place in range(len(included))
    ] + [
        button(f"{words.EXCEPT} {place + 1}", Draw(step=Step.GROUP, group=EXCLUDED + place))
        for place in range(len(excluded))
    ]
    more = []
    if len(included) < GROUPS_MOST:
        more.append(button(words.ADD_GROUP, Draw(step=Step.GROUP, group=len(included))))
    if len(excluded) < GROUPS_MOST:
        more.append(button(words.ADD_EXCEPT, Draw(step=Step.GROUP, group=EXCLUDED + len(excluded))))
    text = words.audience(included, excluded, await burden(draft, scope, situation, budget))
    return Screen(text, keyboard(*rows(ways, 2), more, _done()))


async def group_screen(draft: Draft, number: int, scope: Scope, situation: Situation) -> Screen:
    """One group and the kinds it is narrowed by."""
    chosen = draft.group_at(number) or Audience()
    found = await situation.db.read(audiences.reach, chosen, scope)
    kinds = [
        button(words.GROUP_KINDS[kind.value], Draw(step=kind, group=number))
        for kind in (*KINDS, Step.MEETINGS)
        if audience_form.narrows(kind.value, scope)
    ]
    text = words.group_screen(await lines(situation.db, chosen), found.people)
    remove = [button(words.REMOVE_GROUP, Set(step=Step.GROUP, group=number, on=False))]
    return Screen(
        text,
        keyboard(*rows(kinds, 2), remove, [button(words.READY, Draw(step=Step.AUDIENCE))]),
    )


async def kind_screen(
    draft: Draft,
    number: int,
    step: Step,
    scope: Scope,
    situation: Situation,
    *,
    scopes: tuple[Scope, ...],
    page: int = 0,
) -> Screen:
    """One kind within one group."""
    form = Form(
        ask=lambda kind, to: Draw(step=Step(kind.value), group=number, page=to),
        put=lambda kind, value, on, at: Set(
            step=Step(kind.value), group=number, value=value, on=on, page=at
        ),
        done=[button(words.READY, Draw(step=Step.GROUP, group=number))],
        scopes=scopes,
    )
    return await audience_form.screen(
        draft.group_at(number) or Audience(),
        scope,
        Kind(step.value),
        situation,
        form,
        faults=draft.faults,
        page=page,
    )


async def meetings_screen(
    number: int, situation: Situation, scopes: tuple[Scope, ...], page: int
) -> Screen:
    """The meetings whose people may be chosen by what they said or did."""
    made = [
        button(label, Set(step=Step.MEETINGS, group=number, value=str(meeting)))
        for meeting, label in await targets["event"].offered(situation, scopes)
    ]
    turn = pages(
        made, lambda to: Draw(step=Step.MEETINGS, group=number, page=to), page=page, size=8
    )
    text = words.ASK_MEETING if made else words.NO_TARGETS
    return Screen(text, keyboard(*turn, [button(words.READY, Draw(step=Step.GROUP, group=number))]))


def attitudes_screen(draft: Draft, number: int, meeting: int, title: str) -> Screen:
    """How people stand to one meeting: any of those ticked."""
    chosen = draft.group_at(number) or Audience()
    on = {one.attitude for one in chosen.meetings if one.occurrence == meeting}
    made = [
        button(
            campaign_words.ticked(label, on=attitude in on),
            Set(
                step=Step.MEETINGS,
                group=number,
                value=f"{meeting}-{attitude.value}",
                on=attitude not in on,
            ),
        )
        for attitude, label in words.ATTITUDES.items()
    ]
    done = [button(words.READY, Draw(step=Step.GROUP, group=number))]
    return Screen(words.attitudes(title), keyboard(*rows(made, 2), done))


def with_attitude(group: Audience, meeting: int, attitude: Attitude, *, on: bool) -> Audience:
    """The group after one tick."""
    one = ToMeeting(occurrence=meeting, attitude=attitude)
    kept = tuple(other for other in group.meetings if other != one)
    return group.model_copy(update={"meetings": (*kept, one) if on else kept})


def buttons_screen(draft: Draft, note: str = "") -> Screen:
    """The buttons under the notice; pressing one takes it away."""
    made = [
        [button(f"✕ {one.label}", Set(step=Step.BUTTONS, value=str(place), on=False))]
        for place, one in enumerate(draft.content.buttons)
    ]
    more = [button(words.ADD_LINK, Draw(step=Step.LINK))] + [
        button(words.TARGETS[name], Draw(step=Step.TARGET, name=name)) for name in targets
    ]
    text = f"{words.ASK_BUTTONS}\n\n{note}" if note else words.ASK_BUTTONS
    return Screen(text, keyboard(*made, *rows(more, 2), _done()))


async def target_screen(
    name: str, situation: Situation, scopes: tuple[Scope, ...], page: int
) -> Screen:
    """What a button may lead to."""
    target = targets.get(name)
    offered = [] if target is None else await target.offered(situation, scopes)
    made = [
        button(label, Set(step=Step.TARGET, value=f"{name}-{number}")) for number, label in offered
    ]
    shown = pages(made, lambda to: Draw(step=Step.TARGET, name=name, page=to), page=page, size=8)
    text = words.TARGET_HEADS.get(name, "") if made else words.NO_TARGETS
    back = [button(words.READY, Draw(step=Step.BUTTONS))]
    return Screen(text or words.NO_TARGETS, keyboard(*shown, back))


def when_screen(note: str = "") -> Screen:
    """When shall it go?"""
    made = [
        button(words.NOW, Set(step=Step.WHEN, value="now")),
        button(words.TOMORROW, Set(step=Step.WHEN, value="tomorrow")),
    ]
    text = f"{note}\n\n{words.ASK_WHEN}" if note else words.ASK_WHEN
    return Screen(text, keyboard(made, _done()))


def link_screen(note: str = "") -> Screen:
    """A label and an address, please."""
    text = f"{note}\n\n{words.ASK_LINK}" if note else words.ASK_LINK
    return Screen(text, keyboard([button(words.READY, Draw(step=Step.BUTTONS))]))


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


def begins(draft: Draft, now: datetime) -> datetime:
    """When it begins: a moment chosen earlier may have passed meanwhile."""
    return now if draft.starts is None else max(draft.starts, now)


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
    if quiet(at, situation.zone) and not draft.urgent:
        warnings.append(words.quiet(words.local(_morning(at, situation), situation.local)))
    if found.people >= approval_from:
        warnings.append(words.approval(approval_from))
    text = words.check(found, when(draft, situation), warnings=warnings, blockers=blockers)
    confirm = [] if blockers else [button(words.send(found.people), Confirm(key=draft.key))]
    return Screen(
        text,
        keyboard(
            confirm,
            [
                button(words.TO_SELF, Draw(step=Step.SELF)),
                button(words.TO_DRAFT, Draw(step=Step.DRAFT)),
            ],
        ),
    )


def _morning(at: datetime, situation: Situation) -> datetime:
    local = at.astimezone(situation.zone)
    day = local.date() if local.time() < QUIET_UNTIL else (local + timedelta(days=1)).date()
    return datetime.combine(day, QUIET_UNTIL, local.tzinfo)


def stale() -> Screen:
    """The draft is gone."""
    return Screen(words.STALE, keyboard([button(words.NEW, NewNotice())]))


def _done() -> Row:
    return [button(words.READY, Draw(step=Step.DRAFT))]
