"""The account of a notice in words: how it goes, whom it did not reach and why."""

from collections.abc import Mapping, Sequence

from bot.texts.campaigns import people
from bot.texts.grammar import counted
from bot.texts.notice_text import headline
from bot.texts.people import esc
from storage.notices.account import Account, Recipient
from storage.notices.notices import Content, State

STATES: Mapping[State, str] = {
    State.AWAITING: "ждёт согласования",
    State.DECLINED: "отклонено",
    State.SCHEDULED: "запланировано",
    State.SENDING: "отправляется",
    State.PAUSED: "на паузе",
    State.CANCELLED: "отменено",
    State.DONE: "завершено",
}

REASONS: Mapping[str, str] = {
    "blocked": "остановили бота",
    "deactivated": "аккаунт удалён",
    "never-wrote": "не начинали чат",
    "chat-not-found": "чата нет",
    "bot": "это бот",
    "unreachable": "остановили бота или удалили аккаунт",
    "muted": "отключили такие сообщения",
    "merged": "сверх недельной меры: придёт в общем письме",
    "in-summary": "сверх недельной меры: пришло в общем письме",
    "cancelled": "отправка отменена",
    "withdrawn": "уведомление отозвано",
    "refused": "Telegram не принял сообщение",
    "voice-forbidden": "не принимают голосовые сообщения",
    "no-connection": "не было связи с Telegram",
    "no-answer": "связь прервалась, могло дойти",
    "interrupted": "бот перезапускался, могло дойти",
    "too-late": "опоздало",
    "not-editable": "Telegram не даёт изменить",
    "not-deletable": "Telegram не даёт удалить",
    "no-message": "неизвестно, дошло ли",
    "not-needed": "ещё не отправлялось",
}
LEFT_BY_AUTHOR = "не отправлено: автор больше не может его отправить"
FIX_WAITS = "Исправление ждёт согласования."
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


HALTED = (
    "⛔ Бот остановил отправку: Telegram не принимает это сообщение. Так бывает, если исходное "
    "сообщение с вложением удалено из этого чата. Исправьте текст и нажмите «Продолжить» или "
    "отмените отправку и напишите заново; кому уже пришло, второй раз не придёт."
)

BAR = 12


def bar(done: int, total: int) -> str:
    """«▓▓▓▓░░░░ 33 %»; where something is done, one cell at least says so."""
    share = done / total if total else 1.0
    full = max(int(share * BAR), min(done, 1))
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
    halted: bool = False,
    declined_why: str = "",
    orphaned: bool = False,
    fix_waits: bool = False,
) -> str:
    """How a notice stands; `left` seconds remain, if that can be told."""
    standing = STATES[state].capitalize()
    if state is State.AWAITING and orphaned:
        standing = LEFT_BY_AUTHOR.capitalize()
    elif state in {State.SCHEDULED, State.AWAITING}:
        standing += f", {when}"
    parts = [f"<b>{esc(headline(content))}</b>", standing + (", отозвано" if withdrawn else "")]
    if not account.planned:
        if declined_why:
            parts.append(f"Причина: {esc(declined_why)}")
        parts.append(f"Кому: {whom}")
        return "\n\n".join(parts)
    parts.append(progress(account))
    if state is State.SENDING and left is not None and account.left:
        parts.append(f"Осталось {duration(left)}.")
    if state is State.PAUSED and halted:
        parts.append(HALTED)
    if fix_waits:
        parts.append(FIX_WAITS)
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
