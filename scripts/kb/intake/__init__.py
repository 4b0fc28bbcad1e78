"""From what a member has (files, folders, zips, standard input) to a note with its images and a report."""

from kb.intake.bring import bring
from kb.intake.given import Given, RefusedError
from kb.intake.report import Brought, report_json, report_text

__all__ = ["Brought", "Given", "RefusedError", "bring", "report_json", "report_text"]
