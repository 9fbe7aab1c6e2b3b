"""What the columns of tables of groups of trainees say: the vocabulary of documents."""

from enum import StrEnum


class Column(StrEnum):
    """What a column holds."""

    TITLE = "title"
    PLACE = "place"
    MEMBERS = "members"
    HEADS = "heads"


HEADERS: tuple[tuple[Column, tuple[str, ...]], ...] = (
    (Column.HEADS, ("руководител", "мастер", "педагог мастер", "наставник", "ведущ")),
    (Column.MEMBERS, ("стажер", "участник", "состав", "фио")),
    (Column.PLACE, ("площадк", "территор", "муниципал", "организац", "школа", "район")),
    (Column.TITLE, ("групп", "название")),
)
"""Beginnings of words in a folded header; the first column that fits takes it."""
