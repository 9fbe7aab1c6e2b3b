"""The child that reads a questionnaire's workbook; see `roadmap.guarding.answer_of`.

Bytes of the file come on stdin, the id for a form without one as the only argument. Faults and
warnings leave as sentences: their codes need not travel.
"""

import json

from roadmap.confined import answered
from roadmap.packages import Kind, inspect
from roadmap.refusals import RefusalCode, Refused


def understood(data: bytes, fallback_id: str) -> str:
    """The answer about a questionnaire's workbook, as JSON. Raises `Refused`."""
    if inspect(data) is not Kind.XLSX:
        raise Refused(RefusalCode.WRONG_TYPE)
    # Each import waits until it is needed: a refusal costs little more than a bare interpreter.
    from bot.texts import xlsform as words  # noqa: PLC0415
    from surveys.advice import advice  # noqa: PLC0415
    from surveys.xlsform import load  # noqa: PLC0415

    form = load(data, fallback_id=fallback_id, ok_label=words.OK_LABEL)
    questionnaire = form.questionnaire
    warnings = [words.warning(each) for each in form.warnings]
    if questionnaire is not None:
        warnings += [words.advised(each) for each in advice(questionnaire)]
        if questionnaire.about == words.TEMPLATE_ABOUT:
            warnings.append(words.LEFT_OF_TEMPLATE)
    return json.dumps(
        {
            "questionnaire": None if questionnaire is None else questionnaire.to_json(),
            "faults": [words.fault(each) for each in form.faults],
            "warnings": warnings,
        }
    )


if __name__ == "__main__":
    answered(understood)
