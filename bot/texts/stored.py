"""What is stored about a person, in words: each table's name, by which right, until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.texts.grammar import counted
from storage.privacy.retention import LIMITS, YEAR, Kept

CONSENT = "согласие на обработку персональных данных"
STAY = "пока вы не удалите свои данные"


@dataclass(frozen=True)
class Kind:
    """One table: what it is called, and until when its rows stay."""

    title: str
    until: str = STAY


def span(time: timedelta) -> str:
    """«30 дней», «2 года»."""
    if time % YEAR == timedelta():
        return counted(time // YEAR, "год", "года", "лет")
    return counted(time.days, "день", "дня", "дней")


def _limit(kind: Kept, since: str) -> str:
    return f"{span(LIMITS[kind])} {since}"


KINDS: Mapping[str, Kind] = {
    "people": Kind("О вас", f"{STAY}; после остановки бота — {span(LIMITS[Kept.GONE])}"),
    "consents": Kind("Согласия"),
    "grants": Kind("Роли"),
    "invitation_uses": Kind(
        "Принятые приглашения", _limit(Kept.INVITATIONS, "после окончания приглашения")
    ),
    "invitees": Kind("Опросы, в которые вас приглашали"),
    "responses": Kind("Опросы с вашими ответами", _limit(Kept.ANSWERS, "после закрытия опроса")),
    "answers": Kind("Ответы", _limit(Kept.ANSWERS, "после закрытия опроса")),
    "answer_files": Kind(
        "Файлы, которые вы дали как ответы", _limit(Kept.ANSWERS, "после закрытия опроса")
    ),
    "screening_drafts": Kind("Начатый скрининг", _limit(Kept.SCREENING, "после последнего ответа")),
    "screening_answers": Kind(
        "Ответы начатого скрининга", _limit(Kept.SCREENING, "после последнего ответа")
    ),
    "participations": Kind("Участие в анонимных опросах (без ответов)"),
    "outbox": Kind("Сообщения бота вам", _limit(Kept.MESSAGES, "после отправки")),
    "dialogs": Kind("Незаконченная форма", _limit(Kept.FORMS, "после последнего шага")),
    "inbox": Kind("Принятые от вас сообщения", "8 дней; текст стирается сразу после ответа"),
    "event_organisers": Kind("Мероприятия, которые вы проводите"),
    "signups": Kind("Записи на мероприятия"),
    "attendances": Kind("Посещения мероприятий"),
    "mutes": Kind("Отключённые уведомления"),
    "own_times": Kind("Когда напоминать вам о мероприятиях"),
    "register": Kind("Строка о вас в списке координатора", f"{STAY}; без вас — 1 год"),
    "register_doubts": Kind("Вопрос, вы ли это в списке координатора"),
    "register_drafts": Kind(
        "Списки людей, которые вы прислали и не подтвердили", _limit(Kept.FORMS, "после присылки")
    ),
    "relink_codes": Kind("Код переноса на новый аккаунт", "3 дня; после переноса стирается"),
    "digest_settings": Kind("Когда присылать вам сводку недели"),
    "digests": Kind("Сводки недели, составленные для вас"),
    "form_drafts": Kind("Черновики анкет, которые вы загрузили"),
    "trainee_group_members": Kind("Группы стажёров, в которых вы состоите"),
    "trainee_group_heads": Kind("Группы стажёров, которые вы ведёте"),
    "task_reviewers": Kind("Задания, которые вам поручено проверять"),
    "task_extensions": Kind("Продлённые вам сроки заданий"),
    "submissions": Kind("Сданные вами работы и черновики"),
    "submission_items": Kind("Тексты, ссылки и файлы работ"),
    "reviews": Kind("Решения по вашим работам"),
    "review_points": Kind("Баллы за ваши работы"),
    "task_questions": Kind("Ваши вопросы по заданиям"),
}
"""A table of a person that is not here is in the file all the same, under its own name; a test
fails until it is named."""

COLUMNS: Mapping[str, str] = {
    "about": "о ком",
    "album": "альбом",
    "answers": "ответы",
    "at": "когда",
    "at_item": "исправляется утверждение",
    "campaign_id": "опрос №",
    "choice": "выбор",
    "chat": "чат",
    "code": "личный код",
    "community": "сообщество",
    "created_at": "создано",
    "data": "данные",
    "deed": "действие",
    "draft_id": "скрининг №",
    "due_at": "назначено на",
    "editing": "исправляется",
    "expires_at": "действует до",
    "file_id": "файл в Telegram",
    "first_name": "имя",
    "given_at": "дано",
    "granted_at": "дана",
    "granted_by": "кем дана, №",
    "how": "как отмечено",
    "id": "№",
    "invited_at": "приглашение",
    "item": "вопрос",
    "kind": "вид",
    "marked_at": "отмечено",
    "municipality": "муниципалитет",
    "nudged_at": "напоминание",
    "nudges": "напоминаний",
    "occurrence_id": "встреча №",
    "organisation_id": "организация №",
    "patronymic": "отчество",
    "paused": "отложен",
    "payload": "содержание",
    "person_id": "вы, №",
    "position": "должность",
    "received_at": "получено",
    "registered_at": "знакомство завершено",
    "response_id": "прохождение №",
    "role": "роль",
    "said_at": "сказано",
    "scope_kind": "границы роли",
    "scope_ref": "где именно",
    "search": "имя для поиска",
    "since": "с какого времени",
    "sent_at": "отправлено",
    "started_at": "начато",
    "state": "состояние",
    "stored_name": "файл на сервере",
    "submission": "отправленные ответы",
    "submitted_at": "отправлено",
    "surname": "фамилия",
    "telegram_id": "аккаунт Telegram",
    "touched_at": "последнее действие",
    "unreachable_since": "бот остановлен",
    "updated_at": "изменено",
    "value": "ответ",
    "version": "версия",
    "withdrawn_at": "отозвано",
    "yes": "да (1) или нет (0)",
    "zone": "часовой пояс",
    "zone_since": "часовой пояс выбран",
}

ABOUT_SHEET = "О файле"
MENTIONS_SHEET = "Упоминания"
MENTIONS_HEAD = ("таблица", "поле", "записей")
ABOUT_HEAD = ("что", "сколько записей", "по какому праву", "до какого времени")
FILE_NAME = "что обо мне хранится.xlsx"
CAPTION = (
    "Всё, что о вас хранится, — каждая запись каждой таблицы. Пустые поля ничего не содержат. "
    "Номера вместо слов — внутренние номера бота."
)


def document() -> str:
    """The table inside docs/guide/privacy.md (a test compares them)."""
    rows = [f"| {kind.title} | {kind.until} |" for kind in KINDS.values()]
    return "\n".join(["| что | до какого времени |", "|---|---|", *rows])
