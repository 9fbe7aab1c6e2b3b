"""Reading a roadmap of 1 000 rows against python-docx and openpyxl merely loading the file.

Prints ratios of the same run (process start apart), then what each hostile file's child process
costs in time and memory.

    python -m bench.roadmap
"""

import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import openpyxl

from roadmap.docx_tables import read_docx
from roadmap.packages import inspect
from roadmap.periods import Period
from roadmap.reading import read
from roadmap.xlsx_tables import read_xlsx

ROWS = 1000
HEADER = ["№", "Мероприятие", "Сроки", "Целевая аудитория", "Кейс", "Сроки кейса", "Ответственный"]
MONTHS = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября"]
REPEATS = 5


def table() -> list[list[str]]:
    """Rows of all forms of terms; most texts of terms differ from one another."""
    rows = [HEADER]
    for i in range(ROWS):
        month, day = MONTHS[i % 9], i % 28 + 1
        term = [
            f"{day} {month} 2026 г.",
            f"с {day} по {day + 1} {month} 2026 г.",
            f"{day:02}.{i % 12 + 1:02}.2026",
            "Январь-февраль",
            f"I этап - {MONTHS[i % 8]} II этап - {MONTHS[(i + 1) % 9]}",
            "4 раза в год",
            "По отдельному графику",
            "В течение года",
        ][i % 8]
        title = f"Семинар «Проектирование программы стажировки», занятие {i}"
        task = "Решить кейс (продуктивный творческий уровень)" if i % 3 == 0 else ""
        due = f"до {day} {month} 2026" if task else ""
        rows.append([f"4.{i + 1}", title, term, "Методисты ТМС", task, due, "СОШ № 2"])
    return rows


def as_docx(rows: list[list[str]]) -> bytes:
    document = docx.Document()
    document.add_paragraph("Дорожная карта на 2026 год")
    made = document.add_table(len(rows), len(HEADER))
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def as_xlsx(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Дорожная карта на 2026 год"])
    for row in rows:
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def best(work: Callable[[], object]) -> float:
    """Seconds of CPU, the best of a few runs."""
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    rows = table()
    year = Period.calendar(2026)
    word, excel = as_docx(rows), as_xlsx(rows)
    for name, data, load, tables in (
        ("docx", word, lambda: docx.Document(BytesIO(word)), read_docx),
        ("xlsx", excel, lambda: openpyxl.load_workbook(BytesIO(excel)), read_xlsx),
    ):
        document = tables(data)
        assert len(read(document, year).events) == ROWS
        base = best(load)
        steps = {
            "checked": best(lambda data=data: inspect(data)),  # type: ignore[misc]
            "as tables": best(lambda data=data, tables=tables: tables(data)),  # type: ignore[misc]
            "understood": best(lambda document=document: read(document, year)),  # type: ignore[misc]
        }
        print(f"{name}: {ROWS} rows; the library merely loads it in {base * 1000:.0f} ms")
        for step, seconds in {**steps, "all of it": sum(steps.values())}.items():
            print(f"  {step:12} {seconds * 1000:6.0f} ms  ×{seconds / base:.2f}")
    hostile()


# Run apart from this process: a child's peak counts what its parent held when it was made.
LAUNCHER = """
import os, subprocess, sys, time
for path in sys.argv[1:]:
    start = time.perf_counter()
    with open(path, "rb") as file:
        child = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "roadmap.confined", ""],
            stdin=file, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
    usage = os.wait4(child.pid, 0)[2]
    wall = time.perf_counter() - start
    print(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, path, sep="\\t")
"""


def hostile() -> None:
    """What the child of each hostile file costs, and that of the thousand honest rows."""
    from tests.roadmap.test_hostile_files import HOSTILE  # noqa: PLC0415 - needs pytest

    files = {name: make() for name, (make, _) in HOSTILE.items()}
    files["(honest docx)"], files["(honest xlsx)"] = as_docx(table()), as_xlsx(table())
    with TemporaryDirectory() as folder:
        for name, data in files.items():
            Path(folder, name.replace("/", " ")).write_bytes(data)
        paths = sorted(str(path) for path in Path(folder).iterdir())
        command = [sys.executable, "-c", LAUNCHER, *paths]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = [line.split("\t") for line in said.splitlines()]
    print(f"hostile: {len(HOSTILE)} files; each child alone, worst first")
    for column, unit in ((0, "s of wall clock"), (1, "s of CPU"), (2, "MB resident")):
        worst = sorted(((float(line[column]), Path(line[3]).name) for line in lines), reverse=True)
        shown = ", ".join(f"{value:.2f} ({name})" for value, name in worst[:3])
        print(f"  {unit:16} {shown}")


if __name__ == "__main__":
    main()
