"""What a person reads who takes the burnout screening: calm, without terms, without a diagnosis."""

from collections.abc import Sequence
from datetime import datetime

from bot.texts.answering import esc, heading
from bot.texts.grammar import counted
from storage.screening.taking import CODE_LETTERS
from surveys.boyko import Result
from surveys.boyko_key import ITEMS, Degree
from surveys.boyko_words import Advice
from surveys.screening_groups import OTHERS

BEGIN, GO_ON = "Начать", "Продолжить"
CONSENT, AGREE, DECLINE = "Дальше", "Согласие даю", "Не сейчас"
YES, NO = "Да", "Нет"
BACK, REST, HIDE = "‹ Назад", "Пауза", "Скрыть"
STOP, STOP_SURE, KEEP = "Остановиться и стереть", "Да, стереть", "‹ Не стирать"
SHOW = "Показать результат"
OPEN = "Открыть"
HIDE_RESULT = "Скрыть результат"
HIDE_CARD = "Убрать карточку"
ENTER_CODE = "У меня есть личный код"
DELETE, DELETE_SURE = "Удалить мою запись", "Да, удалить навсегда"
TO_HOME = "‹ К скринингу"
FOR_STAFF = "Для координатора"

PARTS = 7
"""Parts of twelve statements: a count of its own that does not follow the method's phases."""
PART = ITEMS // PARTS

HOME = (
    "<b>Скрининг выгорания</b>\n\n"
    "Раз в год можно бережно проверить, как вы себя чувствуете в профессии: 84 утверждения, на "
    "каждое «да» или «нет». Результат видите только вы."
)
NONE_OPEN = "Сейчас скрининг не проводится. Когда откроется, бот пришлёт приглашение."
TAKEN = "Вы уже прошли этот скрининг, спасибо. Результат бот не хранит вместе с вашим именем."

BEFORE = (
    "<b>Что это.</b> Опросник В. В. Бойко: показывает, на что обратить внимание. Это не диагноз и "
    "не проверка вашей работы. Займёт около шести минут.\n\n"
    "<b>Кто что увидит.</b> Результат — только вы. Координаторы и администраторы не видят ни "
    "ответов, ни результатов отдельных людей; после закрытия они получат сводку по группам от "
    "10 человек.\n\n"
    "<b>Остановиться можно в любой момент</b>, и ответы исчезнут. Можно сделать паузу: начатое "
    "хранится 14 дней, потом стирается. Кнопка «Скрыть» сразу убирает вопрос с экрана."
)
OWN_WORDING = "Утверждения — в формулировках проекта, не авторских."

POSITIONS = {
    "leaders": "Руководители и заместители",
    "specialists": "Психологи, логопеды, социальные педагоги",
    "methodists": "Методисты",
    "preschool": "Воспитатели",
    "teachers": "Учителя и преподаватели",
    "others": "Другие",
}
"""By code of `surveys.screening_groups.POSITIONS`."""
SERVICE = {
    "under-3": "До 3 лет",
    "3-9": "От 3 до 10 лет",
    "10-19": "От 10 до 20 лет",
    "20-up": "20 лет и больше",
    "": "Не указывать",
}
"""By code of `surveys.screening_groups.SERVICE`."""
ASK_POSITION = "К какой группе должностей вы себя относите?"

CLOSED = "Этот скрининг уже закрыт. Начатые ответы стёрты, ничего из них никто не увидит."
NOT_FOR_YOU = "Этот скрининг проводится для других групп."
GONE = "Здесь уже ничего нет: ответы отделены от вас или стёрты."
HIDDEN = "Всё сохранено."
STOPPED = (
    "Остановились. Ответы стёрты, согласие отозвано. Если захотите, начать можно заново, пока "
    "скрининг открыт."
)
SURE_STOP = "Стереть все ваши ответы и отозвать согласие? Вернуть их будет нельзя."
RESTING = (
    "Пауза. Ответы сохранены и видны только вам. Они подождут 14 дней, а потом сотрутся сами.\n\n"
    "Вернуться: /screening."
)
COMPLETE = (
    "Все 84 ответа есть — спасибо за терпение.\n\n"
    "Когда вы нажмёте «Показать результат», бот покажет его только вам и тут же отделит ответы от "
    "вашего имени. Исправить их после этого будет нельзя."
)
MAKING = "Считаю результат…"
SEALED = (
    "Готово. Ответы отделены от вас: чьи они, теперь не знает никто. Результат ниже, в этом чате; "
    "его можно скрыть кнопкой под ним."
)
RESULT_HIDDEN = "Результат скрыт."

