"""What a questionnaire is: items, choices, groups, bands, in XLSForm's vocabulary.

The words (`select_one`, `relevant`, `constraint`, …) are those of the XLSForm standard
(https://xlsform.org), so a shipped definition, a coordinator's workbook and the version stored in
the database are one and the same value. A published version is stored as `Questionnaire.to_json()`
and never changes.
"""

import enum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

OTHER = "other"
"""The name XLSForm gives to the choice that `or_other` adds."""


class _Value(BaseModel):
    """Frozen, strict about unknown fields: a misspelt column must not vanish silently."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Anonymity(enum.StrEnum):
    """Whether an answer can be traced to a person; fixed at publication, told at the start."""

    NAMED = "named"
    ANONYMOUS = "anonymous"


class Measure(enum.StrEnum):
    """What an item measures for the reports (see `surveys.statistics` for the figures)."""

    SATISFACTION = "satisfaction"  # share of the two highest of five answers
    EFFECT = "effect"  # share of answers whose choice has a positive score
    RELEVANCE = "relevance"  # mean of a 0–100 % scale (актуальность)
    READINESS = "readiness"  # mean of a 0–100 % scale (готовность)


class Choice(_Value):
    """One answer of a closed item.

    `score` is what the choice counts in a mean (5 for «полностью удовлетворён»); without one it
    counts nothing. `alone` marks a choice that excludes the others («ничего из этого»).
    `columns` are the extra columns of XLSForm's choices sheet, read by `choice_filter`.
    """

    name: str
    label: str
    score: float | None = None
    alone: bool = False
    columns: dict[str, str] = {}


class _Item(_Value):
    """What every row of XLSForm's survey sheet has.

    `relevant` and `constraint` are XLSForm expressions; `label` and `hint` may recall an earlier
    answer by `${name}`. An absent `required_message` means the bot's own words.
    """

    name: str
    label: str
    hint: str | None = None
    required: bool = False
    required_message: str | None = None
    relevant: str | None = None
    constraint: str | None = None
    constraint_message: str | None = None
    default: str | None = None
    appearance: str | None = None
    group: str | None = None
    measure: Measure | None = None


class _Closed(_Item):
    """An item answered by choosing. With `or_other` one more choice, `other`, asks for words."""

    choices: tuple[Choice, ...]
    or_other: bool = False
    other_label: str | None = None
    choice_filter: str | None = None
    randomize: bool = False
    seed: int | None = None

    def choice(self, name: str) -> Choice | None:
        """The choice of that name, or None."""
        return next((choice for choice in self.choices if choice.name == name), None)


class Note(_Item):
    """Words to read; nothing is asked. «Read» is recorded as a null answer."""

    type: Literal["note"] = "note"


class SelectOne(_Closed):
    """Exactly one choice. Answer: its name, or `OtherAnswer`."""

    type: Literal["select_one"] = "select_one"


class Acknowledge(_Closed):
    """A consent or «прочитал(а)»: a select_one with the single choice `OK`. Answer: `"OK"`."""

    type: Literal["acknowledge"] = "acknowledge"


class SelectMultiple(_Closed):
    """Any number of choices, in the questionnaire's order. Answer: list of names or OtherAnswer."""

    type: Literal["select_multiple"] = "select_multiple"


class Rank(_Closed):
    """All choices put in order, best first. Answer: list of every name."""

    type: Literal["rank"] = "rank"


class Range(_Item):
    """A scale from `start` to `end` by `step` with labelled ends. Answer: a number on the grid."""

    type: Literal["range"] = "range"
    start: float = 1
    end: float = 5
    step: float = Field(default=1, gt=0)
    start_label: str | None = None
    end_label: str | None = None

    def values(self) -> tuple[float, ...]:
        """Every value of the scale, ascending; whole values are `int`."""
        count = round((self.end - self.start) / self.step)
        raw = (round(self.start + index * self.step, 9) for index in range(count + 1))
        return tuple(int(value) if value == int(value) else value for value in raw)


class Integer(_Item):
    """A whole number, typed. Answer: int."""

    type: Literal["integer"] = "integer"


class Decimal(_Item):
    """A number, typed with comma or point. Answer: int or float."""

    type: Literal["decimal"] = "decimal"


class Text(_Item):
    """Words, typed. Answer: str, trimmed."""

    type: Literal["text"] = "text"


class Date(_Item):
    """A calendar date, typed. Answer: ISO 8601 string `YYYY-MM-DD`."""

    type: Literal["date"] = "date"


class Upload(_Item):
    """A file, a picture or a recording, sent into the chat. Answer: `FileAnswer`.

    Only with a name: a file and what stands in it reveal whose it is.
    """

    type: Literal["file", "image", "audio"]


class Calculate(_Item):
    """Never asked: its value is `calculation`, an XLSForm expression over earlier items."""

    type: Literal["calculate"] = "calculate"
    label: str = ""
    calculation: str


Item = Annotated[
    Note
    | SelectOne
    | Acknowledge
    | SelectMultiple
    | Rank
    | Range
    | Integer
    | Decimal
    | Text
    | Date
    | Upload
    | Calculate,
    Field(discriminator="type"),
]
Closed = SelectOne | Acknowledge | SelectMultiple | Rank


class Group(_Value):
    """A part of the questionnaire with one condition for all its items; may stand in another."""

    name: str
    label: str = ""
    relevant: str | None = None
    parent: str | None = None


class Band(_Value):
    """What a value of a calculate item between `low` and `high` (inclusive) means, in words."""

    item: str
    low: float
    high: float
    text: str
    for_person: bool = False


class Questionnaire(_Value):
    """A questionnaire of one version.

    `items` are in asking order. `about` is told before the first item, `thanks` after submit.
    `anonymity` is only the default offered at publication.
    """

    id: str
    version: int = Field(ge=1)
    title: str
    about: str = ""
    thanks: str = ""
    editable_after_submit: bool = False
    anonymity: Anonymity = Anonymity.NAMED
    items: tuple[Item, ...]
    groups: tuple[Group, ...] = ()
    bands: tuple[Band, ...] = ()

    def item(self, name: str) -> Item:
        """The item of that name; KeyError if there is none."""
        for item in self.items:
            if item.name == name:
                return item
        raise KeyError(name)

    def asked(self) -> tuple[Item, ...]:
        """What can carry an answer: every item that is not just words to read."""
        return tuple(item for item in self.items if not isinstance(item, Note))

    def to_json(self) -> str:
        """The text a published version is stored as."""
        return self.model_dump_json()

    @classmethod
    def from_json(cls, text: str) -> "Questionnaire":
        """The questionnaire of a stored version; pydantic's ValidationError if it is none."""
        return cls.model_validate_json(text)
