"""Notion's Markdown & CSV export: one page of it, and a page alone as a session.

What the exporter writes is told, with the names of the blocks, in Notion's help
(https://www.notion.com/help/export-your-content); the rest was seen in exports of several years.
"""

from kb.read.notion.page import looks_notion, read_notion_page
from kb.read.notion.session import read_notion, session_of_page

__all__ = ["looks_notion", "read_notion", "read_notion_page", "session_of_page"]
