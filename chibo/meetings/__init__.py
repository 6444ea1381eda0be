"""The calendar, the sheet, the closing, the minutes, and the tasks given."""
