"""An update arrives: one module per situation of a person.

A handler parses, makes one storage call and shows one screen. No SQL, no arithmetic, no text.
"""

from aiogram import Router

from handlers import (
    addressing_events,
    answering,
    answering_back,
    answering_files,
    arriving,
    auditing,
    broadcasting,
    campaigns,
    checking_in,  # noqa: F401 - enters its link
    digests,
    entrusting,
    events,
    finding_people,
    giving_out,
    group_journals,
    group_members,
    groups,
    importing_roadmaps,
    inviting,
    journal,
    journals,
    judging,
    listing_invitations,
    loading_networks,
    looking_ahead,
    making_events,
    making_forms,
    managing_events,
    managing_networks,
    managing_screening,
    marking_attendance,
    me,
    membership,
    menus,
    my_messages,
    my_surveys,
    my_tasks,
    naming_meetings,
    not_handed_in,
    notices,
    opening,
    own_times,
    privacy,
    programmes,
    region_reports,
    registering,
    relinking,
    reporting,
    reviewing,
    screening,
    screening_codes,
    settings,
    submitting,
    task_files,
    tasks,
    tidying_organisations,
    trainee_groups,
    unknown,
    watching,
    writing_notices,
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
        making_forms.router,  # a workbook with a survey sheet; any other may be a roadmap
        importing_roadmaps.router,
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
        digests.router,
        broadcasting.router,
        writing_notices.router,
        notices.router,
        me.router,
        finding_people.router,
        inviting.router,
        listing_invitations.router,
        managing_networks.router,
        loading_networks.router,
        registering.router,
        relinking.router,
        tidying_organisations.router,
        auditing.router,
        watching.router,
        answering.router,
        unknown.router,
    )
