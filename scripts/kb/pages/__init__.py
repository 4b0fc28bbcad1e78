"""From the knowledge base to Markdown pages with front matter."""

from kb.pages.plan import Page, all_pages

__all__ = ["Page", "all_pages"]
