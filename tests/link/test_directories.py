"""Who and what is meant by the names in notes, and what is said of names that nobody knows."""

from __future__ import annotations

import pytest

from kb.link import KnowledgeBase
from kb.model.registry import Paper, Presenter, Registry, Tag, Topic
from tests.support.notes import base_of
from tests.support.worlds import entry, talk_id

PEOPLE = Registry(
    presenters=(
        Presenter("ito", "Shun Ito", ("shun",), ("伊藤 俊",)),
        Presenter("pon", "Hiromu Nakamura", ("pon", "p2")),
        Presenter("second", "Pon", ("other",)),
        Presenter("hana", "Hana Kakushi", ("hana",), hidden=True),
    )
)


def base_with(registry: Registry, *entries: str) -> KnowledgeBase:
    return base_of(registry, d2025_11_25="# 部\n\n" + "".join(entries))


def said(base: KnowledgeBase) -> list[str]:
    """Every finding: where, how bad, what, and the hint."""
    return [
        f"{one.span.first} {one.severity} {one.code}: {one.message} | {one.hint}" for one in base.findings
    ]


# ---- people


@pytest.mark.parametrize(
    ("written", "presenters"),
    [
        ("@Shun Ito", ["ito"]),
        ("@shun ito", ["ito"]),
        ("@ＳＨＵＮ　ＩＴＯ", ["ito"]),
        ("@伊藤 俊", ["ito"]),
        ("@伊藤　　俊", ["ito"]),
        # by handle: beside the name, or as the name
        ("@Whoever (shun)", ["ito"]),
        ("@shun", ["ito"]),
        ("@p2", ["pon"]),
        # a name goes before a handle, a handle before another's name
        ("@Shun Ito (pon)", ["ito"]),
        ("@Pon", ["second"]),
        ("@Who (Pon)", ["pon"]),
        # each person once, in the order of the note
        ("@pon, @Shun Ito, @Hiromu Nakamura", ["second", "ito", "pon"]),
        ("@Shun Ito, @shun", ["ito"]),
        # somebody new joins, once
        ("@New Face, @new face", ["new-face"]),
        ("@New Face (nf)", ["new-face"]),
    ],
)
def test_who_presents(written: str, presenters: list[str]) -> None:
    base = base_with(PEOPLE, entry("一", 発表者=written))
    assert list(base.entries[0].presenters) == presenters


@pytest.mark.parametrize(
    ("handle", "presenter"),
    [
        ("pon", "pon"),
        ("PON", "pon"),
        ("p2", "pon"),
        ("Other", "second"),
        ("hana", "hana"),
        # a plausible handle makes somebody, another name nobody
        ("guest", "guest"),
        ("誰か", ""),
    ],
)
def test_who_speaks(handle: str, presenter: str) -> None:
    base = base_with(PEOPLE, entry("一", f"[{handle}] はい"))
    (spoken,) = base.entries[0].remarks
    assert (spoken.presenter, spoken.handle, spoken.text) == (presenter, handle, "はい")
    assert set(base.remarks) == ({presenter} if presenter else set())


def test_somebody_new_is_known_from_then_on() -> None:
    """By name and handle, in later notes too; said once."""
    base = base_of(
        PEOPLE,
        d2025_11_18="# 部\n\n" + entry("一", 発表者="@New Face (nf)"),
        d2025_11_25="# 部\n\n" + entry("二", "[nf] はい", 発表者="@nf") + entry("三", 発表者="@New Face"),
    )
    assert [node.presenters for node in base.entries] == [("new-face",)] * 3
    assert set(base.remarks) == {"new-face"}
    new = base.presenters["new-face"]
    assert (new.name, new.handles, new.registered) == ("New Face", ("nf",), False)
    assert (new.span.path, new.span.first) == ("docs/notes/2025-11-18.md", 8)
    assert len(base.findings) == 1


