"""What loading the registry says of its files."""

from __future__ import annotations

from kb.check.rule import Rule
from kb.check.rules.told import told
from kb.model.codes import Code

REGISTRY_RULES: tuple[Rule, ...] = (
    told(
        Code.REGISTRY_YAML,
        "error",
        "台帳がYAMLとして読めません",
        "字下げがそろっていない、コロンの後ろに空白がない、引用符が閉じていない、などのときに読めなくなります。"
        "題に `:` があるときは、題を引用符で囲みます。",
        path="docs/data/topics.yml",
        bad="topics:\n  - id: sam3\n    name: SAM 3: Segment Anything\n",
        good="topics:\n  - id: sam3\n    name: 'SAM 3: Segment Anything'\n",
    ),
    told(
        Code.REGISTRY_SCHEMA,
        "error",
        "台帳に書けない項目か値があります",
        "必ず書く項目がない、知らない項目がある、値の形がちがう、のどれかです。"
        "項目の一覧は[台帳](registries.md)にあります。",
        path="docs/data/presenters.yml",
        bad="presenters:\n  - id: Taro Yamada\n    name: Taro Yamada\n",
        good="presenters:\n  - id: taro-yamada\n    name: Taro Yamada\n",
    ),
    told(
        Code.REGISTRY_KEY_TWICE,
        "error",
        "同じ項目が2回書かれています",
        "1つの記録の中に同じ項目が2回あると、どちらが正しいのか決められません。",
        path="docs/data/presenters.yml",
        bad="presenters:\n  - id: taro-yamada\n    name: Taro Yamada\n    name: 山田太郎\n",
        good="presenters:\n  - id: taro-yamada\n    name: Taro Yamada\n    aliases: [山田太郎]\n",
    ),
    told(
        Code.REGISTRY_ID_TWICE,
        "error",
        "同じidが2つあります",
        "`id` はページのアドレスになるので、1つの台帳の中で1回しか使えません。",
        path="docs/data/topics.yml",
        bad="topics:\n  - {id: gam, name: GAM}\n  - {id: gam, name: 一般化加法モデル}\n",
        good="topics:\n  - {id: gam, name: GAM}\n  - {id: additive-models, name: 一般化加法モデル}\n",
    ),
    told(
        Code.REGISTRY_ID_RESERVED,
        "error",
        "一覧のページに使われているidです",
        "`index` や `2025` のようなidは、一覧のページのアドレスと同じになるので使えません。",
        path="docs/data/topics.yml",
        bad="topics:\n  - {id: '2025', name: 2025年のまとめ}\n",
        good="topics:\n  - {id: summary-2025, name: 2025年のまとめ}\n",
    ),
    told(
        Code.REGISTRY_ALIAS_TWICE,
        "error",
        "同じ呼び名を2つの記録が使っています",
        "同じ名前・別名・ハンドル・論文の番号が、2つの記録にあります。"
        "ノートにその名前が出たときに、どちらのことか決められないので、一方だけに書いてください。",
        path="docs/data/tags.yml",
        bad="tags:\n  - {id: rag, ja: 検索拡張生成, en: RAG}\n"
        "  - {id: retrieval, ja: 検索, en: retrieval, aliases: [RAG]}\n",
        good="tags:\n  - {id: rag, ja: 検索拡張生成, en: RAG}\n"
        "  - {id: retrieval, ja: 検索, en: retrieval}\n",
    ),
    told(
        Code.REGISTRY_BROADER_UNKNOWN,
        "error",
        "上位のタグがありません",
        "`broader` には、`tags.yml` にあるタグの `id` を書きます。",
        path="docs/data/tags.yml",
        bad="tags:\n  - {id: llm, ja: 大規模言語モデル, en: LLM}\n"
        "  - {id: rag, ja: 検索拡張生成, en: RAG, broader: llms}\n",
        good="tags:\n  - {id: llm, ja: 大規模言語モデル, en: LLM}\n"
        "  - {id: rag, ja: 検索拡張生成, en: RAG, broader: llm}\n",
    ),
    told(
        Code.REGISTRY_BROADER_CIRCLE,
        "error",
        "上位のタグが輪になっています",
        "`broader` をたどると、元のタグに戻ってきます。どこが一番上なのか決められません。",
        path="docs/data/tags.yml",
        bad="tags:\n  - {id: llm, ja: LLM, en: LLM, broader: rag}\n"
        "  - {id: rag, ja: 検索拡張生成, en: RAG, broader: llm}\n",
        good="tags:\n  - {id: llm, ja: LLM, en: LLM}\n"
        "  - {id: rag, ja: 検索拡張生成, en: RAG, broader: llm}\n",
    ),
    told(
        Code.REGISTRY_FORMER_TAKEN,
        "error",
        "前のidが、別のトピックに使われています",
        "`former` に書いた前のidには、新しいアドレスへ移るページが置かれます。"
        "別のトピックのidとは重ねられません。",
        path="docs/data/topics.yml",
        bad="topics:\n  - {id: gam, name: GAM}\n  - {id: agent-memory, name: 記憶, former: [gam]}\n",
        good="topics:\n  - {id: gam, name: GAM}\n  - {id: agent-memory, name: 記憶, former: [memory]}\n",
    ),
)
