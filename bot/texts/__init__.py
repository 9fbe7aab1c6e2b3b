"""Every sentence a person can read, in Russian: the only place for them beside `surveys/data`."""
