"""Any value that YAML can say, with the keys that ours have among them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

REGISTRIES = ("presenters", "papers", "tags", "topics")

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.dates()
    | st.binary(max_size=3)
    | st.sampled_from(["a", "b2025-c", "https://a.b", "2511.00001", *REGISTRIES]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "name", "ja", "en", "broader", "aliases", "former", "title", "type", "author"]
            )
            | st.sampled_from(["family", "literal", "ids", "arxiv", "handles", *REGISTRIES])
            | st.integers()
            | st.none()
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
