"""Questionnaires as coordinators see them: the list, a card, a draft, item by item."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from bot.answering.item_buttons import Place
from bot.answering.item_screens import item_screen, without_answers
from bot.campaigns.callbacks import NewCampaign, PickForm, Preview, Start
from bot.forms.callbacks import (
    DraftCard,
    DropDraft,
    EndTrial,
    FormFile,
    FormReport,
    Forms,
    HideForm,
    PublishDraft,
    SendTemplate,
    TryForm,
    UploadForm,
)
from bot.keyboards import Row, button, keyboard, pages, rows, to_menu
from bot.rights import Action, scopes_for
from bot.scope_keys import ref_key
from bot.screens import Screen
from bot.situation import Situation
from bot.texts import answering, campaigns
from bot.texts import making_forms as words
from bot.texts.people import scope as scope_words
from storage.people import places
from storage.questionnaires import exports, forms
from storage.questionnaires.forms import DRAFT, Draft, Known
from storage.questionnaires.responses import Response
from storage.scopes import Scope
from surveys import engine
from surveys.boyko_form import FORM as SCREENING
from surveys.questionnaire import Calculate, Closed, Item, Questionnaire
from surveys.scoring import Result

SIZE = 10
SEEN = -1
"""The item of a preview's own buttons: they answer nothing."""


async def questionnaire(
    situation: Situation, scopes: tuple[Scope, ...], ref: str
) -> Questionnaire | None:
    """What a button calls `ref`: an own draft, or a questionnaire within the scopes."""
    if ref.startswith(DRAFT):
        found = await draft_of(situation, ref.removeprefix(DRAFT))
        return None if found is None else found.questionnaire.model_copy(update={"id": found.ref})
    known = await situation.db.read(forms.find, ref, scopes)
    return None if known is None else known.questionnaire


def may_leave(form: Questionnaire) -> bool:
    """Whether it may be tried out and taken home.

    Not the screening: its answers are health data even in a trial, and its wording may be licensed.
    """
    return form.id != SCREENING


async def draft_of(situation: Situation, number: str | int) -> Draft | None:
    """The presser's own draft of that number; None for another's or a forged one."""
    if not str(number).isdecimal():
        return None
    return await situation.db.read(forms.find_draft, int(number), situation.person.id)


def listing(known: Sequence[Known], drafts: Sequence[Draft], page: int) -> Screen:
    """Everything that may be used, own ones first, and the ways to a new one."""
    made = [
        button(words.draft_listed(each.questionnaire.title), DraftCard(draft=each.id))
        for each in drafts
    ]
    made += [
        button(
            words.listed(each.questionnaire.title, own=each.scope is not None),
            PickForm(form=each.questionnaire.id),
        )
        for each in known
    ]
    shown = pages(made, lambda to: Forms(page=to), page=page, size=SIZE)
    new = [button(words.NEW, UploadForm()), button(words.TEMPLATE, SendTemplate())]
    return Screen(words.HEAD, keyboard(new, *shown, to_menu()))


async def card(situation: Situation, known: Known, *, notice: str = "") -> Screen:
    """One published questionnaire."""
    form = known.questionnaire
    may_report = scopes_for(situation.person, Action.REPORT, situation.admin_ids)
    held = await situation.db.read(exports.of_questionnaire, form.id, may_report, situation.now)
    titles = await situation.db.read(places.titles)
    whose = None if known.scope is None else scope_words(known.scope, titles)
    made = []
    if may_leave(form):
        made = [
            button(words.TRY, TryForm(form=form.id)),
            button(words.FILE, FormFile(form=form.id)),
        ]
    if len(held) > 1:
        made.append(button(words.ALL_CAMPAIGNS, FormReport(form=form.id)))
    if known.manages:
        made.append(button(words.HIDE, HideForm(form=form.id)))
    return Screen(
        words.card(form, whose, notice),
        keyboard(
            [button(campaigns.PREVIEW, Preview(form=form.id, item=0))],
            [button(campaigns.TAKE, PickForm(form=form.id, take=True))],
            *rows(made, 2),
            [button(campaigns.BACK, NewCampaign()), to_forms()],
        ),
    )


async def draft(situation: Situation, scopes: tuple[Scope, ...], number: int) -> Screen:
    """What was read of a workbook; once published, the questionnaire it became."""
    found = await draft_of(situation, number)
    if found is None:
        return message(words.DRAFT_GONE)
    if found.published is None:
        return await draft_card(situation, found, scopes)
    known = await situation.db.read(forms.find, found.published.id, scopes)
    return message(words.GONE) if known is None else await card(situation, known)


