"""What staff read while they write a notice: what it says, to whom, when, the last look."""

from collections.abc import Mapping, Sequence

from bot.texts.campaigns import people
from bot.texts.grammar import counted
from bot.texts.notice_text import COPIED, headline
from bot.texts.people import esc
from storage.audiences import Attitude
from storage.notices.notices import Content
from storage.peace import Burden

TO_DRAFT = "‹ К черновику"
STALE = "Этот черновик уже закрыт. Начните, пожалуйста, заново."

ASK_SCOPE = "Для какой территории это уведомление?"
ASK_CONTENT = (
    "<b>Новое уведомление</b>\n\nПришлите его сюда так, как его должны увидеть: текст с "
    "оформлением, фото, документ, альбом или любое другое сообщение.\n\n"
    "В тексте можно написать <code>{имя отчество}</code> — каждый увидит своё обращение."
)
CONTENT, BUTTONS, AUDIENCE, WHEN = "Сообщение", "Кнопки", "Кому", "Когда"
MAKE_URGENT, MAKE_ORDINARY = "Сделать срочным", "Сделать обычным"
TO_SELF = "Отправить себе"
CHECK = "Проверить и отправить"
SEND_NOW, SEND_LATER, SEND_FOR_APPROVAL = "Отправить", "Запланировать", "На согласование"
URGENT_NOTE = (
    "Срочное уведомление не ждёт утра и не ждёт, пока человек закончит отвечать на опрос. "
    "Берегите эту возможность для того, что не терпит до завтра."
)

ASK_BUTTONS = (
    "<b>Кнопки под уведомлением</b>\n\nДобавьте ссылку или действие в боте. Чтобы убрать кнопку, "
    "нажмите на неё."
)
ADD_LINK = "+ Ссылка"
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
    "survey": "+ Пройти опрос",
    "event": "+ Мероприятие",
    "task": "+ Задание",
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
ADD_GROUP, ADD_EXCEPT = "+ Ещё группа", "− Исключить группу"
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
    "tasks": "Не сдали задание",
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
TOGETHER = (
    "Уточните, если нужно. Условия действуют вместе: например, стажёры одного муниципалитета."
)
EVERYBODY_SO_FAR = "Пока всем, кто зарегистрирован на вашей территории."
GROUP_HEAD = "Кто входит в эту группу? Условия складываются: роль и муниципалитет и сообщество."
NO_LIST_IN_FILE = (
    "В этом файле не нашлось списка. Подойдут .xlsx, .csv и .txt: по одному человеку в строке, "
    "фамилия и имя в первых столбцах."
)
LIST_TOO_LARGE = "Файл великоват: подойдёт до 1 МБ и до 2 000 строк."

ASK_WHEN = "Когда отправить? Можно написать: «25 ноября 10:00»."
NOW, TOMORROW = "Сейчас", "Завтра в 9:00"


def content_line(content: Content) -> str:
    """What the draft says so far."""
    if content.empty:
        return "пока пусто"
    kind = "текст"
    if content.album:
        count = counted(len(content.album), "вложение", "вложения", "вложений")
        kind = f"альбом, {count}"
    elif content.source_message:
        kind = COPIED.get(content.kind, "сообщение")
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


def single_group(lines: Sequence[str], found: Burden) -> str:
    """The screen of an audience of one group."""
    chosen = "\n".join(lines) if lines else EVERYBODY_SO_FAR
    return f"<b>Кому отправить?</b>\n\n{chosen}\n\n{burden(found)}\n\n{TOGETHER}"


def burden(found: Burden) -> str:
    """How many people, and what stands in the way of some."""
    lines = [f"Получатели: {people(found.people)}."]
    if found.unreachable:
        lines.append(f"• недоступны, остановили бота: {people(found.unreachable)}")
    if found.muted:
        lines.append(f"• отключили уведомления: {people(found.muted)}")
    if found.written:
        lines.append(f"• бот уже писал им на этой неделе: {people(found.written)}")
    if found.over:
        lines.append(
            f"• сообщений за неделю уже достаточно, это придёт в общем письме: {people(found.over)}"
        )
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
    "refused": "Telegram не принимает это сообщение. {remedy} Ответ Telegram: «{why}».",
}
_REMEDIES: Mapping[str, str] = {
    "to copy not found": "Исходное сообщение удалено из чата: пришлите его заново.",
    "parse entities": "Не удалось разобрать выделение в тексте: пришлите текст без выделения.",
    "too long": "Текст слишком длинный: сократите его.",
    "url": "Адрес под кнопкой не подходит: исправьте ссылку.",
    "file": "Вложение больше не открывается: пришлите его заново.",
}
_REMEDY = "Пришлите его заново, а если не поможет, отправьте текст без вложения."


def blocked(code: str, **values: object) -> str:
    """One reason why it cannot be sent, with the remedy."""
    if code == "refused":
        why = str(values["why"]).lower()
        known = (remedy for part, remedy in _REMEDIES.items() if part in why)
        values["remedy"] = next(known, _REMEDY)
    return "⛔ " + BLOCKERS[code].format(**{key: esc(str(one)) for key, one in values.items()})


def quiet(until: str) -> str:
    """A warning: it is night."""
    return f"Сейчас тихие часы: сообщения начнут уходить {until}."


POLL = (
    "Голосование Telegram придёт каждому своё, и голоса не сложатся. Чтобы собрать ответы вместе, "
    "откройте опрос в /campaigns и добавьте кнопку «Пройти опрос»."
)


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


def send(count: int, *, asks: bool, later: bool) -> str:
    """The button that sends, or does what comes before that."""
    word = SEND_FOR_APPROVAL if asks else SEND_LATER if later else SEND_NOW
    return f"{word}: {people(count)}"