def test_what_is_said_of_people_that_nobody_knows() -> None:
    written = "@Newbie Tanaka (newt), @Shun Itoh, @Shun-Ito, @山田"
    base = base_with(PEOPLE, entry("一", "[guest] あ", "[ponn] い", "[guest] う", 発表者=written))
    record = (
        "docs/data/presenters.yml の最後に、空白を2つ置いて `- {id: %s, name: %s%s}` と書くと登録できます"
    )
    mine = "docs/data/presenters.yml の自分のところに `handles: [%s]` と書けます"
    assert said(base) == [
        "8 warning presenter-unknown: 発表者「Newbie Tanaka」は登録されていません | "
        + record % ("newbie-tanaka", "Newbie Tanaka", ", handles: [newt]"),
        "8 warning presenter-unknown: 発表者「Shun Itoh」は登録されていません | "
        "`@Shun Ito` のことですか? ちがえば、" + record % ("shun-itoh", "Shun Itoh", ""),
        "8 warning spelling-near-duplicate: 発表者「Shun-Ito」は「Shun Ito」と書き方だけが違います | "
        "`@Shun Ito` と書いてください。どちらも使うなら presenters.yml の aliases に足してください",
        "8 warning presenter-unknown: 発表者「山田」は登録されていません | "
        + record % ("presenter-5f34cd", "山田", "")
        + "。id は、ローマ字の名前に直してください",
        "10 warning handle-unknown: コメントの [guest] が誰のハンドルかわかりません | " + mine % "guest",
        "12 warning handle-unknown: コメントの [ponn] が誰のハンドルかわかりません | "
        "`[pon]` のことですか? ちがえば、" + mine % "ponn",
    ]


def test_hidden_people_are_not_suggested() -> None:
    base = base_with(PEOPLE, entry("一", 発表者="@Hana Kakush"))
    assert "のことですか" not in base.findings[0].hint


def test_people_are_found_in_texts_by_name_but_not_by_handle() -> None:
    text = "Shun Ito と 伊藤 俊 と Hana Kakushi と p2 と New Face の話"
    base = base_with(PEOPLE, entry("一", text, 発表者="@X"), entry("二", text, 発表者="@New Face"))
    assert [one.target.id for one in base.entries[0].mentions] == ["ito", "new-face"]
    assert [one.target.id for one in base.entries[1].mentions] == ["ito"], "who presents is not spoken of"


# ---- papers

WORKS = Registry(
    papers=(
        Paper("ab", "Paper AB", ids=(("arxiv", "2511.00001"), ("doi", "10.1234/AB")), aliases=("AB論文",)),
        Paper("url", "Paper U", url="https://a.b/u"),
        Paper("pdf", "Paper V", url="https://arxiv.org/pdf/2511.00002v3"),
    )
)


@pytest.mark.parametrize(
    ("title", "source", "papers"),
    [
        ("一", "https://arxiv.org/abs/2511.00001", ["ab"]),
        ("一", "https://arxiv.org/pdf/2511.00001v2.pdf", ["ab"]),
        ("一", "arXiv:2511.00001", ["ab"]),
        ("一", "https://doi.org/10.1234/ab", ["ab"]),
        ("一", "https://doi.org/10.48550/arXiv.2511.00001", ["ab"]),
        ("一", "http://www.a.b/u/", ["url"]),
        ("一", "https://arxiv.org/abs/2511.00002", ["pdf"]),
        # the title of an entry is a source too: its link and its words
        ("[一](https://arxiv.org/abs/2511.00001)", "", ["ab"]),
        ("Paper AB", "", ["ab"]),
        ("*paper* ＡＢ", "", ["ab"]),
        ("AB論文", "", []),  # an alias is a name in texts, not a title
        ("Paper U", "https://arxiv.org/abs/2511.00001", ["ab", "url"]),
        # each once
        ("Paper AB", "https://arxiv.org/abs/2511.00001, https://doi.org/10.1234/ab", ["ab"]),
        # what nobody registered
        ("一", "https://arxiv.org/abs/2512.00009", ["arxiv-2512-00009"]),
        ("一", "https://a.b/other", []),
    ],
)
def test_what_an_entry_is_about(title: str, source: str, papers: list[str]) -> None:
    data = {"出典": source} if source else {}
    assert list(base_with(WORKS, entry(title, **data)).entries[0].sources) == papers


