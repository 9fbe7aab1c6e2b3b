"""The only SQL: one writer, migrations, files of submissions, backups."""
