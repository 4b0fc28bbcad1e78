"""What a change does to the site: pages, links between weeks, people, papers and tags."""

from kb.diff.compare import compare
from kb.diff.formats import FORMATS
from kb.diff.model import Difference

__all__ = ["FORMATS", "Difference", "compare"]
