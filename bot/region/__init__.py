"""The region's workbook: its buttons, its data, its making."""
