"""The one table of rights: role × action × how wide a scope may be.

What is for everybody about themselves (their questionnaires, /me, /privacy) needs no row here.
A handler names its action with `bot.filters.May`; nothing else in the code asks for a role.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from storage.people.people import Person, Role
from storage.scopes import REGION, Scope, ScopeKind


class Action(StrEnum):
    """What staff do to others or with others' data."""

    SEE_PEOPLE = "see-people"
    INVITE = "invite"  # organisers, experts, trainees
    INVITE_COORDINATORS = "invite-coordinators"
    REMOVE_ROLES = "remove-roles"
    MANAGE_NETWORKS = "manage-networks"
    MAKE_FORMS = "make-forms"  # send questionnaires as workbooks, try them, publish them
    OPEN_CAMPAIGNS = "open-campaigns"  # open, close and extend questionnaires for others
    SEE_PROGRESS = "see-progress"  # response rates and who has not answered
    NUDGE = "nudge"
    REPORT = "report"  # spreadsheets
    REGION_REPORT = "region-report"  # the workbook by municipalities
    DIGEST = "digest"  # of one's own week
    BROADCAST = "broadcast"  # notices
    APPROVE_NOTICES = "approve-notices"  # somebody else's, to very many
    IMPORT_ROADMAPS = "import-roadmaps"
    MANAGE_EVENTS = "manage-events"  # name days, move, cancel, mark who came
    RUN_SCREENING = "run-screening"  # contacts and headcounts
    LOAD_WORDING = "load-wording"  # the statements that everybody is asked
    LOAD_REGISTER = "load-register"  # who is expected: load, hand out links, settle doubts
    TIDY_ORGANISATIONS = "tidy-organisations"  # rename, merge
    RELINK = "relink"  # give somebody's row to their new account
    SEE_AUDIT = "see-audit"
    SEE_STATUS = "see-status"  # how the bot runs
    SET_TASKS = "set-tasks"  # give tasks out, extend, see who has not handed in, reports
    REVIEW = "review"  # judge what trainees hand in


_ANY = frozenset(ScopeKind)
_REGION = frozenset({ScopeKind.REGION})
_TERRITORY = _ANY - {ScopeKind.ORGANISATION}
"""What touches whole municipalities: a school's coordinator has no say in it."""
_ADMIN: Final = {Role.ADMIN: _REGION}
_COORDINATOR: Final = {**_ADMIN, Role.COORDINATOR: _ANY}

RIGHTS: Final[dict[Action, dict[Role, frozenset[ScopeKind]]]] = {
    Action.SEE_PEOPLE: {**_COORDINATOR, Role.ORGANISER: _ANY},
    Action.INVITE: _COORDINATOR,
    Action.INVITE_COORDINATORS: _ADMIN,
    Action.REMOVE_ROLES: _ADMIN,
    Action.MANAGE_NETWORKS: _ADMIN,
    Action.MAKE_FORMS: _COORDINATOR,
    Action.OPEN_CAMPAIGNS: _COORDINATOR,
    Action.SEE_PROGRESS: _COORDINATOR,
    Action.NUDGE: _COORDINATOR,
    Action.REPORT: _COORDINATOR,
    Action.REGION_REPORT: {**_ADMIN, Role.COORDINATOR: _TERRITORY},
    Action.DIGEST: {**_COORDINATOR, Role.ORGANISER: _ANY, Role.TRAINEE: _ANY},
    Action.BROADCAST: {**_COORDINATOR, Role.ORGANISER: _ANY},
    Action.APPROVE_NOTICES: _COORDINATOR,
    Action.IMPORT_ROADMAPS: _COORDINATOR,
    Action.MANAGE_EVENTS: {**_COORDINATOR, Role.ORGANISER: _ANY},
    Action.RUN_SCREENING: {**_ADMIN, Role.COORDINATOR: _TERRITORY},
    Action.LOAD_WORDING: {**_ADMIN, Role.COORDINATOR: _REGION},
    Action.LOAD_REGISTER: {**_ADMIN, Role.COORDINATOR: _TERRITORY},
    Action.TIDY_ORGANISATIONS: {**_ADMIN, Role.COORDINATOR: _TERRITORY},
    Action.RELINK: _COORDINATOR,
    Action.SEE_AUDIT: _ADMIN,
    Action.SEE_STATUS: _ADMIN,
    Action.SET_TASKS: _COORDINATOR,
    Action.REVIEW: {**_COORDINATOR, Role.EXPERT: _ANY},
}


def scopes_for(
    person: Person | None, action: Action, admin_ids: Collection[int]
) -> tuple[Scope, ...]:
    """Where this person may do this; () is nowhere. The widest scope stands alone."""
    if person is None or not person.registered:
        return ()
    roles = RIGHTS[action]
    found = [
        grant.scope for grant in person.grants if grant.scope.kind in roles.get(grant.role, ())
    ]
    if person.telegram_id in admin_ids and Role.ADMIN in roles:
        found.append(REGION)
    return (REGION,) if REGION in found else tuple(sorted(set(found)))


def may_give(person: Person | None, role: Role, admin_ids: Collection[int]) -> tuple[Scope, ...]:
    """Where this person may give somebody the role."""
    coordinators = role is Role.COORDINATOR
    action = Action.INVITE_COORDINATORS if coordinators else Action.INVITE
    return scopes_for(person, action, admin_ids)


def roles_of(person: Person, admin_ids: Collection[int]) -> frozenset[Role]:
    """Every role of the person, admin included."""
    admin = {Role.ADMIN} if person.telegram_id in admin_ids else set[Role]()
    return person.roles | admin


def invitable(person: Person | None, admin_ids: Collection[int]) -> tuple[Role, ...]:
    """The roles this person may give by invitation."""
    roles: list[Role] = []
    if scopes_for(person, Action.INVITE_COORDINATORS, admin_ids):
        roles.append(Role.COORDINATOR)
    if scopes_for(person, Action.INVITE, admin_ids):
        roles += [Role.ORGANISER, Role.EXPERT, Role.TRAINEE]
    return tuple(roles)
