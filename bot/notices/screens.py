"""A notice as staff see it: the list, the card with its account, those whom it did not reach."""

from datetime import datetime

from aiogram.types import CallbackQuery

from bot.audiences.words import spoken
from bot.keyboards import Row, arrows, button, keyboard, pages, rows, to_menu
from bot.notices.callbacks import (
    Correct,
    Decide,
    Missed,
    NewNotice,
    NoticeCard,
    Notices,
    Retry,
    Sheet,
    Turn,
    TurnNotice,
    Withdraw,
)
from bot.rights import Action, scopes_for
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import notice_account as account_words
from bot.texts import notices as words
from storage.database import Database
from storage.notices import account as notice_account
from storage.notices import notices
from storage.notices.account import Account
from storage.notices.notices import Notice, State
from storage.scopes import Scope, covered

SIZE = 8
PEOPLE = 15


def to_list() -> Row:
    """The way back to the list."""
    return [button(words.TO_LIST, Notices())]


def to_card(notice: int) -> Row:
    """The way back to the card."""
    return [button(words.TO_CARD, NoticeCard(notice=notice))]


def listing(found: list[Notice], page: int) -> Screen:
    """All notices in scope, newest first, and the way to a new one."""
    made = [
        button(words.listed(one.state, one.content), NoticeCard(notice=one.id)) for one in found
    ]
    shown = pages(made, lambda to: Notices(page=to), page=page, size=SIZE)
    text = words.LIST_HEAD if made else words.LIST_EMPTY
    return Screen(text, keyboard([button(words.NEW, NewNotice())], *shown, to_menu()))


async def card(
    db: Database,
    notice: Notice,
    account: Account,
    now: datetime,
    *,
    left: float | None = None,
    decides: bool = False,
) -> Screen:
    """How it stands and what can be done; `now` is local, `left` are seconds to the end.

    `decides`: whoever looks may say the second person's word about it.
    """
    text = account_words.card(
        notice.content,
        notice.state,
        account,
        whom=await spoken(db, notice.audience),
        when=words.local(max(notice.starts_at, notice.created_at), now),
        left=left,
        withdrawn=notice.withdrawn_at is not None,
        halted=notice.halted,
        declined_why=notice.declined_why,
        orphaned=notice.orphaned,
        fix_waits=notice.fix_waits,
    )
    word = decision(notice) if decides else []
    return Screen(text, keyboard(*word, *_ways(notice, account), to_list()))


def decision(notice: Notice) -> list[Row]:
    """The second person's buttons; whoever decides about what its author left takes it over."""
    yes, no = (words.TAKE_OVER, words.LEAVE) if notice.orphaned else (words.APPROVE, words.DECLINE)
    return [
        [button(words.LOOK, Decide(notice=notice.id, approved=False, look=True))],
        [
            button(yes, Decide(notice=notice.id, approved=True)),
            button(no, Decide(notice=notice.id, approved=False)),
        ],
    ]


def _ways(notice: Notice, account: Account) -> list[Row]:
    number = notice.id
    if notice.state in {State.SCHEDULED, State.SENDING}:
        made = [
            button(words.PAUSE, TurnNotice(notice=number, to=Turn.PAUSE)),
            button(words.CANCEL, TurnNotice(notice=number, to=Turn.CANCEL)),
        ]
    elif notice.state is State.PAUSED:
        made = [
            button(words.RESUME, TurnNotice(notice=number, to=Turn.RESUME)),
            button(words.CANCEL, TurnNotice(notice=number, to=Turn.CANCEL)),
        ]
    elif notice.state is State.AWAITING:
        made = [button(words.CANCEL, TurnNotice(notice=number, to=Turn.CANCEL))]
    else:
        made = []
    if not account.planned:
        return [made]
    after = [
        button(words.WHO, Missed(notice=number)),
        button(words.SHEET, Sheet(notice=number)),
    ]
    if notice.withdrawn_at is None:
        if notice.state in {State.DONE, State.CANCELLED} and account.of(
            "failed", "unknown", "dropped"
        ):
            after.append(button(words.RETRY, Retry(notice=number)))
        if notice.content.text:
            after.append(button(words.CORRECT, Correct(notice=number)))
        after.append(button(words.WITHDRAW, Withdraw(notice=number)))
    made.append(button(words.REFRESH, NoticeCard(notice=number)))
    return [made, *rows(after, 2)]


async def missed(situation: Situation, notice: Notice, page: int) -> Screen:
    """Those whom it did not reach, with the reason."""
    account = await situation.db.read(notice_account.account, notice.id)
    total = account.of("failed", "unknown", "dropped")
    last = max(0, (total - 1) // PEOPLE)
    page = min(page, last)
    found = await situation.db.read(
        notice_account.recipients, notice.id, missed=True, limit=PEOPLE, offset=page * PEOPLE
    )
    turn = arrows(lambda to: Missed(notice=notice.id, page=to), page=page, last=last)
    text = account_words.missed(notice.content, found, total, page * PEOPLE)
    return Screen(text, keyboard(turn, to_card(notice.id)))


def gone() -> Screen:
    """No such notice in scope."""
    return Screen(words.GONE, keyboard(to_list()))


async def show_card(
    press: CallbackQuery,
    number: int,
    situation: Situation,
    scopes: tuple[Scope, ...],
    *,
    notice: str = "",
) -> None:
    """Show how it stands, with a toast if given; its author watches it there from now on."""
    found = await situation.db.read(notices.find_for_staff, number, scopes)
    if found is None:
        await show(press, gone())
        return
    account = await situation.db.read(notice_account.account, number)
    person = situation.person
    decides = found.state is State.AWAITING and found.author_id != person.id
    if decides:
        own = scopes_for(person, Action.APPROVE_NOTICES, situation.admin_ids)
        decides = await situation.db.read(covered, own, found.scope)
    screen = await card(situation.db, found, account, situation.local, decides=decides)
    shown = await show(press, screen, notice=notice or None)
    if found.author_id == situation.person.id:
        await situation.db.write(notices.show_in, number, shown)
