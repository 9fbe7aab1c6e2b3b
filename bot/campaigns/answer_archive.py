"""The archive of all files that people gave as answers in a campaign, under tidy names."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from bot.packing import Entry
from bot.tasks.archive import EARLIEST
from bot.texts import campaigns as words
from bot.texts.people import short_name
from storage.files import files
from storage.files import names as file_names
from storage.questionnaires.answer_files import SentFile
from surveys.questionnaire import Questionnaire

LABEL = 50
"""Characters of a question in a file's name."""


def entries(
    form: Questionnaire, sent: Iterable[SentFile], data_dir: Path, now: datetime
) -> list[Entry]:
    """«Ейский район/Щеглова А. П./3. Фото занятия.jpg», numbered as in the workbook."""
    numbered = {item.name: (at, item.label) for at, item in enumerate(form.asked(), 1)}
    taken: set[str] = set()
    found = []
    for one in sent:
        number, label = numbered.get(one.item, (0, one.item))
        ending = one.answer["name"].rpartition(".")[2] if "." in one.answer["name"] else "bin"
        stem = file_names.part(f"{number}. {label[:LABEL]}", fallback=str(number))
        name = file_names.joined(
            [
                file_names.part(one.person.municipality or "", fallback=words.NO_PLACE),
                file_names.part(short_name(one.person), fallback=str(one.person.id)),
                f"{stem}.{ending}",
            ]
        )
        when = one.submitted_at.astimezone(now.tzinfo).replace(tzinfo=None)
        found.append(
            Entry(
                name=file_names.unique(name, taken),
                size=one.answer["size"],
                made_at=max(when, EARLIEST),
                path=files.path_of(data_dir, one.answer["file"]),
            )
        )
    return found
