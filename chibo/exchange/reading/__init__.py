"""A workbook as it came: looked at as bytes, opened in a child, handed on as plain cells."""
