"""A campaign that is being prepared: what is chosen so far, and the screens that ask for the rest.

Lives in the person's dialog (aiogram's FSM data) until it is opened. Order: territory (if there is
a choice), subject, mode, audience, opening, closing, confirmation.
"""

from datetime import datetime, time, timedelta

from pydantic import BaseModel

from bot.audiences import form as audience_form
from bot.audiences.form import Kind
from bot.audiences.words import lines as audience_lines
from bot.campaigns.callbacks import Ask, Campaigns, Fill, NewCampaign, OpenIt, Put
from bot.keyboards import Row, button, keyboard, rows
from bot.scope_keys import ref_key
from bot.screens import Screen
from bot.situation import Situation
from bot.texts import campaigns as words
from bot.texts.people import scope as scope_words
from storage import audiences
from storage.audiences import Audience
from storage.people import places
from storage.questionnaires import publishing
from storage.scopes import Scope, ScopeKind
from surveys.boyko_form import FORM as SCREENING
from surveys.questionnaire import Anonymity, Questionnaire

DAYS = (3, 7, 14)
MORNING = time(9)
LONGEST = timedelta(days=400)
"""A campaign that would stay open longer is a slip of the year."""
KINDS = (Ask.ROLES, Ask.PLACES, Ask.NETWORKS, Ask.COMMUNITIES, Ask.PEOPLE)
ALL = ""
"""What `Put` says to clear a whole kind."""
EDITS = "edits"
"""What `Put` says on the last screen: answers may be changed after sending, or may not."""
FORM = audience_form.Form(
    ask=lambda kind, page: Fill(ask=Ask(kind.value), page=page),
    put=lambda kind, value, on, page: Put(ask=Ask(kind.value), value=value, on=on, page=page),
    done=[button(words.READY, Fill(ask=Ask.AUDIENCE))],
)


class Draft(BaseModel):
    """What is chosen so far; `opens` None is «сейчас». `faults` are of the last typed list.

    `last_typed` is the newest message that was taken: handled again after a crash, it must not
    answer the next question as well.
    """

    key: str
    form: str
    version: int
    scope_kind: ScopeKind | None = None
    scope_ref: str = ""
    subject: str = ""
    mode: Anonymity
    editable: bool | None = None
    audience: Audience = Audience()
    opens: datetime | None = None
    closes: datetime | None = None
    faults: tuple[str, ...] = ()
    last_typed: int = 0

    @property
    def scope(self) -> Scope | None:
        """The territory; None while it is not chosen."""
        return None if self.scope_kind is None else Scope(self.scope_kind, self.scope_ref)


async def screen(
    draft: Draft,
    ask: Ask,
    situation: Situation,
    scopes: tuple[Scope, ...],
    *,
    page: int = 0,
    note: str = "",
) -> Screen:
    """The screen that asks for one thing; `note` stands above it."""
    scope = draft.scope
    if scope is None or ask is Ask.SCOPE:
        shown = await _territory(situation, scopes)
    elif ask is Ask.SUBJECT:
        no_subject = [button(words.NO_SUBJECT, Put(ask=ask, value=ALL))]
        shown = Screen(words.ASK_SUBJECT, keyboard(no_subject, _leave()))
    elif ask is Ask.MODE:
        shown = _mode(draft, await form_of(draft, situation))
    elif ask is Ask.AUDIENCE:
        shown = await _audience(draft, scope, situation)
    elif ask in KINDS:
        kind = Kind(ask.value)
        shown = await audience_form.screen(
            draft.audience, scope, kind, situation, FORM, faults=draft.faults, page=page
        )
    elif ask is Ask.OPENS:
        made = [
            button(words.OPENS_NOW, Put(ask=ask, value="now")),
            button(words.OPENS_TOMORROW, Put(ask=ask, value="tomorrow")),
        ]
        shown = Screen(words.ASK_OPENS, keyboard(made, _back(Ask.AUDIENCE)))
    elif ask is Ask.CLOSES:
        made = [button(words.days(days), Put(ask=ask, value=str(days))) for days in DAYS]
        shown = Screen(words.ASK_CLOSES, keyboard(made, _back(Ask.OPENS)))
    else:
        shown = await _confirm(draft, scope, situation)
    return Screen(f"{note}\n\n{shown.text}", shown.keyboard) if note else shown


def after_subject(draft: Draft) -> Ask:
    """What is asked next; a screening has one mode only."""
    return Ask.AUDIENCE if draft.form == SCREENING else Ask.MODE


