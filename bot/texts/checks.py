"""What `python -m bot check` says: a line for each thing, with a remedy where it is wrong."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bot.texts.grammar import counted
from storage.audit import Verdict

GOOD, BAD, ASIDE = "✓", "✗", "–"

SETTINGS = "Настройки прочитаны."
FORMS = "Анкеты загружены: {count}."
PACK = "Опросник выгорания проверен: ключ {key}, формулировки {wording}."
PACK_FAULTY = (
    "Опросник выгорания не загружается ({faults}). Верните файлы surveys/data/boyko из выпуска."
)
CONSENT = "Текст согласия есть: {version}."
DATABASE = "База исправна: {path}, версия схемы {version}{rows}."
DATABASE_NONE = "Базы ещё нет: бот создаст её при первом запуске ({path})."
DATABASE_BUSY = "Бот работает, поэтому база не проверялась: её проверит backup, копию — restore."
DISK = "Места на диске хватает: свободно {free}."
DISK_LOW = (
    "На диске мало места: свободно {free}, нужно не меньше {least}. Освободите место в «{folder}»."
)
COPIES_PLAIN = (
    "Резервные копии не шифруются: задайте BACKUP_KEY_FILE — файл ключей вне папки данных, "
    "бот создаст его сам."
)
KEYS_NONE = "Файла ключей резервных копий ещё нет: бот создаст его при запуске ({path})."
KEYS_OPEN = "Файл ключей «{path}» могут прочесть другие: закройте его (chmod 600)."
NIGHT = "Последняя ночная копия: {day}, {size}."
NIGHT_OLD = (
    "Последняя ночная копия сделана {day}, это давно. Если бот работает, посмотрите /status и "
    "место на диске; сделать копию сейчас: python -m bot backup ФАЙЛ."
)
NIGHT_NONE = "Ночных копий ещё нет: первая будет сделана ближайшей ночью после трёх часов."
NIGHT_NOT_YET = "Ночных копий ещё нет: бот не запускался."
ADMINS_NONE = (
    "Администраторы не названы: некому пригласить координаторов и узнать о неполадках. Задайте "
    "ADMIN_IDS — ваш номер в Telegram."
)
WEBHOOK = "Telegram присылает обновления на WEBHOOK_URL без ошибок."
WEBHOOK_UNSET = "Вебхук ещё не установлен: бот сделает это при запуске."
WEBHOOK_LEFT = "У Telegram записан вебхук, хотя WEBHOOK_URL не задан: бот снимет его при запуске."
WEBHOOK_FAILS = (
    "Telegram не может доставить обновления на WEBHOOK_URL ({error}; ждут: {waiting}). Проверьте "
    "nginx, сертификат и WEBHOOK_PORT."
)
OFFLINE = "Связь с Telegram не проверялась (--offline)."
UNCONNECTED = "Токена нет, связь с Telegram не проверялась. Для работы задайте BOT_TOKEN."
TELEGRAM = "Telegram отвечает{way}: бот @{username}, {milliseconds} мс."
TELEGRAM_REFUSED = "Telegram не знает такого токена. Проверьте BOT_TOKEN у @BotFather."
TELEGRAM_SILENT = (
    "Telegram не отвечает{way} ({reason}). Проверьте сеть; если доступ закрыт, задайте PROXY_URL "
    "или BOT_API_URL."
)
THROUGH_PROXY = " через прокси"
OWN_SERVER = " (свой сервер Bot API)"
CLOCK = "Часы идут верно."
CLOCK_OFF = "Часы расходятся с Telegram на {seconds} с. Включите синхронизацию времени (NTP)."


CHAIN_BROKEN = (
    "Журнал действий изменён в обход бота: запись № {row} не сходится. База исправна, но журналу "
    "с этого места верить нельзя: сравните с резервной копией, сделанной раньше."
)


def chain(found: Verdict | None) -> str:
    """The audit log fits together; its newest hash, for whoever keeps it elsewhere."""
    if found is None or not found.rows:
        return ""
    return f"Журнал действий цел: записей {found.rows}, последняя {found.newest[:16]}."


def database(path: Path, version: int, rows: Mapping[str, int]) -> str:
    """The database is sound; how much it holds."""
    held = ", ".join(f"{table} {count}" for table, count in rows.items() if count)
    return DATABASE.format(path=path, version=version, rows=f"; строк: {held}" if held else "")


def keys(count: int, newest: date) -> str:
    """Backups are encrypted."""
    made = counted(count, "ключ", "ключа", "ключей")
    return f"Резервные копии шифруются: {made}, новейший от {newest:%d.%m.%Y}."


def admins(count: int) -> str:
    """How many administrators the settings name."""
    return f"Названо: {counted(count, 'администратор', 'администратора', 'администраторов')}."


def megabytes(size: int) -> str:
    """A size for people: «512 МБ», «1,5 ГБ»."""
    if size < 1 << 20:
        return "меньше 1 МБ"
    if size < 1 << 30:
        return f"{size >> 20} МБ"
    return f"{size / (1 << 30):.1f}".replace(".", ",") + " ГБ"