def test_a_paper_that_only_an_id_tells_of() -> None:
    base = base_with(WORKS, entry("一", 出典="https://arxiv.org/abs/2512.00009v2"))
    paper = base.papers["arxiv-2512-00009"]
    assert (paper.title, paper.ids) == ("arXiv:2512.00009", (("arxiv", "2512.00009"),))
    assert (paper.url, paper.registered) == ("https://arxiv.org/abs/2512.00009", False)


@pytest.mark.parametrize(
    ("kind", "source", "title"),
    [
        ("[論文] ", "https://arxiv.org/abs/2512.00009", "新しい *論文*"),
        ("[blog] ", "https://arxiv.org/abs/2512.00009", ""),
        ("", "https://arxiv.org/abs/2512.00009", ""),
        ("[論文] ", "https://arxiv.org/abs/2512.00009, https://arxiv.org/abs/2511.00001", ""),
    ],
)
def test_a_paper_takes_the_title_of_the_entry_that_presents_it_alone(
    kind: str, source: str, title: str
) -> None:
    base = base_with(WORKS, entry(f"{kind}新しい *論文*", 出典=source), entry("[論文] 二つ目", 出典=source))
    named = base.papers["arxiv-2512-00009"].title
    wanted = title.replace("*", "") or "arXiv:2512.00009"
    if "," in source or kind == "[論文] ":
        assert named == wanted
    else:
        assert named == "二つ目", "the first entry that is marked as a paper"


def test_what_is_said_of_papers_that_nobody_registered() -> None:
    """Once, where it is first presented; what is only named may wait."""
    source = "https://arxiv.org/abs/2512.00009"
    base = base_with(
        WORKS,
        entry("Paper ABC", "arXiv:2512.00010 も", 出典=source, タグ="x"),
        entry("二", 出典=source),
        entry("三", 出典="https://arxiv.org/abs/2512.00011"),
    )
    hint = "docs/data/papers.yml に書くと、題名・著者・BibTeX が出ます"
    assert [line for line in said(base) if "paper-" in line] == [
        f"8 minor paper-unknown: 論文 `{source}` は登録されていません"
        f" | 登録されている `ab` のことですか? ちがえば、{hint}",
        f"19 minor paper-unknown: 論文 `https://arxiv.org/abs/2512.00011` は登録されていません | {hint}",
    ]
    assert set(base.papers) >= {"arxiv-2512-00010"}


def test_papers_of_one_base_do_not_join_another() -> None:
    first = base_with(WORKS, entry("一", 出典="https://arxiv.org/abs/2512.00009"))
    second = base_with(WORKS, entry("一"))
    assert "arxiv-2512-00009" in first.papers
    assert set(second.papers) == {"ab", "url", "pdf"}


# ---- topics

TOPICS = Registry(
    papers=WORKS.papers,
    topics=(Topic("gam", "General Memory", ("記憶",), ("old-gam",)), Topic("sam", "SAM", ("gam2",))),
)


ONE, SAME = (talk_id(date, "題名") for date in ("2025-11-18", "2025-11-25"))
TWO = talk_id("2025-11-25", "二")


@pytest.mark.parametrize(
    "written", ["gam", "GAM", "General Memory", "general  memory", "記憶", "old-gam", "*gam*"]
)
def test_a_topic_is_known_by_each_of_its_names(written: str) -> None:
    base = base_with(TOPICS, entry("一", トピック=written))
    assert base.entries[0].topic == "gam"
    assert base.findings == ()


