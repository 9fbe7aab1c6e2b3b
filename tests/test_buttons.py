"""Buttons as a phone shows them: short enough to be read whole, alone and beside another."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[1]
ALONE, ROW = 30, 32
"""Letters of a label that is alone in its row; of all labels of a row together."""
AS_CONSENTED = {"Отозвать согласие и удалить мои данные"}
"""Labels that the text of the consent names: they change with its next version only."""


def sources() -> Iterator[tuple[Path, ast.Module, ModuleType]]:
    """Every module that builds buttons."""
    for path in sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")]):
        text = path.read_text(encoding="utf-8")
        if "button(" in text:
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield path, ast.parse(text), importlib.import_module(name)


def label(node: ast.AST, module: ModuleType) -> str:
    """The words of `button(words.NAME, …)`; '' if only the running bot knows them."""
    match node:
        case ast.Call(
            func=ast.Name(id="button"),
            args=[ast.Attribute(value=ast.Name(id=words), attr=name), *_],
        ):
            said = getattr(getattr(module, words, None), name, "")
            return said if isinstance(said, str) else ""
    return ""


LABELS = [
    (f"{path.relative_to(ROOT)}:{node.lineno}", said)
    for path, tree, module in sources()
    for node in ast.walk(tree)
    if isinstance(node, ast.Call) and (said := label(node, module))
]


def test_labels_are_found() -> None:
    assert len(LABELS) > 300


def test_a_label_alone_fits_a_phone() -> None:
    long = [
        f"{place} {said}"
        for place, said in LABELS
        if len(said) > ALONE and said not in AS_CONSENTED
    ]
    assert long == []


def test_labels_side_by_side_fit_a_phone() -> None:
    long = []
    for path, tree, module in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "keyboard":
                for row in node.args:
                    if isinstance(row, ast.List) and len(row.elts) > 1:
                        said = [label(each, module) for each in row.elts]
                        if any(len(each) > ROW // len(said) for each in said):
                            long.append(f"{path.relative_to(ROOT)}:{row.lineno} {said}")
    assert long == []


def test_a_label_ends_without_a_full_stop_and_begins_with_a_capital() -> None:
    odd = [f"{place} {said}" for place, said in LABELS if said.endswith(".") or said[:1].islower()]
    assert odd == []
