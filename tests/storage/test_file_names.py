"""Evil names and polyglots: what is shown and sent is safe, and looks are not believed."""

import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.files import names as file_names
from storage.files.types import FileType, Harm, look_at
from tests.kit.tasks import PDF, PNG, office

EVIL = (
    *("../../etc/passwd", "..\\..\\windows\\system32\\cmd.exe", "/etc/shadow", "C:\\boot.ini"),
    *("CON", "con.txt", "NUL.pdf", "COM1.docx", "LPT9", "AUX.tar.gz", "prn"),
    *("\u202efdp.exe", "a\u200bb\u2060c.pdf", "\u2066x\u2069.docx", "пл\u00adан.doc"),
    *("", " ", ".", "..", "...", ".pdf", ". .", " .docx ", "-rf", "--help.pdf", "~$lock.docx"),
    *("a\x00b.pdf", "a\nb\r.pdf", "\ttab.pdf", "\x1b[31mred.pdf", "\x7f.pdf"),
    *("<script>.pdf", 'a"b|c?d*e:f.pdf', "&lt;b&gt;.pdf", "{0}.pdf", "%s%n.pdf", "$(id).pdf"),
    *("`id`.pdf", "; rm -rf /.pdf", "'; DROP TABLE tasks;--.pdf", "=HYPERLINK(1).xlsx"),
    *("я" * 500 + ".docx", "x" * 5000, "a" * 100 + "." + "b" * 100, "e\u0301.pdf", "\ud800.pdf"),
    *("план.pdf.exe", "план.docx.pdf.docx", "Задание 4.1.docx", "🙂.pdf", "имя.ПДФ"),
)


def safe(name: str) -> None:
    assert name
    assert not set('/\\:*?"<>|') & set(name)
    assert name.isprintable()
    assert not any("\u2028" <= one <= "\u202e" or "\u2066" <= one <= "\u2069" for one in name)
    assert name.strip(" ") == name
    assert name[0] not in ".-~"
    assert name[-1] != "."
    assert len(name.encode()) <= 255
    stem = name.partition(".")[0].upper()
    assert stem not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}


@pytest.mark.parametrize("name", EVIL, ids=range(len(EVIL)))
def test_an_evil_name_becomes_a_safe_one_with_the_ending_of_its_content(name: str) -> None:
    made = file_names.clean(name, "pdf", fallback="документ")
    safe(made)
    assert made.endswith(".pdf")
    assert ".exe" not in made


def test_there_are_fifty_of_them() -> None:
    assert len(set(EVIL)) >= 50


@given(st.text(max_size=300))
def test_any_name_becomes_a_safe_one(name: str) -> None:
    safe(file_names.clean(name, "docx", fallback="документ"))


def test_the_number_of_a_task_is_no_ending() -> None:
    assert file_names.clean("Задание 4.1.docx", "docx", fallback="x") == "Задание 4.1.docx"


@given(st.lists(st.sampled_from(["a.pdf", "A.pdf", "b.pdf", "a (2).pdf"]), max_size=12))
def test_no_two_names_of_an_archive_are_the_same_whatever_their_case(names: list[str]) -> None:
    taken: set[str] = set()
    made = [file_names.unique(name, taken) for name in names]
    assert len({one.casefold() for one in made}) == len(made)


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return made.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OPEN_TEXT = zipped(mimetype=b"application/vnd.oasis.opendocument.text", content_xml=b"<x/>")


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.docx", office(), (FileType.WORD, "docx")),
        ("a.exe.pdf", PDF, (FileType.PDF, "pdf")),
        ("a.docx", PDF, (FileType.PDF, "pdf")),
        ("a.pptx", office("ppt"), (FileType.SLIDES, "pptx")),
        ("a.xlsx", office("xl"), (FileType.SHEET, "xlsx")),
        ("a.odt", OPEN_TEXT, (FileType.WORD, "odt")),
        ("a.png", PNG, (FileType.IMAGE, "png")),
        ("a.txt", "Привет".encode(), (FileType.PLAIN, "txt")),
        ("a.txt", "Привет".encode("cp1251"), (FileType.PLAIN, "txt")),
        ("a.rtf", b"{\\rtf1 hello}", (FileType.WORD, "rtf")),
        ("a.zip", zipped(a_txt=b"1"), (FileType.ARCHIVE, "zip")),
        ("a.pdf", b"MZ\x90\x00" + bytes(60), Harm.PROGRAM),
        ("a.pdf", b"\x7fELF" + bytes(60), Harm.PROGRAM),
        ("a.txt", b"#!/bin/sh\nid\n", Harm.PROGRAM),
        ("a.txt", b"\xca\xfe\xba\xbe" + bytes(60), Harm.PROGRAM),
        ("a.doc", b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(60), Harm.PROGRAM),
        ("a.docx", office(macros=True), Harm.MACROS),
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"),
            Harm.MACROS,
        ),
        ("a.zip", zipped(run_exe=b"MZ"), Harm.PROGRAM),
        ("a.zip", zipped(**{"META-INF__MANIFEST_MF": b"x"}), Harm.PROGRAM),
        ("a.png", PNG + office(), Harm.TWO_IN_ONE),
        ("a.pdf", PDF + office(), Harm.TWO_IN_ONE),
        ("a.gif", b"GIF89a" + bytes(20) + PDF, Harm.TWO_IN_ONE),
        ("a.pdf", b"  <!DOCTYPE html><p>", Harm.WEB_PAGE),
        ("a.svg", b"<svg xmlns='x' onload='1'>", Harm.WEB_PAGE),
        ("a.docx", b"PK\x03\x04broken", Harm.BROKEN),
        ("a.docx", b"\x01\x02\x03\x00" * 20, Harm.BROKEN),
    ],
)
def test_a_file_is_what_its_content_says(
    tmp_path: Path, name: str, content: bytes, found: object
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert look_at(path, name) == found


@given(st.binary(min_size=1, max_size=400), st.sampled_from(["a.pdf", "a.docx", "a", "a.zip"]))
def test_no_content_makes_looking_at_it_fail(content: bytes, name: str) -> None:
    for head in (b"", b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file"
            path.write_bytes(head + content)
            assert look_at(path, name)
