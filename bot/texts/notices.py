"""What the authors of notices read, and what their recipients do."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from html import unescape

from bot.texts.campaigns import people
from bot.texts.grammar import counted, moment
from bot.texts.people import address, esc
from storage.audiences import Attitude
from storage.notices.account import Account, Recipient
from storage.notices.notices import Content, State
from storage.peace import Burden
from storage.people.people import Person

LIST_HEAD = "<b>Уведомления</b>"
LIST_EMPTY = "Уведомлений пока нет. Напишите первое — бот доставит его и покажет, кто получил."
NEW = "Новое уведомление"
TO_LIST = "‹ К списку"
TO_DRAFT = "‹ К черновику"
TO_CARD = "‹ К уведомлению"
STALE = "Этот черновик уже закрыт. Начните, пожалуйста, заново."
GONE = "Такого уведомления нет или оно не на вашей территории."

ASK_SCOPE = "Для какой территории это уведомление?"
ASK_CONTENT = (
    "<b>Новое уведомление</b>\n\nПришлите его сюда так, как его должны увидеть: текст с "
    "оформлением, фото, документ, альбом или любое другое сообщение.\n\n"
    "В тексте можно написать <code>{имя отчество}</code> — каждый увидит своё обращение."
)
CONTENT, BUTTONS, AUDIENCE, WHEN = "Сообщение", "Кнопки", "Кому", "Когда"
URGENT_OFF, URGENT_ON = "Обычное", "Срочное"
TO_SELF = "Отправить себе"
CHECK = "Проверить и отправить"
SEND_NOW = "Отправить"
SEND_LATER = "Запланировать"
ASK_APPROVAL = "На согласование"
URGENT_NOTE = (
    "Срочное уведомление не ждёт утра и не ждёт, пока человек закончит отвечать на опрос. "
    "Берегите эту возможность для того, что не терпит до завтра."
)

ASK_BUTTONS = (
    "<b>Кнопки под уведомлением</b>\n\nДобавьте ссылку или действие в боте. Чтобы убрать кнопку, "
    "нажмите на неё."
)
ADD_LINK = "＋ Ссылка"
ASK_LINK = (
    "Напишите подпись и адрес одним сообщением, например:\n"
    "<code>Программа семинара https://example.org/plan</code>"
)
BAD_LINK = (
    "Адрес не похож на ссылку. Он начинается с https:// и не содержит пробелов. "
    "Подпись — до 60 знаков."
)
MOST_BUTTONS = 8
TOO_MANY_BUTTONS = "Больше восьми кнопок под одним сообщением неудобно. Уберите лишнюю."
NO_TARGETS = "Выбрать пока не из чего: на вашей территории сейчас ничего открытого нет."
TARGETS: Mapping[str, str] = {
    "survey": "＋ Пройти опрос",
    "event": "＋ Мероприятие",
    "task": "＋ Задание",
}
TARGET_HEADS: Mapping[str, str] = {
    "survey": "Какой опрос откроет кнопка?",
    "event": "Какое мероприятие откроет кнопка? По ней же можно ответить «Приду».",
    "task": "Какое задание откроет кнопка?",
}
TARGET_LABELS: Mapping[str, str] = {
    "survey": "Пройти опрос",
    "event": "Открыть мероприятие",
    "task": "Открыть задание",
}

GROUP, EXCEPT = "Группа", "Кроме"
ADD_GROUP, ADD_EXCEPT = "＋ Ещё группа", "－ Исключить группу"
REMOVE_GROUP = "Убрать группу"
READY = "Готово"
EVERYBODY = "все зарегистрированные на вашей территории"
GROUP_KINDS = {
    "roles": "Роли",
    "places": "Муниципалитеты",
    "nets": "Сети",
    "comm": "Сообщества",
    "people": "Список людей",
    "surveys": "Не ответили на опрос",
    "meetings": "По мероприятию",
}
ASK_MEETING = "По какому мероприятию? Дальше — кто придёт, кто пришёл, кто не ответил."
ATTITUDES: Mapping[Attitude, str] = {
    Attitude.COMING: "придут",
    Attitude.ONLINE: "онлайн",
    Attitude.DECLINED: "не придут",
    Attitude.SILENT: "не ответили",
    Attitude.CAME: "пришли",
    Attitude.MISSED: "обещали и не пришли",
}
GROUP_HEAD = "Кто входит в эту группу? Условия складываются: роль и муниципалитет и сообщество."
NO_LIST_IN_FILE = (
    "В этом файле не нашлось списка. Подойдут .xlsx, .csv и .txt: по одному человеку в строке, "
    "фамилия и имя в первых столбцах."
)
LIST_TOO_LARGE = "Файл великоват: подойдёт до 1 МБ и до 2 000 строк."

ASK_WHEN = "Когда отправить? Можно написать: «25 ноября 10:00»."
NOW, TOMORROW = "Сейчас", "Завтра в 9:00"

PAUSE, RESUME, CANCEL, CANCEL_SURE = "Пауза", "Продолжить", "Отменить", "Да, отменить"
REFRESH = "Обновить"
WHO, SHEET = "Кому не дошло", "Отчёт в таблице"
RETRY, RETRY_UNKNOWN = "Повторить недошедшим", "И тем, о ком неизвестно"
CORRECT, WITHDRAW, WITHDRAW_SURE = "Исправить", "Отозвать", "Да, отозвать"
APPROVE, DECLINE, LOOK = "Согласовать", "Отклонить", "Показать уведомление"
OPEN = "Показать"

ASK_CORRECTION = (
    "Пришлите новый текст целиком: он заменит прежний у всех, кому уведомление уже пришло, и "
    "уйдёт остальным. Вложения и кнопки останутся."
)
NOT_CORRECTABLE = "У этого уведомления нет текста, который можно исправить."
CORRECTED_NONE = "Это исправление уже внесено."
WITHDRAWN = "Это сообщение отозвано отправителем."
WITHDRAWN_GONE = "Это уведомление отозвано."
NOTHING_TO_RETRY = "Повторять некому: остальным Telegram сейчас не доставит."
SURE_CANCEL = "Отменить отправку? Тем, кому уже пришло, сообщение останется."
SURE_WITHDRAW = (
    "Отозвать уведомление? Бот удалит его из чатов. Сообщения старше 48 часов Telegram удалить не "
    "даёт: в них текст заменится пометкой, что сообщение отозвано."
)
CANNOT_DECIDE = "Это уведомление уже решено, или его написали вы сами: нужен второй человек."
DECIDED = {True: "Уведомление согласовано и уходит.", False: "Уведомление отклонено."}
NO_CHANGE = "Сейчас это сделать уже нельзя."
SHEET_FAILED = "Таблицу сделать не получилось. Попробуйте ещё раз чуть позже."
SHEET_CAPTION = "Кому дошло уведомление. В таблице есть имена: храните её бережно."
MAKING_SHEET = "Готовлю таблицу…"

STATES: Mapping[State, str] = {
    State.AWAITING: "ждёт согласования",
    State.DECLINED: "отклонено",
    State.SCHEDULED: "запланировано",
    State.SENDING: "отправляется",
    State.PAUSED: "на паузе",
    State.CANCELLED: "отменено",
    State.DONE: "завершено",
}
MARKS: Mapping[State, str] = {
    State.AWAITING: "◔",
    State.DECLINED: "✕",
    State.SCHEDULED: "◷",
    State.SENDING: "●",
    State.PAUSED: "‖",
    State.CANCELLED: "✕",
    State.DONE: "○",
}

REASONS: Mapping[str, str] = {
    "blocked": "остановили бота",
    "deactivated": "аккаунт удалён",
    "never-wrote": "не начинали чат",
    "chat-not-found": "чата нет",
    "bot": "это бот",
    "unreachable": "бот не может написать",
    "muted": "отключили такие сообщения",
    "merged": "сверх недельной меры: придёт в сводке",
    "in-summary": "сверх недельной меры: пришло в сводке",
    "cancelled": "отправка отменена",
    "withdrawn": "уведомление отозвано",
    "refused": "Telegram не принял сообщение",
    "no-connection": "не было связи с Telegram",
    "no-answer": "связь прервалась, могло дойти",
    "interrupted": "бот перезапускался, могло дойти",
    "too-late": "опоздало",
    "not-editable": "Telegram не даёт изменить",
    "not-deletable": "Telegram не даёт удалить",
    "no-message": "неизвестно, дошло ли",
    "not-needed": "ещё не отправлялось",
}
OTHER_REASON = "сбой при отправке"
OUTCOMES: Mapping[str, str] = {
    "waiting": "ждёт отправки",
    "sending": "отправляется",
    "sent": "доставлено",
    "dropped": "не отправлялось",
    "failed": "не доставлено",
    "unknown": "неизвестно",
}
CHANGED: Mapping[str, str] = {
    "waiting": "ждёт",
    "sending": "меняется",
    "sent": "изменено",
    "dropped": "не менялось",
    "failed": "не изменено",
    "unknown": "неизвестно",
}

_PLACEHOLDER = re.compile(r"\{([^{}<>\n]{1,40})\}")
PLACEHOLDERS: Mapping[str, Callable[[Person], str]] = {
    "имя отчество": address,
    "имя": lambda person: esc(person.first_name or ""),
    "муниципалитет": lambda person: esc(person.municipality or ""),
}


def fill(text: str, person: Person) -> str:
    """The text with every placeholder said for this person; HTML stays HTML."""

    def said(found: re.Match[str]) -> str:
        word = PLACEHOLDERS.get(_name(found))
        return found[0] if word is None else word(person)

    return _PLACEHOLDER.sub(said, text) if "{" in text else text


def unknown_placeholders(text: str) -> list[str]:
    """What stands in braces and means nothing to the bot."""
    found = _PLACEHOLDER.finditer(text)
    return [one[0] for one in found if _name(one) not in PLACEHOLDERS]


def _name(found: re.Match[str]) -> str:
    return " ".join(unescape(found[1]).lower().split())


def longest(text: str, name: int) -> int:
    """Characters the text may have for somebody, where «имя отчество» has up to `name`."""
    room = {"имя отчество": name, "имя": name, "муниципалитет": 60}
    widest = _PLACEHOLDER.sub(lambda found: "я" * room.get(_name(found), len(found[0])), text)
    return len(plain(widest))


def plain(text: str) -> str:
    """HTML as it is read."""
    return unescape(re.sub(r"<[^>]*>", "", text))


HEADLINE = 60


def headline(content: Content) -> str:
    """The first words, for a list; plain text."""
    for line in plain(content.text).splitlines():
        if line.strip():
            words = " ".join(line.split())
            return words if len(words) <= HEADLINE else words[: HEADLINE - 1].rstrip() + "…"
    return "Альбом" if content.album else "Сообщение без текста"


def listed(state: State, content: Content) -> str:
    """A button of the list."""
    return f"{MARKS[state]} {headline(content)}"


def content_line(content: Content) -> str:
    """What the draft says so far."""
    if content.empty:
        return "пока пусто"
    kind = "текст"
    if content.album:
        count = counted(len(content.album), "вложение", "вложения", "вложений")
        kind = f"альбом, {count}"
    elif content.source_message:
        kind = "сообщение с вложением" if content.captioned else "сообщение"
    return f"{kind} — «{esc(headline(content))}»" if content.text else kind


def draft(
    content: Content,
    groups: str,
    when: str,
    *,
    urgent: bool,
    found: Burden,
    note: str = "",
) -> str:
    """The draft with everything chosen."""
    names = ", ".join(f"«{esc(one.label)}»" for one in content.buttons)
    return "\n".join(
        filter(
            None,
            (
                "<b>Черновик уведомления</b>\n",
                f"Сообщение: {content_line(content)}",
                f"Кнопки: {names}" if names else "",
                f"Кому: {groups} — {people(found.people)}",
                f"Когда: {when}",
                f"\n{URGENT_NOTE}" if urgent else "",
                f"\n{note}" if note else "",
            ),
        )
    )


def groups(included: Sequence[str], excluded: Sequence[str]) -> str:
    """The expression of an audience in words."""
    text = " <i>или</i> ".join(included) if included else EVERYBODY
    return text + "".join(f", <i>кроме</i>: {one}" for one in excluded)


def group(lines: Sequence[str]) -> str:
    """One group."""
    return "; ".join(lines) if lines else EVERYBODY


def audience(included: Sequence[str], excluded: Sequence[str], found: Burden) -> str:
    """The screen of the audience."""
    rows = [f"{number}. {one}" for number, one in enumerate(included, start=1)]
    rows += [f"Кроме: {one}" for one in excluded]
    return f"<b>Кому отправить?</b>\n\n{chr(10).join(rows)}\n\n{burden(found)}"


def burden(found: Burden) -> str:
    """How many people, and what stands in the way of some."""
    lines = [f"Получателей: {people(found.people)}."]
    if found.unreachable:
        lines.append(f"• бот не может написать: {people(found.unreachable)}")
    if found.muted:
        lines.append(f"• отключили уведомления: {people(found.muted)}")
    if found.written:
        lines.append(f"• уже получали непрошеное на этой неделе: {people(found.written)}")
    if found.over:
        lines.append(f"• недельная мера исчерпана, придёт в сводке: {people(found.over)}")
    return "\n".join(lines)


def attitudes(title: str) -> str:
    """Whom, by what they said or did about a meeting."""
    return f"<b>{esc(title)}</b>\n\nКого взять в группу? Подойдёт любое из отмеченного."


def attitude(title: str, found: Sequence[Attitude]) -> str:
    """«Семинар: придут, онлайн»."""
    return f"{title}: {', '.join(ATTITUDES[one] for one in found)}"


def group_screen(lines: Sequence[str], count: int) -> str:
    """One group being chosen."""
    chosen = "\n".join(lines) if lines else EVERYBODY.capitalize()
    return f"{GROUP_HEAD}\n\n{chosen}\n\nСейчас это {people(count)}."


BLOCKERS: Mapping[str, str] = {
    "empty": "Сообщение пустое: пришлите текст или вложение.",
    "nobody": "Получателей нет: измените условия.",
    "out-of-reach": "Никому из получателей бот написать не может.",
    "too-long": "Текст слишком длинный: с самым длинным именем в нём {length} знаков, "
    "а помещается {most}. Сократите.",
    "placeholder": "Непонятная подстановка: {names}. Бот знает {{имя отчество}}, {{имя}} и "
    "{{муниципалитет}}.",
    "link": "Ссылка под кнопкой «{label}» не похожа на адрес.",
    "album-buttons": "Под альбомом Telegram не показывает кнопок: уберите кнопки или пришлите "
    "вместо альбома одно вложение.",
    "target": "Кнопка «{label}» никуда не ведёт: то, что она открывала, закрыто или удалено. "
    "Уберите её.",
    "refused": "Telegram не принимает это сообщение: {why}. Пришлите его заново.",
}


def blocked(code: str, **values: object) -> str:
    """One reason why it cannot be sent, with the remedy."""
    return "⛔ " + BLOCKERS[code].format(**{key: esc(str(one)) for key, one in values.items()})


def quiet(until: str) -> str:
    """A warning: it is night."""
    return f"Сейчас тихие часы: сообщения начнут уходить {until}."


def approval(most: int) -> str:
    """A warning: somebody else must agree."""
    return f"Получателей {most} или больше: отправку подтвердит второй человек."


NOBODY_TO_APPROVE = (
    "Подтвердить отправку сейчас некому: на вашей территории нет другого координатора или "
    "администратора."
)


def check(found: Burden, when: str, *, warnings: Sequence[str], blockers: Sequence[str]) -> str:
    """Under the preview: the last look."""
    parts = ["Так увидят уведомление получатели ↑", f"{burden(found)}\nКогда: {when}."]
    if warnings:
        parts.append("\n".join(f"⚠ {one}" for one in warnings))
    if blockers:
        parts.append("\n".join(blockers))
    return "\n\n".join(parts)


def send(count: int) -> str:
    """The button that sends."""
    return f"{SEND_NOW}: {people(count)}"


def local(when: datetime, now: datetime) -> str:
    """A moment in the zone of `now`."""
    return moment(when, now, now.tzinfo)  # type: ignore[arg-type]  # `now` is local, so it has one


BAR = 12


def bar(done: int, total: int) -> str:
    """«▓▓▓▓░░░░ 33 %»."""
    share = done / total if total else 1.0
    full = int(share * BAR)
    return f"{'▓' * full}{'░' * (BAR - full)} {int(share * 100)} %"


def number(count: int) -> str:
    """«20 000», with a space that does not break."""
    return f"{count:,}".replace(",", " ")


def duration(seconds: float) -> str:
    """«около 13 минут»."""
    if seconds < 60:
        return "меньше минуты"
    minutes = round(seconds / 60)
    if minutes < 60:
        return "около " + counted(minutes, "минуты", "минут", "минут")
    return "около " + counted(round(minutes / 60), "часа", "часов", "часов")


def reason(code: str) -> str:
    """Why, in words."""
    return REASONS.get(code, OTHER_REASON if code else "")


def card(
    content: Content,
    state: State,
    account: Account,
    *,
    whom: str,
    when: str,
    left: float | None,
    withdrawn: bool,
) -> str:
    """How a notice stands; `left` seconds remain, if that can be told."""
    standing = STATES[state].capitalize()
    if state in {State.SCHEDULED, State.AWAITING}:
        standing += f", {when}"
    parts = [f"<b>{esc(headline(content))}</b>", standing + (", отозвано" if withdrawn else "")]
    if not account.planned:
        parts.append(f"Кому: {whom}")
        return "\n\n".join(parts)
    parts.append(progress(account))
    if state is State.SENDING and left is not None and account.left:
        parts.append(f"Осталось {duration(left)}.")
    for title, counts in (
        ("Исправление", account.corrections),
        ("Отзыв", account.withdrawals),
    ):
        if counts:
            parts.append(f"{title}:\n" + "\n".join(_outcomes(counts, CHANGED)))
    return "\n\n".join(parts)


def progress(account: Account) -> str:
    """The bar and the counts; they add up to the number of recipients."""
    done = account.planned - account.left
    lines = [
        bar(done, account.planned),
        f"Получателей: {number(account.planned)}",
        *_outcomes(account.counts, OUTCOMES),
    ]
    if account.erased:
        lines.append(f"• удалили свои данные: {number(account.erased)}")
    return "\n".join(lines)


def _outcomes(counts: Mapping[tuple[str, str], int], words: Mapping[str, str]) -> list[str]:
    lines = []
    for state, word in words.items():
        found = {why: n for (at, why), n in counts.items() if at == state}
        if not found:
            continue
        named = [
            f"{reason(why)} — {number(n)}"
            for why, n in sorted(found.items(), key=lambda pair: -pair[1])
            if why and state not in {"waiting", "sending", "sent"}
        ]
        tail = f" ({'; '.join(named)})" if named else ""
        lines.append(f"• {word}: {number(sum(found.values()))}{tail}")
    return lines


def missed(content: Content, found: Sequence[Recipient], total: int, first: int) -> str:
    """A page of those whom it did not reach."""
    if not found:
        return f"<b>{esc(headline(content))}</b>\n\nДошло до всех, кому отправлялось."
    rows = [f"{first + i}. {_recipient(one)}" for i, one in enumerate(found, start=1)]
    return f"<b>{esc(headline(content))}</b>\n\nНе дошло: {people(total)}\n\n" + "\n".join(rows)


def _recipient(one: Recipient) -> str:
    name = " ".join(filter(None, (one.surname, one.first_name, one.patronymic)))
    why = reason(one.reason) or OUTCOMES[one.state]
    return f"{esc(name)}, {esc(one.municipality)} — {why}"


def sure_retry(again: int, unknown: int) -> str:
    """Before trying again."""
    text = f"Повторить отправку тем, до кого не дошло: {people(again)}?"
    if unknown:
        text += (
            f"\n\nО {counted(unknown, 'человеке', 'людях', 'людях')} неизвестно, дошло ли: им "
            "сообщение может прийти второй раз. Без вашего слова бот им не повторяет."
        )
    return text


def retried(count: int) -> str:
    """A toast."""
    return f"Повторяем: {people(count)}"


def corrected(count: int) -> str:
    """A toast."""
    return f"Исправляем у тех, кому дошло: {people(count)}"


def withdrawn(count: int) -> str:
    """A toast."""
    return f"Отзываем: {people(count)}"


def approval_asked(author: str, found: int, when: str, text: str) -> str:
    """To the second person."""
    return (
        f"{author} просит согласовать уведомление.\n\n«{esc(text)}»\n\n"
        f"Получателей: {people(found)}. Отправка: {when}."
    )


def decided(text: str, *, approved: bool) -> str:
    """To the author."""
    word = "согласовано, отправка начинается" if approved else "отклонено, оно никому не ушло"
    return f"Ваше уведомление «{esc(text)}» {word}."


def summary(headlines: Sequence[str], more: int) -> str:
    """What was over somebody's week, in one message."""
    rows = "\n".join(f"{i}. {esc(one)}" for i, one in enumerate(headlines, start=1))
    tail = f"\n…и ещё {more}" if more else ""
    return (
        "<b>Пока вас берегли от лишних сообщений, накопилось</b>\n\n"
        f"{rows}{tail}\n\nОткройте то, что интересно."
    )


SUMMARY_MOST = 10
