"""The sheets of data in anonymous mode.

A row must lead neither to a person nor to a hidden group. So rows hold grades only, of questions
that everybody was asked: no municipality, no time, no version, no background question («ваша
должность» is a group too), no pattern of who was asked what. They are sorted by their own
content, which says nothing about when or by whom they were given. What people typed is listed
apart, question by question, in alphabetical order.
"""

from collections.abc import Iterable

from reports.hiding import Hiding, conditions
from reports.item_tables import Counted
from reports.joining import JoinedItem, has_grades
from reports.labels import Labels
from reports.readings import as_date, plain
from reports.records import Numbered, Plan
from reports.report import TOO_FEW, Cell, Column, Format, Records
from reports.responses import CampaignData, Response
from surveys.answers import own_words
from surveys.questionnaire import Date, Decimal, Integer, Questionnaire, Text
from surveys.suppression import MINIMUM


def rows(data: CampaignData, hiding: Hiding, items: Iterable[Counted], labels: Labels) -> Plan:
    """«Ответы» and «Коды» without anything that could group them."""
    versions = list(data.versions.values())
    kept = tuple(
        each.item
        for each in items
        if each.shown and has_grades(each.item) and _asked_of_everybody(each.item, versions)
    )
    visible = hiding.visible()

    def source() -> Iterable[Numbered]:
        grades = [
            tuple(_grade(response, item, hiding) for item in kept)
            for response in data.responses()
            if visible is None or response.municipality in visible
        ]
        grades.sort(key=repr)
        names = [item.name for item in kept]
        for number, row in enumerate(grades, start=1):
            yield number, Response(0, dict(zip(names, row, strict=True)))

    number = ("number", Column(labels.records.number, Format.PLAIN), lambda number, _: number)
    return Plan(source, (number,), kept, labels, frozen=1, spoken=False)


def _grade(response: Response, item: JoinedItem, hiding: Hiding) -> str | int | float | None:
    """The bare grade; nothing (as if skipped) where the item is hidden for the municipality."""
    visible = hiding.visible(item.name)
    if visible is not None and response.municipality not in visible:
        return None
    cell = plain(response.answers.get(item.name))
    return cell if isinstance(cell, str | int | float) else None


def _asked_of_everybody(item: JoinedItem, versions: Iterable[Questionnaire]) -> bool:
    for version in versions:
        found = next((each for each in version.items if each.name == item.name), None)
        if found is None or conditions(version, found):
            return False
    return True


def written(
    data: CampaignData, hiding: Hiding, items: Iterable[Counted], labels: Labels
) -> Records | None:
    """«Свободные ответы»: what was typed, by question; None where nothing can be typed."""
    typed = [
        each
        for each in items
        if isinstance(each.item.item, Text | Integer | Decimal | Date) or each.item.has_other
    ]
    if not typed:
        return None

    def source() -> Iterable[tuple[Cell, Cell]]:
        found = _typed(data, hiding, typed)
        for each in typed:
            cells = found[each.item.name]
            # Words beside «другое» are fewer than the item's answers, so they are not safe in the
            # reports of several readers at once.
            own = each.item.has_other
            safe = each.shown and len(cells) >= MINIMUM and not (own and hiding.scope is not None)
            for cell in sorted(cells, key=_alphabetical) if safe else [TOO_FEW]:
                yield each.title, cell

    columns = (Column(labels.records.question), Column(labels.records.answer))
    return Records(labels.sheets.texts, columns, source, lambda pair: pair)


def _typed(data: CampaignData, hiding: Hiding, typed: Iterable[Counted]) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = {each.item.name: [] for each in typed}
    for response in data.responses():
        for each in typed:
            name = each.item.name
            visible = hiding.visible(name)
            answer = response.answers.get(name)
            if answer is None or (visible is not None and response.municipality not in visible):
                continue
            cell = own_words(answer) if each.item.has_other else plain(answer)
            if isinstance(each.item.item, Date):
                cell = as_date(answer)
            if cell is not None:
                found[name].append(cell)
    return found


def _alphabetical(cell: Cell) -> tuple[bool, float, str]:
    if isinstance(cell, int | float):
        return False, cell, ""
    return True, 0, str(cell).casefold()