ENCOURAGEMENT = (
    "Отвечайте, как есть: первая мысль обычно самая верная.",
    "Хорошее начало. Правильных и неправильных ответов здесь нет.",
    "Идёте ровно. Если устали, сделайте паузу: всё сохранено.",
    "Половина уже близко. Ответы видите только вы.",
    "Больше половины позади.",
    "Осталось совсем немного.",
    "Последняя часть. Спасибо, что нашли на себя время.",
)

ASK_CODE = (
    f"Напишите личный код с карточки результата ({CODE_LETTERS} знаков). Чтобы сравнить два года, "
    "напишите два кода через пробел: сначала прежний, потом новый.\n\n"
    "Сообщение с кодом бот сразу уберёт из чата."
)
NO_ENTRY = (
    "Записи с таким кодом нет: проверьте знаки или запись уже удалена. Можно написать код ещё раз."
)
NOT_A_CODE = f"Это не похоже на код: в нём {CODE_LETTERS} знаков, латинские буквы и цифры."
SURE_DELETE = (
    "Удалить эту запись навсегда? Чья она, бот не знает; вернуть её будет нельзя. Из уже "
    "посчитанной сводки вычесть её тоже нельзя, но в ней нет людей."
)
DELETED = "Запись удалена. Из резервных копий она исчезнет не позднее чем через 30 дней."

HELPLINE = (
    "Круглосуточно: горячая линия психологической помощи МЧС России 8 (495) 989-50-50. "
    "Если есть угроза жизни — 112."
)
"""Unless a coordinator of the region sets other words (`storage.screening.setup.helpline`)."""
NO_CONTACTS = "Психолог вашей организации или методист вашей ТМС подскажут, к кому обратиться."


