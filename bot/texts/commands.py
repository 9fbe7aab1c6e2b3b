"""The command line: what each command does and how it answers."""

from collections.abc import Sequence
from pathlib import Path

from storage.errors import Trouble

COMMANDS = {
    "run": "запустить бота (нужен BOT_TOKEN)",
    "sandbox": "бот и местный Telegram в браузере, без токена "
    "[--port 8080] [--no-browser] [--demo] [--start 2026-11-25T10:00]",
    "auto": "run, если задан BOT_TOKEN, иначе sandbox --demo",
    "roadmap": "показать, что понято из дорожной карты ФАЙЛ [--year ГОД] [--json]",
    "form": "проверить ФАЙЛ анкеты (.xlsx по стандарту XLSForm или .toml) [--json]; "
    "с --template сохранить в ФАЙЛ образец",
    "export": "сохранить сводки всех опросов и файлы ответов в ПАПКУ, бота останавливать не нужно",
    "backup": "сохранить копию базы в ФАЙЛ, работы — в папку works рядом; бот может работать",
    "restore": "вернуть базу из ФАЙЛА и файлы работ из папки works рядом; прежняя база сохраняется",
    "check": "проверить всё, на чём стоит бот: настройки, базу, место, связь [--offline]",
    "forget": "стереть всё о человеке TELEGRAM_ID (бот должен быть остановлен)",
}

COPY = {
    Trouble.NEWER: "Копия «{path}» сделана более новым выпуском бота: обновите бота, "
    "затем повторите.",
    Trouble.DAMAGED: "Копия «{path}» повреждена; база не тронута. Возьмите другую копию.",
    Trouble.LOCKED: "Копия «{path}» зашифрована, и ни один ключ из BACKUP_KEY_FILE её "
    "не открывает; база не тронута. Возьмите файл ключей того времени; ключи старше 30 дней "
    "уничтожены намеренно.",
    Trouble.FOREIGN: "«{path}» — не копия базы этого бота; база не тронута.",
}

FILE = "файл"
TELEGRAM_ID = "номер аккаунта в Telegram"
FOLDER = "папка"
PORT = "порт страницы чата"
NO_BROWSER = "не открывать браузер"
DEMO = "добавить вымышленных людей"
MOMENT = "МОМЕНТ"
START = "что показывают часы вначале, например 2026-11-25T10:00; без этого — сколько сейчас"
NOT_A_MOMENT = "«{text}» — не момент времени; напишите, например, 2026-11-25T10:00"


def usage() -> str:
    """The list of commands."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {what}" for name, what in COMMANDS.items()]
    return "\n".join(["python -m bot КОМАНДА", "", *lines])


def no_such_command(name: str) -> str:
    """A command nobody knows."""
    return f"Нет команды «{name}».\n\n{usage()}"


def started(username: str) -> str:
    """The bot runs."""
    return f"Бот @{username} работает. Остановить: Ctrl+C."


def sandbox_started(address: str, *, at_night: bool) -> str:
    """The local Telegram runs."""
    lines = [f"Чат с ботом открыт: {address}", "Остановить: Ctrl+C."]
    if at_night:
        lines.insert(1, "Сейчас тихие часы, поэтому часы песочницы начинают с 10 утра.")
    return "\n".join(lines)


def backed_up(path: Path) -> str:
    """A copy was made."""
    return f"Копия сохранена и проверена: {path}"


def exported(folder: Path, names: Sequence[str]) -> str:
    """The spreadsheets were made."""
    if not names:
        return "Опросов пока нет: сохранять нечего."
    return "\n".join([f"Сохранено в «{folder}», файлов: {len(names)}", *names])


def no_room(path: Path, why: str) -> str:
    """A copy could not be written."""
    return f"Не удалось записать «{path}»: {why}."


def bot_is_silent(seconds: int) -> str:
    """The running bot did not make the copy asked of it."""
    return (
        f"Работающий бот за {seconds} с не сделал копию: проверьте его журнал "
        "и место на диске, затем повторите."
    )


def no_such_file(path: Path) -> str:
    """There is nothing at that place."""
    return f"Файла «{path}» нет."


def restored(path: Path, kept: Path | None) -> str:
    """A copy took the place of the database."""
    said = f"База восстановлена из «{path}»."
    return said if kept is None else f"{said} Прежняя сохранена: {kept}"


def works_returned(brought: int, missing: int) -> str:
    """Files of works came back with the database, or did not."""
    said = f"Файлов работ возвращено: {brought}."
    if missing:
        said += (
            f" Не найдено в копиях: {missing}. Положите рядом с копией базы папку works, сделанную "
            "вместе с ней, и повторите restore; в чате такие файлы бот возьмёт у Telegram."
        )
    return said


def forgotten(telegram_id: int) -> str:
    """Somebody was erased."""
    return f"Всё о человеке {telegram_id} стёрто из базы. Ночные копии сменятся сами."


def nobody_to_forget(telegram_id: int) -> str:
    """There was nobody to erase."""
    return f"Человека {telegram_id} в базе нет."
