"""Staff open a questionnaire for people, follow it and take its spreadsheet."""
