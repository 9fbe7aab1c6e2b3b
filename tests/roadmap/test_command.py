"""`python -m bot roadmap`: what it prints, in both forms, and how it refuses."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands.roadmap import as_table, run
from bot.texts import roadmap as texts
from roadmap.guarding import read_file
from roadmap.model import Doubt, DoubtCode
from roadmap.periods import Period
from roadmap.refusals import RefusalCode, Refused
from roadmap.terms import read_term

DATA = Path(__file__).with_name("data")
SAMPLE = DATA / "roadmap_krc_sample_2026_2027.docx"
ARGS: dict[str, str | int] = {
    "text": "x", "written": "x", "read_as": "y", "plan": "2022", "start": "2022-01-01", "end": "",
    "times": 2, "windows": 3, "number": "1.1", "section": 4, "row": 7, "said": "2021",
    "table": "2", "sheet": "x", "about": "no_term", "date": "2027-03-15", "weekday": 0,
}  # fmt: skip


def test_json_is_the_agreed_shape(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([str(SAMPLE), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert list(printed) == ["title", "year", "doubts", "events"]
    assert (printed["year"], len(printed["events"])) == ("2026-2027", 14)
    event = next(e for e in printed["events"] if e["number"] == "4.1")
    assert event == {
        "number": "4.1",
        "section": 4,
        "title": "Семинар-практикум «Проектирование программы стажировки»",
        "audience": "Стажёры, методисты ТМС",
        "responsible": "СОШ № 2",
        "term": "24 ноября 2026 г.",
        "windows": [{"start": "2026-11-24", "end": "2026-11-24"}],
        "precision": "day",
        "ongoing": False,
        "every_years": None,
        "times_per_year": None,
        "task": {
            "text": "Разработать проект модульной программы стажировочной площадки "
            "(продуктивный творческий уровень)",
            "level": "продуктивный творческий",
            "term": "до 8 декабря 2026 г.",
            "due": "2026-12-08",
        },
        "doubts": [],
    }
    staged = next(e for e in printed["events"] if e["number"] == "4.7")
    assert [w["label"] for w in staged["windows"]] == ["I этап", "II этап"]


def test_doubts_are_printed_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([str(DATA / "plan_timashevsk_2020_2023.xlsx"), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    doubts = [doubt for event in printed["events"] for doubt in event["doubts"]]
    assert doubts == ["Срок вне плана: 01.04.2020 – 30.06.2021, а план или строка на 2022 год."]


@pytest.mark.parametrize("width", [60, 80, 137])
def test_the_table_fits_the_terminal_and_loses_no_word(width: int) -> None:
    roadmap = read_file(DATA / "roadmap_region_2022.docx")
    lines = list(as_table(roadmap, width))
    assert max(map(len, lines)) <= width
    words = set(" ".join(lines).split())
    for event in roadmap.events:
        assert event.number in words
        assert {word for word in event.title.split() if "-" not in word} <= words


def test_a_refusal_is_one_sentence_on_stderr(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "notes.docx"
    path.write_text("просто текст", encoding="utf-8")
    assert run([str(path)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == texts.REFUSALS[RefusalCode.WRONG_TYPE] + "\n"


def test_a_year_that_is_none_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run([str(SAMPLE), "--year", "позапрошлый"])
    assert texts.WRONG_YEAR in capsys.readouterr().err


def test_the_command_never_pays_for_aiogram() -> None:
    code = "import sys, bot.commands.roadmap; sys.exit('aiogram' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("code", DoubtCode)
def test_every_doubt_has_its_words(code: DoubtCode) -> None:
    sentence = texts.doubt(Doubt(code=code, args=ARGS))
    assert sentence
    assert "{" not in sentence


@pytest.mark.parametrize("code", RefusalCode)
def test_every_refusal_has_its_words(code: RefusalCode) -> None:
    sentence = texts.refusal(Refused(code, megabytes=20, most=10, cell="A1"))
    assert sentence
    assert "{" not in sentence


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("август", "август 2026"),
        ("октябрь-март", "октябрь 2026 – март 2027"),
        ("март-май", "март – май 2026"),
        ("15.03.2026", "15 марта 2026 г."),
        ("15-17 декабря", "15–17 декабря 2026 г."),
        ("28 января - 3 февраля", "28 января – 3 февраля 2026 г."),
        ("28 декабря - 3 января", "28 декабря 2026 – 3 января 2027 г."),
        ("до 15 марта", "до 15 марта 2026 г."),
        ("с 15 марта", "с 15 марта 2026 г."),
        ("I этап - май, II этап - июнь", "I этап: май 2026; II этап: июнь 2026"),
        ("ежегодно, май", "ежегодно; май 2026"),
        ("постоянно", "постоянно; январь – декабрь 2026"),
        ("по графику", "без даты"),
        ("1 раз в месяц", "12 раз в год; январь 2026 … декабрь 2026"),
    ],
)
def test_when_an_event_is_in_words(term: str, words: str) -> None:
    assert texts.when(read_term(term, Period.calendar(2026))) == words
