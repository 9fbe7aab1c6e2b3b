"""The data of the buttons of the region's workbook. The same rules as in bot/callbacks.py."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.region.asks import Ask
from reports.periods import PeriodKind
from storage.scopes import ScopeKind
from surveys.indicators import Code

_Key = Annotated[str, Field(max_length=8, pattern=r"^[0-9a-f]*$")]


class RegionReport(CallbackData, prefix="rrp1"):
    """The form of the workbook, filled so; `back` periods before the one of today.

    Without `kind` it covers everything the reader may see; `ref` is a scope's key, `community` the
    key of a community's name or ''.
    """

    ask: Ask = Ask.CARD
    period: PeriodKind = PeriodKind.YEAR
    back: Annotated[int, Field(ge=0, le=9)] = 0
    kind: ScopeKind | None = None
    ref: _Key = ""
    community: _Key = ""
    page: Annotated[int, Field(ge=0, le=99)] = 0


class Indicators(CallbackData, prefix="rn1"):
    """The target indicators of this school year; `code` asks for one to be typed."""

    code: Code | None = None


class IndicatorSheet(CallbackData, prefix="rns1"):
    """Plans and facts by spreadsheet: the one to fill in, and wait for it."""
