"""/me: what the person said about themselves."""

from collections.abc import Collection, Mapping

from bot.texts.fields import NAMES, NONE
from bot.texts.people import ROLES, esc, grant
from storage.people.people import Field, Person, Role

CHANGED = "Исправлено."
NOT_OPEN = "Чтобы исправить, выберите, что именно."
CHOOSE = "Что-то изменилось? Нажмите на то, что нужно исправить."


def card(
    person: Person, roles: Collection[Role], networks: Mapping[str, str], *, first: str = ""
) -> str:
    """Everything the person said, and what they are to the bot; `networks` is id → title."""
    values = {
        Field.SURNAME: person.surname,
        Field.FIRST_NAME: person.first_name,
        Field.PATRONYMIC: person.patronymic or NONE,
        Field.MUNICIPALITY: person.municipality,
        Field.ORGANISATION: person.organisation,
        Field.POSITION: person.position,
        Field.COMMUNITY: person.community,
    }
    lines = [f"{NAMES[field]}: <b>{esc(values[field] or '—')}</b>" for field in Field]
    staff = [grant(one, networks) for one in person.grants]
    if Role.ADMIN in roles:
        staff.insert(0, ROLES[Role.ADMIN])
    if staff:
        lines.append(f"Роли: <b>{', '.join(staff)}</b>")
    head = f"{first}\n\n" if first else ""
    return f"{head}<b>О себе</b>\n\n" + "\n".join(lines) + f"\n\n{CHOOSE}"
