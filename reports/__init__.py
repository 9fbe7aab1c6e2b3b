"""What a summary says, free of any format, and its printers: workbook, chart, digest text."""
