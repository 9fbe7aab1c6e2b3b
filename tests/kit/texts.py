"""Every sentence the bot can say, gathered from `bot/texts` for whoever edits them.

`make texts` writes docs/texts.md; tests/test_texts.py holds it to the code.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXTS = ROOT / "bot" / "texts"
DOCUMENT = ROOT / "docs" / "texts.md"
HEAD = """# Все тексты бота

Составлено из кода (`make texts`); правится там же, в `bot/texts`. В фигурных скобках — то, что
подставляется. Тексты анкет — в `surveys/data`, страницы чата — в `sandbox/page`.
"""


def document() -> str:
    """The whole list as Markdown."""
    parts = [HEAD]
    for path in sorted(TEXTS.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        rows = list(sentences(tree))
        if not rows:
            continue
        name = path.relative_to(TEXTS).as_posix()
        title = (ast.get_docstring(tree) or "").splitlines()[0]
        parts.append(f"\n## {name}\n\n{title}\n\n| где | текст |\n|---|---|")
        parts += [f"| `{place}` | {_cell(text)} |" for place, text in rows]
    return "\n".join(parts) + "\n"


def sentences(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(name of the constant or function, text) of every Russian string of a module, in order."""
    for node in tree.body:
        place = _name(node)
        for text in _strings(node):
            if re.search("[А-Яа-яЁё]", text):
                yield place, text


def _name(node: ast.stmt) -> str:
    match node:
        case ast.Assign(targets=[target, *_]):
            return ast.unparse(target)
        case ast.AnnAssign(target=target):
            return ast.unparse(target)
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return name
    return ""


def _strings(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, ast.JoinedStr):
        yield "".join(_piece(part) for part in node.values)
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node.value
    else:
        for child in ast.iter_child_nodes(node):
            yield from _strings(child)


def _piece(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    return "{" + ast.unparse(part.value if isinstance(part, ast.FormattedValue) else part) + "}"


def _cell(text: str) -> str:
    return text.strip().replace("|", "\\|").replace("\n", "<br>")


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
    sys.stdout.write(f"{DOCUMENT.relative_to(ROOT)}\n")