def closing_after(opens: datetime, days: int) -> datetime:
    """The end of the day that is so many days after the opening: people think in whole days."""
    day = (opens + timedelta(days=days + 1)).date()
    return datetime.combine(day, time(0), opens.tzinfo)


def with_tick(draft: Draft, ask: Ask, value: str, *, on: bool) -> Draft:
    """The draft after one tick; a value that means nothing changes nothing."""
    if ask not in KINDS:
        return draft
    kind = Kind(ask.value)
    faults = () if kind is Kind.PEOPLE else draft.faults
    audience = audience_form.with_tick(draft.audience, kind, value, on=on)
    return draft.model_copy(update={"audience": audience, "faults": faults})


async def form_of(draft: Draft, situation: Situation) -> Questionnaire | None:
    """The questionnaire the draft is for."""
    return await situation.db.read(publishing.published_version, draft.form, draft.version)


async def _territory(situation: Situation, scopes: tuple[Scope, ...]) -> Screen:
    titles = await situation.db.read(places.titles)
    made = [
        button(
            scope_words(one, titles),
            Put(ask=Ask.SCOPE, value=f"{one.kind.value[0]}{ref_key(one)}"),
        )
        for one in scopes
    ]
    return Screen(words.ASK_SCOPE, keyboard(*rows(made), _leave()))


def mode_for(form: Questionnaire, wanted: Anonymity) -> Anonymity:
    """The mode to begin with: what asks for a file is never anonymous."""
    return Anonymity.NAMED if publishing.file_items(form) else wanted


def _mode(draft: Draft, form: Questionnaire | None) -> Screen:
    if form is not None and publishing.file_items(form):
        named = button(words.MODES[Anonymity.NAMED], Put(ask=Ask.MODE, value=Anonymity.NAMED.value))
        return Screen(words.NAMED_FOR_FILES, keyboard([named], _back(Ask.SUBJECT)))
    made = [
        button(
            words.ticked(label, on=True) if mode is draft.mode else label,
            Put(ask=Ask.MODE, value=mode.value),
        )
        for mode, label in words.MODES.items()
    ]
    return Screen(words.ASK_MODE, keyboard(made, _back(Ask.SUBJECT)))


async def _audience(draft: Draft, scope: Scope, situation: Situation) -> Screen:
    lines = await audience_lines(situation.db, draft.audience)
    found = await situation.db.read(audiences.reach, draft.audience, scope)
    kinds = [
        button(words.KINDS[kind.value], Fill(ask=kind))
        for kind in KINDS
        if audience_form.narrows(kind.value, scope)
    ]
    on = [button(words.NEXT, Fill(ask=Ask.OPENS))] if found.people else []
    text = words.audience(lines, found)
    if not found.people:
        text += f"\n\n{words.NOBODY}"
    before = Ask.SUBJECT if draft.form == SCREENING else Ask.MODE
    return Screen(text, keyboard(*rows(kinds, 2), on, _back(before)))


async def _confirm(draft: Draft, scope: Scope, situation: Situation) -> Screen:
    form = await form_of(draft, situation)
    if form is None or draft.closes is None:
        return Screen(words.STALE, keyboard([button(words.FROM_START, NewCampaign())]))
    found = await situation.db.read(audiences.reach, draft.audience, scope)
    now = situation.local
    text = words.confirm(
        form.title,
        draft.subject,
        mode=draft.mode,
        lines=await audience_lines(situation.db, draft.audience),
        found=found,
        opens=words.OPENS_NOW.lower() if draft.opens is None else words.local(draft.opens, now),
        closes=words.closing(draft.closes, now),
        editable=lets_edit(draft, form),
    )
    return Screen(
        text,
        keyboard(
            [button(words.OPEN, OpenIt(key=draft.key))] if found.people else [],
            _edits(draft, form),
            _back(Ask.CLOSES),
            [button(words.FROM_START, NewCampaign())],
        ),
    )


def lets_edit(draft: Draft, form: Questionnaire) -> bool | None:
    """Whether sent answers may be changed; None where nobody can: they are cut from people."""
    if draft.mode is Anonymity.ANONYMOUS or draft.form == SCREENING:
        return None
    return form.editable_after_submit if draft.editable is None else draft.editable


def _edits(draft: Draft, form: Questionnaire) -> Row:
    on = lets_edit(draft, form)
    if on is None:
        return []
    label = words.FORBID_EDITS if on else words.ALLOW_EDITS
    return [button(label, Put(ask=Ask.CONFIRM, value=EDITS, on=not on))]


def _back(to: Ask) -> Row:
    return [button(words.BACK, Fill(ask=to))]


def _leave() -> Row:
    return [button(words.TO_LIST, Campaigns())]
