"""The template workbook: a small questionnaire that shows each thing once, and how to change it."""

from bot.texts import xlsform as words
from reports.xlsform import Instructions, workbook
from surveys.questionnaire import (
    Anonymity,
    Choice,
    Group,
    Integer,
    Measure,
    Questionnaire,
    Range,
    SelectMultiple,
    SelectOne,
    Text,
    Upload,
)


def template() -> bytes:
    """The .xlsx file that coordinators start from; it loads as it is."""
    return workbook(example(), Instructions(words.INSTRUCTIONS_SHEET, words.INSTRUCTIONS))


def example() -> Questionnaire:
    """The questionnaire of the template."""
    group = "seminar"
    return Questionnaire(
        id=words.TEMPLATE_ID,
        version=1,
        title=words.TEMPLATE_TITLE,
        about=words.TEMPLATE_ABOUT,
        thanks=words.TEMPLATE_THANKS,
        anonymity=Anonymity.NAMED,
        groups=(Group(name=group, label=words.TEMPLATE_GROUP, relevant="${came} = 'yes'"),),
        items=(
            SelectOne(
                name="came",
                label=words.TEMPLATE_CAME,
                required=True,
                choices=(
                    Choice(name="yes", label=words.TEMPLATE_YES),
                    Choice(name="no", label=words.TEMPLATE_NO),
                ),
            ),
            Range(
                name="liked",
                label=words.TEMPLATE_LIKED,
                group=group,
                required=True,
                start=1,
                end=5,
                start_label=words.TEMPLATE_LOW,
                end_label=words.TEMPLATE_HIGH,
                measure=Measure.SATISFACTION,
            ),
            SelectMultiple(
                name="why",
                label=words.TEMPLATE_WHY,
                hint=words.TEMPLATE_WHY_HINT,
                group=group,
                or_other=True,
                choices=tuple(Choice(name=name, label=text) for name, text in words.TEMPLATE_WHYS),
            ),
            Upload(
                type="image",
                name="photo",
                label=words.TEMPLATE_PHOTO,
                hint=words.TEMPLATE_PHOTO_HINT,
                group=group,
            ),
            Integer(
                name="hours",
                label=words.TEMPLATE_HOURS,
                constraint=". >= 0 and . <= 200",
                constraint_message=words.TEMPLATE_HOURS_FAULT,
            ),
            Text(name="more", label=words.TEMPLATE_MORE, hint=words.TEMPLATE_MORE_HINT),
        ),
    )
