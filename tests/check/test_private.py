"""Private things: what is found, what only looks like it, and that no report shows a key.

Keys are put together here, so that no scanner takes this file for a leak.
"""

from __future__ import annotations

import pytest

from kb.check.rules.private import email_address, internal_host, telephone_number
from kb.check.rules.secrets import address_token, masked, secret, secret_possible
from tests.check.noted import found, places

MIXED = "aB3" * 20
KEYS = {
    "AWSのアクセスキー": "AKIA" + "Q7" * 8,
    "GitHubのトークン": "ghp_" + MIXED[:36],
    "GitLabのトークン": "glpat-" + MIXED[:20],
    "Slackのトークン": "xoxb-" + "12345678901-" + MIXED[:20],
    "SlackのWebhook": "hooks.slack.com/" + "services/T0123ABCD/B0123ABCD/" + MIXED[:24],
    "OpenAIのキー": "sk-proj-" + MIXED[:48],
    "Anthropicのキー": "sk-ant-" + "api03-" + MIXED[:40],
    "Googleのキー": "AIza" + MIXED[:35],
    "Hugging Faceのトークン": "hf_" + MIXED[:34],
    "Notionのトークン": "ntn_" + MIXED[:46],
    "Stripeのキー": "sk_live_" + MIXED[:24],
    "npmのトークン": "npm_" + MIXED[:36],
    "JWT": "eyJ" + "hbGciOiJI" + ".eyJ" + "zdWIiOiIx" + "." + MIXED[:20],
    "秘密鍵": "-----BEGIN " + "RSA PRIVATE KEY-----",
}


@pytest.mark.parametrize("name", KEYS)
@pytest.mark.parametrize(
    "form", ["{}", "鍵は{}です。", "```\nexport KEY={}\n```", '- a: "{}"', "`{}`", "x={},"]
)
def test_keys_by_their_shape(name: str, form: str) -> None:
    key = KEYS[name]
    (one,) = found(secret, form.format(key) + "\n")
    assert places(secret, form.format(key)) == [key]
    assert one.severity == "error"
    assert one.message == f"{name}のようです: `{key[:4]}…`"
    hidden = key[:4] + "*" * (len(key) - 4)
    assert [masked(line) for line in form.format(key).split("\n")] == form.format(hidden).split("\n")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("password=" + "Tr0ub4" + "dor&3", ["Tr0ub4" + "dor&3"]),
        ("WANDB_API_KEY=" + "0123456789abcdef" * 2, ["0123456789abcdef" * 2]),
        ("パスワードは " + "xK9" + "mQ2pLw", ["xK9" + "mQ2pLw"]),
        ('"secret": "' + "q8Zr" + "T2vY" + '",', ["q8Zr" + "T2vY"]),
        ("token: <トークン> password=${PASSWORD} api_key=YOUR_API_KEY_123 secret=xxxxxxxx1A", []),
        ("max_tokens=8192 token: BPE token=cls_token1 num_tokens: 1024k", []),
        ("api_key=os.environ['A1B2C3'] password: example1A password=12345678 token=[CLS]x12345A", []),
        ("パスワード: 8文字以上にする", []),
        ("sk-learn-contrib-imbalanced-learn disk-sk-1 task-aB3aB3aB3aB3aB3aB3aB3", []),
        ("hf_model_name_or_path_for_the_pretrained_model ghp_ AKIA eyJ", []),
        ("arXiv:2511.16719 10.1145/3290605.3300233 4a7d1ed414474e4033ac29ccb8653d9b", []),
    ],
)
def test_values_that_look_drawn_by_lot(line: str, told: list[str]) -> None:
    assert places(secret_possible, line + "\n") == told
    assert not found(secret, line), "only a key of a known shape blocks a merge"


IN_ADDRESSES = [
    "casa_token=" + "Zx81Kq2VbN7p" + ":Lm4TdR0s",
    "token=" + MIXED[:20] + "x7Q",
    "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA"
    + "Q7" * 8
    + "&X-Amz-Signature="
    + "0123456789abcdef" * 4,
    "key=AIza" + MIXED[:35],
    "jwt=" + KEYS["JWT"],
    "utm_source=letter&api_key=" + "q8Zr" + "T2vYw5X",
]


@pytest.mark.parametrize("query", IN_ADDRESSES)
@pytest.mark.parametrize("mark", "?#")
@pytest.mark.parametrize("form", ["{}", "- 出典: {}", "[題]({})", "![図]({})", "<{}>", "`{}`"])
def test_what_an_address_carries_is_no_error(query: str, mark: str, form: str) -> None:
    line = form.format(f"https://www.example.org/doi/10.1/x{mark}{query}")
    assert not found(secret, line)
    assert not found(secret_possible, line)
    for one in found(address_token, line):
        assert one.severity == "minor"
        assert query not in one.message


