"""An update arrives: one module per situation of a person.

A handler parses, makes one storage call and shows one screen. No SQL, no arithmetic, no text.
"""

from aiogram import Router

from handlers import groups, membership, menus, unknown
from handlers.answering import answering, answering_files, my_surveys
from handlers.arriving import arriving, me, own_times, privacy, settings
from handlers.campaigns import campaigns, opening, reporting
from handlers.events import (
    addressing_events,
    checking_in,  # noqa: F401 - enters its link
    events,
    importing_roadmaps,
    looking_ahead,
    looking_over_roadmaps,
    making_events,
    managing_events,
    marking_attendance,
    naming_meetings,
)
from handlers.forms import making_forms, receiving_forms
from handlers.notices import (
    broadcasting,
    changing_notices,
    deciding_notices,
    my_messages,
    notices,
    writing_notices,
)
from handlers.operations import auditing, watching
from handlers.people import (
    finding_people,
    handing_out_links,
    inviting,
    listing_invitations,
    loading_networks,
    managing_networks,
    naming_networks,
    registering,
    relinking,
    settling_doubts,
    tidying_organisations,
)
from handlers.screening import managing_screening, screening, screening_codes
from handlers.summaries import digests, entering_indicators, region_reports
from handlers.tasks import (
    answering_back,
    entrusting,
    giving_out,
    group_journals,
    group_members,
    journal,
    journals,
    judging,
    loading_groups,
    my_tasks,
    not_handed_in,
    programmes,
    reviewing,
    submitting,
    task_files,
    tasks,
    trainee_groups,
)


def routers() -> tuple[Router, ...]:
    """Every router, in the order in which an update is offered to them.

    1. A group chat: the bot talks in private only, so nothing below ever sees a group.
    2. /privacy and erasing: for everybody at any time.
    3. Whoever is not registered (or must agree to a new consent text): led on, whatever they send.
       Handlers below may therefore ask for `person: Person`.
    4. Commands and buttons, each with its own filter: their order does not matter.
    5. Half-filled forms (FSM states), which take any text but no command.
    6. What somebody types while answering a questionnaire.
    7. Unknown input, last: never silence.
    """
    return (
        groups.router,
        membership.router,
        privacy.router,
        arriving.router,
        menus.router,
        my_surveys.router,
        my_messages.router,
        events.router,
        answering_files.router,  # whoever is asked for a file sends an answer, whatever file it is
        making_forms.router,
        receiving_forms.router,  # a workbook with a survey sheet; any other may be a roadmap
        importing_roadmaps.router,
        looking_over_roadmaps.router,
        managing_events.router,
        naming_meetings.router,
        making_events.router,
        addressing_events.router,
        marking_attendance.router,
        settings.router,
        own_times.router,
        looking_ahead.router,
        my_tasks.router,
        submitting.router,
        reviewing.router,
        judging.router,
        answering_back.router,
        tasks.router,
        not_handed_in.router,
        entrusting.router,
        task_files.router,
        giving_out.router,
        trainee_groups.router,
        loading_groups.router,
        group_members.router,
        programmes.router,
        group_journals.router,
        journal.router,
        journals.router,
        screening.router,
        screening_codes.router,
        managing_screening.router,
        campaigns.router,
        opening.router,
        reporting.router,
        region_reports.router,
        entering_indicators.router,
        digests.router,
        broadcasting.router,
        writing_notices.router,
        notices.router,
        changing_notices.router,
        deciding_notices.router,
        me.router,
        finding_people.router,
        inviting.router,
        listing_invitations.router,
        managing_networks.router,
        naming_networks.router,
        loading_networks.router,
        registering.router,
        handing_out_links.router,
        settling_doubts.router,
        relinking.router,
        tidying_organisations.router,
        auditing.router,
        watching.router,
        answering.router,
        unknown.router,
    )
