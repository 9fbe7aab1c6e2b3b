"""`python -m bot form FILE [--json]`, `form --template FILE`: checks a questionnaire's file.

FILE is an XLSForm workbook (.xlsx) or a definition in TOML as they stand in surveys/data.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.commands.common import FAILED, OK, say
from bot.forms.files import read_form
from bot.forms.template import template
from bot.texts import commands, forms
from bot.texts import xlsform as words
from roadmap.refusals import Refused
from surveys.loading import load_file
from surveys.questionnaire import Calculate, Note, Questionnaire


def run(argv: Sequence[str]) -> int:
    """Print what is wrong with a questionnaire, or that nothing is. Returns 0 or 1."""
    parser = argparse.ArgumentParser(
        prog="python -m bot form", description=commands.COMMANDS["form"]
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--template", action="store_true")
    options = parser.parse_args(argv)
    if options.template:
        options.file.write_bytes(template())
        say(words.TEMPLATE_WRITTEN.format(path=options.file))
        return OK
    if not options.file.is_file():
        return _refuse(commands.no_such_file(options.file))
    read = _from_toml if options.file.suffix.lower() == ".toml" else _from_workbook
    questionnaire, said = read(options.file)
    if questionnaire is None:
        return _refuse(said)
    if options.json:
        say(questionnaire.to_json())
        return OK
    questions = sum(not isinstance(item, Note | Calculate) for item in questionnaire.items)
    say(words.READY.format(title=questionnaire.title, questions=questions))
    if said:
        say(said)
    return OK


def _from_workbook(path: Path) -> tuple[Questionnaire | None, str]:
    try:
        form = read_form(path.read_bytes(), path.name)
    except Refused as refusal:
        return None, words.refusal(refusal)
    if form.questionnaire is None:
        count = words.WITH_FAULTS.format(count=len(form.faults))
        return None, "\n".join([count, *words.bulleted(form.faults)])
    return form.questionnaire, "\n".join(form.warnings)


def _from_toml(path: Path) -> tuple[Questionnaire | None, str]:
    questionnaire, found = load_file(path)
    if found:
        count = words.WITH_FAULTS.format(count=len(found))
        return None, f"{count}\n{forms.faults(found)}"
    return questionnaire, ""


def _refuse(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return FAILED
