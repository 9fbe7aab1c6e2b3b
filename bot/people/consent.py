"""The text people agree to; a version is never changed, a new one gets a new file.

The same file stands in `docs/consent/` for whoever reviews it (a test compares them).
"""

from functools import cache
from importlib.resources import files
from typing import Final

CURRENT: Final = "ru-1"
"""The version asked for now. Whoever agreed to another one is asked again."""


@cache
def text(version: str = CURRENT) -> str:
    """The whole text as HTML for a chat: headings bold, at most 4096 characters."""
    source = files("bot").joinpath("data", "consent", f"{version}.md").read_text(encoding="utf-8")
    lines = [
        f"<b>{line.lstrip('# ')}</b>" if line.startswith("#") else line
        for line in source.strip().splitlines()
    ]
    return "\n".join(lines)
