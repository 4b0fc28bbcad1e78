"""The data of entries: names that nobody knows, and names that stand twice."""

from __future__ import annotations

from collections.abc import Iterator

from kb.check.base import Base
from kb.check.lookup import found_in, look_up
from kb.check.note import Note
from kb.check.rule import Example, Rule
from kb.check.rules.works import WORK_RULES
from kb.link.facts import Facts
from kb.model.codes import Code
from kb.model.finding import Finding
from kb.model.inline import NO_TEXT
from kb.model.session import PRESENTERS, TAGS, TOPIC, Entry, Person


class Linked(Rule):
    """A rule that the linker finds when the site is built; a check says the same words."""

    def find(self, note: Note, base: Base) -> Iterator[Finding]:
        """What the linker says under this code."""
        return found_in(note, base, self.code)


def _with(line: str, below: str = "") -> str:
    return f"## [論文] General Agentic Memory\n\n- 出典: https://arxiv.org/abs/2511.18423\n{line}{below}"


class PresenterUnknown(Linked):
    """A presenter whom the registry does not name."""

    code = Code.PRESENTER_UNKNOWN
    title = "発表者が台帳にありません"
    why = (
        "発表者の名前が `docs/data/presenters.yml` に見つかりません。"
        "書きまちがいなら、近い名前に直してください。"
        "はじめて発表する人は、[台帳に自分を足す](registries.md#presenters)と、書き方がちがっても1人にまとまります。"
        "足さなくても、その名前のページはできます。"
    )
    example = Example(bad=_with("- 発表者: @Takumi Ida\n"), good=_with("- 発表者: @Takumi Iida\n"))


class HandleUnknown(Linked):
    """The handle of a remark that belongs to nobody."""

    code = Code.HANDLE_UNKNOWN
    title = "コメントのハンドルがだれのものかわかりません"
    why = (
        "`[pon] …` の角括弧の中の名前が、台帳のどの人のハンドルでもありません。"
        "書きまちがいなら直し、新しいハンドルなら `docs/data/presenters.yml` の `handles` に足してください。"
        "コメントではない文なら、角括弧の前に言葉を書くか、`\\[` としてください。"
    )
    example = Example(
        bad=_with("\n[zanda] ここは自分たちでも試したい\n"),
        good=_with("\n[zunda] ここは自分たちでも試したい\n"),
    )


class PaperUnknown(Linked):
    """A paper that is presented and not registered."""

    code = Code.PAPER_UNKNOWN
    title = "論文が台帳にありません"
    why = (
        "発表の出典の論文が `docs/data/papers.yml` にありません。"
        "[台帳に足す](registries.md#papers)と、題名・著者・BibTeX がページに出て、"
        "ほかの回で名前が出たところからもリンクされます。あとから足してもかまいません。"
    )
    example = Example(
        bad="## [論文] Attention Is All You Need\n\n- 出典: https://arxiv.org/abs/1706.03762\n",
        good="## [論文] SAM 3\n\n- 出典: https://arxiv.org/abs/2511.16719\n",
    )


class TagUnknown(Linked):
    """A tag that the vocabulary does not have."""

    code = Code.TAG_UNKNOWN
    title = "タグが台帳にありません"
    why = (
        "タグが `docs/data/tags.yml` にありません。似た意味のタグがあれば、そちらにそろえてください。"
        "新しい用語なら、[台帳に足す](registries.md#tags)と、日本語と英語の呼び名がまとまり、本文からも見つかります。"
    )
    example = Example(bad=_with("- タグ: agent-memmory\n"), good=_with("- タグ: agent-memory\n"))


class TagNearDuplicate(Linked):
    """A tag that is known in another spelling."""

    code = Code.TAG_NEAR_DUPLICATE
    title = "同じタグの別の書き方です"
    why = (
        "台帳のタグか、前の回で使われたタグと、ハイフン・空白・複数形・長音(ー)などの書き方だけが違います。"
        "別のタグとして数えられ、ページが分かれてしまうので、どちらかにそろえてください。"
        "両方の書き方を使いたいときは、`docs/data/tags.yml` の `aliases` に足してください。"
    )
    example = Example(bad=_with("- タグ: AgentMemories\n"), good=_with("- タグ: agent-memory\n"))


class TopicUnknown(Linked):
    """A topic that is named and not registered."""

    code = Code.TOPIC_UNKNOWN
    title = "トピックが台帳にありません"
    why = (
        "`トピック:` の名前が `docs/data/topics.yml` にありません。"
        "書きまちがいだと、前の発表とつながりません。"
        "新しい話題なら、[台帳に足す](registries.md#topics)か、`トピック:` の行を消してください。"
        "行がなければ、同じ出典の発表が自動でまとまります。"
    )
    example = Example(bad=_with("- トピック: gamm\n"), good=_with("- トピック: gam\n"))


