"""Ids of works in every spelling that notes have, and what only looks like one."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.ids import SCHEMES, FoundId, WorkId, canonical, find_ids, url_key

ROOT = Path(__file__).resolve().parents[2]

SAM3 = WorkId("arxiv", "2511.16719")
OLD = WorkId("arxiv", "hep-th/9901001")
AMERSHI = WorkId("doi", "10.1145/3290605.3300233")
REVIEWED = WorkId("openreview", "vAElhFcKW6")
ACL = WorkId("acl", "2023.acl-long.1")
OLD_ACL = WorkId("acl", "P19-1001")

SPELLINGS = {
    SAM3: [
        "https://arxiv.org/abs/2511.16719",
        "http://arxiv.org/abs/2511.16719",
        "arxiv.org/abs/2511.16719",
        "https://www.arxiv.org/abs/2511.16719",
        "https://export.arxiv.org/abs/2511.16719",
        "https://arxiv.org/abs/2511.16719v2",
        "https://arxiv.org/pdf/2511.16719",
        "https://arxiv.org/pdf/2511.16719.pdf",
        "https://arxiv.org/pdf/2511.16719v12.pdf",
        "https://arxiv.org/html/2511.16719v1",
        "https://arxiv.org/format/2511.16719",
        "https://arxiv.org/abs/2511.16719?context=cs.CV",
        "https://arxiv.org/abs/2511.16719#comments",
        "https://www.alphaxiv.org/abs/2511.16719",
        "https://alphaxiv.org/overview/2511.16719v2",
        "https://www.alphaxiv.org/pdf/2511.16719",
        "https://huggingface.co/papers/2511.16719",
        "https://hf.co/papers/2511.16719",
        "https://www.semanticscholar.org/arxiv/2511.16719",
        "https://arxiv.org/ftp/arxiv/papers/2511/2511.16719.pdf",
        "2511.16719v2.pdf",
        "2511.16719.pdf",
        "arXiv2511.16719",
        "arxiv/2511.16719v1",
        "https://ar5iv.org/abs/2511.16719",
        "https://ar5iv.labs.arxiv.org/html/2511.16719",
        "arXiv:2511.16719",
        "arxiv:2511.16719v3",
        "arXiv: 2511.16719",
        "ARXIV：2511.16719",
        "https://doi.org/10.48550/arXiv.2511.16719",
        "doi:10.48550/ARXIV.2511.16719",
        "10.48550/arXiv.2511.16719v2",
    ],
    OLD: [
        "https://arxiv.org/abs/hep-th/9901001",
        "https://arxiv.org/pdf/hep-th/9901001v2.pdf",
        "arXiv:hep-th/9901001",
    ],
    WorkId("arxiv", "math.GT/0309136"): ["https://arxiv.org/abs/math.GT/0309136", "arXiv:math.GT/0309136v1"],
    WorkId("arxiv", "0704.0001"): ["arXiv:0704.0001", "https://arxiv.org/abs/0704.0001"],
    AMERSHI: [
        "https://doi.org/10.1145/3290605.3300233",
        "http://dx.doi.org/10.1145/3290605.3300233",
        "https://doi.org/10.1145%2F3290605.3300233",
        "doi.org/10.1145/3290605.3300233",
        "doi:10.1145/3290605.3300233",
        "DOI: 10.1145/3290605.3300233",
        "doi：10.1145/3290605.3300233",
        "10.1145/3290605.3300233",
    ],
    WorkId("doi", "10.1109/mc.1987.1663532"): [
        "10.1109/MC.1987.1663532",
        "https://doi.org/10.1109/mc.1987.1663532",
    ],
    REVIEWED: [
        "https://openreview.net/forum?id=vAElhFcKW6",
        "https://openreview.net/pdf?id=vAElhFcKW6",
        "openreview.net/forum?id=vAElhFcKW6&noteId=abc",
        "https://openreview.net/forum?noteId=abc&id=vAElhFcKW6",
        "https://openreview.net/attachment?id=vAElhFcKW6&name=supplementary_material",
    ],
    ACL: [
        "https://aclanthology.org/2023.acl-long.1/",
        "https://aclanthology.org/2023.acl-long.1",
        "https://aclanthology.org/2023.acl-long.1.pdf",
        "https://www.aclanthology.org/2023.acl-long.1/",
        "https://doi.org/10.18653/v1/2023.acl-long.1",
    ],
    OLD_ACL: [
        "https://aclanthology.org/P19-1001/",
        "https://www.aclweb.org/anthology/P19-1001",
        "aclweb.org/anthology/P19-1001.pdf",
    ],
}

ATTENTION = "3f5ee243547dee91fbd053c1c4a845aa"
CHAIN = "9d5609613524ecf4f15af0f7b31abca4"
ROUND = "c0c7c76d30bd3dcaefc96f40275bdc0a"
HEX = "204e3073870fae3d05bcbc2f6a8e263d9b72e776"
SEGMENT = "Kirillov_Segment_Anything_ICCV_2023"
SKIN = "Pacheco_On_Out-of-Distribution_Detection_CVPRW_2020"

# As publishers spell their addresses: each leads to one work, and ends where the id ends.
SPELLINGS |= {
    WorkId("arxiv", "1904.08398"): [
        "arxiv_1904.08398",
        "arXiv-1904.08398",
        "arxiv 1904.08398",
        "arXiv  1904.08398",
        "ARXIV_1904.08398v3",
        "arXiv-1904.08398v2",
        "arXiv preprint 1904.08398",
        "ArXiv, abs/1904.08398",
        "arxiv.org/pdf/1904.08398.pdf",
        "https://arxiv.org/pdf/1904.08398v2",
        "https://arxiv.org/pdf/1904.08398.pdf#page=3",
        "https://arxiv.org/pdf/1904.08398v1.pdf?download=1",
        "https://browse.arxiv.org/abs/1904.08398",
        "https://arxiv.org/e-print/1904.08398",
        "https://www.arxiv-vanity.com/papers/1904.08398/",
        "https://scirate.com/arxiv/1904.08398",
        "https://www.alphaxiv.org/ja/overview/1904.08398",
        "https://api.semanticscholar.org/arXiv:1904.08398",
    ],
    WorkId("doi", "10.1145/3442188.3445922"): [
        "https://dl.acm.org/doi/10.1145/3442188.3445922",
        "http://dl.acm.org/doi/10.1145/3442188.3445922",
        "dl.acm.org/doi/10.1145/3442188.3445922",
        "https://dl.acm.org/doi/abs/10.1145/3442188.3445922",
        "https://dl.acm.org/doi/pdf/10.1145/3442188.3445922",
        "https://dl.acm.org/doi/epdf/10.1145/3442188.3445922",
        "https://dl.acm.org/doi/full/10.1145/3442188.3445922",
        "https://dl.acm.org/doi/fullHtml/10.1145/3442188.3445922",
        "https://dl.acm.org/doi/10.1145/3442188.3445922?cookieSet=1",
        "https://dl.acm.org/doi/pdf/10.1145/3442188.3445922?download=true&x=1#page=2",
        "https://dl.acm.org/doi/10.1145/3442188.3445922#sec-1",
        "https://dl.acm.org/doi/10.1145%2F3442188.3445922",
        "https://dl-acm-org.proxy.example.ac.jp/doi/10.1145/3442188.3445922",
        "https://doi.org/10.1145/3442188.3445922?ref=x",
        "https://doi.org/10.1145/3442188.3445922#a",
        "https://example.org/cite?doi=10.1145/3442188.3445922&format=bibtex",
        "https://example.org/cite?format=bibtex&doi=10.1145%2F3442188.3445922#x",
    ],
    WorkId("doi", "10.1007/s11263-015-0816-y"): [
        "https://link.springer.com/article/10.1007/s11263-015-0816-y",
        "https://link.springer.com/article/10.1007/s11263-015-0816-y#Sec1",
        "https://link.springer.com/article/10.1007/s11263-015-0816-y/figures/2",
        "https://link.springer.com/article/10.1007/s11263-015-0816-y/fulltext.html",
        "https://link.springer.com/content/pdf/10.1007/s11263-015-0816-y.pdf",
        "https://link.springer.com/content/pdf/10.1007/s11263-015-0816-y.pdf?pdf=button",
        "link.springer.com/article/10.1007/s11263-015-0816-y?utm_source=x",
    ],
    WorkId("doi", "10.1007/978-3-030-58452-8_13"): [
        "https://link.springer.com/chapter/10.1007/978-3-030-58452-8_13",
        "https://link.springer.com/chapter/10.1007%2F978-3-030-58452-8_13",
    ],
    WorkId("doi", "10.1109/iccv51070.2023.00371"): [
        "https://doi.ieeecomputersociety.org/10.1109/ICCV51070.2023.00371",
        "https://ieeexplore.ieee.org/search/searchresult.jsp?queryText=10.1109/ICCV51070.2023.00371&newsearch=true",
        "https://ieeexplore.ieee.org/document/doi/10.1109/ICCV51070.2023.00371",
        "https://ieeexplore.ieee.org/abstract/10.1109/ICCV51070.2023.00371?x=1",
    ],
    WorkId("doi", "10.1002/widm.1301"): [
        "https://onlinelibrary.wiley.com/doi/10.1002/widm.1301",
        "https://wires.onlinelibrary.wiley.com/doi/full/10.1002/widm.1301",
    ],
    WorkId("doi", "10.1101/2021.10.04.463034"): [
        "https://www.biorxiv.org/content/10.1101/2021.10.04.463034v2",
        "https://www.biorxiv.org/content/10.1101/2021.10.04.463034v1.full.pdf",
        "https://www.biorxiv.org/content/10.1101/2021.10.04.463034v1.full",
    ],
    WorkId("doi", "10.3389/fpsyg.2020.00001"): [
        "https://www.frontiersin.org/articles/10.3389/fpsyg.2020.00001/full",
        "https://www.frontiersin.org/journals/psychology/articles/10.3389/fpsyg.2020.00001/full#h3",
    ],
    WorkId("doi", "10.1371/journal.pone.0118432"): [
        "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0118432",
    ],
    WorkId("doi", "10.1038/s41586-021-03819-2"): [
        "https://www.nature.com/articles/s41586-021-03819-2",
        "https://www.nature.com/articles/s41586-021-03819-2.pdf",
    ],
    WorkId("doi", "10.1038/nature14539"): ["https://www.nature.com/articles/nature14539?x=1"],
    WorkId("cvf", f"content/ICCV2023/html/{SEGMENT}"): [
        f"https://openaccess.thecvf.com/content/ICCV2023/html/{SEGMENT}_paper.html",
        f"https://openaccess.thecvf.com/content/ICCV2023/papers/{SEGMENT}_paper.pdf",
        f"openaccess.thecvf.com/content/ICCV2023/papers/{SEGMENT}_paper.pdf#page=2",
    ],
    WorkId("cvf", f"content_CVPRW_2020/html/w42/{SKIN}"): [
        f"https://openaccess.thecvf.com/content_CVPRW_2020/html/w42/{SKIN}_paper.html",
        f"https://openaccess.thecvf.com/content_CVPRW_2020/papers/w42/{SKIN}_paper.pdf?x=1",
    ],
    WorkId("cvf", "content/CVPR2025W/IViSE/html/Quan_Toward_CVPRW_2025"): [
        "https://openaccess.thecvf.com/content/CVPR2025W/IViSE/papers/Quan_Toward_CVPRW_2025_paper.pdf",
    ],
    WorkId("cvf", "content_cvpr_2017/html/Ledig_Photo-Realistic_Single_Image_CVPR_2017"): [
        "https://openaccess.thecvf.com/content_cvpr_2017/papers/Ledig_Photo-Realistic_Single_Image_CVPR_2017_paper.pdf",
    ],
    WorkId("ieee", "8578745"): [
        "https://ieeexplore.ieee.org/document/8578745",
        "https://ieeexplore.ieee.org/abstract/document/8578745/",
        "https://ieeexplore.ieee.org/abstract/document/8578745?casa_token=x:y",
        "https://ieeexplore.ieee.org/stamp/stamp.jsp?tp=&arnumber=8578745",
        "http://ieeexplore.ieee.org/document/08578745#full-text-section",
    ],
    WorkId("pii", "S0893608019300012"): [
        "https://www.sciencedirect.com/science/article/pii/S0893608019300012",
        "https://www.sciencedirect.com/science/article/abs/pii/S0893608019300012?via%3Dihub",
        "https://sciencedirect.com/science/article/pii/S0893608019300012#sec1",
    ],
    WorkId("neurips", f"2017/{ATTENTION}"): [
        f"https://proceedings.neurips.cc/paper/2017/hash/{ATTENTION}-Abstract.html",
        f"https://proceedings.neurips.cc/paper_files/paper/2017/file/{ATTENTION}-Paper.pdf",
        f"https://papers.nips.cc/paper/2017/hash/{ATTENTION}-Abstract.html",
        f"https://papers.neurips.cc/paper/2017/file/{ATTENTION}-Paper.pdf#page=3",
        f"proceedings.neurips.cc/paper/2017/file/{ATTENTION}-Supplemental.pdf",
    ],
    WorkId("neurips", f"2022/{CHAIN}-Conference"): [
        f"https://proceedings.neurips.cc/paper_files/paper/2022/hash/{CHAIN}-Abstract-Conference.html",
        f"https://proceedings.neurips.cc/paper_files/paper/2022/file/{CHAIN}-Paper-Conference.pdf?x=1",
    ],
    WorkId("neurips", f"2021/{ROUND}-round1"): [
        f"https://datasets-benchmarks-proceedings.neurips.cc/paper/2021/hash/{ROUND}-Abstract-round1.html",
        f"https://datasets-benchmarks-proceedings.neurips.cc/paper_files/paper/2021/file/{ROUND}-Paper-round1.pdf",
    ],
    WorkId("neurips", "7181-attention-is-all-you-need"): [
        "https://papers.nips.cc/paper/7181-attention-is-all-you-need",
        "https://papers.nips.cc/paper/7181-attention-is-all-you-need.pdf",
    ],
    WorkId("pmlr", "v139/radford21a"): [
        "https://proceedings.mlr.press/v139/radford21a.html",
        "http://proceedings.mlr.press/v139/radford21a",
        "https://proceedings.mlr.press/v139/radford21a/radford21a.pdf",
        "https://proceedings.mlr.press/v139/radford21a/radford21a-supp.pdf",
        "proceedings.mlr.press/v139/radford21a.html?x=1#abstract",
        "https://raw.githubusercontent.com/mlresearch/v139/main/assets/radford21a/radford21a.pdf",
    ],
    WorkId("pmlr", "v48/van-den-oord16"): ["https://proceedings.mlr.press/v48/van-den-oord16.pdf"],
    WorkId("acl", "N19-1423"): [
        "https://aclanthology.org/N19-1423",
        "https://aclanthology.org/N19-1423v2.pdf",
        "https://aclanthology.org/N19-1423.bib",
        "https://aclanthology.org/N19-1423/?x=1",
        "https://aclanthology.org/n19-1423/#abstract",
        "https://www.aclweb.org/anthology/papers/N/N19/N19-1423/",
        "https://aclanthology.org/anthology-files/pdf/N/N19/N19-1423.pdf",
        "https://doi.org/10.18653/v1/N19-1423",
    ],
    WorkId("acl", "2020.acl-main.740"): [
        "https://aclanthology.org/2020.acl-main.740.pdf#page=2",
        "https://www.aclweb.org/anthology/2020.acl-main.740/",
    ],
    WorkId("openreview", "YicbFdNTTy"): [
        "https://openreview.net/forum?id=YicbFdNTTy#discussion",
        "https://openreview.net/revisions?id=YicbFdNTTy",
        "https://openreview.net/forum?id=YicbFdNTTy&referrer=%5Bthe%20profile%5D",
    ],
    WorkId("s2", HEX): [
        f"https://www.semanticscholar.org/paper/Attention-is-All-you-Need-Vaswani-Shazeer/{HEX}",
        f"https://www.semanticscholar.org/paper/{HEX}?utm_source=x",
        f"semanticscholar.org/paper/Attention-is-All-you-Need/{HEX}#citing-papers",
        f"https://www.semanticscholar.org/reader/{HEX}",
        f"https://www.semanticscholar.org/paper/Attention/{HEX}/figure/1",
    ],
    WorkId("s2corpus", "13756489"): ["https://api.semanticscholar.org/CorpusID:13756489"],
}

NOT_IDS = [
    "",
    "2511.16719",  # a number alone may be anything
    "バージョン 2511.16719 の話",
    "https://example.org/abs/2511.16719",
    "https://notarxiv.org/abs/2511.16719",
    "https://arxiv.org/list/cs.CV/recent",
    "https://arxiv.org/",
    "arxiv.org/abs/251.16719",
    "myarxiv:2511.16719",
    "10.5/abc",
    "version 10.15/11",
    "110.1145/3290605",
    "https://openreview.net/group?id=ICLR.cc/2025",
    "https://openreview.net/forum?id=abc",
    "https://aclanthology.org/events/acl-2023/",
    "https://aclanthology.org/people/j/jane-doe/",
    "https://huggingface.co/models/2511.16719",
    "doi を調べた",
    "arxiv 2024.12345",  # no month has the number 24
    "arXiv 1904.083",
    "arXiv-1904.083981",
    "arxiv は 1904.08398 番",
    "myarxiv_1904.08398",
    "my-arxiv-1904.08398",
    "arxiv の論文/1234567",
    "https://dl.acm.org/doi/10.5555/3295222.3295349",  # ACM's own numbers are registered nowhere
    "https://dl.acm.org/doi/proceedings/",
    "https://dl.acm.org/conference/chi",
    "https://example.org/releases/10.2024/notes",
    "https://link.springer.com/journal/11263",
    "https://link.springer.com/search?query=10",
    "https://ieeexplore.ieee.org/xpl/conhome/8576498/proceeding",
    "https://ieeexplore.ieee.org/author/37085",
    "https://www.sciencedirect.com/journal/neural-networks/vol/1",
    "https://www.sciencedirect.com/science/article/pii/",
    "https://example.org/1904.08398.html",
    "backup-1904.08398.pdf",
    "release 1.1904.08398.pdf",
    "2019.1225.pdf",  # December of 2019 has no month 19
    "1913.08398.pdf",
    "1904.08398 円",
    "v1904.08398",
    "2025.11.25",
    "10.1145",
    "doi:10.1145/",
    "https://dl.acm.org/doi/10.1145/",
    "https://www.nature.com/articles",
    "https://www.nature.com/natmachintell/",
    "https://openaccess.thecvf.com/CVPR2023?day=all",
    "https://openaccess.thecvf.com/content/CVPR2024/supplemental/Talker_Mind_CVPR_2024_supplemental.pdf",
    "https://proceedings.neurips.cc/paper/2017",
    "https://papers.nips.cc/paper/2017",
    "https://neurips.cc/virtual/2023/poster/70000",
    "https://proceedings.mlr.press/v139/",
    "https://proceedings.mlr.press/faq.html",
    "https://aclanthology.org/volumes/2023.acl-long/",
    "https://aclanthology.org/venues/acl/",
    "https://openreview.net/profile?id=~Jane_Doe1",
    "https://www.semanticscholar.org/author/Ashish-Vaswani/40348417",
    f"https://www.semanticscholar.org/paper/{HEX}0",
    "https://api.semanticscholar.org/graph/v1/paper/search?query=x",
]

FORMS = [(spelling, work) for work, spellings in SPELLINGS.items() for spelling in spellings]


@pytest.mark.parametrize(("spelling", "work"), FORMS)
def test_every_spelling_is_one_work(spelling: str, work: WorkId) -> None:
    assert [found.id for found in find_ids(spelling)] == [work]


@pytest.mark.parametrize(("spelling", "work"), FORMS)
def test_spellings_in_japanese_text(spelling: str, work: WorkId) -> None:
    """Neither full stops nor brackets after an id belong to it, nor do words that no blank parts from it."""
    # In a query, or behind a colon, only the id itself is taken of an address.
    inside = re.search(r"(?<=://).*?((?<==)10\.|arXiv:)", spelling)
    first = inside.start(1) if inside else 0
    for before, after in (
        ("", "。次の文"),
        ("（", "）"),
        ("「", "」は"),
        ("これは ", " の続き"),
        ("、", "、と"),
        ("論文", "を読んだ"),
    ):
        found = find_ids(before + spelling + after)
        assert [one.id for one in found] == [work], before + spelling + after
        assert found[0].start == len(before) + first


@pytest.mark.parametrize("text", NOT_IDS)
def test_what_is_no_id(text: str) -> None:
    assert find_ids(text) == ()


def test_several_ids_in_order_none_overlapping() -> None:
    text = "doi:10.1145/3290605.3300233 と arXiv:2511.16719、https://doi.org/10.48550/arXiv.2511.16719 など"
    found = find_ids(text)
    assert [one.id for one in found] == [AMERSHI, SAM3, SAM3]
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert text[found[1].start : found[1].end] == "arXiv:2511.16719"


@pytest.mark.parametrize("end", [*".,:;!?)", "。", "、", "」", "』", "】", "）"])
def test_a_doi_ends_before_punctuation(end: str) -> None:
    assert find_ids(f"(10.1145/3290605.3300233{end}") == (FoundId(AMERSHI, 1, 24),)


@pytest.mark.parametrize("work", SPELLINGS)
def test_labels_and_addresses_are_read_back(work: WorkId) -> None:
    assert [one.id for one in find_ids(work.url)] == [work]
    assert canonical(work.scheme, work.value) == work
    if work.scheme in ("arxiv", "doi"):
        assert [one.id for one in find_ids(work.label)] == [work]


@pytest.mark.parametrize(
    ("scheme", "value", "work"),
    [
        ("isbn", "978-4-87311-758-4", WorkId("isbn", "9784873117584")),
        ("isbn", "978 4 87311 758 4", WorkId("isbn", "9784873117584")),
        ("doi", "10.48550%2FarXiv.2511.16719", SAM3),
        ("doi", "10.18653/V1/P19-1001", WorkId("acl", "P19-1001")),
        ("arxiv", " 2511.16719v7 ", SAM3),
        ("openreview", "vAElhFcKW6", REVIEWED),
    ],
)
def test_canonical(scheme: str, value: str, work: WorkId) -> None:
    assert canonical(scheme, value) == work


@given(st.text(alphabet="arxivdo:/.10 2511.16719v)。、pdf?=id", max_size=40))
def test_places_are_those_of_the_text(text: str) -> None:
    found = find_ids(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


SAME_PAGE = [
    "https://example.org/a/b",
    "http://example.org/a/b",
    "https://www.example.org/a/b",
    "https://example.org/a/b/",
    "https://example.org/a/b#section",
    "https://EXAMPLE.org/a/b",
    " https://example.org/a/b ",
    "https://example.org/a/b?utm_source=x&utm_medium=y",
    "https://example.org/a/b?fbclid=1&ref=slack&s=20",
    "https://example.org/a/%62",
]


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://youtu.be/dQw4w9WgXcQ?si=x", "youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://m.youtube.com/watch?t=10&v=dQw4w9WgXcQ&list=a", "youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://www.youtube.com/embed/dQw4w9WgXcQ", "youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://www.youtube.com/@channel", "youtube.com/@channel"),
        ("https://x.com/a/status/1?s=20", "twitter.com/a/status/1"),
        ("https://example.org/a/index.html", "example.org/a"),
        ("https://example.org/a?fbclid=1&mc_cid=2&id=3", "example.org/a?id=3"),
    ],
)
def test_url_key_of_pages_with_several_addresses(url: str, key: str) -> None:
    assert url_key(url) == key


def test_url_key_of_one_page() -> None:
    assert {url_key(url) for url in SAME_PAGE} == {"example.org/a/b"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/a", "https://example.com/a"),
        ("https://example.org/a?id=1", "https://example.org/a?id=2"),
        ("https://example.org/a?page=2&utm_source=x", "https://example.org/a"),
        ("https://example.org/A", "https://example.org/a"),
        ("https://sub.example.org/a", "https://example.org/a"),
    ],
)
def test_url_key_keeps_pages_apart(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


@pytest.mark.parametrize("url", ["http://[pon]", "https://[::1", "", "///", "http://a:b:c/"])
def test_url_key_takes_anything(url: str) -> None:
    assert isinstance(url_key(url), str)


@given(st.text(max_size=30))
def test_url_key_never_fails(text: str) -> None:
    assert isinstance(url_key(text), str)
    assert isinstance(url_key("https://" + text), str)


def test_a_registry_takes_the_ids_that_are_found() -> None:
    """Of every scheme, in the form in which it is found."""
    schema = json.loads((ROOT / "docs/data/schema/papers.schema.json").read_text(encoding="utf-8"))
    ids = schema["properties"]["papers"]["items"]["properties"]["ids"]["properties"]
    assert set(ids) == set(SCHEMES)
    for work in SPELLINGS:
        assert re.search(ids[work.scheme]["pattern"], work.value), work
