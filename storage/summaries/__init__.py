"""What the weekly digest and the workbook of the region are made of."""
