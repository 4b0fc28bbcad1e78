// Answers like the search's worker, with hits that only depend on a few characters of the query:
// 遅 is slow, 無 finds nothing, 壊 is a problem, 危 has markup in its texts.

const piece = (text, mark = false) => ({ text, mark });

function hit(n, query) {
  const text = query.includes("危") ? "<img src=x onerror=owned(1)>" : "GAM";
  const section = (anchor, heading) => ({
    url: `topics/gam/#${anchor}`,
    heading: [piece(heading)],
    excerpt: [piece("Agentの"), piece("メモリ", true), piece("のretrieval")],
  });
  return {
    url: n ? `topics/sam3/#hit-${n}` : "topics/gam/#e-2025-11-25",
    title: [piece(`${text} ${n} `), piece("Deep Research", true)],
    kind: "論文",
    date: n % 2 ? "" : "2025-11-25",
    presenters: ["Shun Ito", text],
    tags: ["LLM", text],
    sections: [section("e-2025-11-25", "見出し"), section("メモリ", `節 ${text}`)],
    more: n % 3,
    reason: n === 1 ? { kind: "synonym", text: "同義語「ゼロショット」" } : null,
  };
}

function value(query, word, label, count) {
  const full = `${word}:${label}`;
  const active = query.split(" ").includes(full);
  const rest = query.split(" ").filter((one) => one !== full);
  return { label, count, active, query: active ? rest.join(" ") : [...rest, full].join(" ") };
}

function facets(query) {
  const people = ["Ito", "Iida", "Manda", "Nakano", "Nakamura", "Shimakoshi", "Yoshida", "Yamada"];
  return [
    { name: "kind", label: "種類", values: [value(query, "種類", "論文", 18), value(query, "種類", "blog", 9)] },
    { name: "presenter", label: "発表者", values: people.map((one, n) => value(query, "発表者", one, 9 - n)) },
  ];
}

async function answer({ id, query, sort, limit }) {
  await new Promise((done) => setTimeout(done, query.includes("遅") ? 400 : 10));
  if (query.includes("壊")) {
    postMessage({ id, done: true, problem: { kind: "missing", message: "索引を読み込めませんでした。" } });
    return;
  }
  const total = query.includes("無") ? 0 : 37;
  const hits = Array.from({ length: Math.min(limit, total) }, (_, n) => hit(sort === "date" ? n + 5 : n, query));
  const said = { kind: "synonym", text: `「${query}」の答えです。`, query: "別の問い", label: "別の問いで探す" };
  const notices = total ? [said] : [];
  if (total) postMessage({ id, done: false, result: { total: 20, exact: false, hits, facets: [], notices } });
  await new Promise((done) => setTimeout(done, 30));
  postMessage({ id, done: true, result: { total, exact: true, hits, facets: total ? facets(query) : [], notices } });
}

self.addEventListener("message", (event) => answer(event.data));
