"""Case tasks as a trainee reads them: the list, the card, collecting, the receipt, reminders."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from textwrap import shorten

from bot.texts.answering import clipped
from bot.texts.grammar import counted, moment, until
from bot.texts.people import esc
from storage.files.types import FileType, Harm
from storage.tasks.submissions import Item, Submission
from storage.tasks.tasks import Task
from surveys.tasks import Content, Kind, Level, Refusal, Reminder, Standing, VersionState

KINDS: Mapping[Kind, str] = {
    Kind.TEST: "тест или тест-карта",
    Kind.CASE: "решение кейса",
    Kind.PRESENTATION: "презентация",
    Kind.PROJECT: "проект",
    Kind.BOOKLET: "буклет",
    Kind.REPORT: "реферат",
    Kind.ESSAY: "эссе",
    Kind.NOTEBOOK: "журнал или тетрадь стажёра",
    Kind.FEEDBACK: "карта отзыва",
    Kind.MASTER_CLASS: "мастер-класс",
    Kind.NORMATIVE: "нормативный документ",
    Kind.MODEL: "модель или алгоритм",
    Kind.EXPERTISE: "экспертиза продукта",
    Kind.DIAGNOSTICS: "диагностическое исследование",
    Kind.OTHER: "практическое задание",
}
LEVELS: Mapping[Level, str] = {
    Level.REPRODUCTIVE: "репродуктивный",
    Level.CREATIVE: "продуктивный творческий",
    Level.INNOVATIVE: "продуктивный инновационный",
}
CONTENTS: Mapping[Content, str] = {
    Content.TEXT: "текст",
    Content.LINK: "ссылка",
    Content.DOCUMENT: "документ",
    Content.PHOTO: "фото",
    Content.VIDEO: "видео",
    Content.VOICE: "голос или аудио",
}
TYPES: Mapping[FileType, str] = {
    FileType.WORD: "Word",
    FileType.PDF: "PDF",
    FileType.SLIDES: "презентация",
    FileType.SHEET: "таблица",
    FileType.IMAGE: "картинка",
    FileType.VIDEO: "видео",
    FileType.AUDIO: "аудио",
    FileType.PLAIN: "простой текст",
    FileType.ARCHIVE: "архив",
    FileType.OTHER: "другое",
}
NAMELESS: Mapping[Content, str] = {
    Content.DOCUMENT: "документ",
    Content.PHOTO: "фото",
    Content.VIDEO: "видео",
    Content.VOICE: "запись",
}
"""What a file is called that came without a name."""

BODY_SHOWN = 2000
"""Letters of the text of a task on its card: the rest of the card needs as many again."""

HEAD = "<b>Мои задания</b>"
EMPTY = "Заданий для вас сейчас нет. Когда появятся, я напишу."
GONE = "Этого задания больше нет или оно не для вас. Что есть сейчас — в /tasks"
TO_LIST = "‹ К заданиям"
TO_CARD = "‹ К заданию"
HAND_IN, GO_ON, REPLACE = "Сдать", "Продолжить черновик", "Заменить новой версией"
TEMPLATES, VERSIONS, ASK = "Файлы к заданию", "Мои сданные версии", "Задать вопрос"
SEND, ASIDE, DISCARD, DISCARD_SURE = (
    "Отправить окончательно",
    "Отложить",
    "Удалить черновик",
    "Да, удалить",
)
LISTEN = "Прослушать комментарий"
SPOKEN = "Комментарий к работе № {}"
"""Under a voice message."""
OPEN_TASK = "Открыть задание"
KEEP_DRAFT = "‹ Оставить как есть"
ALL_MINE = "Задания для других"

PUT_ASIDE = "Черновик сохранён. Вернуться к нему можно в любой момент из /tasks."
DISCARDED = "Черновик удалён."
NO_DRAFT = "Этот черновик уже отправлен или удалён."
DRAFT_BELOW = "Черновик этой работы — в другом сообщении."
NOTHING_YET = "Пока ничего не собрано. Пришлите хотя бы одно сообщение с работой."
ASK_DISCARD = "Удалить всё собранное? Вернуть это не получится."
ASK_QUESTION = "Напишите вопрос одним сообщением. Его получит тот, кто проверяет работу."
ASKED = "Вопрос передан. Ответ придёт сюда же."
QUESTION_LIMIT = 1500
QUESTION_TOO_LONG = "Длинновато: вопрос поместится до 1500 знаков. Сократите, пожалуйста."
NO_ONE_TO_ASK = "Сейчас вопрос передать некому. Напишите, пожалуйста, координатору напрямую."
NOT_A_QUESTION = "Здесь нужен вопрос словами."

MARKS: Mapping[Standing, str] = {
    Standing.OVERDUE: "❗",
    Standing.THIS_WEEK: "◷",
    Standing.RETURNED: "↩",
    Standing.LATER: "○",
    Standing.WAITING: "…",
    Standing.ACCEPTED: "✓",
    Standing.MISSED: "✕",
    Standing.NOT_OPEN: "·",
}
SECTIONS: Mapping[Standing, str] = {
    Standing.OVERDUE: "Срок прошёл",
    Standing.THIS_WEEK: "На этой неделе",
    Standing.RETURNED: "Вернули на доработку",
    Standing.LATER: "Позже",
    Standing.WAITING: "Ждут проверки",
    Standing.ACCEPTED: "Приняты",
    Standing.MISSED: "Приём закончен",
    Standing.NOT_OPEN: "Ещё не открыты",
}

NOW: Mapping[Standing, str] = {
    Standing.OVERDUE: "срок прошёл",
    Standing.THIS_WEEK: "сдать на этой неделе",
    Standing.RETURNED: "вернули на доработку",
    Standing.LATER: "ещё не сдано, время есть",
    Standing.WAITING: "ждёт проверки",
    Standing.ACCEPTED: "принято",
    Standing.MISSED: "приём закончен",
    Standing.NOT_OPEN: "ещё не открыто",
}
"""Of one task, on its card."""

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

PHRASES = (
    "Работа выполнена полностью, спасибо.",
    "Хорошо. Добавьте больше примеров из своей практики.",
    "Не раскрыт один из пунктов задания — дополните, пожалуйста.",
    "Файл не открывается или не тот — пришлите ещё раз.",
    "Оформите по шаблону из задания.",
    "Укажите источники.",
)


def local(when: datetime, now: datetime) -> str:
    """«завтра, 24 ноября, 15:00»; `now` is in the network's zone."""
    return moment(when, now, now.tzinfo or UTC)


