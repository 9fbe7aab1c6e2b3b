"""How people, their roles and scopes are named."""

from collections.abc import Mapping
from html import escape

from storage.people.people import Grant, Person, Role
from storage.scopes import Scope, ScopeKind

ROLES: Mapping[Role, str] = {
    Role.TEACHER: "педагог",
    Role.TRAINEE: "стажёр",
    Role.ORGANISER: "организатор",
    Role.COORDINATOR: "координатор",
    Role.EXPERT: "эксперт",
    Role.ADMIN: "администратор",
}

REGION = "весь край"


def esc(text: str) -> str:
    """What a person typed, safe inside HTML."""
    return escape(text, quote=False)


def address(person: Person | None) -> str:
    """How the person is spoken to: «Анна Петровна»; '' before the name is known."""
    if person is None or not person.first_name:
        return ""
    return esc(" ".join(filter(None, (person.first_name, person.patronymic))))


def full_name(person: Person) -> str:
    """«Щеглова Анна Петровна», escaped."""
    parts = (person.surname, person.first_name, person.patronymic)
    return esc(" ".join(filter(None, parts)))


def short_name(person: Person) -> str:
    """«Щеглова А. П.», for a button (plain text, not escaped)."""
    initials = [f"{part[0]}." for part in (person.first_name, person.patronymic) if part]
    return " ".join([person.surname or "", *initials]).strip()


def scope(where: Scope, networks: Mapping[str, str]) -> str:
    """«весь край», «сеть «Наставничество»», «Ейский район», «СОШ № 5, Ейский район».

    `networks` are the titles of `storage.people.places.titles`.
    """
    if where.kind is ScopeKind.REGION:
        return REGION
    if where.kind is ScopeKind.NETWORK:
        title = networks.get(where.ref)
        return f"сеть «{esc(title)}»" if title else "сеть, которой больше нет"
    if where.kind is ScopeKind.ORGANISATION:
        return esc(networks.get(f"{where.kind}:{where.ref}") or "организация, которой больше нет")
    return esc(where.ref)


def grant(given: Grant, networks: Mapping[str, str]) -> str:
    """«координатор (Ейский район)»."""
    return f"{ROLES[given.role]} ({scope(given.scope, networks)})"
