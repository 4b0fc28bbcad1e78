"""Notion's "enhanced" Markdown, which its interface for programs and its newer tools give.

One line is one block, children are indented by a tab, and what Markdown has no sign for stands in tags.
The format is told at https://developers.notion.com/guides/data-apis/enhanced-markdown; what else is read
here was seen in pages.
"""
