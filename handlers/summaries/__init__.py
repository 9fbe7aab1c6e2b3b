"""The digest of the week, the workbook of the region, indicators by hand."""
