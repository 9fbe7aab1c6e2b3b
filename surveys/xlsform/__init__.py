"""XLSForm: the form standard of ODK, KoboToolbox and Ona, read into our questionnaires.

`load(bytes)` gives a questionnaire or every fault with its sheet, row and column. The standard is
described at https://xlsform.org; pyxform, its reference implementation, has the last word on
whether a workbook is an XLSForm at all.
"""

from surveys.xlsform.faults import Fault, FaultCode, Warn, WarnCode
from surveys.xlsform.loading import Form, load

__all__ = ["Fault", "FaultCode", "Form", "Warn", "WarnCode", "load"]
