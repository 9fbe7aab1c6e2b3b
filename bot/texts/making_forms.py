"""What coordinators read about questionnaires of their own: sent, tried out, published."""

from collections.abc import Sequence

from bot.texts.answering import clipped, esc
from bot.texts.grammar import counted
from surveys.questionnaire import Anonymity, Calculate, Note, Questionnaire

NEW, TEMPLATE = "Загрузить анкету", "Образец таблицы"
TO_FORMS, BACK_TO_CARD = "‹ К анкетам", "‹ К анкете"
TRY, FILE, HIDE, HIDE_SURE = (
    "Пройти пробно",
    "Скачать как XLSForm",
    "Убрать из списка",
    "Да, убрать",
)
CONTINUE_TRIAL = "Продолжить пробу"
DROP, END_TRIAL, TRY_AGAIN = "Не публиковать", "Стереть пробные ответы", "Пройти ещё раз"
TRIAL = "проба, ответы не считаются"

HEAD = (
    "<b>Анкеты</b>\n\nВыберите анкету, чтобы посмотреть вопросы, пройти её пробно, провести опрос "
    "или получить таблицей. Новую можно сделать из образца: заполните и пришлите сюда файл .xlsx."
)
SEND_FILE = (
    "Пришлите таблицу анкеты (.xlsx) в стандарте XLSForm. Если её ещё нет, возьмите образец: в нём "
    "есть примеры и пояснения."
)
NOT_A_WORKBOOK = "Жду файл .xlsx с анкетой. Передумали — нажмите «К анкетам»."
READING = "Читаю анкету…"
TEMPLATE_CAPTION = (
    "Образец анкеты. Замените вопросы своими и пришлите файл сюда — проверю и покажу, как её "
    "увидят участники."
)
GONE = "Такой анкеты нет или она не на вашей территории."
DRAFT_GONE = "Этого черновика уже нет. Пришлите, пожалуйста, файл ещё раз."
DROPPED = "Черновик убран. Опубликованные версии остались как были."
TRIAL_OVER = "Пробные ответы стёрты."
ALL_CAMPAIGNS = "Сводка по всем опросам"
MAKING_REPORT = "Собираю сводку по всем именным опросам этой анкеты, это займёт немного времени."
REPORT_FAILED = "Сводку собрать не получилось. Попробуйте, пожалуйста, ещё раз чуть позже."
REPORT_CAPTION = (
    "Все именные опросы по этой анкете, версии соединены по именам вопросов. Анонимные сюда не "
    "входят: по разности сводок были бы видны малые группы. В таблице есть имена: храните её так, "
    "чтобы не увидели посторонние."
)
FAULTS_FILE = "ошибки анкеты.txt"
TEMPLATE_FILE = "образец анкеты.xlsx"
SAME_AS_BEFORE = "Файл ничего не меняет: осталась прежняя версия."
PUBLISHED = "Опубликовано. Теперь по анкете можно провести опрос."
HIDDEN = "Анкета больше не предлагается. Начатые опросы идут своим чередом."
SHIPPED, OF_SCOPE = "готовая", "{scope}"
NOTICE_LIMIT = 3300


def listed(title: str, *, own: bool) -> str:
    """A button of the list; plain text."""
    return f"✎ {title}" if own else title


def draft_listed(title: str) -> str:
    """A draft in the list; plain text."""
    return f"черновик: {title}"


def card(form: Questionnaire, whose: str | None, notice: str = "") -> str:
    """A published questionnaire; `whose` is None for a shipped one."""
    owner = "Готовая анкета бота." if whose is None else f"Чья: {whose}. Версия {form.version}."
    parts = [notice, f"<b>{esc(form.title)}</b>", esc(clipped(form.about, 1500)), owner, mode(form)]
    return "\n\n".join(filter(None, parts))


def mode(form: Questionnaire) -> str:
    """How much there is to answer, and what the campaign will offer."""
    asked = sum(not isinstance(item, Note | Calculate) for item in form.items)
    how = "анонимно" if form.anonymity is Anonymity.ANONYMOUS else "с именем"
    edited = ", ответы можно исправлять до закрытия" if form.editable_after_submit else ""
    return f"{counted(asked, 'вопрос', 'вопроса', 'вопросов')}, отвечают {how}{edited}."


def draft(form: Questionnaire, warnings: Sequence[str], before: Questionnaire | None) -> str:
    """A workbook that was read without a fault."""
    parts = [f"<b>{esc(form.title)}</b>", f"Прочитано без ошибок. {mode(form)}"]
    if warnings:
        shown = [clipped(f"• {line}", 300) for line in warnings]
        room, fitting = 2000, []
        for line in shown:
            room -= len(line)
            if room < 0:
                break
            fitting.append(esc(line))
        if len(fitting) < len(shown):
            fitting.append(f"… и ещё {len(shown) - len(fitting)}")
        parts.append("Обратите внимание:\n" + "\n".join(fitting))
    if before is not None:
        parts.append(
            f"Анкета с этим именем у вас есть: «{esc(before.title)}», версия {before.version}. "
            "Начатые опросы идут по ней до конца, новые пойдут по новой версии."
        )
    parts.append("Посмотрите вопросы или пройдите пробно, потом опубликуйте.")
    return "\n\n".join(parts)


def publish(scope: str, version: int | None, *, several: bool) -> str:
    """The button that publishes; plain text. `version` is the new one of a known questionnaire."""
    what = "Опубликовать" if version is None else f"Опубликовать версию {version}"
    return f"{what}: {scope}" if several else what


def publish_apart(scope: str, *, several: bool) -> str:
    """The button that makes a new questionnaire of it; plain text."""
    return f"Отдельной анкетой: {scope}" if several else "Отдельной анкетой"


def faults(lines: Sequence[str]) -> str | None:
    """Every fault in one message; None where they are too many for one."""
    text = "\n\n".join([with_faults(len(lines)), *(esc(line) for line in lines)])
    return text if len(text) <= NOTICE_LIMIT else None


def with_faults(count: int) -> str:
    """How many there are and what to do."""
    many = counted(count, "ошибку", "ошибки", "ошибок")
    return (
        f"В анкете нужно исправить {many}. Ничего не сохранено: поправьте таблицу и пришлите снова."
    )


def trial_paused(title: str) -> str:
    """After «Прервать» in a trial."""
    return (
        f"<b>{esc(title)}</b>\n\nПроба прервана. Можно продолжить с того же вопроса; через сутки "
        "пробные ответы сотрутся сами."
    )


def trial_done(title: str) -> str:
    """After sending a trial."""
    return (
        f"<b>{esc(title)}</b>\n\nПроба закончена: так анкету увидит участник. Эти ответы никуда не "
        "попали и сотрутся сами через сутки."
    )


def files_in_anonymous(items: Sequence[str]) -> str:
    """Why a draft is not published: `items` ask for a file."""
    named = ", ".join(f"«{esc(name)}»" for name in items)
    return (
        f"В анонимной анкете нельзя спрашивать файл ({named}): он и то, что в нём, выдают автора. "
        "Поставьте anonymity = named на листе settings или уберите эти вопросы и пришлите файл "
        "снова."
    )


def sure_hide(title: str) -> str:
    """Before it is taken from the list."""
    return (
        f"Убрать «{esc(title)}» из списка анкет? Опросы по ней и ответы останутся. Вернуть её "
        "можно, прислав файл ещё раз."
    )
