"""The sheets of data: «Ответы» in words and «Коды», one response a row."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from reports.joining import JoinedItem
from reports.labels import Labels
from reports.readings import Reader, format_of, in_codes, in_words
from reports.report import Cell, Column, Format, Records
from reports.responses import CampaignData, Respondent, Response
from surveys.questionnaire import OTHER

Numbered = tuple[int, Response]
Who = tuple[str, Column, Callable[[int, Response], Cell]]
"""A column about the response: its code, how it is shown, how it is read."""

_PREFIX = "_"
"""Columns of «Коды» that are no items start so, as in other survey tools."""


@dataclass(frozen=True)
class Plan:
    """Both sheets over the same records: columns about the response, then the items.

    `spoken` says whether the words beside «другое» may stand in the rows.
    """

    source: Callable[[], Iterable[Numbered]]
    who: tuple[Who, ...]
    items: tuple[JoinedItem, ...]
    labels: Labels
    frozen: int
    spoken: bool = True

    def words(self) -> Records:
        """«Ответы»."""
        labels = [item.label for item in self.items]
        doubled = {label for label in labels if labels.count(label) > 1}
        columns = [column for _, column, _ in self.who]
        for item in self.items:
            title = f"{item.label} ({item.name})" if item.label in doubled else item.label
            columns.append(Column(title, format_of(item)))
        readers = [(item.name, in_words(item, self.labels.records)) for item in self.items]
        return self._records(self.labels.sheets.answers, columns, readers)

    def codes(self) -> Records:
        """«Коды»."""
        columns = [Column(_PREFIX + code, column.format) for code, column, _ in self.who]
        readers: list[tuple[str, Reader]] = []
        for item in self.items:
            for title, shown, reader in in_codes(item):
                if self.spoken or not title.endswith(f"/{OTHER}/text"):
                    columns.append(Column(title, shown))
                    readers.append((item.name, reader))
        return self._records(self.labels.sheets.codes, columns, readers)

    def _records(
        self, title: str, columns: list[Column], readers: list[tuple[str, Reader]]
    ) -> Records:
        who = [read for _, _, read in self.who]

        def row(record: Any) -> Sequence[Cell]:
            number, response = record
            get = response.answers.get
            cells: list[Cell] = [read(number, response) for read in who]
            cells += [
                None if (given := get(name)) is None else read(given) for name, read in readers
            ]
            return cells

        return Records(title, tuple(columns), self.source, row, self.frozen)


def named(data: CampaignData, items: Iterable[JoinedItem], labels: Labels) -> Plan:
    """The rows of a campaign in which everybody knows that their name stands beside the answers."""
    words = labels.records
    unknown = labels.municipalities.unknown
    scope = data.scope

    def submitted(_: int, response: Response) -> Cell:
        moment = response.submitted_at
        # A workbook knows no zones: the reader's own is taken, as in every message of the bot.
        return moment and moment.astimezone(data.zone).replace(tzinfo=None, microsecond=0)

    def source() -> Iterable[Numbered]:
        responses = data.responses()
        if scope is not None:
            responses = (each for each in responses if each.municipality in scope)
        return enumerate(responses, start=1)

    def of_person(field: str) -> Callable[[int, Response], Cell]:
        read: Callable[[Respondent], str] = attrgetter(field)
        return lambda _, each: read(each.respondent) if each.respondent else None

    who: tuple[Who, ...] = (
        ("number", Column(words.number, Format.PLAIN), lambda number, _: number),
        ("surname", Column(words.surname), of_person("surname")),
        ("first_name", Column(words.first_name), of_person("first_name")),
        ("patronymic", Column(words.patronymic), of_person("patronymic")),
        ("municipality", Column(words.municipality), lambda _, each: each.municipality or unknown),
        ("organisation", Column(words.organisation), lambda _, each: each.organisation),
        ("position", Column(words.position), lambda _, each: each.position),
        ("community", Column(words.community), lambda _, each: each.community),
        ("submitted", Column(words.submitted, Format.MOMENT), submitted),
        ("version", Column(words.version, Format.PLAIN), lambda _, each: each.version),
    )
    if data.several:
        which: Who = ("campaign", Column(words.campaign), lambda _, each: each.campaign)
        who = (*who[:-2], which, *who[-2:])
    return Plan(source, who, tuple(items), labels, frozen=3)
