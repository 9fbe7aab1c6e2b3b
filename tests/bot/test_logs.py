"""Nothing personal and no token in any line."""

import asyncio
import logging
import subprocess
import sys

import orjson
import pytest

from bot.operations import logs

TOKEN = "424242:AAcanary-token-of-nobody-00000000000"
NAME = "Канарейкина"


def rendered(record: logging.LogRecord) -> tuple[str, str]:
    return logs.PlainLines().format(record), logs.JsonLines().format(record)


def caught(error: BaseException) -> logging.LogRecord:
    try:
        raise error
    except type(error):
        return logging.LogRecord("bot.x", 40, "x.py", 1, "update %d", (7,), sys.exc_info())


def test_an_exception_is_told_by_kind_and_place_without_its_message() -> None:
    for line in rendered(caught(ValueError(f"{NAME} {TOKEN}"))):
        assert "ValueError" in line
        assert "test_logs.py" in line
        assert NAME not in line
        assert TOKEN not in line


def test_causes_and_groups_are_told_the_same_way() -> None:
    cause = KeyError(NAME)
    error = RuntimeError(TOKEN)
    error.__cause__ = cause
    group = ExceptionGroup(NAME, [error])
    for line in rendered(caught(group)) + rendered(caught(error)):
        assert NAME not in line
        assert TOKEN not in line
    assert "KeyError" in rendered(caught(error))[0]


def test_a_token_is_blotted_out_of_our_own_lines_too() -> None:
    record = logging.LogRecord(
        "bot.x", 30, "x.py", 1, "to %s", (f"https://api.telegram.org/bot{TOKEN}/getMe",), None
    )
    for line in rendered(record):
        assert TOKEN not in line
        assert "<token>" in line


def test_of_other_libraries_only_the_template_is_told() -> None:
    record = logging.LogRecord("aiohttp.x", 40, "x.py", 1, "Error from %s\nmore", (NAME,), None)
    for line in rendered(record):
        assert "Error from %s" in line
        assert NAME not in line
        assert "more" not in line


def test_json_lines_are_json() -> None:
    line = orjson.loads(rendered(caught(ValueError("x")))[1])
    assert line["message"] == "update 7"
    assert line["error"] == "ValueError"


@pytest.mark.parametrize(
    "trouble",
    [
        f"raise ValueError({NAME!r})",
        f"import threading as t; t.Thread(target=lambda: {{}}[{NAME!r}]).start()",
        f"import asyncio\nasync def f(): raise ValueError({NAME!r})\n"
        "async def g(): t = asyncio.ensure_future(f()); await asyncio.sleep(0.01); del t\n"
        "asyncio.run(g()); import gc; gc.collect()",
        f"import warnings; warnings.warn({NAME!r})",
    ],
)
def test_what_nobody_catches_is_told_without_its_message(trouble: str) -> None:
    code = f"from bot import logs; logs.configure()\n{trouble}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr
    assert NAME not in done.stderr + done.stdout


async def test_a_task_nobody_awaits_is_told_without_its_message(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fails() -> None:
        raise ValueError(NAME)

    task = asyncio.ensure_future(fails())
    await asyncio.sleep(0.01)
    asyncio.get_running_loop().call_exception_handler(
        {"message": f"Task exception\n{NAME}", "exception": task.exception(), "task": task}
    )
    assert caplog.records
    for record in caplog.records:
        for line in rendered(record):
            assert NAME not in line
