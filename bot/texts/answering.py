"""What somebody reads who answers questionnaires."""

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape

from bot.texts.grammar import counted, moment, until
from storage.questionnaires.campaigns import Cell
from surveys.questionnaire import Anonymity
from surveys.scoring import Result
from surveys.tasks import Content

CELLS = 10
"""Length of the progress bar."""

NEXT = "Дальше"
SKIP = "Пропустить"
BACK = "‹ Назад"
PAUSE = "Прервать"
DONE = "Готово"
TAKE_DEFAULT = "Оставить: {}"
KEEP = "Оставить как есть"
OTHER = "Другое"
START = "Начать"
LOOK = "Подробнее и ответить"
CONTINUE = "Продолжить"
SHOW_SENT = "Посмотреть ответы"
SEND = "Отправить"
SEND_AGAIN = "Отправить исправленное"
CHANGE = "Изменить ответы"
FORGET_CHANGES = "Не менять"
TO_SURVEYS = "‹ К опросам"
DISCARD = "Удалить начатое"
DISCARD_SURE = "Да, удалить"
ORDER_AGAIN = "Расставить заново"
TODAY, YESTERDAY, TOMORROW = "Сегодня", "Вчера", "Завтра"
TICKED, UNTICKED, GIVEN = "☑ {}", "☐ {}", "✓ {}"

TYPE_TEXT = "Напишите ответ сообщением."
TYPE_NUMBER = "Напишите число."
TYPE_DATE = "Напишите дату, например 15.03.2026."
TYPE_OTHER = "Напишите свой вариант сообщением."
FILES = {
    "file": "Пришлите один файл: документ, фото или запись, до {most}. Несколько сложите в архив.",
    "image": "Пришлите одну фотографию или картинку, до {most}.",
    "audio": "Запишите голосовое сообщение или пришлите звуковой файл, до {most}.",
}
WRONG_FILES = {
    "file": "Здесь нужен файл: документ, фото или запись.",
    "image": "Здесь нужна фотография или картинка.",
    "audio": "Здесь нужна запись: голосовое сообщение или звуковой файл.",
}
SHOW_FILE = "Показать файл"
SHOW_FILES = "Показать файлы"
ONE_OF_ALBUM = (
    "Ответ — один файл: первый из присланных записан. Заменить его можно перед отправкой."
)
NO_FILE = "Этого файла больше нет."
CAPTION_LEFT = "Подпись к файлу в ответ не входит."
PERHAPS_A_TABLE = (
    "Если это анкета или дорожная карта, а не ответ: вернитесь кнопкой «‹ Назад» и замените его, "
    "а файл пришлите после /forms → «Загрузить анкету» или после /roadmap."
)
FILE_NAMES = {
    Content.DOCUMENT: "документ",
    Content.PHOTO: "фото",
    Content.VIDEO: "видео",
    Content.VOICE: "запись",
}
SEVERAL = "Отметьте всё, что подходит, и нажмите «Готово»."
ORDER = "Нажимайте по порядку: сначала самое важное."
PRESS_OR_TYPE = "Ответ можно нажать или написать."

ALREADY = "Этот ответ уже записан. Изменить его можно перед отправкой."
NOT_NOW = "Этот вопрос сейчас не задаётся — вот где вы остановились."
ALREADY_SENT = "Ваши ответы уже отправлены. Спасибо!"
GONE = "Этих ответов больше нет: они отправлены или удалены. Что есть сейчас — в /surveys"
NOT_A_TEXT = "Здесь нужны слова или кнопка — такое сообщение ответом не станет."
NOT_ALL = "Остался вопрос без ответа — вот он."
AT_REVIEW = "Вопросы закончились. Проверьте ответы и нажмите «Отправить»."
MOVED_DOWN = "Этот опрос продолжается в сообщении ниже."
PAUSED_NOTICE = "Сохранено"
DISCARDED = "Начатые ответы удалены."
UNCHANGED = "Оставили как было: отправленные раньше ответы в силе."


def esc(text: str) -> str:
    """Words of a questionnaire or of a person, safe inside HTML."""
    return escape(text, quote=False)


