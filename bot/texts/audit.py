"""/audit: each deed of staff in a line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.texts import grammar
from bot.texts.people import ROLES, esc, scope, short_name
from storage.audit import Deed, Entry, Kind, Page, Value
from storage.people.people import Person, Role
from storage.questionnaires.campaigns import Campaign
from storage.scopes import Scope, ScopeKind
from storage.times import moment

EMPTY = (
    "<b>Журнал действий</b>\n\nПока записей нет. Здесь появится, кто из сотрудников кому дал роль, "
    "открыл опрос или получил таблицу."
)
DEEDS: Mapping[str, str] = {
    Deed.ROLE_GIVEN: "по приглашению дана роль",
    Deed.ROLE_TAKEN: "снята роль",
    Deed.INVITATION_MADE: "сделано приглашение",
    Deed.INVITATION_ENDED: "отменено приглашение",
    Deed.NETWORK_MADE: "создана сеть",
    Deed.NETWORK_LEADER: "у сети другой лидер",
    Deed.NETWORK_MEMBERS: "изменён состав сети",
    Deed.NETWORK_CHANGED: "изменены сведения о сети",
    Deed.NETWORK_DISSOLVED: "сеть распущена",
    Deed.GROUP_MADE: "создана группа стажёров",
    Deed.GROUP_RENAMED: "переименована группа стажёров",
    Deed.GROUP_MEMBERS: "изменён состав группы стажёров",
    Deed.GROUP_DISSOLVED: "распущена группа стажёров",
    Deed.FORM_PUBLISHED: "опубликована анкета",
    Deed.FORM_HIDDEN: "убрана анкета",
    Deed.CAMPAIGN_OPENED: "открыт опрос",
    Deed.CAMPAIGN_CLOSED: "закрыт опрос",
    Deed.CAMPAIGN_PROLONGED: "перенесено закрытие опроса",
    Deed.CAMPAIGN_REPEATED: "изменено, как часто повторять опрос",
    Deed.NUDGED: "отправлено напоминание об опросе",
    Deed.NOTICE_CONFIRMED: "отправлено уведомление",
    Deed.NOTICE_DECIDED: "согласовано или отклонено уведомление",
    Deed.NOTICE_CANCELLED: "отменено уведомление",
    Deed.NOTICE_CORRECTED: "исправлено уведомление",
    Deed.NOTICE_WITHDRAWN: "отозвано уведомление",
    Deed.EXPORTED: "получена таблица ответов",
    Deed.ACCOUNT_EXPORTED: "получен отчёт об уведомлении",
    Deed.REGION_EXPORTED: "получена сводная таблица",
    Deed.SERVER_EXPORTED: "получены все таблицы командой export",
    Deed.SERVER_COPIED: "сделана копия базы командой backup",
    Deed.WORKS_EXPORTED: "получены работы или журналы стажёров",
    Deed.GROUP_LOADED: "группа стажёров изменена таблицей",
    Deed.GROUPS_EXPORTED: "получен состав групп стажёров",
    Deed.GROUP_HEAD: "изменён руководитель группы стажёров",
    Deed.ROADMAP_LOADED: "загружена дорожная карта",
    Deed.EVENT_MADE: "добавлено мероприятие",
    Deed.EVENT_CHANGED: "изменено мероприятие",
    Deed.EVENT_CANCELLED: "отменено мероприятие",
    Deed.EVENT_TAKEN_OVER: "стал организатором мероприятия",
    Deed.ATTENDANCE_MARKED: "отмечено посещение",
    Deed.ATTENDANCE_UNMARKED: "снята отметка о посещении",
    Deed.INDICATORS_ENTERED: "внесены целевые показатели",
    Deed.TASK_GIVEN: "выдано задание",
    Deed.TASK_MOVED: "перенесён срок задания",
    Deed.TASK_EXTENDED: "продлён срок задания",
    Deed.TASK_WITHDRAWN: "отозвано задание",
    Deed.TASK_ENTRUSTED: "изменено, кто проверяет задание",
    Deed.WORK_OPENED: "открыта работа стажёра",
    Deed.WORK_JUDGED: "проверена работа стажёра",
    Deed.WORK_UNJUDGED: "отменено решение по работе",
    Deed.PERSON_OPENED: "открыта карточка человека",
    Deed.JOURNAL_OPENED: "открыт журнал стажёра",
    Deed.REGISTER_LOADED: "загружен список людей",
    Deed.REGISTER_LINKS: "получены личные ссылки",
    Deed.REGISTER_MATCHED: "решено, тот ли это человек из списка",
    Deed.RELINK_CODE: "выдан код переноса на новый аккаунт",
    Deed.RELINKED: "по коду перенесён на новый аккаунт",
    Deed.ORGANISATION_RENAMED: "переименована организация",
    Deed.ORGANISATIONS_MERGED: "объединены организации",
    Deed.SCREENING_WORDING: "выбраны формулировки скрининга",
    Deed.SCREENING_HEADCOUNTS: "загружена численность школ для скрининга",
    Deed.SCREENING_CONTACTS: "изменено, к кому обратиться после скрининга",
    Deed.SCREENING_HELPLINE: "изменён телефон помощи скрининга",
    Deed.ERASED: "удалены все данные человека",
}

NAMED_THINGS: Mapping[str, str] = {"task": "задание", "trainee": "журнал"}
"""What stands before the number where the deed does not say it already."""

HEAD = "<b>Журнал действий</b>"
KINDS: Mapping[Kind, str] = {
    Kind.ALL: "Всё",
    Kind.CHANGES: "Изменения",
    Kind.EXPORTS: "Выгрузки",
    Kind.VIEWS: "Просмотры",
}
NONE_OF_KIND = "Таких записей нет."
OF_PERSON = "Кто: {who}. Здесь и действия с этим человеком, и его собственные."
BUTTON = "Журнал действий"

SHOWN = 5
"""Municipalities named in one entry: a page must fit into a message."""


@dataclass(frozen=True)
class Names:
    """What the ids of a page are called now; networks are id → title."""

    people: Mapping[int, Person]
    campaigns: Mapping[int, Campaign]
    networks: Mapping[str, str]


def log(
    page: Page,
    names: Names,
    now: datetime,
    zone: tzinfo,
    *,
    kind: Kind = Kind.ALL,
    person: int | None = None,
) -> str:
    """A page of the log: rows of a kind, of one person."""
    whose = "" if person is None else OF_PERSON.format(who=_who(person, names).removesuffix("."))
    if not page.entries:
        empty = EMPTY if kind is Kind.ALL and person is None else f"{HEAD}\n\n{NONE_OF_KIND}"
        return "\n\n".join(filter(None, (empty, whose)))
    lines = [_line(entry, names, now, zone) for entry in page.entries]
    count = grammar.counted(page.total, "запись", "записи", "записей")
    return "\n\n".join(filter(None, [f"{HEAD}: {count}.", whose, *lines]))


def choice(kind: Kind, chosen: Kind) -> str:
    """A button; the kind that is shown is ticked."""
    return f"✓ {KINDS[kind]}" if kind is chosen else KINDS[kind]


def _line(entry: Entry, names: Names, now: datetime, zone: tzinfo) -> str:
    what = DEEDS.get(entry.deed, esc(entry.deed))
    thing = _thing(entry, names)
    whom = "" if entry.about is None else f" → {_who(entry.about, names)}"
    details = _details(entry, names, now, zone)
    said = " ".join(filter(None, (what, thing))) + whom
    when = grammar.moment(entry.at, now, zone)
    actor = "командная строка" if entry.actor is None else _who(entry.actor, names)
    return f"{entry.id}. {when}\n{actor}: {said}{f' ({details})' if details else ''}"


def _who(number: int, names: Names) -> str:
    person = names.people.get(number)
    return esc(short_name(person)) if person is not None else f"удалённый человек № {number}"


def _thing(entry: Entry, names: Names) -> str:
    kind, _, ref = entry.object.partition(":")
    if kind == "campaign":
        campaign = names.campaigns.get(int(ref))
        title = "" if campaign is None else f" «{esc(campaign.subject or campaign.title)}»"
        return f"№ {ref}{title}"
    if kind == "network":
        title = str(entry.before.get("title") or names.networks.get(ref, f"№ {ref}"))
        return f"«{esc(title)}»"
    called = entry.before.get("title") or entry.after.get("title")
    if called is not None:
        return f"№ {ref} «{esc(str(called))}»"
    if kind == "year":
        return ref
    if kind in NAMED_THINGS and ref:
        return f"{NAMED_THINGS[kind]} № {ref}"
    return f"№ {ref}" if ref and entry.deed != Deed.ROLE_GIVEN else ""


def _details(entry: Entry, names: Names, now: datetime, zone: tzinfo) -> str:
    before, after = dict(entry.before), dict(entry.after)
    parts = [*_said(before, names), *_said(after, names)]
    for name, label in _CHANGES.items():
        shown = [_value(each[name], now, zone) for each in (before, after) if name in each]
        if shown:
            parts.append(f"{label}: {' → '.join(shown)}")
    was, now_in = before.get("members"), after.get("members")
    if isinstance(was, list) and isinstance(now_in, list):
        for label, changed in (("вошли", {*now_in} - {*was}), ("вышли", {*was} - {*now_in})):
            parts += [f"{label}: {_some(sorted(changed))}"] if changed else []
    parts += [label for name, label in _CHANGED.items() if before.get(name) != after.get(name)]
    parts += [words[not after[name]] for name, words in _EITHER.items() if name in after]
    if after.get("names"):
        parts.append("с фамилиями")
    return "; ".join(parts)


def _said(values: Mapping[str, Value], names: Names) -> list[str]:
    """A role with its scope; a verdict; a kind of network."""
    if "role" in values:
        where = Scope(ScopeKind(str(values["kind"])), str(values["ref"]))
        return [f"{ROLES[Role(str(values['role']))]}, {scope(where, names.networks)}"]
    return [_VERDICTS[str(values["verdict"])]] if values.get("verdict") in _VERDICTS else []


_EITHER: Mapping[str, tuple[str, str]] = {
    "on": ("назначен", "снят"),
    "in": ("в группе", "не в группе"),
    "same": ("да", "нет"),
}
_VERDICTS: Mapping[str, str] = {"accepted": "принята", "returned": "возвращена"}
_CHANGED: Mapping[str, str] = {
    "audience": "для кого",
    "reminders": "напоминания",
    "link": "ссылка",
    "form": "анкета после встречи",
}
"""What changed without its values."""
_CHANGES: Mapping[str, str] = {
    "leader": "лидер",
    "until": "до",
    "uses": "человек",
    "people": "людей",
    "joined": "вошли",
    "left": "вышли",
    "name": "название",
    "rows": "строк",
    "edition": "издание",
    "starts": "начало",
    "ends": "конец",
    "place": "место",
    "places": "мест",
    "days": "дней на опрос",
    "months": "раз в столько месяцев",
    "events": "мероприятий",
    "since": "с",
}


def _some(names: list[str]) -> str:
    rest = f" и ещё {len(names) - SHOWN}" if len(names) > SHOWN else ""
    return esc(", ".join(names[:SHOWN])) + rest


def _value(value: Value, now: datetime, zone: tzinfo) -> str:
    text = str(value)
    if text.endswith("Z") and text[:1].isdigit():
        return grammar.moment(moment(text), now, zone)
    return esc(text)
