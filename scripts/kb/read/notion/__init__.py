"""Notion's Markdown & CSV export: one page of it, and a page alone as a session.

What the exporter writes is told, with the names of the blocks, in Notion's help
(https://www.notion.com/help/export-your-content); the rest was seen in exports of several years.
"""