def clipped(text: str, limit: int) -> str:
    """At most `limit` characters, with «…» where something is left out."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def titled(title: str, subject: str) -> str:
    """«Как прошло мероприятие: Семинар 24 ноября», plain text."""
    return f"{title}: {subject}" if subject else title


def heading(title: str, subject: str) -> str:
    """Over every screen of a questionnaire."""
    return f"<b>{esc(title)}</b>" + (f"\n{esc(clipped(subject, 200))}" if subject else "")


def progress(number: int, total: int) -> str:
    """«Вопрос 3 из 9» and a bar of what is behind."""
    full = round(CELLS * max(0, number - 1) / total) if total else 0
    return f"Вопрос {number} из {total}  {'▰' * full}{'▱' * (CELLS - full)}"


def scale_ends(low: str, high: str, low_label: str | None, high_label: str | None) -> str:
    """«1 — плохо, 5 — отлично»."""
    ends = [
        f"{value} — {esc(label)}"
        for value, label in ((low, low_label), (high, high_label))
        if label
    ]
    return ", ".join(ends)


def current(answer: str) -> str:
    """The answer given before, on the screen where it can be changed."""
    return f"Сейчас: {esc(clipped(answer, 300))}"


def recorded(answer: str) -> str:
    """Over the next question after something typed."""
    return f"Записано: «{esc(clipped(answer, 80))}»"


def ordered(labels: Sequence[str]) -> str:
    """The places given so far."""
    return "\n".join(f"{place}. {esc(label)}" for place, label in enumerate(labels, 1))


def intro(
    title: str,
    subject: str,
    about: str,
    *,
    anonymity: Anonymity,
    cells: Sequence[Cell],
    editable: bool,
    questions: int,
    closing: str,
) -> str:
    """Before the first question: what it is, how long, and what becomes of the answers."""
    parts = [heading(title, subject)]
    if about:
        parts.append(esc(clipped(about, 2800)))
    parts.append(
        f"{counted(questions, 'вопрос', 'вопроса', 'вопросов').capitalize()}, ответы принимаются "
        f"{closing}. Можно прерваться в любой момент: каждый ответ сохраняется сразу."
    )
    parts.append(privacy(anonymity, cells, editable=editable))
    return "\n\n".join(parts)


CELL_WORDS = {
    Cell.MUNICIPALITY: "ваш муниципалитет",
    Cell.ORGANISATION: "ваша организация",
    Cell.POSITION: "ваша должность",
    Cell.SERVICE: "ваш стаж",
}


def privacy(anonymity: Anonymity, cells: Sequence[Cell], *, editable: bool) -> str:
    """What anonymous or named means here, in plain words."""
    if anonymity is Anonymity.ANONYMOUS:
        kept = ", ".join(CELL_WORDS[cell] for cell in cells)
        beside = f"остаётся только {kept}" if kept else "не остаётся ничего"
        return (
            "🔒 <b>Опрос анонимный.</b> Пока вы отвечаете, это ваш черновик. После «Отправить» "
            "ответы навсегда отделяются от вашего имени: рядом с ними нет ни имени, ни даты, "
            f"{beside}. Бот запомнит лишь, что вы участвовали, — чтобы не напоминать. Поэтому "
            "после отправки изменить ответы уже нельзя."
        )
    after = " После отправки их можно изменить до закрытия опроса." if editable else ""
    return f"Опрос именной: ваши ответы увидят координаторы вместе с вашим именем.{after}"


def closing(closes_at: datetime, now: datetime) -> str:
    """«до 29 ноября, 18:00»; `now` is in the network's zone."""
    return until(closes_at, now, now.tzinfo or UTC)


def opening(opens_at: datetime, now: datetime) -> str:
    """«завтра, 24 ноября, 09:00»; `now` is in the network's zone."""
    return moment(opens_at, now, now.tzinfo or UTC)


def paused(title: str, subject: str, closing: str) -> str:
    """After «Прервать»."""
    return (
        f"{heading(title, subject)}\n\nВсё сохранено. Вернуться можно когда удобно, {closing}: "
        "кнопкой ниже или через /surveys"
    )


def review_head(title: str, subject: str) -> str:
    """Over the summary before sending."""
    return f"{heading(title, subject)}\n\nПроверьте ответы. Чтобы изменить, нажмите номер вопроса."


def sent_head(title: str, subject: str) -> str:
    """Over what was sent."""
    return f"{heading(title, subject)}\n\nВаши отправленные ответы."


def reviewed(number: int, label: str, answer: str | None) -> str:
    """One line of the summary."""
    shown = esc(answer) if answer is not None else "<i>без ответа</i>"
    return f"<b>{number}.</b> {esc(label)}\n— {shown}"


def page_of(page: int, pages: int) -> str:
    """Pages are counted from 1."""
    return f"Страница {page} из {pages}"


def before_sending(anonymity: Anonymity) -> str:
    """The last words before «Отправить»."""
    if anonymity is Anonymity.ANONYMOUS:
        return "После отправки ответы станут анонимными, изменить их будет нельзя."
    return "Ответы будут отправлены, когда вы нажмёте «Отправить»."


