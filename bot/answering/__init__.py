"""A questionnaire as its respondent sees it."""
