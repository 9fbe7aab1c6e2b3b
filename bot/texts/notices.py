"""What staff do to a notice that is confirmed, and what its recipients read beside it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.texts.campaigns import people
from bot.texts.grammar import counted, moment
from bot.texts.notice_text import headline
from bot.texts.people import esc
from storage.notices.notices import Content, State

_SEND_HERE = (
    "Чтобы написать новое, пришлите его прямо сюда: бот покажет, как оно выглядит и кому уйдёт. "
    "Без вашего подтверждения ничего не отправится."
)
LIST_HEAD = f"<b>Уведомления</b>\n\n{_SEND_HERE}"
LIST_EMPTY = f"<b>Уведомлений пока нет</b>\n\n{_SEND_HERE}"
NEW = "Новое уведомление"
TO_LIST = "‹ К списку"
TO_CARD = "‹ К уведомлению"
GONE = "Такого уведомления нет или оно не на вашей территории."

PAUSE, RESUME, CANCEL, CANCEL_SURE = "Пауза", "Продолжить", "Отменить", "Да, отменить"
REFRESH = "Обновить"
WHO, SHEET = "Кому не дошло", "Отчёт в таблице"
RETRY, RETRY_UNKNOWN = "Повторить недошедшим", "И тем, о ком неизвестно"
CORRECT, WITHDRAW, WITHDRAW_SURE = "Исправить", "Отозвать", "Да, отозвать"
APPROVE, DECLINE, LOOK = "Согласовать", "Отклонить", "Показать уведомление"
TAKE_OVER, LEAVE = "Отправить от своего имени", "Не отправлять"
OPEN = "Показать"

ASK_CORRECTION = (
    "Пришлите новый текст целиком: он заменит прежний у всех, кому уведомление уже пришло, и "
    "уйдёт остальным. Вложения и кнопки останутся."
)
NOT_CORRECTABLE = "У этого уведомления нет текста, который можно исправить."
NOT_BEGUN = (
    "Отправка ещё не началась, поэтому исправить нечего. Отмените её и пришлите уведомление заново."
)
FIX_PROPOSED = (
    "Уведомление большое, поэтому исправление подтвердит второй человек. Как только он согласится, "
    "бот исправит текст у всех."
)
FIX_NOBODY = (
    "Уведомление большое, и исправление подтверждает второй человек, но сейчас подтвердить некому: "
    "на вашей территории нет другого координатора или администратора. Уведомление можно отозвать."
)
FIX_DECLINED = "Исправление отклонено."
CORRECTED_NONE = "Это исправление уже внесено."
WITHDRAWN = "Это сообщение отозвано отправителем."
WITHDRAWN_GONE = "Это уведомление отозвано."
NOTHING_TO_RETRY = "Повторять некому: остальным Telegram сейчас не доставит."
SURE_CANCEL = "Отменить отправку? Тем, кому уже пришло, сообщение останется."
SURE_WITHDRAW = (
    "Отозвать уведомление? Бот удалит его из чатов. Сообщения старше 48 часов Telegram удалить не "
    "даёт: в них текст заменится пометкой, что сообщение отозвано."
)
CANNOT_DECIDE = (
    "По этому уведомлению уже решили, или его написали вы сами: тогда нужен второй человек."
)
CANNOT_DECIDE_FIX = (
    "По этому исправлению уже решили, или его предложили вы сами: тогда нужен второй человек."
)
DECIDED = {True: "Уведомление согласовано и уходит.", False: "Уведомление отклонено."}
TAKEN_OVER = {True: "Уведомление уходит от вашего имени.", False: "Уведомление никому не уйдёт."}
WHYS: Mapping[str, str] = {
    "text": "В тексте есть ошибка",
    "people": "Не тем людям",
    "time": "Не сейчас",
    "needless": "Об этом уже писали",
}
WHY_MOST = 300
WHY_LONG = f"Причина длиннее {WHY_MOST} знаков. Напишите короче."
NO_CHANGE = "Сейчас это сделать уже нельзя."
SHEET_FAILED = "Таблицу сделать не получилось. Попробуйте ещё раз чуть позже."
SHEET_CAPTION = "Кому дошло уведомление. В таблице есть имена: храните её бережно."
MAKING_SHEET = "Готовлю таблицу…"
MARKS: Mapping[State, str] = {
    State.AWAITING: "◔",
    State.DECLINED: "✕",
    State.SCHEDULED: "◷",
    State.SENDING: "●",
    State.PAUSED: "‖",
    State.CANCELLED: "✕",
    State.DONE: "○",
}


def listed(state: State, content: Content) -> str:
    """A button of the list."""
    return f"{MARKS[state]} {headline(content)}"


def local(when: datetime, now: datetime) -> str:
    """A moment in the zone of `now`."""
    return moment(when, now, now.tzinfo)  # type: ignore[arg-type]  # `now` is local, so it has one


def sure_retry(again: int, unknown: int) -> str:
    """Before trying again."""
    text = f"Повторить отправку тем, до кого не дошло ({people(again)})?"
    if unknown:
        text += (
            f"\n\nО {counted(unknown, 'человеке', 'людях', 'людях')} неизвестно, дошло ли: им "
            "сообщение может прийти второй раз. Без вашего слова бот им не повторяет."
        )
    return text


def retried(count: int) -> str:
    """A toast."""
    return f"Отправляем ещё раз. Получатели: {people(count)}"


def corrected(count: int) -> str:
    """A toast."""
    return f"Исправляем там, куда уже дошло. Получатели: {people(count)}"


def withdrawn(count: int) -> str:
    """A toast."""
    return f"Отзываем. Получатели: {people(count)}"


def approval_asked(author: str, found: int, when: str, text: str) -> str:
    """To the second person."""
    return (
        f"{author} просит согласовать уведомление.\n\n«{esc(text)}»\n\n"
        f"Получатели: {people(found)}. Отправка: {when}."
    )


def left_by_author(author: str, found: int, text: str) -> str:
    """To those who may decide about what its author may not send any more; `author` '' is gone."""
    why = (
        f"у автора ({author}) больше нет права писать этим людям"
        if author
        else "его автор удалил свои данные из бота"
    )
    return (
        f"Время отправки уведомления пришло, но {why}, поэтому оно никому не ушло. Если оно нужно, "
        f"отправьте его от своего имени.\n\n«{esc(text)}»\n\nПолучатели: {people(found)}."
    )


def correction_asked(author: str, found: int, text: str) -> str:
    """To the second person, about a correction."""
    who = f"{author} просит" if author else "Вас просят"
    return (
        f"{who} согласовать исправление уведомления. Новый текст:\n\n«{esc(text)}»\n\n"
        f"Получатели: {people(found)}. Прежний текст заменится у всех, кому уже пришло."
    )


def correction_decided(text: str, *, approved: bool) -> str:
    """To whoever proposed a correction."""
    word = "согласовано, текст меняется" if approved else "отклонено, текст остался прежним"
    return f"Исправление уведомления «{esc(text)}» {word}."


def decided(text: str, when: str, *, approved: bool, why: str = "") -> str:
    """To the author; `when` is '' if it goes at once, `why` '' if nothing was said."""
    going = f"уйдёт {when}" if when else "уже уходит"
    word = f"согласовано и {going}" if approved else "отклонено, оно никому не ушло"
    because = f"\n\nПричина: {esc(why)}" if why else ""
    return f"Ваше уведомление «{esc(text)}» {word}.{because}"


def ask_why(text: str) -> str:
    """Before declining."""
    return (
        f"Почему отклоняете «{esc(text)}»? Выберите причину или напишите её своими словами: "
        "её прочтёт автор."
    )


def summary(headlines: Sequence[str], more: int) -> str:
    """What was over somebody's week, in one message."""
    rows = "\n".join(f"{i}. {esc(one)}" for i, one in enumerate(headlines, start=1))
    tail = f"\n…и ещё {more}" if more else ""
    return (
        "<b>Пока вас берегли от лишних сообщений, накопилось</b>\n\n"
        f"{rows}{tail}\n\nОткройте то, что интересно."
    )


SUMMARY_MOST = 10
