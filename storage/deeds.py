"""What staff do to others or with others' data: the kinds of rows in the audit log."""

from enum import StrEnum


class Deed(StrEnum):
    """What was done; `bot/texts/audit.py` words each."""

    ROLE_GIVEN = "role-given"
    ROLE_TAKEN = "role-taken"
    INVITATION_MADE = "invitation-made"
    INVITATION_ENDED = "invitation-ended"
    NETWORK_MADE = "network-made"
    NETWORK_LEADER = "network-leader"
    NETWORK_MEMBERS = "network-members"
    NETWORK_CHANGED = "network-changed"
    NETWORK_DISSOLVED = "network-dissolved"
    GROUP_MADE = "group-made"
    GROUP_RENAMED = "group-renamed"
    GROUP_MEMBERS = "group-members"
    GROUP_DISSOLVED = "group-dissolved"
    FORM_PUBLISHED = "form-published"
    FORM_HIDDEN = "form-hidden"
    CAMPAIGN_OPENED = "campaign-opened"
    CAMPAIGN_CLOSED = "campaign-closed"
    CAMPAIGN_PROLONGED = "campaign-prolonged"
    CAMPAIGN_REPEATED = "campaign-repeated"
    NUDGED = "nudged"
    NOTICE_CONFIRMED = "notice-confirmed"
    NOTICE_DECIDED = "notice-decided"
    NOTICE_CANCELLED = "notice-cancelled"
    NOTICE_CORRECTED = "notice-corrected"
    NOTICE_WITHDRAWN = "notice-withdrawn"
    EXPORTED = "exported"
    ACCOUNT_EXPORTED = "account-exported"  # of a notice: to whom it came, by name
    REGION_EXPORTED = "region-exported"
    SERVER_EXPORTED = "server-exported"  # `python -m bot export`: everything, by name
    SERVER_COPIED = "server-copied"  # `python -m bot backup`: the database itself
    WORKS_EXPORTED = "works-exported"  # works, journals and workbooks of trainees
    GROUP_LOADED = "group-loaded"  # by a table
    GROUPS_EXPORTED = "groups-exported"
    GROUP_HEAD = "group-head"
    ROADMAP_LOADED = "roadmap-loaded"
    EVENT_MADE = "event-made"
    EVENT_CHANGED = "event-changed"  # its day, hour, place, places
    EVENT_CANCELLED = "event-cancelled"
    EVENT_TAKEN_OVER = "event-taken-over"
    ATTENDANCE_MARKED = "attendance-marked"
    ATTENDANCE_UNMARKED = "attendance-unmarked"
    INDICATORS_ENTERED = "indicators-entered"
    TASK_GIVEN = "task-given"
    TASK_MOVED = "task-moved"
    TASK_EXTENDED = "task-extended"
    TASK_WITHDRAWN = "task-withdrawn"
    TASK_ENTRUSTED = "task-entrusted"
    WORK_OPENED = "work-opened"
    WORK_JUDGED = "work-judged"
    WORK_UNJUDGED = "work-unjudged"  # the verdict was taken back
    PERSON_OPENED = "person-opened"  # somebody's card
    JOURNAL_OPENED = "journal-opened"  # a trainee's
    REGISTER_LOADED = "register-loaded"
    REGISTER_LINKS = "register-links"  # personal links, with names, left the bot as a file
    REGISTER_MATCHED = "register-matched"
    RELINK_CODE = "relink-code"
    RELINKED = "relinked"
    ORGANISATION_RENAMED = "organisation-renamed"
    ORGANISATIONS_MERGED = "organisations-merged"
    SCREENING_WORDING = "screening-wording"
    SCREENING_HEADCOUNTS = "screening-headcounts"
    SCREENING_CONTACTS = "screening-contacts"
    SCREENING_HELPLINE = "screening-helpline"
    ERASED = "erased"  # by staff, at the command line; whoever erases themselves is not staff


VIEWS = frozenset({Deed.WORK_OPENED, Deed.PERSON_OPENED, Deed.JOURNAL_OPENED})
"""Somebody's own things were looked at; nothing changed and nothing left the bot."""
EXPORTS = frozenset(
    {
        Deed.EXPORTED,
        Deed.ACCOUNT_EXPORTED,
        Deed.REGION_EXPORTED,
        Deed.SERVER_EXPORTED,
        Deed.SERVER_COPIED,
        Deed.WORKS_EXPORTED,
        Deed.GROUPS_EXPORTED,
        Deed.REGISTER_LINKS,
    }
)
"""Files that left the bot."""


class Kind(StrEnum):
    """Which rows are shown."""

    ALL = "all"
    CHANGES = "changes"  # whatever is neither of the following
    EXPORTS = "exports"
    VIEWS = "views"
