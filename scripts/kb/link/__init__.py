"""From sessions and registry to a knowledge base in which everything knows what belongs to it."""

from kb.link.base import KnowledgeBase, LookedUp
from kb.link.linker import Linker, build_base

__all__ = ["KnowledgeBase", "Linker", "LookedUp", "build_base"]
