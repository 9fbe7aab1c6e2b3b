"""The region's own documents against expectations that people wrote from them, row by row."""

from pathlib import Path

import pytest

from roadmap.guarding import read_file
from roadmap.model import Event, Roadmap
from roadmap.periods import Period

DATA = Path(__file__).with_name("data")
FILES = {
    "roadmap_region_2022.docx": "roadmap_region_2022.expected",
    "roadmap_krc_sample_2026_2027.docx": "roadmap_krc_sample_2026_2027.expected",
    "roadmap_krc_sample_2026_2027.xlsx": "roadmap_krc_sample_2026_2027.expected",
    "plan_timashevsk_2020_2023.xlsx": "plan_timashevsk_2020_2023.expected",
}


def expected(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.split("|")] for line in lines if line[:1] != "#"]


def row_of(event: Event, title: str) -> list[str]:
    """An event in the notation of the files; the title only as far as the file says it."""
    windows = [
        f"{window.start}..{window.end}" + (f"={window.label}" if window.label else "")
        for window in event.windows
    ]
    flags = ["ongoing"] if event.ongoing else []
    flags += [f"every={event.every_years}"] if event.every_years else []
    flags += [f"times={event.times_per_year}"] if event.times_per_year else []
    if event.task:
        flags.append(f"task={event.task.level}")
        flags += [f"due={event.task.due}"] if event.task.due else []
    return [
        str(event.section or ""),
        event.number,
        event.title[: len(title)],
        " ".join(windows),
        event.precision,
        ", ".join(flags),
        ", ".join(doubt.code.value for doubt in event.doubts),
    ]


@pytest.fixture(scope="module", params=FILES)
def document(request: pytest.FixtureRequest) -> tuple[str, Roadmap]:
    name = str(request.param)
    return name, read_file(DATA / name)


def test_every_row_is_read_as_written_down_by_hand(document: tuple[str, Roadmap]) -> None:
    name, roadmap = document
    wanted = expected(FILES[name])
    assert [row_of(e, w[2]) for e, w in zip(roadmap.events, wanted, strict=False)] == wanted
    assert len(roadmap.events) == len(wanted)


def test_title_year_and_the_documents_own_doubts(document: tuple[str, Roadmap]) -> None:
    name, roadmap = document
    title, year = {
        "region": ("Дорожная карта проекта «Движение вверх» на 2022 г.", "2022"),
        "krc": (
            "Дорожная карта краевого ресурсного центра (образец) на 2026-2027 учебный год",
            "2026-2027",
        ),
        "timashevsk": (
            "План-график выполнения работ краевого ресурсного центра (Тимашевский район)",
            None,
        ),
    }[name.split("_")[1]]
    assert (roadmap.title, roadmap.year, roadmap.doubts) == (title, year, ())


def test_people_and_terms_stay_as_written() -> None:
    by_number = {e.number: e for e in read_file(DATA / "roadmap_region_2022.docx").events}
    continued = by_number["4.6"]
    assert continued.term == "Март Апрель Октябрь Ноябрь"
    assert continued.title.endswith("модели, ресурсы, возможности сетевого взаимодействия»")
    assert "«Опыт, инновации и перспективы" in continued.title
    assert (continued.audience, continued.responsible) == ("КРЦ и Л", "ЦНМ и ИД")
    assert by_number["3.6"].responsible == "ЦНМ и ИД Кураторы ТМС Сетевые кураторы"
    assert by_number["4.9"].audience == "ТМС,ММС"


def test_word_and_excel_of_the_sample_say_the_same() -> None:
    word, excel = (read_file(DATA / f"roadmap_krc_sample_2026_2027.{e}") for e in ("docx", "xlsx"))
    assert word == excel


def test_the_year_a_coordinator_says_comes_last() -> None:
    said = read_file(DATA / "roadmap_region_2022.docx", Period.calendar(2023))
    assert said.year == "2022"
    assert [d.code.value for d in said.doubts] == ["year_said_differs"]
    assert said.events[3].windows[0].start is not None
    assert said.events[3].windows[0].start.year == 2022