@pytest.mark.parametrize(
    ("first", "second", "topics"),
    [
        # what shares a source shares a topic: a paper by any of its ids, an address
        ({"出典": "arXiv:2511.00001"}, {"出典": "https://doi.org/10.1234/ab"}, ["ab", "ab"]),
        ({"出典": "https://x.y/z"}, {"出典": "http://www.x.y/z/"}, [ONE, ONE]),
        ({"出典": "https://x.y/z"}, {"出典": "https://x.y/other"}, [ONE, SAME]),
        ({}, {}, [ONE, SAME]),
        # the first one's topic is taken over, a given one wins
        ({"出典": "arXiv:2511.00001", "トピック": "gam"}, {"出典": "arXiv:2511.00001"}, ["gam", "gam"]),
        ({"出典": "arXiv:2511.00001"}, {"出典": "arXiv:2511.00001", "トピック": "gam"}, ["ab", "gam"]),
        # a given one that is new
        ({"トピック": "新しい 話"}, {"トピック": "新しい　話"}, ["新しい-話", "新しい-話"]),
        # only the first source is asked
        (
            {"出典": "https://x.y/z, https://x.y/2"},
            {"出典": "https://x.y/2"},
            [ONE, SAME],
        ),
        # what has another title stays apart, unless it says that it comes again
        ({"出典": "arXiv:2511.00001"}, {"出典": "arXiv:2511.00001", "title": "二"}, ["ab", TWO]),
        ({"出典": "https://x.y/z"}, {"出典": "https://x.y/z", "title": "二"}, [ONE, TWO]),
        (
            {"出典": "arXiv:2511.00001"},
            {"出典": "arXiv:2511.00001", "title": "二", "再訪": "yes"},
            ["ab"] * 2,
        ),
        # with and without its subtitle
        *(
            ({"出典": "https://x.y/z"}, {"出典": "https://x.y/z", "title": title}, [ONE, ONE])
            for title in ("題名: 副題", "題名（副題）", "題名 - 副題", "題名　", "「題名」")
        ),
    ],
)
def test_which_topic_an_entry_belongs_to(
    first: dict[str, str], second: dict[str, str], topics: list[str]
) -> None:
    title, data = second.get("title"), {key: value for key, value in second.items() if key != "title"}
    base = base_of(
        TOPICS,
        d2025_11_18="# 部\n\n" + entry("題名", **first),
        d2025_11_25="# 部\n\n" + entry(title or "題名", **data),
    )
    assert [node.topic for node in base.entries] == topics


def test_a_third_entry_joins_the_first_topic_of_its_source() -> None:
    source = {"出典": "https://x.y/z"}
    base = base_with(
        TOPICS,
        entry("題名", トピック="gam", **source),
        entry("題名: 続き", トピック="sam", **source),
        entry("題名", **source),
    )
    assert [node.topic for node in base.entries] == ["gam", "sam", "gam"]


def test_a_topic_of_its_own_is_called_as_its_entry() -> None:
    base = base_with(TOPICS, entry("題  *強*"), entry("一", トピック="新しい"), entry("`  `"))
    own, given = base.topics[talk_id("2025-11-25", "題 強")], base.topics["新しい"]
    assert (own.name, own.registered, own.span.first) == ("題 強", False, 6)
    assert (given.name, given.registered, given.span.first) == ("新しい", False, 8)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_anchors_of_entries_on_one_topic_are_apart(count: int) -> None:
    """The first keeps its anchors for ever; others end in their date, and in who they are on one day."""
    text = "# 部\n\n" + "".join(entry(f"題{number}", トピック="gam") for number in range(count))
    base = base_of(TOPICS, d2025_11_18=text, d2025_11_25=text)
    marks = [
        talk_id(f"2025-11-{day}", f"題{number}") if count > 1 else f"2025-11-{day}"
        for day in (18, 25)
        for number in range(count)
    ]
    assert [node.anchor() for node in base.entries] == [f"e-{mark}" for mark in marks]
    assert [node.anchor("節") for node in base.entries] == ["節", *(f"節-{mark}" for mark in marks[1:])]


