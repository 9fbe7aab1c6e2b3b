"""What somebody reads who has not the right to do something; the table of rights in words."""

from collections.abc import Mapping

from bot.rights import RIGHTS, Action
from bot.texts.people import ROLES
from storage.people.people import Role
from storage.scopes import ScopeKind

NOT_YOURS = (
    "Это действие вам сейчас недоступно. Если оно нужно для работы, попросите ссылку-приглашение "
    "у координатора или администратора."
)
"""Also shown as an alert, so at most 200 characters."""

ACTIONS: Mapping[Action, str] = {
    Action.SEE_PEOPLE: "Искать людей и видеть их карточки",
    Action.INVITE: "Приглашать организаторов, экспертов и стажёров, отменять приглашения",
    Action.INVITE_COORDINATORS: "Приглашать координаторов",
    Action.REMOVE_ROLES: "Снимать роли",
    Action.MANAGE_NETWORKS: "Создавать и менять сети",
    Action.MAKE_FORMS: "Загружать свои анкеты, пробовать и публиковать их",
    Action.OPEN_CAMPAIGNS: "Открывать и закрывать опросы",
    Action.SEE_PROGRESS: "Видеть, сколько ответили и кто ещё не ответил",
    Action.NUDGE: "Напоминать тем, кто не ответил",
    Action.REPORT: "Получать сводки опросов в таблице",
    Action.REGION_REPORT: "Получать сводку региона по муниципалитетам",
    Action.DIGEST: "Получать сводку своей недели",
    Action.BROADCAST: "Отправлять уведомления и видеть, кому они дошли",
    Action.APPROVE_NOTICES: "Согласовывать уведомления многим получателям",
    Action.IMPORT_ROADMAPS: "Загружать дорожные карты",
    Action.MANAGE_EVENTS: "Назначать, переносить и отменять мероприятия, отмечать пришедших",
    Action.RUN_SCREENING: "Готовить скрининг: контакты психологов и численность школ",
    Action.LOAD_WORDING: "Загружать формулировки утверждений скрининга",
    Action.LOAD_REGISTER: "Загружать список людей, раздавать личные ссылки",
    Action.TIDY_ORGANISATIONS: "Переименовывать и объединять организации",
    Action.RELINK: "Переносить человека на его новый аккаунт",
    Action.SEE_AUDIT: "Видеть журнал действий",
    Action.SEE_STATUS: "Видеть состояние бота",
    Action.SET_TASKS: "Выдавать задания, продлевать сроки, видеть, кто не сдал, и журналы стажёров",
    Action.REVIEW: "Проверять работы стажёров",
}
SCOPES: Mapping[ScopeKind, str] = {
    ScopeKind.REGION: "край",
    ScopeKind.NETWORK: "сеть",
    ScopeKind.MUNICIPALITY: "муниципалитет",
    ScopeKind.ORGANISATION: "организация",
}


def document() -> str:
    """`docs/guide/rights.md`: the table of rights as the code has it (a test compares them)."""
    roles = [role for role in Role if role is not Role.TEACHER]
    rows = [
        [
            ACTIONS[action],
            *(
                ", ".join(SCOPES[kind] for kind in ScopeKind if kind in granted.get(role, ()))
                or "—"
                for role in roles
            ),
        ]
        for action, granted in RIGHTS.items()
    ]
    head = ["Действие", *(ROLES[role] for role in roles)]
    lines = [head, ["---"] * len(head), *rows]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return (
        "# Кому что доступно\n\n"
        "Таблица построена из кода (`bot/rights.py`); проверка собирает её заново и сравнивает. "
        "В ячейке — в каких границах роль даёт это право: роль выдаётся на весь край, на одну "
        "сеть, на один муниципалитет или на одну организацию, и за её границами людей и ответов не "
        "видно. Координатор организации видит её людей и их именные ответы; чужие анонимные опросы "
        "и всё, что считается по муниципалитетам целиком, ему не показывается. Администраторы "
        "названы в настройке `ADMIN_IDS`. Свои опросы, свои данные и их удаление доступны каждому, "
        "отдельного права для этого не нужно.\n\n"
        f"{table}\n"
    )
