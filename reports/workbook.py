"""Prints a report as an Excel workbook."""

from pathlib import Path

from reports.report import Report


def write(report: Report, path: Path) -> None:
    """Writes `report` to `path` (.xlsx), replacing a file that is there.

    Data sheets are streamed: memory does not grow with the number of records. Takes seconds for
    large reports, so call it outside the event loop (a thread will do).
    """
    raise NotImplementedError
