"""«Вопросы»: what was asked, in the words and codes of every version."""

from collections.abc import Iterator, Sequence

from reports.joining import JoinedItem
from reports.labels import DictionaryLabels, Labels
from reports.report import Cell, Column, Format, Records
from reports.responses import CampaignData
from surveys.questionnaire import Item, Note, Questionnaire, Range


def sheet(data: CampaignData, joined: Sequence[JoinedItem], labels: Labels) -> Records:
    """One row per item and wording: versions that asked the same stand together."""
    words = labels.dictionary
    columns = (
        Column(words.number, Format.PLAIN),
        Column(words.name),
        Column(words.versions),
        Column(words.state),
        Column(words.type),
        Column(words.question),
        Column(words.choices),
        Column(words.required),
        Column(words.relevant),
        Column(words.constraint),
        Column(words.hint),
        Column(words.group),
        Column(words.measure),
    )
    rows = [
        row for number, item in enumerate(joined, 1) for row in _rows(number, item, data, words)
    ]
    return Records(labels.sheets.items, columns, lambda: rows, lambda row: row, frozen=2)


def _rows(
    number: int, joined: JoinedItem, data: CampaignData, labels: DictionaryLabels
) -> Iterator[tuple[Cell, ...]]:
    wordings: dict[str, list[int]] = {}
    first: dict[str, tuple[Questionnaire, Item]] = {}
    for version in sorted(joined.versions, reverse=True):
        questionnaire = data.versions[version]
        item = questionnaire.item(joined.name)
        key = item.model_dump_json()
        wordings.setdefault(key, []).append(version)
        first.setdefault(key, (questionnaire, item))
    state = labels.asked
    if joined.removed:
        state = labels.removed.format(version=max(joined.versions))
    for key, versions in wordings.items():
        questionnaire, item = first[key]
        yield (
            number,
            item.name,
            ", ".join(map(str, sorted(versions))),
            state,
            labels.types.get(item.type, item.type),
            item.label or None,
            _choices(item, labels),
            labels.yes if item.required else labels.no,
            item.relevant,
            item.constraint,
            item.hint,
            _group(questionnaire, item),
            labels.measures[item.measure] if item.measure else None,
        )


def _group(questionnaire: Questionnaire, item: Item) -> str | None:
    found = next((group for group in questionnaire.groups if group.name == item.group), None)
    return (found.label or found.name) if found else None


def _choices(item: Item, labels: DictionaryLabels) -> str | None:
    if isinstance(item, Range):
        lines = [
            labels.range.format(start=f"{item.start:g}", end=f"{item.end:g}", step=f"{item.step:g}")
        ]
        for value, label in ((item.start, item.start_label), (item.end, item.end_label)):
            if label:
                lines.append(labels.range_end.format(value=f"{value:g}", label=label))
        return "\n".join(lines)
    if isinstance(item, Note) or not hasattr(item, "choices"):
        return getattr(item, "calculation", None)
    return "\n".join(
        labels.choice.format(name=choice.name, label=choice.label)
        if choice.score is None
        else labels.choice_scored.format(
            name=choice.name, label=choice.label, score=f"{choice.score:g}"
        )
        for choice in item.choices
    )