@pytest.mark.parametrize("name", KEYS)
def test_a_key_beside_an_address_is_one(name: str) -> None:
    for between in (" ", "と", ") ", "`,", " | ", "。鍵は"):
        line = f"https://www.example.org/a?b=c{between}{KEYS[name]}"
        assert [one.severity for one in found(secret, line)] == ["error"]
        assert not found(address_token, line)


@pytest.mark.parametrize(
    "line", ["AKIAIOSFODNN7" + "EXAMPLE", "ghp_" + "x" * 36, "sk-" + "X" * 30 + "a1", "hf_" + "0" * 34]
)
def test_keys_of_manuals_are_made_up(line: str) -> None:
    assert not found(secret, line)


def test_a_line_without_a_key_is_shown_as_it_is() -> None:
    assert masked("文 `code` a@b.jp") == "文 `code` a@b.jp"


def test_two_keys_on_a_line_are_both_masked() -> None:
    line = f"{KEYS['npmのトークン']} と {KEYS['Googleのキー']}"
    assert masked(line) == f"npm_{'*' * 36} と AIza{'*' * 35}"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("taro@turing.co.jp", ["taro@turing.co.jp"]),
        ("連絡はtaro.yamada+ml@mail.turing.jpまで", ["taro.yamada+ml@mail.turing.jp"]),
        ("[メール](mailto:a@b.dev) `c@d.ai`", ["a@b.dev", "c@d.ai"]),
        ("ｔａｒｏ＠ｔｕｒｉｎｇ．ｊｐ", ["ｔａｒｏ＠ｔｕｒｉｎｇ．ｊｐ"]),
        ("git@github.com:a/b.git noreply@anthropic.com a@example.com b@x.example.org", []),
        ("@Shun Ito pass@10 pass@1.5 mAP@0.5 @user@mastodon.social https://medium.com/@a.b", []),
        ("icon@2x.png react@18.2.0 user@host https://user@git.turing.jp/a R@1 package@v1.json", []),
    ],
)
def test_addresses(line: str, told: list[str]) -> None:
    assert places(email_address, line + "\n") == told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("090-1234-5678", ["090-1234-5678"]),
        ("電話03(1234)5678です", ["03(1234)5678"]),
        ("(03)1234-5678、0120-444-113", ["(03)1234-5678", "0120-444-113"]),
        ("+81 90 1234 5678 +81-3-1234-5678", ["+81 90 1234 5678", "+81-3-1234-5678"]),
        ("０９０－１２３４－５６７８", ["０９０－１２３４－５６７８"]),
        ("08012345678", ["08012345678"]),
        ("2025-11-25 02-03-2025 2025-01-02-03 11-25 0.92-0.33-0.58 30-45 0-1-2", []),
        ("arXiv:2511.16719 0704.0001 10.1145/3290605.3300233 978-4-7741-9690-9 4-06-519317-4", []),
        ("ISBN 0-13-468599-7 v0.12.3 512-1024-2048 1e-05 seed=0123456789 00-0000-0000", []),
        ("https://a.b/03-1234-5678 090-0000-0000 RTX-4090-24 0-shot 16:9 720p 8,192", []),
    ],
)
def test_telephone_numbers(line: str, told: list[str]) -> None:
    assert places(telephone_number, line + "\n") == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("http://192.168.0.12:8080/a", ["192.168.0.12"]),
        ("10.0.3.4 と 172.16.1.1 と 172.32.1.1", ["10.0.3.4", "172.16.1.1"]),
        ("wiki.corp と gpu01.train.internal と nas.lan", ["wiki.corp", "gpu01.train.internal", "nas.lan"]),
        ("```\nssh me@gpu01.local\ncurl nas.lan:80\nthreading.local\n```", ["gpu01.local", "nas.lan"]),
        ("```\nping 10.1.2.3\n```", ["10.1.2.3"]),
        ("localhost:8000 127.0.0.1 host.docker.internal a.svc.cluster.local metadata.google.internal", []),
        ("`threading.local` self.local() .env.local config.local.json 10.0.0.0/8 192.168.0.0/16", []),
        ("10.1145/3290605 10.2.89.1.2 version 10.300.1.1 cuDNN 10.2.89 arXiv:2510.10.10", []),
        ("https://example.internal.com/a local internal lan corp", []),
    ],
)
def test_hosts_of_a_company(text: str, told: list[str]) -> None:
    assert places(internal_host, text + "\n") == told
