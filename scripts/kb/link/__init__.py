"""From sessions and registry to a knowledge base in which everything knows what belongs to it."""

from kb.link.base import KnowledgeBase, build_base

__all__ = ["KnowledgeBase", "build_base"]
