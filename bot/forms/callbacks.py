"""The data of the buttons of coordinators' own questionnaires, and of how campaigns are run.

The same rules as in bot/callbacks.py. A questionnaire is its id; a draft stands there as
`storage.questionnaires.forms.Draft.ref`.
"""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from storage.scopes import ScopeKind

_Form = Annotated[str, Field(max_length=40, pattern=r"^[A-Za-z0-9_-]+$")]
_Page = Annotated[int, Field(ge=0, le=9999)]


class Forms(CallbackData, prefix="fo1"):
    """Show a page of the questionnaires in scope."""

    page: _Page = 0


class UploadForm(CallbackData, prefix="fu1"):
    """Wait for a workbook."""


class SendTemplate(CallbackData, prefix="ft1"):
    """Send the workbook to start from."""


class FormFile(CallbackData, prefix="ff1"):
    """Send this questionnaire as a workbook."""

    form: _Form


class FormReport(CallbackData, prefix="fw1"):
    """Send the workbook over all named campaigns of this questionnaire."""

    form: _Form


class HideForm(CallbackData, prefix="fh1"):
    """This own questionnaire is offered no longer; asks first unless `sure`."""

    form: _Form
    sure: bool = False


class DraftCard(CallbackData, prefix="fd1"):
    """Show a workbook that was read."""

    draft: int


class PublishDraft(CallbackData, prefix="fp1"):
    """It is a published version for this scope; `apart`: of a new questionnaire in any case."""

    draft: int
    kind: ScopeKind
    ref: Annotated[str, Field(max_length=10, pattern=r"^[0-9a-z]*$")]
    apart: bool = False


class DropDraft(CallbackData, prefix="fx1"):
    """It is forgotten."""

    draft: int


class TryForm(CallbackData, prefix="fy1"):
    """Answer it for a trial, from the first item."""

    form: _Form


class EndTrial(CallbackData, prefix="fe1"):
    """The answers of the trial are erased."""


class Stops(CallbackData, prefix="sp1"):
    """Staff: show where people stop answering a campaign."""

    campaign: int


class Repeat(CallbackData, prefix="fre1"):
    """Staff: the campaign is held again every so many months; 0 asks, -1 is no longer."""

    campaign: int
    months: Annotated[int, Field(ge=-1, le=12)] = 0
