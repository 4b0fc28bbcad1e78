"""From what a member has (files, folders, zips, standard input) to a note with its images and a report."""

from kb.intake.bring import bring
from kb.intake.brought import Brought
from kb.intake.given import Given
from kb.intake.refused import RefusedError
from kb.intake.report import as_data, report_json, report_text

__all__ = ["Brought", "Given", "RefusedError", "as_data", "bring", "report_json", "report_text"]
