"""From `docs/data/*.yml` to a checked registry."""

from kb.registry.load import load_registry, read_registry

__all__ = ["load_registry", "read_registry"]