class SpellingNearDuplicate(Linked):
    """A presenter or a topic that is known in another spelling."""

    code = Code.SPELLING_NEAR_DUPLICATE
    title = "発表者かトピックの、別の書き方です"
    why = (
        "台帳か前の回にある名前と、空白・ハイフン・長音(ー)などの書き方だけが違います。"
        "別の人や別の話題として、ページが分かれてしまうので、そろえてください。"
        "どちらの書き方も使うときは、台帳の `aliases` に足してください。"
    )
    example = Example(bad=_with("- 発表者: @TakumiIida\n"), good=_with("- 発表者: @Takumi Iida\n"))


class TagTwice(Rule):
    """One tag, two names, one entry."""

    code = Code.TAG_TWICE
    title = "1つの発表に同じタグが2つあります"
    why = (
        "書き方がちがっても、台帳で同じタグを指しています。"
        "サイトでは1つにまとまるので、片方を消してください。"
    )
    example = Example(
        bad=_with("- タグ: agent-memory, エージェントメモリ\n"), good=_with("- タグ: agent-memory\n")
    )

    def find(self, note: Note, base: Base) -> Iterator[Finding]:
        """One for each further name of a tag."""
        tags = look_up(note, base).tags
        for facts in note.facts:
            seen: dict[str, str] = {}
            for text in _each(facts.entry, TAGS):
                tag = tags.known(text)
                if tag in seen:
                    message = f"タグ「{text}」は「{seen[tag]}」と同じタグです"
                    span = note.find(facts.place(TAGS, text), text)
                    yield self.finding(span, message, f"「{text}」を消してください")
                elif tag:
                    seen[tag] = text


def _each(entry: Entry, key: str) -> Iterator[str]:
    """The values of a key as they were typed, those that stand twice included."""
    for item in entry.data:
        if item.key == key:
            one = Entry("", NO_TEXT, (item,))
            yield from one.tags if key == TAGS else map(str, one.presenters)


class PresenterTwice(Rule):
    """One person, two names, one entry."""

    code = Code.PRESENTER_TWICE
    title = "1つの発表に同じ人が2回書かれています"
    why = (
        "名前とハンドルのように書き方がちがっても、台帳で同じ人を指しています。"
        "サイトでは1人にまとまるので、片方を消してください。"
    )
    example = Example(
        bad=_with("- 発表者: @Hiromu Nakamura, @pon\n"), good=_with("- 発表者: @Hiromu Nakamura (pon)\n")
    )

    def find(self, note: Note, base: Base) -> Iterator[Finding]:
        """One for each further name of a person."""
        people = look_up(note, base).people
        for facts in note.facts:
            seen: dict[str, str] = {}
            for text in _each(facts.entry, PRESENTERS):
                who = people.speaker(Person.from_text(text).name)
                if who in seen:
                    message = f"発表者「{text}」は「{seen[who]}」と同じ人です"
                    place = facts.place(PRESENTERS, Person.from_text(text).name)
                    yield self.finding(note.find(place, text), message, f"「{text}」を消してください")
                elif who:
                    seen[who] = text


class TopicTwice(Rule):
    """Two entries of one session on one topic."""

    code = Code.TOPIC_TWICE
    title = "1つの回に、同じトピックの発表が2つあります"
    why = (
        "同じ回の2つの発表が、同じトピックになっています。1つのページに続けて出ます。"
        "別の話題なら `- トピック:` で分け、同じ話題なら1つの発表にまとめることを考えてください。"
    )
    example = Example(
        bad=(
            "## [論文] General Agentic Memory\n\n- トピック: gam\n\n本文。\n\n"
            "## [code] GAMの実装\n\n- トピック: gam\n\n本文。\n"
        ),
        good="## [論文] General Agentic Memory\n\n- トピック: gam\n\n本文。\n\n### 実装\n\n本文。\n",
    )

    def find(self, note: Note, base: Base) -> Iterator[Finding]:
        """One for each further entry of a topic."""
        first: dict[str, Facts] = {}
        for facts, topic in zip(note.facts, look_up(note, base).topics, strict=True):
            other = first.setdefault(topic, facts)
            if other is not facts:
                line = other.entry.span.first
                message = f"トピック `{topic}` の発表が、この回に2つあります(もう1つは{line}行目)"
                hint = "1つの発表にまとめるか、別の話題なら `- トピック:` を分けてください"
                place = facts.place(TOPIC)
                yield self.finding(note.find(note.at(place.first), facts.topic), message, hint)


DATA_RULES: tuple[Rule, ...] = (
    PresenterUnknown(),
    HandleUnknown(),
    PaperUnknown(),
    TagUnknown(),
    TopicUnknown(),
    TagNearDuplicate(),
    SpellingNearDuplicate(),
    TagTwice(),
    PresenterTwice(),
    TopicTwice(),
    *WORK_RULES,
)