def progress(answered: int, item: int) -> str:
    """«Часть 3 из 7  ▰▰▱▱▱▱▱» and, at the first statement of a part, a kind word."""
    part = min((item - 1) // PART, PARTS - 1)
    bar = "▰" * (answered // PART) + "▱" * (PARTS - answered // PART)
    line = f"Часть {part + 1} из {PARTS}  {bar}"
    return f"{line}\n<i>{ENCOURAGEMENT[part]}</i>" if (item - 1) % PART == 0 else line


def item(number: int, words: str, answered: int, *, given: bool | None, own_words: bool) -> str:
    """One statement."""
    before = "" if given is None else f"\n\nСейчас отвечено: {YES if given else NO}."
    foot = f"\n\n<i>{OWN_WORDING}</i>" if own_words else ""
    return f"{progress(answered, number)}\n\n<b>{number}.</b> {esc(words)}{before}{foot}"


def before(title: str, subject: str, closing: str, *, own_words: bool) -> str:
    """Before beginning."""
    foot = f"\n\n<i>{OWN_WORDING}</i>" if own_words else ""
    return f"{heading(title, subject)}\n\n{BEFORE}\n\nОткрыт {closing}.{foot}"


def about(position: str) -> str:
    """Before the first statement: what the groups are counted by."""
    return (
        "<b>Два слова для сводки</b>\n\n"
        "Сводка считается по группам от 10 человек: по муниципалитетам, организациям, должностям "
        "и стажу. Точное число лет не нужно.\n\n"
        f"Группа должностей: <b>{POSITIONS[position].lower()}</b>.\n"
        "Сколько лет вы работаете с детьми или для них?"
    )


def other_position(position: str) -> str:
    """The way to another group of positions."""
    return "Указать должность" if position == OTHERS else "Другая должность"


def mark(words: str, *, chosen: bool) -> str:
    """A choice, ticked if it is the present one."""
    return f"✓ {words}" if chosen else words


def begun(answered: int) -> str:
    """Above the way back into a draft."""
    count = counted(answered, "ответ сохранён", "ответа сохранено", "ответов сохранено")
    return f"Вы остановились на середине: {count}."


def home_line(title: str, subject: str, *, begun: bool) -> str:
    """A button."""
    name = subject or title
    return f"{'▸ ' if begun else ''}{name}"


PICTURE_TITLE = "Как вы себя чувствуете в профессии"
PICTURE_SYMPTOMS = "Из чего это складывается"
PHASE_LEVELS = {
    Degree.NONE: "невысоко",
    Degree.FORMING: "нарастает",
    Degree.FORMED: "высоко",
}
SYMPTOM_LEVELS = {
    Degree.NONE: "не заметно",
    Degree.FORMING: "намечается",
    Degree.FORMED: "заметно",
    Degree.DOMINANT: "преобладает",
}
PICTURE_EARLIER = "▼ прошлый результат"


def picture_foot(advice: Advice, edition: str, key: str) -> str:
    """Under the picture."""
    return f"{advice.not_a_diagnosis}\nМетодика В. В. Бойко; утверждения: {edition}; ключ: {key}."


def caption(advice: Advice) -> str:
    """Under the picture, in the chat."""
    return f"Ваш результат. {advice.not_a_diagnosis}"


def result(
    result: Result, advice: Advice, contacts: Sequence[str], edition: str, helpline: str = ""
) -> str:
    """The result in words: what it means, what helps, whom to turn to."""
    highest = max(
        (phase.level.degree for phase in result.phases),
        key=[Degree.NONE, Degree.FORMING, Degree.FORMED].index,
    )
    parts = [
        "<b>Что это значит</b>",
        "\n".join(
            f"<b>{words.name}.</b> {words.by_degree[score.level.degree]}"
            for words, score in zip(advice.phases, result.phases, strict=True)
        ),
        advice.general[highest],
    ]
    chosen = result.dominant[:SHOWN_ADVICE]
    if chosen:
        parts.append("<b>Что может помочь</b>")
        parts += [
            f"<b>{advice.symptoms[number - 1].plain}.</b> {advice.symptoms[number - 1].advice}"
            for number in chosen
        ]
    parts.append("<b>К кому обратиться</b>")
    parts.append("\n".join(esc(one) for one in contacts) or NO_CONTACTS)
    parts.append(esc(helpline) or HELPLINE)
    parts.append(f"<i>{advice.not_a_diagnosis} Утверждения: {esc(edition)}.</i>")
    return "\n\n".join(parts)


SHOWN_ADVICE = 4
"""Advice on the highest dominant symptoms: more is a lecture, and would not fit a message."""


def spaced(code: str) -> str:
    """«ABCD-EFGH-…»: a code that can be copied by hand."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def card(code: str, when: datetime) -> str:
    """The card with the private code; not protected, so that it can be kept."""
    return (
        f"<b>Ваш личный код, {when.year} год</b>\n\n"
        "Сохраните его там, где не увидят другие: бот его не помнит. С ним через год можно "
        "сравнить результаты или удалить свою запись: /screening → «У меня есть личный код». "
        "У кого код, тот видит результат.\n\n"
        # Last, so that neither a notification nor the list of chats shows it.
        f"<code>{spaced(code)}</code>"
    )


def found(title: str, subject: str) -> str:
    """Under a result that was found by its code."""
    return f"{heading(title, subject)}\n\nРезультат по вашему коду показан выше."


def compared(earlier: Result, later: Result, advice: Advice, *, editions_differ: bool) -> str:
    """Two results in words, phase by phase."""
    lines = []
    for words, before, after in zip(advice.phases, earlier.phases, later.phases, strict=True):
        difference = after.points - before.points
        if abs(difference) < NOTICEABLE:
            said = "примерно так же"
        else:
            said = "легче, чем было" if difference < 0 else "тяжелее, чем было"
        lines.append(f"<b>{words.name}</b>: {before.points} → {after.points}, {said}.")
    return (
        "<b>Сравнение</b>\n\n"
        + "\n".join(lines)
        + "\n\nНебольшая разница чаще зависит от дня, чем от перемен."
        + (f"\n{EDITIONS_DIFFER}" if editions_differ else "")
    )


NOTICEABLE = 10
"""Points of a phase (of 120) below which a difference is called none: about one item's weight."""
EDITIONS_DIFFER = "Формулировки утверждений различались: сравнивайте осторожно."