def test_what_is_said_of_topics_that_nobody_registered() -> None:
    base = base_with(
        TOPICS,
        entry("一", トピック="New Thing"),
        entry("二", トピック="new thing"),
        entry("三", トピック="General Memori"),
        entry("四", トピック="General-Memory"),
        entry("五", トピック="新"),
    )
    record = "docs/data/topics.yml の最後に、空白を2つ置いて `- {id: %s, name: %s}` と書くと登録できます"
    assert said(base) == [
        "8 warning topic-unknown: トピック「New Thing」は登録されていません | "
        + record % ("new-thing", "New Thing"),
        "16 warning topic-unknown: トピック「General Memori」は登録されていません | "
        "`gam` のことですか? ちがえば、" + record % ("general-memori", "General Memori"),
        "20 warning spelling-near-duplicate: トピック「General-Memory」は「gam」と書き方だけが違います | "
        "`gam` と書いてください",
        "24 warning topic-unknown: トピック「新」は登録されていません | "
        + record % ("topic-3cc493", "新")
        + "。id は、英語の短い名前に直してください",
    ]


def test_topics_are_found_in_texts_by_all_names_but_former_ids() -> None:
    text = "記憶。General Memory。gam2。SAM。New Thing。old-gam。X。"
    base = base_with(
        TOPICS, entry("一", text), entry("二", トピック="gam"), entry("三", トピック="sam"),
        entry("四", トピック="New Thing"), entry("五", トピック="X"),
    )  # fmt: skip
    assert [one.target.id for one in base.entries[0].mentions] == ["gam", "sam", "new-thing"]


# ---- tags

TAGS = Registry(
    tags=(Tag("rag", "検索拡張生成", "RAG", ("retrieval augmented",)), Tag("llm", "言語モデル", "LLM"))
)


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("rag", ["rag"]),
        ("RAG, 検索拡張生成", ["rag"]),
        ("Retrieval  Augmented, llm", ["rag", "llm"]),
        ("新しい 語, 新しい  語", ["新しい-語"]),
        ("*rag*", ["rag"]),
    ],
)
def test_tags_of_an_entry(written: str, tags: list[str]) -> None:
    assert list(base_with(TAGS, entry("一", タグ=written)).entries[0].tags) == tags


def test_what_is_said_of_tags_that_nobody_registered() -> None:
    base = base_with(
        TAGS,
        entry("一", タグ="Robotics, retrieval-augmented, 検索拡張生製, 新"),
        entry("二", タグ="robotics"),
    )
    english = "。id と en は、英語の呼び名に直してください"
    record = "docs/data/tags.yml の最後に、空白を2つ置いて `- {id: %s, ja: %s, en: %s}` と書くと登録できます"
    assert said(base) == [
        "8 warning tag-unknown: タグ「Robotics」は登録されていません | "
        + record % ("robotics", "Robotics", "Robotics"),
        "8 warning tag-near-duplicate: タグ「retrieval-augmented」は「rag」と書き方だけが違います | "
        "`rag` と書いてください",
        "8 warning tag-unknown: タグ「検索拡張生製」は登録されていません | "
        "`rag` のことですか? ちがえば、" + record % ("tag-7528ac", "検索拡張生製", "検索拡張生製") + english,
        "8 warning tag-unknown: タグ「新」は登録されていません | "
        + record % ("tag-3cc493", "新", "新")
        + english,
    ]
    assert (base.tags["robotics"].ja, base.tags["robotics"].registered) == ("Robotics", False)


def test_registered_tags_are_proposed_where_a_term_stands_others_are_not() -> None:
    text = "検索拡張生成と LLM と Robotics"
    base = base_with(TAGS, entry("一", text, タグ="llm"), entry("二", text, タグ="Robotics"))
    assert [node.proposed for node in base.entries] == [("rag",), ("rag", "llm")]
    assert [len(base.by_proposal[tag]) for tag in ("rag", "llm")] == [2, 1]
    assert [len(base.by_tag[tag]) for tag in ("llm", "robotics")] == [1, 1]
