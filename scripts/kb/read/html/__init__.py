"""Notion's HTML export: a page of it as blocks."""
