"""The data of the buttons of case tasks: handing in, reviewing, the journal.

The same rules as in bot/callbacks.py: every id may be forged, so each handler asks the store again
whether it is the presser's own, or within their scopes.
"""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

_ID = Annotated[int, Field(ge=0, le=2**53)]
_PAGE = Annotated[int, Field(ge=0, le=9999)]


# What a trainee presses.


class MyTasks(CallbackData, prefix="ttl1"):
    """A page of one's own tasks."""

    page: _PAGE = 0


class TaskCard(CallbackData, prefix="ttc1"):
    """One's own task."""

    task: _ID


class HandIn(CallbackData, prefix="tth1"):
    """Begin to collect, or go on."""

    task: _ID


class TakeOut(CallbackData, prefix="tto1"):
    """Remove one thing from the draft."""

    item: _ID


class PutAside(CallbackData, prefix="tta1"):
    """Stop collecting; the draft stays."""

    task: _ID


class Discard(CallbackData, prefix="ttd1"):
    """Throw the draft away; asked once more unless `sure`."""

    task: _ID
    sure: bool = False


class SendIn(CallbackData, prefix="tts1"):
    """Send this very draft finally."""

    submission: _ID


class Templates(CallbackData, prefix="ttt1"):
    """Send the files that belong to the task."""

    task: _ID


class Versions(CallbackData, prefix="ttv1"):
    """What one handed in and what was said about it."""

    task: _ID


class Listen(CallbackData, prefix="ttn1"):
    """The voice comment of a review of one's own work."""

    review: _ID


class AskBack(CallbackData, prefix="ttq1"):
    """Ask whoever reviews."""

    task: _ID


# What a reviewer presses.


class Queue(CallbackData, prefix="trq1"):
    """A page of the works that wait."""

    page: _PAGE = 0


class Work(CallbackData, prefix="trw1"):
    """Take a work for judging, or go on with it."""

    submission: _ID


class ShowWork(CallbackData, prefix="trs1"):
    """Send everything of a work into the chat."""

    submission: _ID


class Criterion(CallbackData, prefix="trc1"):
    """Choose points for a criterion."""

    submission: _ID
    criterion: _ID


class Points(CallbackData, prefix="trp1"):
    """Give so many points."""

    submission: _ID
    criterion: _ID
    points: Annotated[int, Field(ge=0, le=1000)]


class Remark(CallbackData, prefix="trm1"):
    """Write the comment; `phrase` is the place of a ready one."""

    submission: _ID
    phrase: Annotated[int, Field(ge=-1, le=99)] = -1


class Judge(CallbackData, prefix="trj1"):
    """Accept or return."""

    submission: _ID
    accept: bool


class UndoVerdict(CallbackData, prefix="tru1"):
    """Take the verdict back."""

    submission: _ID


class NextWork(CallbackData, prefix="trn1"):
    """Leave this work as it stands and take the oldest free one."""

    leaving: _ID


class Leave(CallbackData, prefix="trl1"):
    """Give a work back to the queue."""

    submission: _ID


class Questions(CallbackData, prefix="trk1"):
    """A page of the questions that wait for an answer."""

    page: _PAGE = 0


class Answer(CallbackData, prefix="tra1"):
    """Answer a trainee's question."""

    question: _ID


# The journal.


class Journal(CallbackData, prefix="tjn1"):
    """One's own journal; `file` asks for the workbook."""

    file: bool = False


class Trainees(CallbackData, prefix="tjt1"):
    """A page of trainees within one's scope."""

    page: _PAGE = 0


class JournalOf(CallbackData, prefix="tjo1"):
    """A trainee's journal for staff; `file` asks for the workbook."""

    person: _ID
    file: bool = False
