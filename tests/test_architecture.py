"""Rules about the code: who may import whom, which room a third-party name lives in, where
Russian sentences may stand.

The map of the folders is in `docs/architecture.md`; change it and this file together.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "handlers", "surveys", "storage", "scheduler", "roadmap", "reports", "sandbox")

PURE = frozenset[str]()
MAY_IMPORT: dict[str, frozenset[str]] = {
    "surveys": PURE,
    "roadmap": PURE,
    "reports": frozenset({"surveys", "roadmap"}),
    "storage": frozenset({"surveys", "roadmap"}),
    "bot": frozenset({"surveys", "roadmap", "reports", "storage"}),
    "handlers": frozenset({"surveys", "roadmap", "reports", "storage", "bot"}),
    "scheduler": frozenset({"surveys", "roadmap", "reports", "storage", "bot"}),
    "sandbox": PURE,
}
COMPOSITION_ROOT = {"bot/app.py", "bot/__main__.py", "bot/commands/sandbox.py"}

# A third-party name → the rooms that may say it. Anything else from outside the standard
# library must be listed in EVERYWHERE.
LIVES_IN: dict[str, frozenset[str]] = {
    "aiogram": frozenset({"bot", "handlers", "scheduler", "sandbox"}),
    "aiohttp": frozenset({"bot", "sandbox"}),
    "aiohttp_socks": frozenset({"bot"}),
    "aiosqlite": frozenset({"storage"}),
    "sqlite3": frozenset({"storage"}),
    "apscheduler": frozenset({"scheduler"}),
    "babel": frozenset({"bot"}),
    "certifi": frozenset({"bot"}),
    "cryptography": frozenset({"storage"}),
    "docx": frozenset({"roadmap"}),
    "filetype": frozenset({"storage"}),
    "pathvalidate": frozenset({"storage"}),
    "elementpath": frozenset({"surveys"}),
    "holidays": frozenset({"roadmap"}),
    "icalendar": frozenset({"bot"}),
    "lark": frozenset({"roadmap"}),
    "lxml": frozenset({"roadmap"}),
    "matplotlib": frozenset({"reports"}),
    "openpyxl": frozenset({"reports", "roadmap", "surveys"}),
    "prometheus_client": frozenset({"bot"}),
    "pydantic_settings": frozenset({"bot"}),
    "pyrage": frozenset({"storage"}),
    "pyxform": frozenset({"surveys"}),
    "rapidfuzz": frozenset({"bot", "roadmap"}),
    "regex": frozenset({"surveys"}),
    "segno": frozenset({"bot"}),
    "uvloop": frozenset({"bot"}),
    "yarl": frozenset({"sandbox"}),
}
EVERYWHERE = {"pydantic", "orjson"}

# Files that may hold Russian outside `bot/texts`: the vocabulary of what people *type* or what
# documents *say* (never what a person is told), and the chat page's own server.
RUSSIAN_VOCABULARY = {
    "bot/delivery/typesetting.py",  # which letters stand alone
    "bot/events/audience.py",
    "bot/people/names.py",
    "bot/people/network_words.py",
    "bot/tasks/group_words.py",  # what tables of groups say
    "bot/people/register_words.py",
    "bot/people/school_names.py",
    "bot/search.py",
    "bot/events/when_span.py",
    "bot/events/when_to_remind.py",
    "roadmap/vocabulary.py",
    "sandbox/demo.py",
    "sandbox/page_texts.py",
    "surveys/vocabulary.py",
}


def sources() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((ROOT / room).rglob("*.py"))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.lineno, node.module


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_rooms_import_only_the_rooms_below_them() -> None:
    faults = []
    for path in sources():
        name = named(path)
        if name in COMPOSITION_ROOT:
            continue
        room = name.split("/")[0]
        faults += [
            f"{name}:{line} imports {module}"
            for line, module in imported(path)
            if (other := module.split(".")[0]) in ROOMS
            and other != room
            and other not in MAY_IMPORT[room]
        ]
    assert faults == []


def test_third_party_names_stay_in_their_rooms() -> None:
    faults = []
    for path in sources():
        name = named(path)
        room = name.split("/")[0]
        for line, module in imported(path):
            top = module.split(".")[0]
            if top in LIVES_IN:
                if room not in LIVES_IN[top]:
                    faults.append(f"{name}:{line} {top} may not be named in {room}")
            elif top not in ROOMS and top not in EVERYWHERE and top not in sys.stdlib_module_names:
                faults.append(f"{name}:{line} {top} has no room: add it to LIVES_IN")
    assert faults == []


def test_sql_is_written_in_storage_only() -> None:
    statement = re.compile(
        r"^\s*(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|"
        r"CREATE\s+(TABLE|INDEX)|PRAGMA\s)",
        re.DOTALL,
    )
    faults = [
        f"{named(path)}:{node.lineno}"
        for path in sources()
        if not named(path).startswith("storage/")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and statement.match(node.value)
    ]
    assert faults == []


def docstrings(tree: ast.AST) -> set[int]:
    found = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if not isinstance(body, list):
            continue
        for statement in body:  # attribute docstrings count too
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                found.add(id(statement.value))
    return found


def test_russian_sentences_stand_in_texts_only() -> None:
    faults = []
    for path in sources():
        name = named(path)
        if name.startswith("bot/texts/") or name in RUSSIAN_VOCABULARY:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        silent = docstrings(tree)
        faults += [
            f"{name}:{node.lineno} {node.value[:40]!r}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
            and re.search("[А-Яа-яЁё]", node.value)
        ]
    assert faults == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_lives_in_it(room: str) -> None:
    tree = ast.parse((ROOT / room / "__init__.py").read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)


@pytest.mark.parametrize("room", ["bot", "handlers", "storage"])
def test_the_map_of_the_large_rooms_is_what_their_folders_say(room: str) -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for folder in sorted((ROOT / room).glob("*/__init__.py")):
        says = ast.get_docstring(ast.parse(folder.read_text(encoding="utf-8")))
        assert says
        row = f"| `{room}/{folder.parent.name}/` | {says.splitlines()[0].rstrip('.')} |"
        assert row in page
