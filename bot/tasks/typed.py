"""What is typed or sent while a task is made, as what it says of the task."""

from datetime import datetime

from aiogram.types import Document, Message, PhotoSize, Video

from bot.tasks import draft as task_draft
from bot.tasks.desk_callbacks import Make
from bot.tasks.draft import Draft, TemplateDraft
from bot.texts import task_desk as desk_words
from bot.texts import task_form as words
from bot.when import read_moment
from storage.tasks import tasks

LONGEST_BODY = 3000


def read(draft: Draft, what: Make, text: str, now: datetime) -> tuple[dict[str, object], str]:
    """What changes in the draft, or what is wrong with the words ('' for nothing).

    Args:
        draft: as it stands.
        what: was asked for: the title, the text, the criteria, the deadline or the opening.
        text: as it was typed.
        now: in the network's zone.
    """
    match what:
        case Make.TITLE:
            title = " ".join(text.split())
            fits = 3 <= len(title) <= tasks.TITLE
            return {"title": title}, "" if fits else words.TITLE_FAULT
        case Make.BODY:
            body = text.strip()
            return {"body": body}, "" if 3 <= len(body) <= LONGEST_BODY else words.BODY_FAULT
        case Make.CRITERIA:
            criteria, faults = task_draft.read_criteria(text)
            return {"criteria": criteria}, words.criteria_faults(faults) if faults else ""
        case _:
            return _moment(draft, what, text, now)


def _moment(draft: Draft, what: Make, text: str, now: datetime) -> tuple[dict[str, object], str]:
    """A typed deadline or opening, or what is wrong with it."""
    otherwise = task_draft.EVENING if what is Make.DUE else task_draft.MORNING
    when = read_moment(text, now, otherwise=otherwise)
    if when is None:
        return {}, desk_words.NOT_A_MOMENT
    if when <= now:
        return {}, desk_words.IN_THE_PAST
    due, opens = (when, draft.opens) if what is Make.DUE else (draft.due, when)
    if due is not None and opens is not None and due <= opens:
        return {}, words.BEFORE_OPENING
    return {"due": when} if what is Make.DUE else {"opens": when}, ""


def template_of(message: Message) -> TemplateDraft | None:
    """The document, photo or video of a message, to go with the task; None where there is none."""
    name: str | None = ""
    file: Document | PhotoSize | Video
    if message.document is not None:
        kind, file, name = "document", message.document, message.document.file_name
    elif message.photo:
        kind, file = "photo", message.photo[-1]
    elif message.video is not None:
        kind, file, name = "video", message.video, message.video.file_name
    else:
        return None
    return TemplateDraft(
        kind=kind, file_id=file.file_id, file_unique_id=file.file_unique_id, name=name or ""
    )
