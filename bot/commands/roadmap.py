"""`python -m bot roadmap FILE [--year Y] [--json]`: what was understood; nothing is stored."""

import argparse
import json
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import wrap
from typing import Any

from bot.texts import roadmap as texts
from roadmap.guarding import read_file
from roadmap.model import Doubt, Event, Roadmap
from roadmap.periods import Period
from roadmap.refusals import Refused

NARROWEST, WIDEST = 60, 160
NUMBER_WIDTH = 5


def run(argv: Sequence[str]) -> int:
    """Print a roadmap as understood. Returns 0, or 1 for a file that is not read."""
    arguments = _parser().parse_args(argv)
    try:
        roadmap = read_file(arguments.file, arguments.year)
    except Refused as refusal:
        sys.stderr.write(texts.refusal(refusal) + "\n")
        return 1
    if arguments.json:
        sys.stdout.write(json.dumps(as_json(roadmap), ensure_ascii=False, indent=1) + "\n")
    else:
        width = min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)
        sys.stdout.write("\n".join(as_table(roadmap, width)) + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot roadmap", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--year", type=_year, help="2022 | 2021-2022")
    parser.add_argument("--json", action="store_true")
    return parser


def _year(text: str) -> Period:
    period = Period.parse(text)
    if period is None:
        raise argparse.ArgumentTypeError(texts.WRONG_YEAR)
    return period


def as_json(roadmap: Roadmap) -> dict[str, Any]:
    """The document as plain values, dates ISO, doubts in words."""
    printed = roadmap.model_dump(mode="json")
    printed["doubts"] = _words(roadmap.doubts)
    for event, values in zip(roadmap.events, printed["events"], strict=True):
        values["doubts"] = _words(event.doubts)
    return printed


def _words(doubts: Sequence[Doubt]) -> list[str]:
    return [texts.doubt(doubt) for doubt in doubts]


def as_table(roadmap: Roadmap, width: int) -> Iterator[str]:
    """Lines of a table of three columns that fit `width`; doubts stand under their event."""
    yield from wrap(roadmap.title or texts.NO_TITLE_OF_PLAN, width)
    counts = Counter(event.precision for event in roadmap.events)
    by_precision = {kind: counts[kind] for kind in ("day", "month", "part", "none")}
    yield from wrap(texts.SUMMARY.format(events=len(roadmap.events), **by_precision), width)
    for line in _words(roadmap.doubts):
        yield from wrap(texts.DOUBT_MARK + line, width, subsequent_indent="  ")
    free = width - NUMBER_WIDTH - 4
    widths = (NUMBER_WIDTH, free * 3 // 5, free - free * 3 // 5)
    yield ""
    yield from _cells((texts.NUMBER, texts.TITLE, texts.WHEN), widths)
    section = None
    for event in roadmap.events:
        if event.section != section and event.section is not None:
            section = event.section
            yield texts.SECTION.format(n=section).center(width, "─")
        yield from _event(event, widths, width)
    if not roadmap.doubts and not any(event.doubts for event in roadmap.events):
        yield texts.ALL_GOOD


def _event(event: Event, widths: tuple[int, int, int], width: int) -> Iterator[str]:
    yield from _cells((event.number, event.title, texts.when(event)), widths)
    indent = " " * (widths[0] + 2)
    if event.task:
        line = texts.TASK.format(text=event.task.text)
        if event.task.due:
            line += texts.TASK_DUE.format(due=texts.day(event.task.due))
        yield from wrap(line, width, initial_indent=indent, subsequent_indent=indent)
    for line in _words(event.doubts):
        yield from wrap(
            texts.DOUBT_MARK + line, width, initial_indent=indent, subsequent_indent=indent + "  "
        )


def _cells(texts_of: tuple[str, str, str], widths: tuple[int, int, int]) -> Iterator[str]:
    columns = [wrap(text, width) or [""] for text, width in zip(texts_of, widths, strict=True)]
    for i in range(max(map(len, columns))):
        parts = [lines[i] if i < len(lines) else "" for lines in columns]
        padded = (part.ljust(width) for part, width in zip(parts, widths, strict=True))
        yield "  ".join(padded).rstrip()
