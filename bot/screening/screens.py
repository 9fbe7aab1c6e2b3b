"""The screens of somebody who takes the screening; one message is edited through all of them."""

from bot.callbacks import Go, Place
from bot.keyboards import Row, button, keyboard, to_menu
from bot.screening.callbacks import (
    About,
    Agree,
    AskCode,
    AskPosition,
    Before,
    Consent,
    Desk,
    ForGroups,
    GoTo,
    Hide,
    Home,
    Rest,
    Say,
    ShowResult,
    Stop,
)
from bot.screening.consent import CURRENT, text
from bot.screens import Screen
from bot.situation import Situation
from bot.texts import campaigns as campaign_words
from bot.texts import screening as words
from storage.questionnaires import responses
from storage.questionnaires.campaigns import Campaign
from storage.questionnaires.responses import Entry
from storage.screening import taking as screening
from storage.screening import wordings as screening_wordings
from storage.screening.taking import Draft, Mine, Pressed, Step
from surveys.boyko_key import ITEMS
from surveys.screening_groups import POSITIONS, SERVICE


def home(mine: Mine, *, staff: bool) -> Screen:
    """What it is, the screenings that are open to the person, the way to a code."""
    made = [
        [
            button(
                words.home_line(one.title, one.subject, begun=draft is not None),
                Before(campaign=one.id),
            )
        ]
        for one, draft in mine.open
    ]
    tail = words.TAKEN if mine.taken and not made else "" if made else words.NONE_OPEN
    return Screen(
        "\n\n".join(filter(None, (words.HOME, tail))),
        keyboard(
            *made,
            [button(words.ENTER_CODE, AskCode())],
            [button(words.FOR_STAFF, Desk())] if staff else [],
            to_menu(),
        ),
    )


async def before(campaign_id: int, situation: Situation) -> Screen:
    """What it is and is not, who sees what; or why it cannot be taken now."""
    db, now = situation.db, situation.now
    found = await db.read(responses.peek, campaign_id, situation.person.id, now=now)
    campaign = found.campaign
    if campaign is None or not campaign.screening:
        return gone()
    refusals = {
        Entry.SENT: words.TAKEN,
        Entry.CLOSED: words.CLOSED,
        Entry.NOT_INVITED: words.NOT_FOR_YOU,
        Entry.PLANNED: words.NONE_OPEN,
    }
    if found.entry in refusals:
        return Screen(refusals[found.entry], keyboard(to_home()))
    edition = await db.read(screening_wordings.edition_of, campaign)
    said = words.before(
        campaign.title,
        campaign.subject,
        campaign_words.closing(campaign.closes_at, situation.local),
        own_words=edition.own_words,
    )
    draft = await db.read(screening.of_person, campaign.id, situation.person.id)
    if draft is None:
        return Screen(
            said,
            keyboard([button(words.CONSENT, Consent(campaign=campaign.id))], to_home()),
        )
    return Screen(
        f"{said}\n\n{words.begun(draft.answered)}",
        keyboard(
            [button(words.GO_ON, GoTo(draft=draft.id))],
            [button(words.STOP, Stop(draft=draft.id))],
            to_home(),
        ),
    )


def consent(campaign: Campaign) -> Screen:
    """The consent, whole, and the act of giving it."""
    return Screen(
        text(),
        keyboard(
            [button(words.AGREE, Agree(campaign=campaign.id, version=CURRENT))],
            [button(words.DECLINE, Home())],
        ),
    )


def standing(pressed: Pressed) -> Screen:
    """Where somebody stands after a press."""
    draft = pressed.draft
    if draft is None or pressed.step is Step.GONE:
        return gone()
    if pressed.step is Step.CLOSED:
        return Screen(words.CLOSED, keyboard(to_home()))
    if draft.about_due:
        return about(draft)
    return item(draft) if draft.item is not None else complete(draft)


def about(draft: Draft) -> Screen:
    """What the groups are counted by; one tap on the length of service goes on."""
    said = [
        [
            button(
                words.SERVICE[group],
                About(draft=draft.id, what=ForGroups.SERVICE, group=group),
            )
        ]
        for group in (*SERVICE, "")
    ]
    other = button(words.other_position(draft.position), AskPosition(draft=draft.id))
    return Screen(
        words.about(draft.position),
        keyboard(*said, [other], [button(words.STOP, Stop(draft=draft.id))]),
    )


def positions(draft: Draft) -> Screen:
    """Which group of positions somebody counts themselves to."""
    return Screen(
        words.ASK_POSITION,
        keyboard(
            *(
                [
                    button(
                        words.mark(words.POSITIONS[group], chosen=group == draft.position),
                        About(draft=draft.id, what=ForGroups.POSITION, group=group),
                    )
                ]
                for group in POSITIONS
            ),
            [button(words.BACK, GoTo(draft=draft.id))],
        ),
    )


def item(draft: Draft) -> Screen:
    """A statement with two large buttons; small ones below."""
    number = draft.item or 0
    back = [] if draft.first else [button(words.BACK, GoTo(draft=draft.id, item=number - 1))]
    return Screen(
        words.item(
            number,
            draft.statement,
            draft.answered,
            given=draft.given,
            own_words=draft.edition.own_words,
        ),
        keyboard(
            [
                button(words.YES, Say(draft=draft.id, item=number, yes=True)),
                button(words.NO, Say(draft=draft.id, item=number, yes=False)),
            ],
            [
                *back,
                button(words.REST, Rest(draft=draft.id)),
                button(words.HIDE, Hide(draft=draft.id)),
            ],
        ),
    )


def complete(draft: Draft) -> Screen:
    """All is answered; the last way back before the result."""
    return Screen(
        words.COMPLETE,
        keyboard(
            [button(words.SHOW, ShowResult(draft=draft.id))],
            [
                button(words.BACK, GoTo(draft=draft.id, item=ITEMS)),
                button(words.REST, Rest(draft=draft.id)),
                button(words.HIDE, Hide(draft=draft.id)),
            ],
            [button(words.STOP, Stop(draft=draft.id))],
        ),
    )


def resting(draft: Draft) -> Screen:
    """A pause."""
    return Screen(
        words.RESTING,
        keyboard(
            [button(words.GO_ON, GoTo(draft=draft.id))],
            [button(words.STOP, Stop(draft=draft.id))],
            to_menu(),
        ),
    )


def hidden(draft_id: int) -> Screen:
    """What says nothing to whoever looks over the shoulder."""
    return Screen(words.HIDDEN, keyboard([button(words.OPEN, GoTo(draft=draft_id))]))


def sure_stop(draft: Draft) -> Screen:
    """Before erasing."""
    return Screen(
        words.SURE_STOP,
        keyboard(
            [button(words.STOP_SURE, Stop(draft=draft.id, sure=True))],
            [button(words.KEEP, GoTo(draft=draft.id))],
        ),
    )


def stopped() -> Screen:
    """Erased."""
    return Screen(words.STOPPED, keyboard(to_home()))


def sealed() -> Screen:
    """The one message of the form, after the result was shown below it."""
    return Screen(words.SEALED, keyboard(to_menu()))


def gone() -> Screen:
    """A button of a draft that is no more."""
    return Screen(words.GONE, keyboard(to_home()))


def to_home() -> Row:
    """The way back to the screening."""
    return [button(words.TO_HOME, Go(to=Place.SCREENING))]