def thanks(own: str, *, anonymity: Anonymity, editable_until: str | None, again: bool) -> str:
    """After sending; `own` are the questionnaire's words."""
    parts = [esc(own) if own else "Спасибо! Ваши ответы отправлены."]
    if again:
        parts = ["Исправленные ответы отправлены. Спасибо!"]
    if anonymity is Anonymity.ANONYMOUS:
        parts.append("Ответы отделены от вашего имени. Узнать, кто их дал, теперь нельзя.")
    elif editable_until:
        parts.append(f"Если захотите что-то поправить, это можно сделать {editable_until}.")
    return "\n\n".join(parts)


RESULTS = 2400
"""Characters of all results of one person; what is longer is clipped, the last first."""


def results(found: Sequence[Result], room: int = RESULTS) -> str:
    """What the person is told of the own result; '' where there is none."""
    lines = []
    for one in found:
        head = f"{esc(clipped(one.label, 200))}: " if one.label else ""
        value = f"{one.value:.12g}".replace(".", ",")
        meaning = esc(clipped(one.text, max(room, 1)))
        room -= len(head) + len(meaning)
        lines.append(f"{head}<b>{value}</b>\n{meaning}")
        if room <= 0:
            break
    text = "\n\n".join(lines)
    return f"<b>Ваш результат</b>\n\n{text}" if text else ""


def more_waiting(count: int) -> str:
    """After the thanks, when there is more to answer."""
    return f"Вашего ответа ждёт ещё {counted(count, 'опрос', 'опроса', 'опросов')}: /surveys"


def closed(title: str, subject: str, *, sent: bool) -> str:
    """The campaign closed while somebody was answering or changing."""
    tail = (
        "Ответы, которые вы отправили раньше, в силе."
        if sent
        else "Неотправленные ответы в сводку не попали."
    )
    return f"{heading(title, subject)}\n\nЭтот опрос уже закрыт. {tail}"


def planned(title: str, subject: str, opening: str) -> str:
    """A campaign that has not begun."""
    return f"{heading(title, subject)}\n\nЭтот опрос ещё не начался. Откроется: {opening}."


NOT_INVITED = (
    "Этот опрос адресован другим участникам, поэтому ответить на него не получится. "
    "Если это ошибка, напишите координатору."
)
NO_SUCH = "Такого опроса нет — возможно, ссылка устарела."
TOOK_PART = "Вы уже ответили на этот опрос. Спасибо!"


def busy(other: str, wanted: str) -> str:
    """Another one is under way; both are given as `titled`."""
    return (
        f"Вы начали «{esc(other)}» и ещё не отправили ответы. Продолжить его — или отложить и "
        f"перейти к «{esc(wanted)}»? Отложенное сохранится."
    )


def continue_with(title: str) -> str:
    """A button; plain text."""
    return f"Продолжить «{title}»"


def leave_for(title: str) -> str:
    """A button; plain text."""
    return f"Отложить и начать «{title}»"


def discard(title: str, subject: str) -> str:
    """Before erasing what is not sent."""
    return f"{heading(title, subject)}\n\nУдалить начатые ответы? Вернуть их будет нельзя."


LIST = "<b>Мои опросы</b>"
NOTHING = "Сейчас ничего отвечать не нужно. Когда появится новый опрос, я напишу."
WAITING = "Ждут ответа"
UNFINISHED = "Начаты"
SENT = "Отправлены"
ANONYMOUS_SENT = "анонимно"


def listed(title: str, subject: str, tail: str) -> str:
    """One line of the list."""
    return f"• {esc(clipped(titled(title, subject), 120))} — {tail}"


def question_of(number: int, total: int) -> str:
    """Where somebody stopped."""
    return f"вопрос {number} из {total}"


TO_SEND = "осталось отправить"


def waiting_button(title: str, subject: str) -> str:
    """A button to begin; plain text."""
    return titled(title, subject)


def unfinished_button(title: str, subject: str) -> str:
    """A button to go on; plain text."""
    return f"▸ {titled(title, subject)}"


def sent_button(title: str, subject: str) -> str:
    """A button to look at what was sent; plain text."""
    return f"✓ {titled(title, subject)}"


def invitation(title: str, subject: str, *, anonymity: Anonymity, closing: str) -> str:
    """What the bot writes when a campaign opens."""
    mode = "анонимный" if anonymity is Anonymity.ANONYMOUS else "именной"
    return (
        f"{heading(title, subject)}\n\nПриглашаем вас ответить: опрос {mode}, ответы принимаются "
        f"{closing}. Спасибо, что находите на это время."
    )


def nudge(title: str, subject: str, *, closing: str, begun: bool) -> str:
    """What the bot writes to somebody who has not answered."""
    ask = (
        "Вы начали отвечать — осталось закончить и отправить."
        if begun
        else "Будем рады и вашему ответу."
    )
    return f"{heading(title, subject)}\n\n{ask} Ответы принимаются {closing}."
