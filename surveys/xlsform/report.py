"""Collects faults and warnings while a workbook is read, each with its place."""

from surveys.xlsform.cells import number, yes_or_no
from surveys.xlsform.faults import Fault, FaultCode, Warn
from surveys.xlsform.sheets import Row


class Report:
    """What is wrong so far. Reading goes on after a fault, so that all are told at once."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        self.warnings: list[Warn] = []

    def fault(
        self,
        sheet: str,
        row: Row | None,
        column: str | None,
        code: FaultCode,
        /,
        **args: object,
    ) -> None:
        """Note a fault in a row's column (canonical name)."""
        letter = row.letter(column) if row and column else None
        self.faults.append(Fault(sheet, row.number if row else None, letter, code, args))

    def flag(self, sheet: str, row: Row, column: str, text: str | None = None) -> bool:
        """A yes/no cell, or part `text` of one; what says neither is a fault and counts as no."""
        written = row.text(column) if text is None else text
        value = yes_or_no(written)
        if value is None:
            self.fault(sheet, row, column, FaultCode.YES_OR_NO, column=column, value=written)
        return bool(value)

    def number(self, sheet: str, row: Row, column: str) -> float | None:
        """A cell with a number; None where empty, or (with a fault) where it holds none."""
        text = row.text(column)
        value = number(text) if text else None
        if text and value is None:
            self.fault(sheet, row, column, FaultCode.NUMBER, column=column, value=text)
        return value

    def one_of(self, sheet: str, row: Row, column: str, allowed: list[str]) -> str | None:
        """A cell with one of the allowed words; None where empty or (with a fault) another."""
        text = row.text(column).lower()
        if text and text not in allowed:
            self.fault(
                sheet, row, column, FaultCode.SETTING, setting=column, value=text, allowed=allowed
            )
            return None
        return text or None
