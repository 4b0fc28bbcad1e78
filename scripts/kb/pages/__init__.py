"""From the knowledge base to Markdown pages with front matter."""

from kb.pages.context import Context, Page, Plan
from kb.pages.plan import all_pages, all_plans, own_plans

__all__ = ["Context", "Page", "Plan", "all_pages", "all_plans", "own_plans"]
