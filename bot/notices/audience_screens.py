"""To whom a notice goes: the screens of its draft that choose it."""

from bot.audiences import form as audience_form
from bot.audiences.form import Form, Kind
from bot.audiences.words import lines
from bot.keyboards import Row, button, keyboard, pages, rows
from bot.notices.buttons import targets
from bot.notices.callbacks import EXCLUDED, Draw, Set, Step
from bot.notices.draft import GROUPS_MOST, Draft, burden
from bot.screens import Screen
from bot.situation import Situation
from bot.texts import campaigns as campaign_words
from bot.texts import writing_notices as words
from storage.audiences import Audience
from storage.notices import addressing
from storage.scopes import Scope

KINDS = (
    Step.ROLES,
    Step.PLACES,
    Step.NETWORKS,
    Step.COMMUNITIES,
    Step.PEOPLE,
    Step.SURVEYS,
    Step.TASKS,
)
"""Steps that narrow a group by ticks or by a list."""

STEPS = (Step.AUDIENCE, Step.GROUP, Step.MEETINGS, *KINDS)


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
    if step is Step.AUDIENCE or (step is Step.GROUP and draft.simple):
        return await audience_screen(draft, scope, situation, budget)
    if step is Step.GROUP:
        return await group_screen(draft, draft.at, scope, situation)
    if step is Step.MEETINGS:
        return await meetings_screen(draft.at, situation, scopes, page)
    return await kind_screen(draft, draft.at, step, scope, situation, scopes=scopes, page=page)


async def audience_screen(draft: Draft, scope: Scope, situation: Situation, budget: int) -> Screen:
    """The groups, united and left out. A single group, as most are, is chosen right here."""
    db = situation.db
    found = await burden(draft, scope, situation, budget)
    more = []
    if len(draft.included) < GROUPS_MOST:
        more.append(button(words.ADD_GROUP, Draw(step=Step.GROUP, group=len(draft.included))))
    if len(draft.excluded) < GROUPS_MOST:
        number = EXCLUDED + len(draft.excluded)
        more.append(button(words.ADD_EXCEPT, Draw(step=Step.GROUP, group=number)))
    if draft.simple:
        chosen = await lines(db, draft.included[0])
        text = words.single_group(chosen, found)
        # Nobody can be added to everybody, nor seen to be left out before somebody is chosen.
        wider = more if chosen else more[1:]
        return Screen(text, keyboard(*_kinds(0, scope), wider, _done(Step.DRAFT)))
    included = [words.group(await lines(db, one)) for one in draft.included]
    excluded = [words.group(await lines(db, one)) for one in draft.excluded]
    ways = [
        button(f"{words.GROUP} {place + 1}", Draw(step=Step.GROUP, group=place))
        for place in range(len(included))
    ] + [
        button(f"{words.EXCEPT} {place + 1}", Draw(step=Step.GROUP, group=EXCLUDED + place))
        for place in range(len(excluded))
    ]
    text = words.audience(included, excluded, found)
    return Screen(text, keyboard(*rows(ways, 2), more, _done(Step.DRAFT)))


async def group_screen(draft: Draft, number: int, scope: Scope, situation: Situation) -> Screen:
    """One of several groups and the kinds it is narrowed by."""
    chosen = draft.group_at(number) or Audience()
    found = await situation.db.read(addressing.reach, chosen, scope, now=situation.now)
    remove = [button(words.REMOVE_GROUP, Set(step=Step.GROUP, group=number, on=False))]
    text = words.group_screen(await lines(situation.db, chosen), found.people)
    return Screen(text, keyboard(*_kinds(number, scope), remove, _done(Step.AUDIENCE)))


def _kinds(number: int, scope: Scope) -> list[Row]:
    made = [
        button(words.GROUP_KINDS[kind.value], Draw(step=kind, group=number))
        for kind in (*KINDS, Step.MEETINGS)
        if audience_form.narrows(kind.value, scope)
    ]
    return rows(made, 2)


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
        done=_done(Step.GROUP, number),
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
    return Screen(text, keyboard(*turn, _done(Step.GROUP, number)))


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
    return Screen(words.attitudes(title), keyboard(*rows(made, 2), _done(Step.GROUP, number)))


def _done(to: Step, group: int = 0) -> Row:
    return [button(words.READY, Draw(step=to, group=group))]
