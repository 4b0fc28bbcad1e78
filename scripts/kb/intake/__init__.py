"""From what a member has (files, folders, zips, standard input) to a note with its images and a report."""

from kb.intake.bring import bring
from kb.intake.given import Given, RefusedError
from kb.intake.report import Brought, report_json, report_text
from kb.intake.shape import WAYS

__all__ = ["WAYS", "Brought", "Given", "RefusedError", "bring", "report_json", "report_text"]
