"""Export of 20 000 responses × 84 items: seconds and peak memory against openpyxl's own writer.

The baseline is openpyxl in write-only mode appending the very same cells: nothing counted, no
summary, no look, no protection against formulas. Each side runs in a process of its own, so that
peak memory (`ru_maxrss`) is its own; the time is that of the work, without imports.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from openpyxl import Workbook

from bot.texts.report import LABELS
from reports.campaign import CampaignData, Respondent, Response, describe
from reports.joining import join
from reports.records import named
from reports.workbook import write
from surveys.answers import Answer
from surveys.questionnaire import (
    Anonymity,
    Choice,
    Item,
    Measure,
    Questionnaire,
    Range,
    SelectMultiple,
    SelectOne,
    Text,
)

ROOT = Path(__file__).parents[1]
RESPONSES = 20_000
ITEMS = 84


def questionnaire() -> Questionnaire:
    """84 items of four kinds."""
    degrees = tuple(
        Choice(name=f"d{score}", label=f"Степень согласия номер {score}", score=score)
        for score in range(1, 6)
    )
    parts = tuple(Choice(name=f"p{number}", label=f"Часть {number}") for number in range(1, 5))
    items: list[Item] = []
    for number in range(1, ITEMS + 1):
        name, label = f"q{number}", f"Вопрос номер {number} о сопровождении педагогов"
        if number % 14 == 0:
            items.append(Text(name=name, label=label))
        elif number % 10 == 0:
            items.append(SelectMultiple(name=name, label=label, choices=parts))
        elif number % 3 == 0:
            items.append(Range(name=name, label=label))
        else:
            measure = Measure.SATISFACTION if number == 1 else None
            items.append(SelectOne(name=name, label=label, choices=degrees, measure=measure))
    return Questionnaire(id="large", version=1, title="Большая анкета", items=tuple(items))


def answer(item: Item, pick: int, mark: str) -> Answer:
    """The answer number `pick` (0–4) to an item; `mark` makes a text differ from all others."""
    if isinstance(item, Text):
        return f"Ответ своими словами {mark}"
    if isinstance(item, SelectMultiple):
        return ["p1", "p3"] if pick > 2 else ["p2"]
    return pick + 1 if isinstance(item, Range) else f"d{pick + 1}"


def campaign() -> CampaignData:
    """The responses are made anew at each pass, as a database would give them."""
    asked = questionnaire()
    towns = [f"Муниципалитет {number}" for number in range(1, 45)]
    opens = datetime(2027, 3, 1, tzinfo=UTC)

    def responses() -> Iterator[Response]:
        chance = random.Random(1)
        for number in range(RESPONSES):
            base = chance.randrange(1000)
            yield Response(
                1,
                {
                    item.name: answer(item, (base * (place + 3) + number) % 5, f"{number}-{place}")
                    for place, item in enumerate(asked.items)
                },
                towns[number % 44],
                f"СОШ № {number % 30}",
                "учитель",
                "Литература",
                Respondent("Чацкий", "Александр", "Андреевич"),
                opens + timedelta(seconds=number),
            )

    return CampaignData(
        versions={1: asked},
        subject="",
        opens_at=opens,
        closes_at=opens + timedelta(days=20),
        made_at=opens + timedelta(days=21),
        zone=ZoneInfo("Europe/Moscow"),
        anonymity=Anonymity.NAMED,
        invited=dict.fromkeys(towns, 700),
        responses=responses,
    )


def ours(path: Path) -> None:
    write(describe(campaign(), LABELS), path)


def baseline(path: Path) -> None:
    data = campaign()
    plan = named(data, join(data.versions, ""), LABELS)
    book = Workbook(write_only=True)
    sheets = [(book.create_sheet(each.title), each) for each in (plan.words(), plan.codes())]
    for sheet, each in sheets:
        sheet.append([column.title for column in each.columns])
    for record in plan.source():
        for sheet, each in sheets:
            sheet.append(list(each.row(record)))
    book.save(path)


def measure(side: str) -> dict[str, float]:
    """Runs one side in its own process: seconds, megabytes at the peak, megabytes of the file."""
    run = subprocess.run(
        [sys.executable, "-m", "bench.export", side],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, float] = json.loads(run.stdout)
    return found


def alone(side: str) -> None:
    work = {"ours": ours, "baseline": baseline}[side]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.xlsx"
        started = time.perf_counter()
        work(path)
        seconds = time.perf_counter() - started
        size = path.stat().st_size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak": peak, "file": size / 2**20}))


def main() -> None:
    own, other = measure("ours"), measure("baseline")
    print(f"Export of {RESPONSES} responses × {ITEMS} items, against openpyxl write-only alone")
    print(f"{'':12}{'seconds':>10}{'peak MB':>10}{'file MB':>10}")
    for name, row in (("ours", own), ("openpyxl", other)):
        print(f"{name:12}{row['seconds']:10.1f}{row['peak']:10.0f}{row['file']:10.1f}")
    print(
        f"{'ratio':12}{own['seconds'] / other['seconds']:10.2f}{own['peak'] / other['peak']:10.2f}"
        f"{own['file'] / other['file']:10.2f}"
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        alone(sys.argv[1])
    else:
        main()
