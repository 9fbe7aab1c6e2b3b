"""Why the bot does not start: one sentence each, with what to do about it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from storage.errors import Trouble

SETTINGS = {
    "BOT_TOKEN": "Нет токена бота или он записан неверно: возьмите его у @BotFather и положите "
    "в переменную BOT_TOKEN (вид: 123456789:AA…).",
    "BOT_API_URL": "Адрес сервера Bot API (BOT_API_URL) должен начинаться с http:// или https://.",
    "PROXY_URL": "Адрес прокси (PROXY_URL) должен начинаться с http://, https://, socks5:// "
    "или socks4://.",
    "DATA_DIR": "Папка данных (DATA_DIR) указана неверно.",
    "ADMIN_IDS": "ADMIN_IDS — это числовые идентификаторы Telegram через запятую, "
    "например 123456789,987654321.",
    "TIMEZONE": "Такого часового пояса (TIMEZONE) нет; пример верного: Europe/Moscow.",
    "WEBHOOK_URL": "Адрес вебхука (WEBHOOK_URL) должен начинаться с https://.",
    "WEBHOOK_SECRET": "Для вебхука нужен секрет WEBHOOK_SECRET: от 16 до 256 латинских букв, "
    "цифр, знаков «_» и «-».",
    "WEBHOOK_PORT": "WEBHOOK_PORT — номер порта от 0 до 65535.",
    "HEALTH_PORT": "HEALTH_PORT — номер порта от 0 до 65535.",
    "LISTEN_HOST": "LISTEN_HOST — адрес, на котором слушать порты, например 127.0.0.1.",
    "LOG_FORMAT": "LOG_FORMAT бывает plain или json.",
    "LOG_LEVEL": "LOG_LEVEL бывает DEBUG, INFO, WARNING или ERROR.",
    "MESSAGES_PER_SECOND": "MESSAGES_PER_SECOND — число сообщений в секунду, больше 0; "
    "Telegram допускает около 30.",
    "WEEKLY_BUDGET": "WEEKLY_BUDGET — сколько непрошеных сообщений в неделю получает один человек: "
    "целое число от 1 до 1000.",
    "APPROVAL_FROM": "APPROVAL_FROM — с какого числа получателей уведомление подтверждает второй "
    "человек: целое число от 1.",
    "BACKUP_KEY_FILE": "BACKUP_KEY_FILE — файл с ключами резервных копий; он лежит вне папки "
    "данных (DATA_DIR), иначе ключ копировался бы вместе с тем, что запирает.",
    "BACKUPS_KEPT": "BACKUPS_KEPT — сколько ночных копий хранить: целое число от 1 до 1000.",
}

STORE = {
    Trouble.UNWRITABLE: "Не удаётся писать в папку данных «{folder}»: проверьте, что она есть, "
    "доступна на запись и на диске есть место.",
    Trouble.NEWER: "База данных в «{folder}» сделана более новым выпуском бота: обновите бота "
    "или восстановите прежнюю копию.",
    Trouble.DAMAGED: "База данных в «{folder}» повреждена: восстановите копию командой "
    "python -m bot restore ФАЙЛ.",
    Trouble.FOREIGN: "Файл базы в «{folder}» принадлежит другой программе: укажите другую папку "
    "в DATA_DIR.",
    Trouble.LOCKED: "База в «{folder}» зашифрована.",
    Trouble.BUSY: "На папке данных «{folder}» уже работает другой бот: остановите его "
    "или укажите другую папку в DATA_DIR.",
}

KEYS_REFUSED = (
    "Файл ключей резервных копий «{path}» не читается или не записывается: проверьте права "
    "и что это тот самый файл (BACKUP_KEY_FILE)."
)
UNKNOWN_BOT = (
    "Telegram не знает такого токена: проверьте BOT_TOKEN у @BotFather (он мог быть отозван)."
)
PORT_TAKEN = "Порт {port} занят или недоступен: укажите другой в {name}."


def settings_refused(names: Iterable[str]) -> str:
    """A line for each setting at fault."""
    return "\n".join(SETTINGS[name] for name in names)


def store_refused(trouble: Trouble, folder: Path) -> str:
    """Why the data folder cannot be used."""
    return STORE[trouble].format(folder=folder)


def port_taken(name: str, port: int) -> str:
    """Why a port cannot be listened on."""
    return PORT_TAKEN.format(name=name, port=port)


def questionnaires_refused(faults: Iterable[str]) -> str:
    """Every fault of every questionnaire file, as the loader words it."""
    return "\n".join(["Файлы анкет не загружены:", *(f"— {fault}" for fault in faults)])


def not_published(form: str, items: Sequence[str]) -> str:
    """A questionnaire that reads well and cannot be asked."""
    if items:
        return (
            f"Анкета «{form}» не принята: вопросы {', '.join(items)} просят файл, а опрос "
            "принимает только слова и кнопки. Уберите эти вопросы."
        )
    return (
        f"Анкета «{form}» изменена, а номер её выпуска прежний: по нему уже могли отвечать. "
        "Увеличьте в её файле version на единицу и запустите бота снова."
    )
