"""Opening a questionnaire for people, following it, its spreadsheet."""
