"""What the columns and cells of registers say: the vocabulary of documents, not of the bot."""

from enum import StrEnum

from storage.people.people import Role


class Column(StrEnum):
    """What a column holds."""

    NAME = "name"
    SURNAME = "surname"
    FIRST_NAME = "first-name"
    PATRONYMIC = "patronymic"
    MUNICIPALITY = "municipality"
    ORGANISATION = "organisation"
    POSITION = "position"
    COMMUNITY = "community"
    ROLE = "role"
    NETWORK = "network"


HEADERS: tuple[tuple[Column, tuple[str, ...]], ...] = (
    (Column.NETWORK, ("сетев", "сеть", "крц", "лсв")),
    (Column.COMMUNITY, ("сообществ", "предмет", "направлен")),
    (Column.NAME, ("фио", "ф и о", "фамилия имя")),
    (Column.SURNAME, ("фамилия",)),
    (Column.PATRONYMIC, ("отчество",)),
    (Column.FIRST_NAME, ("имя",)),
    (Column.MUNICIPALITY, ("муниципал", "район", "территор", "округ", "мо")),
    (Column.POSITION, ("должност",)),
    (Column.ORGANISATION, ("организац", "учрежден", "место работы", "школа", "оо")),
    (Column.ROLE, ("роль", "статус")),
    (Column.NAME, ("педагог", "участник", "работник")),
)
"""Beginnings of words in a folded header; the first column that fits takes it."""

ROLES = {
    "стажер": Role.TRAINEE,
    "организатор": Role.ORGANISER,
    "координатор": Role.COORDINATOR,
    "эксперт": Role.EXPERT,
}
TEACHER = {"педагог", "учитель", "участник", "наставник", "слушатель"}
"""Roles that are none: everybody registered is a teacher."""
