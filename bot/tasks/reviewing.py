"""Who the reviewer at hand is, as the store asks it."""

from bot.rights import Action, scopes_for
from bot.situation import Situation
from storage.people.people import Person
from storage.scopes import Scope
from storage.tasks.reviewers import Reviewer


def reviewer_of(situation: Situation, scopes: tuple[Scope, ...]) -> Reviewer:
    """Whoever is here, with these scopes of `Action.REVIEW`; who gives tasks out sees all works."""
    leads = scopes_for(situation.person, Action.SET_TASKS, situation.admin_ids)
    return Reviewer(situation.person.id, scopes, leads)


def entrusted_reviewer(person: Person) -> Reviewer:
    """The same for an expert who is not here; () of scopes, once their role was taken away."""
    return Reviewer(
        person.id,
        scopes_for(person, Action.REVIEW, ()),
        scopes_for(person, Action.SET_TASKS, ()),
    )
