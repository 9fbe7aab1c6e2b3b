"""The archive of all works of a task: tidy names, in parts that Telegram takes, little memory.

Files go from the disk into the archive in pieces, stored as they are (office documents, pictures
and video are compressed already), in a process of its own: the bot goes on answering meanwhile.
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from bot.own_process import done_elsewhere
from bot.packing import Entry, pack
from bot.texts import task_desk as words
from bot.texts.people import short_name
from storage.files import files
from storage.files import names as file_names
from storage.people.people import Person
from storage.tasks.submissions import Item, Submission
from storage.tasks.tasks import Task

log = logging.getLogger(__name__)

PART_BYTES = 49_000_000
"""Telegram takes uploads of 50 MB from a bot; an archive's own headers need a little."""
HEADERS = 400
"""Bytes that a stored file costs beside its content, names included."""
EARLIEST = datetime(1980, 1, 1)  # noqa: DTZ001 - the first moment a ZIP can hold, without a zone


class PackingFailedError(Exception):
    """The process that makes the archive ended without one; its reason is in the log."""


def entries(
    task: Task,
    works: Iterable[tuple[Person, Submission, Sequence[Item]]],
    data_dir: Path,
    now: datetime,
) -> list[Entry]:
    """«Ейский район/Иванова А. Б./Задание 4.1 – попытка 2.docx» for everything handed in.

    Several files of one attempt are numbered; texts and links become one text file.
    """
    taken: set[str] = set()
    found = []
    for person, own, items in works:
        folder = [
            file_names.part(person.municipality or "", fallback=words.NO_PLACE),
            file_names.part(short_name(person), fallback=str(person.id)),
        ]
        stem = file_names.part(
            words.WORK_FOLDER.format(number=task.number or task.title[:40], attempt=own.attempt),
            fallback=str(own.id),
        )
        when = (own.submitted_at or now).astimezone(now.tzinfo).replace(tzinfo=None)
        made_at = max(when, EARLIEST)
        said = [one.text for one in items if one.text]
        kept = [one for one in items if one.stored_name is not None]
        for place, item in enumerate(kept, 1):
            ending = item.name.rpartition(".")[2] if "." in item.name else "bin"
            tail = f" ({place})" if len(kept) > 1 else ""
            name = file_names.joined([*folder, f"{stem}{tail}.{ending}"])
            found.append(
                Entry(
                    name=file_names.unique(name, taken),
                    size=item.size or 0,
                    made_at=made_at,
                    path=files.path_of(data_dir, item.stored_name or ""),
                )
            )
        if said:
            text = "\n\n".join(said)
            name = file_names.joined([*folder, f"{stem}, {words.TEXT_NAME}.txt"])
            found.append(
                Entry(file_names.unique(name, taken), len(text.encode()), made_at, text=text)
            )
    return found


def parts(all_entries: Sequence[Entry], most: int = PART_BYTES) -> list[list[Entry]]:
    """The entries divided, in their order, so that each archive stays within `most` bytes."""
    divided: list[list[Entry]] = []
    room = 0
    for entry in all_entries:
        cost = entry.size + HEADERS + 4 * len(entry.name.encode())
        if not divided or cost > room:
            divided.append([])
            room = most
        divided[-1].append(entry)
        room -= cost
    return divided


async def pack_elsewhere(part: Sequence[Entry], target: Path) -> None:
    """`pack` in a process of its own; a cancelled caller takes it along.

    Raises:
        PackingFailedError: there is no archive.
    """
    status = await done_elsewhere(pack, list(part), target)
    if status != 0:
        log.error("an archive of works: exit status %s", status)
        raise PackingFailedError
