"""What the columns and cells of tables of networks say: the vocabulary of documents."""

import re
from enum import StrEnum

from storage.people.networks import NetworkKind


class Column(StrEnum):
    """What a column holds."""

    TITLE = "title"
    KIND = "kind"
    LEADER = "leader"
    MEMBERS = "members"
    PERIOD = "period"
    SINCE = "since"
    UNTIL = "until"


HEADERS: tuple[tuple[Column, tuple[str, ...]], ...] = (
    (Column.TITLE, ("тема", "темы", "название сети", "наименование сети", "сеть", "сетевое")),
    (Column.KIND, ("вид", "тип", "центр", "статус")),
    (Column.LEADER, ("лидер", "ведущ", "кто ведет", "руководит")),
    (Column.MEMBERS, ("участник", "члены", "состав", "муниципалитеты")),
    (Column.SINCE, ("начало", "дата начала")),
    (Column.UNTIL, ("окончание", "завершение", "конец", "дата окончания")),
    (Column.PERIOD, ("период", "срок")),
)
"""Beginnings of words in a folded header; the first column that fits takes it."""

KINDS = {
    "крц": NetworkKind.KRC,
    "краев": NetworkKind.KRC,
    "лсв": NetworkKind.LSV,
    "лидер": NetworkKind.LSV,
    "мрц": NetworkKind.MRC,
    "межрегион": NetworkKind.MRC,
}

YEARS = re.compile(r"(?i)\s*(уч(ебн\w*|\.)?\s*(год\w*|г\.?)|год\w*|гг\.?)\s*$")
"""What stands behind years: «2026-2027 учебный год», «2026 – 2029 гг.»."""
FROM_TO = "с {} по {}"
"""Two days with a dash between them, as terms of a roadmap say them."""
SERVICE = re.compile(r"(?i)^\s*тмс\b[\s.:–-]*")
"""What stands before a municipality that leads."""
