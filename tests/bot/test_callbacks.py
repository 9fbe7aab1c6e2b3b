"""Every button's data fits Telegram's 64 bytes, whatever legal values it carries."""

import enum
import re
from typing import Any, get_args

import pytest
from aiogram.filters.callback_data import CallbackData
from pydantic.fields import FieldInfo

from bot import callbacks
from bot.campaigns import callbacks as survey_callbacks
from bot.events import callbacks as event_callbacks
from bot.forms import callbacks as form_callbacks
from bot.notices import callbacks as notice_callbacks
from bot.people import register_callbacks
from bot.tasks import callbacks as task_callbacks
from bot.tasks import desk_callbacks as task_desk_callbacks
from bot.tasks import group_callbacks as task_group_callbacks

CLASSES = [
    value
    for module in (
        callbacks,
        form_callbacks,
        notice_callbacks,
        register_callbacks,
        survey_callbacks,
        task_callbacks,
        task_desk_callbacks,
        task_group_callbacks,
    )
    for value in vars(module).values()
    if isinstance(value, type) and issubclass(value, CallbackData) and value is not CallbackData
]
LARGEST_ID = 2**53  # what Telegram itself promises of its ids; ours grow slower


def longest(field: FieldInfo) -> Any:
    kinds = [kind for kind in get_args(field.annotation) if kind is not type(None)]
    kind = kinds[0] if kinds else field.annotation
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return max(kind, key=lambda member: len(str(member.value).encode()))
    if kind is bool:
        return True
    if kind is int:
        bounds = [rule.le for rule in field.metadata if hasattr(rule, "le")]
        return bounds[0] if bounds else LARGEST_ID
    lengths = [rule.max_length for rule in field.metadata if hasattr(rule, "max_length")]
    assert lengths, "a text in a button says its longest length"
    plain = any(getattr(rule, "pattern", None) for rule in field.metadata)
    return ("a" if plain else "ю") * lengths[0]  # without a pattern it may be Russian


@pytest.mark.parametrize("kind", CLASSES)
def test_the_longest_data_fits(kind: type[CallbackData]) -> None:
    data = kind(**{name: longest(field) for name, field in kind.model_fields.items()})
    assert len(data.pack().encode()) <= 64


def test_prefixes_are_short_unique_and_carry_a_version() -> None:
    more = [
        value
        for value in vars(event_callbacks).values()
        if isinstance(value, type) and issubclass(value, CallbackData) and value is not CallbackData
    ]
    prefixes = [kind.__prefix__ for kind in (*CLASSES, *more)]
    assert len(set(prefixes)) == len(prefixes)
    assert [prefix for prefix in prefixes if not re.fullmatch(r"[a-z]{1,3}\d", prefix)] == []
