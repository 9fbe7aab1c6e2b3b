"""Case tasks: trainees hand in, reviewers judge, coordinators give out."""
