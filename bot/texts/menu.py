"""The main menu, the help, and what each command does."""

from collections.abc import Mapping, Sequence

from bot.callbacks import Place
from bot.texts.people import address
from storage.people.people import Person

TO_MENU = "‹ В меню"

PLACES: Mapping[Place, str] = {
    Place.MENU: "Меню",
    Place.SURVEYS: "Мои опросы",
    Place.EVENTS: "Мероприятия",
    Place.SETTINGS: "Напоминания",
    Place.ROADMAP: "Дорожная карта",
    Place.TASKS: "Задания",
    Place.JOURNAL: "Журнал стажёра",
    Place.SCREENING: "Скрининг выгорания",
    Place.ME: "О себе",
    Place.REVIEW: "Проверить работы",
    Place.CAMPAIGNS: "Провести опрос",
    Place.FORMS: "Анкеты",
    Place.REPORT: "Сводки",
    Place.BROADCAST: "Уведомления",
    Place.PEOPLE: "Люди",
    Place.INVITE: "Пригласить",
    Place.NETWORKS: "Сети",
    Place.DIGEST: "Сводка недели",
    Place.REGISTER: "Список людей",
    Place.AUDIT: "Журнал действий",
    Place.STATUS: "Состояние бота",
    Place.HELP: "Помощь",
    Place.PRIVACY: "Что обо мне хранится",
}

COMMANDS: Mapping[str, str] = {
    "start": "начать или вернуться",
    "menu": "главное меню",
    "surveys": "опросы, которые ждут вашего ответа",
    "events": "мероприятия: что впереди, календарь года, ваша запись",
    "screening": "скрининг выгорания: пройти, посмотреть по коду",
    "me": "ваши данные: посмотреть и исправить",
    "roadmap": "загрузить дорожную карту сети",
    "tasks": "задания: посмотреть, сдать, выдать",
    "journal": "журнал стажёра: мероприятия, задания, баллы",
    "review": "работы, которые ждут проверки",
    "campaigns": "открыть опрос и следить за ответами",
    "forms": "анкеты: готовые, ваши и новая из таблицы",
    "report": "сводки ответов в таблице",
    "digest": "ваша неделя с одного взгляда и когда её присылать",
    "broadcast": "написать уведомление и увидеть, кому оно дошло",
    "people": "найти человека",
    "invite": "пригласить коллегу к работе в боте",
    "networks": "сетевые сообщества",
    "register": "список людей: загрузить, раздать ссылки",
    "audit": "журнал действий сотрудников",
    "status": "состояние бота: очередь, копия, диск, ошибки",
    "settings": "какие напоминания присылать",
    "help": "что умеет бот",
    "privacy": "что о вас хранится и как это удалить",
    "cancel": "прервать начатое действие",
}
"""Also Telegram's own command menu: at most 256 characters each."""

DESCRIPTION = (
    "Помощник сети «Движение вверх» для педагогов Краснодарского края: короткие опросы о "
    "мероприятиях и методической помощи, сводки для координаторов. Нажмите «Начать», чтобы "
    "познакомиться."
)
"""Shown in an empty chat; at most 512 characters."""

SHORT_DESCRIPTION = "Опросы и сводки сети «Движение вверх» для педагогов Краснодарского края"
"""Shown in the bot's profile and when its link is shared; at most 120 characters."""


def greeting(person: Person) -> str:
    """Above the menu."""
    return f"{address(person)}, чем займёмся?"


def help_text(names: Sequence[str]) -> str:
    """What the bot does, and each command of this person."""
    lines = "\n".join(f"/{name} — {COMMANDS[name]}" for name in names)
    return (
        "<b>Что умеет бот</b>\n\n"
        "Он присылает опросы, запоминает каждый ответ сразу и даёт вернуться к начатому когда "
        f"удобно. Почти всё делается кнопками, а команды можно набрать в любой момент:\n\n{lines}"
    )


def earlier(page: int, pages: int) -> str:
    """The arrow to the page before; pages are counted from 1."""
    return f"‹ {page} из {pages}"


def later(page: int, pages: int) -> str:
    """The arrow to the next page."""
    return f"{page} из {pages} ›"


CANCELLED = "Прервали. Ничего из незаконченного не сохранено."
NOTHING_TO_CANCEL = "Прерывать нечего — вы в главном меню."