def till(when: datetime, now: datetime) -> str:
    """«до 24 ноября, 15:00»."""
    return until(when, now, now.tzinfo or UTC)


def named(number: str, title: str) -> str:
    """«4.1 Методическая разработка», plain text."""
    return f"{number} {title}".strip()


def span(seconds: float) -> str:
    """«2 дня», «5 часов», «10 минут»: the largest unit, rounded down, at least a minute."""
    minutes = max(1, int(seconds // 60))
    if minutes >= 48 * 60:
        return counted(minutes // (24 * 60), "день", "дня", "дней")
    if minutes >= 60:
        return counted(minutes // 60, "час", "часа", "часов")
    return counted(minutes, "минуту", "минуты", "минут")


def late_by(seconds: float) -> str:
    """«с опозданием на 2 дня»."""
    minutes = max(1, int(seconds // 60))
    if minutes < 60:
        return f"с опозданием на {counted(minutes, 'минуту', 'минуты', 'минут')}"
    return f"с опозданием на {span(seconds)}"


def size(of: int) -> str:
    """«19,9 МБ»; a megabyte is a million bytes, as telephones count."""
    if of < 1000:
        return counted(of, "байт", "байта", "байт")
    if of < 1_000_000:
        return f"{of / 1000:.0f} КБ"
    return f"{of / 1_000_000:.1f}".removesuffix(".0").replace(".", ",") + " МБ"


def listed(of: Standing, number: str, title: str, *, draft: bool) -> str:
    """A button of the list."""
    return f"{MARKS[of]} {named(number, title)}" + (" · черновик" if draft else "")


def section(of: Standing, rows: Sequence[tuple[str, str, datetime | None]], now: datetime) -> str:
    """A part of the list: number, title and deadline of each."""
    lines = [
        f"{MARKS[of]} {esc(clipped(named(number, title), 50))}"
        + (f" — {till(due, now)}" if due else "")
        for number, title, due in rows
    ]
    return f"<b>{SECTIONS[of]}</b>\n" + "\n".join(lines)


def accepts(contents: Iterable[Content], types: Iterable[str]) -> str:
    """«документ (Word, PDF), ссылка»; nothing said is anything."""
    families = ", ".join(TYPES[FileType(each)] for each in types)
    named_ = [
        f"{CONTENTS[each]} ({families})"
        if each is Content.DOCUMENT and families
        else CONTENTS[each]
        for each in contents
    ]
    if not named_:
        return "текст, ссылки, файлы, фото, видео, голос" + (
            f"; документы: {families}" if families else ""
        )
    return ", ".join(named_)


def task_card(
    task: Task,
    of: Standing,
    *,
    due: datetime | None,
    cutoff: datetime | None,
    opens: datetime,
    extended: bool,
    draft: bool,
    waits_for_previous: bool,
    stage: tuple[int, int] | None,
    attempts: int,
    now: datetime,
) -> str:
    """The trainee's card.

    `stage` is its number in the programme and how many there are, `attempts` how many are used up.
    """
    lines = [f"<b>{esc(named(task.number, task.title))}</b>"]
    kind = KINDS[task.kind] + (f", уровень {LEVELS[task.level]}" if task.level else "")
    lines.append(kind.capitalize())
    if stage is not None:
        lines.append(f"Этап {stage[0]} из {stage[1]}")
    if task.body and task.body != task.title:
        lines += ["", esc(clipped(task.body, BODY_SHOWN))]
    lines.append("")
    if waits_for_previous:
        lines.append("Откроется, когда примут предыдущий этап.")
    elif of is Standing.NOT_OPEN:
        lines.append(f"Откроется: {local(opens, now)}")
    if due is not None:
        tail = " (срок продлён)" if extended else ""
        lines.append(f"Срок: {till(due, now)}{tail}")
        if of is Standing.OVERDUE:
            lines.append(f"Срок прошёл {span((now - due).total_seconds())} назад. Сдать ещё можно.")
    if cutoff is not None and cutoff != due:
        lines.append(f"После срока принимается {till(cutoff, now)}")
    if task.attempts is not None:
        left = max(0, task.attempts - attempts)
        lines.append(f"Попыток: {task.attempts}" + (f", осталось {left}" if attempts else ""))
    lines.append(f"Можно прислать: {accepts(task.accepts, task.file_types)}")
    if task.criteria:
        listed_ = "; ".join(f"{esc(one.title)} — до {one.points}" for one in task.criteria)
        lines.append(f"Оценивается: {listed_}")
    lines.append(f"\nСейчас: {NOW[of]}" + (", есть черновик" if draft else ""))
    return "\n".join(lines)


def opening(text: str, most: int = 60) -> str:
    """How a text begins, in whole words: of a link cut in two Telegram would make a link."""
    whole = shorten(text, most, placeholder="…")
    return clipped(" ".join(text.split()), most) if whole == "…" else whole


def item_line(place: int, item: Item) -> str:
    """A line of what was collected."""
    if item.content is Content.TEXT:
        shown = f"«{esc(opening(item.text))}»"
    elif item.content is Content.LINK:
        shown = f"ссылка {esc(item.text[:80])}"
    else:
        shown = f"{esc(item.name)}, {size(item.size or 0)}"
    return f"{place}. {shown}"


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


def returned_for(reason: str) -> str:
    """Why a work came back; without words the reason was spoken."""
    if not reason:
        return "Почему вернули: в голосовом комментарии."
    return f"Почему вернули: <i>{esc(clipped(reason, 700))}</i>"


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


STATES: Mapping[VersionState, str] = {
    VersionState.DRAFT: "черновик",
    VersionState.WAITING: "ждёт проверки",
    VersionState.RETURNED: "вернули на доработку",
    VersionState.ACCEPTED: "принято",
    VersionState.REPLACED: "заменена новой версией",
}


def version(
    own: Submission, *, comment: str, voice: bool, points: tuple[int, int] | None, now: datetime
) -> str:
    """One version with what was said about it; `points` are given and the most there are."""
    when = local(own.submitted_at, now) if own.submitted_at else ""
    line = f"<b>№ {own.id}</b>, попытка {own.attempt}, {when}: {STATES[own.state]}"
    if own.late:
        line += f", {late_by(own.late)}"
    if points is not None:
        line += f", {points[0]} из {points[1]}"
    if comment:
        line += f"\n<i>{esc(clipped(comment, 300))}</i>"
    if voice:
        line += "\nЕсть голосовой комментарий."
    return line


def versions(task: Task, lines: Sequence[str]) -> str:
    """The history of a task."""
    return "\n\n".join([f"<b>{esc(named(task.number, task.title))}</b>", *lines])


def refused(why: Refusal, *, ask: str, cutoff: datetime | None, now: datetime) -> str:
    """Why nothing can be handed in, and whom to ask about it."""
    text = REFUSALS[why]
    if why is Refusal.CUT_OFF and cutoff is not None:
        text = f"Приём работ по этому заданию закончился: {local(cutoff, now)}."
    if why in {Refusal.CUT_OFF, Refusal.NO_ATTEMPTS}:
        whom = esc(ask) if ask else "координатор вашей площадки"
        text += f" Если была уважительная причина, срок или попытку может добавить {whom}."
    return text


def verdict(task: Task, *, accepted: bool, comment: str, voice: bool, points: str) -> str:
    """The notice to the trainee."""
    head = "Работа принята" if accepted else "Работу вернули на доработку"
    parts = [f"<b>{head}</b>\n{esc(named(task.number, task.title))}"]
    if points:
        parts.append(points)
    if comment:
        parts.append(f"<i>{esc(comment)}</i>")
    if voice:
        parts.append("Есть голосовой комментарий.")
    if not accepted:
        parts.append("Исправьте и сдайте ещё раз: прошлые версии сохранены.")
    return "\n\n".join(parts)


def points(given: Iterable[tuple[str, int, int]]) -> str:
    """«Содержание: 4 из 5» a line each; plain text in, HTML out."""
    return "\n".join(f"{esc(title)}: {got} из {most}" for title, got, most in given)


def new_task(
    task: Task, due: datetime | None, now: datetime, *, stage: tuple[int, int] | None = None
) -> str:
    """A task was given out; `stage` as in `task_card`."""
    head = "Новое задание"
    if stage is not None:
        head += f" · этап {stage[0]} из {stage[1]}"
    text = f"<b>{head}</b>\n{esc(named(task.number, task.title))}"
    return text + (f"\n\nСрок: {till(due, now)}" if due else "")


def moved(task: Task, due: datetime | None, now: datetime) -> str:
    """The deadline changed."""
    new = f"Теперь {till(due, now)}." if due else "Теперь срока нет: сдайте, когда будете готовы."
    title = esc(named(task.number, task.title))
    return f"<b>Изменился срок задания</b>\n{title}\n\n{new}"


def extended(task: Task, due: datetime, now: datetime) -> str:
    """One got more time."""
    return (
        f"<b>Вам продлили срок</b>\n{esc(named(task.number, task.title))}\n\n"
        f"Теперь {till(due, now)}."
    )


def reminder(
    task: Task,
    which: Reminder,
    due: datetime,
    *,
    draft: bool,
    cutoff: datetime | None,
    now: datetime,
) -> str:
    """To somebody who has not handed in."""
    title = esc(named(task.number, task.title))
    if which is Reminder.AFTER:
        text = f"<b>Срок задания прошёл</b>\n{title}\n\nСдать ещё можно"
        text += f" {till(cutoff, now)}" if cutoff is not None and cutoff > due else ""
        text += ", отметка об опоздании останется."
    else:
        left = {
            Reminder.WEEK: "осталась неделя",
            Reminder.DAY: "остались сутки",
            Reminder.HOURS: "осталось три часа",
        }[which]
        text = f"<b>Задание: {left}</b>\n{title}\n\nСрок: {till(due, now)}"
    return text + ("\nЧерновик уже есть — осталось отправить." if draft else "")


def answered(task: Task, question: str, answer: str) -> str:
    """The answer to one's question."""
    return (
        f"<b>Ответ на ваш вопрос</b>\n{esc(named(task.number, task.title))}\n\n"
        f"<i>{esc(question)}</i>\n\n{esc(answer)}"
    )


def template_caption(task: Task) -> str:
    """Under a file given out with the task, plain text."""
    return named(task.number, task.title)[:200]
