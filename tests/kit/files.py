"""What is written in a file that the bot sent."""

import html
import io
import zipfile


def unpacked(content: bytes) -> str:
    """The parts of a workbook or an archive with their names; the bytes of anything else.

    Some writers of workbooks spell Russian as numbers (&#1050;): read as the letters they are.
    """
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name).decode(errors="replace") for name in archive.namelist()]
        return html.unescape(" ".join([*archive.namelist(), *parts]))
