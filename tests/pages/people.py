"""A few people, a tag and a topic."""

from __future__ import annotations

from kb.model.finding import Span
from kb.model.registry import Presenter, Registry, Tag, Topic

ITO = Presenter(
    "ito", "Shun Ito", ("shun",), ("伊藤",), "いとう", span=Span("docs/data/presenters.yml", 3, 5)
)
PON = Presenter("pon", "Pon Taro", ("pon",))
HANA = Presenter("hana", "Hana", ("hana",), hidden=True)
RAG = Tag("rag", "検索拡張生成", "RAG", ("ragging",), span=Span("docs/data/tags.yml", 7, 8))
GAM = Topic("gam", "GAM", ("記憶",), ("old-gam", "older"), span=Span("docs/data/topics.yml", 2, 4))
PEOPLE = Registry(presenters=(ITO, PON, HANA))
