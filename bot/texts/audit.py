"""/audit: each deed of staff in a line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.texts import grammar
from bot.texts.people import ROLES, esc, scope, short_name
from storage.audit import Deed, Entry, Page, Value
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
    Deed.FORM_PUBLISHED: "опубликована анкета",
    Deed.FORM_HIDDEN: "убрана анкета",
    Deed.CAMPAIGN_OPENED: "открыт опрос",
    Deed.CAMPAIGN_CLOSED: "закрыт опрос",
    Deed.CAMPAIGN_PROLONGED: "перенесено закрытие опроса",
    Deed.NUDGED: "отправлено напоминание об опросе",
    Deed.NOTICE_CONFIRMED: "отправлено уведомление",
    Deed.NOTICE_DECIDED: "согласовано или отклонено уведомление",
    Deed.NOTICE_CANCELLED: "отменено уведомление",
    Deed.NOTICE_CORRECTED: "исправлено уведомление",
    Deed.NOTICE_WITHDRAWN: "отозвано уведомление",
    Deed.EXPORTED: "получена таблица ответов",
    Deed.ACCOUNT_EXPORTED: "получен отчёт об уведомлении",
    Deed.REGION_EXPORTED: "получена сводная таблица",
    Deed.WORKS_EXPORTED: "получены работы или журналы стажёров",
    Deed.GROUP_LOADED: "группа стажёров изменена таблицей",
    Deed.GROUPS_EXPORTED: "получен состав групп стажёров",
    Deed.GROUP_HEAD: "изменён руководитель группы стажёров",
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

TRAINEES: Mapping[str, str] = {"task": "задание", "group": "группа", "trainee": "журнал"}
"""What a deed with trainees was done to."""

SHOWN = 5
"""Municipalities named in one entry: a page must fit into a message."""


@dataclass(frozen=True)
class Names:
    """What the ids of a page are called now; networks are id → title."""

    people: Mapping[int, Person]
    campaigns: Mapping[int, Campaign]
    networks: Mapping[str, str]


def log(page: Page, names: Names, now: datetime, zone: tzinfo) -> str:
    """A page of the log."""
    if not page.entries:
        return EMPTY
    lines = [_line(entry, names, now, zone) for entry in page.entries]
    count = grammar.counted(page.total, "запись", "записи", "записей")
    return "\n\n".join([f"<b>Журнал действий</b>: {count}.", *lines])


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
    if kind in TRAINEES and ref:
        return f"{TRAINEES[kind]} № {ref}"
    return f"№ {ref}" if ref and entry.deed != Deed.ROLE_GIVEN else ""


def _details(entry: Entry, names: Names, now: datetime, zone: tzinfo) -> str:
    before, after = dict(entry.before), dict(entry.after)
    parts = []
    for said in (before, after):
        if "role" in said:
            where = Scope(ScopeKind(str(said["kind"])), str(said["ref"]))
            parts.append(f"{ROLES[Role(str(said['role']))]}, {scope(where, names.networks)}")
    for name, label in _CHANGES.items():
        old, new = before.get(name), after.get(name)
        if new is None and old is None:
            continue
        shown = [_value(one, now, zone) for one in (old, new) if one is not None]
        parts.append(f"{label}: {' → '.join(shown)}")
    was, now_in = before.get("members"), after.get("members")
    if isinstance(was, list) and isinstance(now_in, list):
        for label, changed in (("вошли", {*now_in} - {*was}), ("вышли", {*was} - {*now_in})):
            parts += [f"{label}: {_some(sorted(changed))}"] if changed else []
    if "on" in after:
        parts.append("назначен" if after["on"] else "снят")
    if after.get("names"):
        parts.append("с фамилиями")
    return "; ".join(parts)


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
}


def _some(names: list[str]) -> str:
    rest = f" и ещё {len(names) - SHOWN}" if len(names) > SHOWN else ""
    return esc(", ".join(names[:SHOWN])) + rest


def _value(value: Value, now: datetime, zone: tzinfo) -> str:
    text = str(value)
    if text.endswith("Z") and text[:1].isdigit():
        return grammar.moment(moment(text), now, zone)
    return esc(text)