async def draft_card(situation: Situation, draft: Draft, scopes: tuple[Scope, ...]) -> Screen:
    """A workbook that was read: look, try, publish for one of the scopes, or drop."""
    titles = await situation.db.read(places.titles)
    several = len(scopes) > 1
    ways: list[Row] = []
    first = None
    for scope in scopes:
        before = await situation.db.read(forms.earlier, draft, scope)
        where = scope_words(scope, titles)
        data = {"draft": draft.id, "kind": scope.kind, "ref": ref_key(scope)}
        following = None if before is None else before.questionnaire.version + 1
        way = [button(words.publish(where, following, several=several), PublishDraft(**data))]
        if before is not None:
            first = first or before.questionnaire
            label = words.publish_apart(where, several=several)
            way.append(button(label, PublishDraft(**data, apart=True)))
        ways += rows(way)
    return Screen(
        words.draft(draft.questionnaire, draft.warnings, first),
        keyboard(
            [button(campaigns.PREVIEW, Preview(form=draft.ref, item=0))],
            [button(words.TRY, TryForm(form=draft.ref))],
            *ways,
            [button(words.DROP, DropDraft(draft=draft.id)), to_forms()],
        ),
    )


def preview(form: Questionnaire, index: int, now: datetime) -> Screen:
    """An item as a respondent sees it; its buttons only say that they are shown."""
    shown = [item for item in form.items if not isinstance(item, Calculate)]
    index = min(max(index, 0), len(shown) - 1)
    item = shown[index]
    asked = engine.Ask(
        item=item,
        number=index + 1,
        total=len(shown),
        label=item.label,
        hint=item.hint,
        choices=item.choices if isinstance(item, Closed) else (),
        answer=None,
        answered=False,
        first=index == 0,
    )
    notice = campaigns.preview(index + 1, len(shown), conditional=_conditional(form, item))
    place = Place(response=0, title=form.title, subject="", notice=notice)
    screen = item_screen(form, asked, place, now=now)
    dead = Preview(form=form.id, item=SEEN).pack()
    turn: list[InlineKeyboardButton] = []
    if index > 0:
        turn.append(button(campaigns.EARLIER, Preview(form=form.id, item=index - 1)))
    if index < len(shown) - 1:
        turn.append(button(campaigns.LATER, Preview(form=form.id, item=index + 1)))
    back = [button(words.BACK_TO_CARD, to_card(form.id))]
    return Screen(screen.text, keyboard(*without_answers(screen.keyboard, dead), turn, back))


def _conditional(form: Questionnaire, item: Item) -> bool:
    """Whether its own condition, or one of a group around it, may leave it out."""
    groups = {group.name: group for group in form.groups}
    relevant, group = item.relevant, item.group
    while relevant is None and group is not None:
        relevant, group = groups[group].relevant, groups[group].parent
    return relevant is not None


def to_card(ref: str) -> DraftCard | PickForm:
    """The way back to a draft's or a questionnaire's card."""
    if ref.startswith(DRAFT):
        return DraftCard(draft=int(ref.removeprefix(DRAFT)))
    return PickForm(form=ref)


def trial_paused(trial: Response) -> Screen:
    """A trial put aside: on, away with it, or back to the card."""
    campaign = trial.campaign
    return Screen(
        words.trial_paused(campaign.title),
        keyboard(
            [button(words.CONTINUE_TRIAL, Start(campaign=campaign.id))],
            [button(words.END_TRIAL, EndTrial())],
            [button(words.BACK_TO_CARD, to_card(campaign.questionnaire_id))],
        ),
    )


def trial_done(ref: str, title: str, results: Sequence[Result]) -> Screen:
    """After sending a trial: the result a person would get, and the ways on."""
    text = "\n\n".join(filter(None, (words.trial_done(title), answering.results(results))))
    return Screen(
        text,
        keyboard(
            [button(words.TRY_AGAIN, TryForm(form=ref))],
            [button(words.END_TRIAL, EndTrial())],
            [button(words.BACK_TO_CARD, to_card(ref))],
        ),
    )


def sure_hide(known: Known) -> Screen:
    """Ask before an own questionnaire leaves the list."""
    form = known.questionnaire
    return Screen(
        words.sure_hide(form.title),
        keyboard(
            [button(words.HIDE_SURE, HideForm(form=form.id, sure=True))],
            [button(words.BACK_TO_CARD, PickForm(form=form.id))],
        ),
    )


def message(text: str) -> Screen:
    """A sentence with the way back to the list."""
    return Screen(text, keyboard([to_forms()]))


def to_draft(text: str, draft: int) -> Screen:
    """A sentence with the way back to the draft."""
    return Screen(text, keyboard([button(words.BACK_TO_CARD, DraftCard(draft=draft)), to_forms()]))


def to_forms() -> InlineKeyboardButton:
    """The way back to the list."""
    return button(words.TO_FORMS, Forms())
