"""/register: loading the list of people, personal links, who has come, doubts; re-linking."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from bot.people.register_file import Fault, Register, RowFault
from bot.people.register_words import Column
from bot.texts import grammar
from bot.texts.grammar import counted
from bot.texts.people import ROLES, esc, full_name, grant
from storage.people.people import Grant, Person, Role
from storage.people.register import Overview, Page
from storage.people.register_joining import Joining
from storage.people.register_loading import Counts
from storage.people.register_rows import Entry, Row
from storage.people.relinking import Relinked

UPLOAD = "Загрузить таблицу"
LINKS = "Личные ссылки таблицей"
JOINED = "Кто пришёл"
AWAITED = "Кого ждём"
BACK = "‹ К списку людей"
SEND = (
    "Пришлите таблицу Excel (.xlsx) или Word (.docx): строка на человека. Нужны столбцы ФИО (или "
    "Фамилия, Имя, Отчество) и Муниципалитет; если есть — Организация, Должность, Сообщество, "
    "Роль, Сеть. Названия и порядок столбцов могут быть своими.\n\n"
    "Сначала покажу, что понял; без вашего подтверждения ничего не загрузится. Файл до "
    "10 000 строк."
)
READING = "Читаю таблицу…"
NO_FILE = "Жду таблицу файлом .xlsx или .docx."
GONE = "Эта загрузка уже закрыта. Пришлите таблицу ещё раз."
DROPPED = "Загрузка отменена, список не изменился."
CONFIRM = "Загрузить"
DROP = "Отменить"
NOTHING_TO_ISSUE = "Все из списка уже пришли: ссылки никому не нужны."
ISSUING = "Готовлю файл…"
ISSUED = "Файл готов, он ниже."
SLIPS_FAILED = "Файл не получился. Попробуйте ещё раз чуть позже."
LINKS_FILE = "личные ссылки.xlsx"
LINKS_SHEET = "Ссылки"
LINKS_HEAD = ("ФИО", "муниципалитет", "организация", "ссылка")
LINKS_CAPTION = (
    "Личные ссылки: каждая для одного человека, один раз, действует 30 дней. Раздайте их только "
    "тем, кто назван в строке."
)
SLIPS_CAPTION = "Листы А4 с QR-кодами: распечатайте и разрежьте по пунктиру."
SLIP_LINES = ("Наведите камеру телефона", "на код и нажмите «Начать».", "Код личный, на один раз.")
DOUBTS_NONE = "Сомнений нет: все, кто пришёл сам, узнаны."
SAME = "Да, это один человек"
OTHER = "Нет, разные люди"
NEXT = "Пропустить ›"
SETTLED = "Записал."
ROLE_NOT_YOURS = (
    "Со строкой человек получил бы роль, которую вам сейчас не дать: решит администратор или "
    "координатор этой территории."
)
MOST_FAULTS = 15
MOST_WORDS = 60

_COLUMNS: Mapping[Column, str] = {
    Column.NAME: "ФИО",
    Column.FIRST_NAME: "Имя",
    Column.MUNICIPALITY: "Муниципалитет",
}
_FAULTS: Mapping[Fault, str] = {
    Fault.NAME: "не разобрал имя «{said}»: нужны фамилия и имя полностью",
    Fault.MUNICIPALITY: "муниципалитет «{said}» не найден: напишите, как в списке муниципалитетов",
    Fault.OUT_OF_SCOPE: "«{said}» — не ваш муниципалитет",
    Fault.COMMUNITY: "сообщество «{said}» не найдено",
    Fault.ROLE: "роль «{said}» незнакома: стажёр, эксперт, организатор, координатор или пусто",
    Fault.ROLE_NOT_YOURS: "роль «{said}» здесь даёт администратор или координатор этой территории",
    Fault.NETWORK: "сеть «{said}» не найдена",
    Fault.TOO_LONG: "слишком длинно: «{said}»",
    Fault.TWICE: "тот же человек, что в строке {said}",
}


def overview(seen: Overview, *, first: str = "") -> str:
    """The head of /register."""
    if not seen.total:
        text = (
            "<b>Список людей</b>\n\nПока пуст. Загрузите таблицу — бот сделает каждому личную "
            "ссылку и покажет, кто уже пришёл."
        )
    else:
        text = (
            f"<b>Список людей</b>: {counted(seen.total, 'человек', 'человека', 'человек')}.\n"
            f"Пришли: {seen.joined}, ждём: {seen.total - seen.joined}."
        )
    return "\n\n".join(filter(None, (first, text)))


def doubts_button(number: int) -> str:
    """Leads to the doubts."""
    return f"Сомнения: {number}"


def slips_button(part: int, first: int, last: int, *, alone: bool) -> str:
    """A part of the slips; parts count from 0."""
    return "Листы с QR-кодами" if alone else f"QR-коды, часть {part + 1} ({first}–{last})"


def understood(register: Register, counts: Counts) -> str:
    """The dry run: what loading would do, and every fault."""
    if register.missing:
        names = ", ".join(f"«{_COLUMNS[column]}»" for column in register.missing)
        return f"В таблице не нашлось столбцов: {names}. Добавьте их и пришлите файл ещё раз."
    lines = [f"<b>Понял: {counted(len(register.entries), 'человек', 'человека', 'человек')}</b>"]
    lines.append(f"Новых: {counts.new}, изменятся: {counts.changed}, без изменений: {counts.same}.")
    roles: dict[str, int] = {}
    for entry in register.entries:
        if entry.role:
            roles[entry.role] = roles.get(entry.role, 0) + 1
    if roles:
        said = ", ".join(f"{ROLES[Role(role)]} — {number}" for role, number in roles.items())
        lines.append(f"Роли по личной ссылке: {said}.")
    if register.faults:
        rows = len({fault.row for fault in register.faults})
        one = grammar.plural(rows, "строка, в ней", "строки, в них", "строк, в них")
        verb = grammar.plural(rows, "Не загрузится", "Не загрузятся", "Не загрузится")
        lines.append(f"\n<b>{verb} {rows} {one} нужна поправка:</b>")
        lines += [_fault(fault) for fault in register.faults[:MOST_FAULTS]]
        if len(register.faults) > MOST_FAULTS:
            lines.append(f"… и ещё {len(register.faults) - MOST_FAULTS}.")
        lines.append("\nИсправьте и пришлите файл снова: загруженное дважды не удвоится.")
    return "\n".join(lines)


def _fault(fault: RowFault) -> str:
    said = fault.said if len(fault.said) <= MOST_WORDS else fault.said[:MOST_WORDS] + "…"
    return f"• строка {fault.row}: {_FAULTS[fault.fault].format(said=esc(said))}"


def loaded(counts: Counts) -> str:
    """After loading."""
    return f"Загружено: новых {counts.new}, изменено {counts.changed}."


def rows(page: Page, *, joined: bool, now: datetime, zone: tzinfo) -> str:
    """A page of people of the register."""
    head = "Пришли" if joined else "Ждём"
    lines = [
        f"• {esc(name(row.entry))}, {esc(row.entry.municipality)}"
        + (f" — {grammar.day(row.joined_at, now, zone)}" if row.joined_at else "")
        for row in page.rows
    ]
    return "\n".join([f"<b>{head}</b>: {page.total}.", "", *lines])


def name(entry: Entry) -> str:
    """«Лугова Анна Петровна», not escaped."""
    return " ".join(filter(None, (entry.surname, entry.first_name, entry.patronymic)))


def doubt(row: Row, person: Person, place: int, total: int) -> str:
    """Whether a row and a person are one."""
    entry = row.entry
    work = ", ".join(filter(None, (entry.position, entry.organisation)))
    own = ", ".join(filter(None, (person.position, person.organisation)))
    parts = [
        f"<b>Один и тот же человек?</b> ({place + 1} из {total})",
        f"В списке: {esc(name(entry))}\n{esc(work) or '—'}\n{esc(entry.municipality)}",
        f"Пришёл: {full_name(person)}\n{esc(own) or '—'}\n{esc(person.municipality or '—')}",
    ]
    if entry.role:
        parts.append(f"Со строкой он получит роль: {ROLES[Role(entry.role)]}.")
    return "\n\n".join(parts)


def joined(outcome: Joining, given: Grant | None, networks: Mapping[str, str]) -> str:
    """What whoever followed a personal link reads."""
    if outcome is Joining.JOINED and given is not None:
        return f"Вы отмечены в списке. Ваша роль — <b>{grant(given, networks)}</b>."
    return {
        Joining.JOINED: "Координатор увидит, что вы пришли.",
        Joining.ALREADY: "Вы уже отмечены в списке — всё в порядке.",
        Joining.EXPIRED: "Срок этой ссылки истёк. Попросите у координатора новую.",
        Joining.UNKNOWN: "Эта ссылка уже использована или набрана с ошибкой. Попросите у "
        "координатора новую.",
    }[outcome]


def known(name: str, joined: str, *, through: bool) -> str:
    """Before `joined`: whoever came by a personal link is greeted, not questioned."""
    rest = (
        "Если в данных о вас что-то не так, поправьте их в разделе «О себе»."
        if through
        else "Осталось сказать только то, чего в списке нет."
    )
    greeting = "рады знакомству" if through else "мы вас узнали"
    return f"{name}, {greeting}: имя и место работы взяли из списка.\n\n{joined} {rest}"


RELINK = "Перенести на новый аккаунт"
RELINK_SURE = "Да, сделать код"
RELINK_KEEP = "‹ Не нужно"
RELINK_WIDER = (
    "У этого человека есть роль шире вашей: перенести его может координатор края или администратор."
)


def relink_sure(someone: Person) -> str:
    """Asked before a code is made: whoever has it becomes this person."""
    return (
        f"<b>{full_name(someone)}</b>\n\nСделать ссылку для нового аккаунта? Кто откроет её "
        "первым, получит его имя, роли и ответы, а прежний аккаунт потеряет доступ. Убедитесь, "
        "что просит сам человек. Действие попадёт в журнал."
    )


def relink_code(link: str) -> str:
    """The link, to be handed over."""
    return (
        f"Ссылка для нового аккаунта, действует 3 дня, один раз:\n\n{esc(link)}\n\n"
        "Передайте её человеку лично. Его анонимные ответы никак не затрагиваются."
    )


def relinked(outcome: Relinked) -> str:
    """What whoever followed the code reads."""
    return {
        Relinked.DONE: "С возвращением: этот аккаунт теперь ваш. Имя, роли и ответы на месте.",
        Relinked.OWN: "Этот аккаунт и так ваш — переносить нечего.",
        Relinked.OCCUPIED: "У этого аккаунта уже есть свои ответы или роли, они пропали бы. "
        "Удалите его данные в /privacy и откройте ссылку ещё раз.",
        Relinked.EXPIRED: "Срок этой ссылки истёк. Попросите у координатора новую.",
        Relinked.UNKNOWN: "Эта ссылка уже использована или набрана с ошибкой. Попросите у "
        "координатора новую.",
    }[outcome]


def link_rows(issued: Sequence[tuple[Row, str]]) -> list[tuple[str, str, str, str]]:
    """The table of personal links."""
    return [
        (name(row.entry), row.entry.municipality, row.entry.organisation, link)
        for row, link in issued
    ]
