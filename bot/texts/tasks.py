"""What tasks and works are called everywhere: kinds, levels, what is accepted, moments, sizes."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from textwrap import shorten

from bot.texts.answering import clipped
from bot.texts.grammar import counted, moment, until
from bot.texts.people import esc
from storage.files.types import FileType
from storage.tasks.submissions import Item
from surveys.tasks import Content, Kind, Level

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


def points(given: Iterable[tuple[str, int, int]]) -> str:
    """«Содержание: 4 из 5» a line each; plain text in, HTML out."""
    return "\n".join(f"{esc(title)}: {got} из {most}" for title, got, most in given)
