"""/privacy: what is stored about a person, and erasing it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from bot.texts.fields import NAMES, NONE
from bot.texts.grammar import counted, day
from bot.texts.people import esc, full_name
from bot.texts.stored import KINDS, Kind
from storage.people.people import PERSONAL_DATA, Field, Person
from storage.screening.taking import CONSENT as SCREENING_CONSENT

READ_CONSENT = "Текст согласия"
AS_FILE = "Получить всё файлом"
ERASE = "Отозвать согласие и удалить мои данные"
ERASE_YES = "Да, удалить всё"
KEEP = "‹ Оставить как есть"
BACK = "‹ Назад"
BEGIN_ANEW = "Начать знакомство"

NOTHING = "О вас здесь ничего не хранится."
SURE = (
    "<b>Удалить все ваши данные?</b>\n\n"
    "Сразу исчезнут имя, место работы, роли, начатые и названные вашим именем ответы, "
    "уведомления. Вернуть их будет нельзя.\n\n"
    "Останутся только ответы анонимных опросов: они хранятся без имени, и найти среди них ваши "
    "невозможно."
)
ERASED = (
    "Готово: согласие отозвано, ваши данные удалены. Из резервных копий они исчезнут "
    "не позднее чем через 30 дней.\n\n"
    "Переписку в этом чате можно удалить в самом Telegram. Если захотите вернуться — начните "
    "знакомство заново."
)

_CONSENTS = {
    PERSONAL_DATA: "на обработку персональных данных",
    SCREENING_CONSENT: "на скрининг выгорания",
}


def stored(  # noqa: PLR0917 - one screen says all there is
    person: Person,
    consents: Sequence[tuple[str, str, datetime]],
    rows: Mapping[str, int],
    mentions: int,
    now: datetime,
    zone: tzinfo,
) -> str:
    """Everything kept about a person, by which consent, until when; `rows` is table → how many."""
    lines = [f"• Имя: {full_name(person) or NONE}"]
    lines += [
        f"• {NAMES[field]}: {esc(value)}"
        for field, value in (
            (Field.MUNICIPALITY, person.municipality),
            (Field.ORGANISATION, person.organisation),
            (Field.POSITION, person.position),
            (Field.COMMUNITY, person.community),
        )
        if value
    ]
    lines.append(f"• Номер вашего аккаунта Telegram: {person.telegram_id}")
    lines += [
        f"• {kind.title}: {count} — {kind.until}"
        for table, count in rows.items()
        if (kind := KINDS.get(table, Kind(table))) is not KINDS["people"]
    ]
    if mentions:
        times = counted(mentions, "записи", "записях", "записях")
        lines.append(f"• Номер вместо имени в {times} о работе сети (кто открыл, кто отметил)")
    agreed = [
        f"Согласие {_CONSENTS.get(kind, kind)}, версия {version}: {day(given, now, zone)}."
        for kind, version, given in consents
    ]
    return "\n\n".join(
        filter(
            None,
            (
                "<b>Что о вас хранится</b>",
                "\n".join(lines),
                "\n".join(agreed),
                "Хранится по вашему согласию, каждый вид — до названного срока. Согласие можно "
                "отозвать в любой момент — тогда всё это удаляется сразу.",
            ),
        )
    )
