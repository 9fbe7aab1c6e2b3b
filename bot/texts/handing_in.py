"""Handing a work in: what is collected, what is not taken and why, the receipt."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.texts.answering import clipped
from bot.texts.grammar import counted
from bot.texts.people import esc
from bot.texts.tasks import CONTENTS, TYPES, accepts, item_line, late_by, local, named, size, till
from storage.files.types import FileType, Harm
from storage.tasks.submissions import Item, Submission
from storage.tasks.tasks import Task
from surveys.tasks import Content, Refusal

NAMELESS: Mapping[Content, str] = {
    Content.DOCUMENT: "документ",
    Content.PHOTO: "фото",
    Content.VIDEO: "видео",
    Content.VOICE: "запись",
}
"""What a file is called that came without a name."""

SEND, ASIDE, DISCARD, DISCARD_SURE = (
    "Отправить окончательно",
    "Отложить",
    "Удалить черновик",
    "Да, удалить",
)

KEEP_DRAFT = "‹ Оставить как есть"
PUT_ASIDE = "Черновик сохранён. Вернуться к нему можно в любой момент из /tasks."
DISCARDED = "Черновик удалён."
NO_DRAFT = "Этот черновик уже отправлен или удалён."
DRAFT_BELOW = "Черновик этой работы — в другом сообщении."
NOTHING_YET = "Пока ничего не собрано. Пришлите хотя бы одно сообщение с работой."
ASK_DISCARD = "Удалить всё собранное? Вернуть это не получится."

REFUSALS: Mapping[Refusal, str] = {
    Refusal.NOT_OPEN: "Это задание ещё не открыто: сдать его можно будет позже.",
    Refusal.CUT_OFF: "Приём работ по этому заданию закончен.",
    Refusal.NO_ATTEMPTS: "Попытки по этому заданию закончились.",
    Refusal.ACCEPTED: "Работа по этому заданию уже принята — сдавать больше ничего не нужно.",
    Refusal.WITHDRAWN: "Это задание отозвано: сдавать его не нужно.",
}

HARMS: Mapping[Harm, str] = {
    Harm.PROGRAM: (
        "Программы и сценарии не принимаются. Пришлите документ, картинку, видео или ссылку."
    ),
    Harm.MACROS: (
        "В документе есть макросы, такие не принимаются. Сохраните его без макросов "
        "(«Сохранить как» → .docx, .xlsx или .pptx) и пришлите снова."
    ),
    Harm.TWO_IN_ONE: (
        "Внутри этого файла спрятан ещё один, такие не принимаются. Сохраните документ заново "
        "(например, в PDF) и пришлите снова."
    ),
    Harm.WEB_PAGE: (
        "Веб-страницы и картинки SVG не принимаются. Пришлите ссылку, PDF или снимок экрана."
    ),
    Harm.BROKEN: (
        "Файл не открывается: похоже, он повреждён. Откройте его у себя, сохраните заново и "
        "пришлите снова."
    ),
}

EMPTY_FILE = "Файл пустой. Проверьте, тот ли это файл, и пришлите снова."
STRANGE = "Такое сообщение к работе не приложить. Пришлите текст, ссылку, файл, фото, видео, голос."
NO_ROOM = "Сейчас файл сохранить не получилось. Попробуйте, пожалуйста, чуть позже."
TEXT_TOO_LONG = "Текста уже очень много. Пришлите остальное файлом."


def collecting(
    task: Task,
    items: Sequence[Item],
    *,
    due: datetime | None,
    now: datetime,
    reason: str,
    replaces: bool,
    note: str = "",
) -> str:
    """The draft; `reason` (HTML): why the work was returned, `note`: what was wrong just now."""
    parts = [note] if note else []
    head = f"<b>{esc(named(task.number, task.title))}</b>\nЧерновик"
    if due is not None:
        head += f" · срок {till(due, now)}" if now < due else " · срок прошёл, сдать ещё можно"
    parts.append(head)
    if reason:
        parts.append(reason)
    if replaces:
        parts.append("Прошлая версия ещё на проверке: эта её заменит.")
    if items:
        lines = [item_line(place, one) for place, one in enumerate(items, 1)]
        parts.append("Собрано:\n" + "\n".join(lines))
        parts.append(
            "Можно прислать ещё или убрать лишнее. Работу увидят после кнопки «Отправить "
            "окончательно»; до неё черновик хранится здесь."
        )
    else:
        parts.append(
            "Пришлите работу сообщениями, в любом порядке: "
            f"{accepts(task.accepts, task.file_types)}. Файл — до {size(task.max_bytes)}. "
            "Ничего не отправится, пока вы не нажмёте «Отправить окончательно»."
        )
    return "\n\n".join(parts)


def without(place: int) -> str:
    """The button that takes a thing out."""
    return f"✕ {place}"


def of_file(name: str, said: str) -> str:
    """A refusal of one file among several; `name` is plain text."""
    return f"«{esc(clipped(name, 60))}»: {said[0].lower()}{said[1:]}"


def too_large(found: int | None, most: int) -> str:
    """A file that is not taken for its size."""
    this = f" ({size(found)})" if found else ""
    return (
        f"Файл слишком большой{this}: принимается до {size(most)}. Сожмите его, разделите на части "
        "или положите в облако и пришлите ссылку."
    )


def too_many(most: int) -> str:
    """Nothing more is taken."""
    things = counted(most, "вложение", "вложения", "вложений")
    return f"Поместится {things}. Уберите лишнее или соберите файлы в один архив."


def not_accepted(content: Content, task: Task) -> str:
    """A kind of content that this task does not take."""
    return (
        f"По этому заданию {CONTENTS[content]} не принимается. "
        f"Можно прислать: {accepts(task.accepts, task.file_types)}."
    )


def wrong_type(found: FileType, task: Task) -> str:
    """A document of a family that this task does not take."""
    return (
        f"Это {TYPES[found]}, а по этому заданию принимается: "
        f"{accepts(task.accepts, task.file_types)}. Сохраните в нужном виде и пришлите снова."
    )


def receipt(
    task: Task, sent: Submission, items: Sequence[Item], *, now: datetime, again: bool
) -> str:
    """What was handed in, when, under which number."""
    when = local(sent.submitted_at or now, now)
    lines = [
        f"<b>Работа принята на проверку · № {sent.id}</b>",
        esc(named(task.number, task.title)),
        f"Попытка {sent.attempt}, {when}" + (f", {late_by(sent.late)}" if sent.late else ""),
        "",
        *[item_line(place, one) for place, one in enumerate(items, 1)],
    ]
    if again:
        lines.append("\nЭта версия уже была отправлена — повторно она не ушла.")
    else:
        lines.append("\nСообщу, как только проверят.")
    return "\n".join(lines)


def refused(why: Refusal, *, ask: str, cutoff: datetime | None, now: datetime) -> str:
    """Why nothing can be handed in, and whom to ask about it."""
    text = REFUSALS[why]
    if why is Refusal.CUT_OFF and cutoff is not None:
        text = f"Приём работ по этому заданию закончился: {local(cutoff, now)}."
    if why in {Refusal.CUT_OFF, Refusal.NO_ATTEMPTS}:
        whom = esc(ask) if ask else "координатор вашей площадки"
        text += f" Если была уважительная причина, срок или попытку может добавить {whom}."
    return text
