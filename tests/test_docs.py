"""The documents agree with the code they describe."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.texts import commands

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("command", sorted(commands.COMMANDS))
def test_every_command_stands_in_the_readme(command: str) -> None:
    assert re.search(rf"`{command}[ `]", README)


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_stands_in_the_readme_and_the_example(name: str) -> None:
    assert f"`{name.upper()}`" in README
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert re.search(rf"(?m)^(# )?{name.upper()}=", example)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_no_link_between_documents_is_broken(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#\s]+)", text)
    broken = [
        target
        for target in targets
        if "://" not in target and not (document.parent / target).exists()
    ]
    assert broken == []
