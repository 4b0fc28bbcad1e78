"""From `docs/data/*.yml` to a checked registry."""

from kb.registry.load import Records, load_registry, read_records, registry_of
from kb.registry.places import placed
from kb.registry.schema import SCHEMAS

__all__ = ["SCHEMAS", "Records", "load_registry", "placed", "read_records", "registry_of"]
