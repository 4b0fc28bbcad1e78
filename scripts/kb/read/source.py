"""Bytes to text, and the files that are no text."""

from __future__ import annotations

from kb.model.codes import Code
from kb.model.finding import Finding, Span

# A `.md` file that is a PNG has been seen.
_SIGNATURES: dict[bytes, str] = {
    b"\x89PNG": "PNG 画像",
    b"\xff\xd8\xff": "JPEG 画像",
    b"GIF8": "GIF 画像",
    b"%PDF": "PDF",
    b"PK\x03\x04": "zip",
}
_HINT = "UTF-8 のテキストで保存し直してください"


def decode(data: bytes, path: str) -> tuple[str, Finding | None]:
    """The text of a file, or what is wrong with it: empty, binary, not UTF-8."""
    whole = Span(path, 0, 0)
    for signature, name in _SIGNATURES.items():
        if data.startswith(signature):
            return "", Finding(
                Code.NOTE_BINARY, "error", whole, f"テキストではなく {name} のファイルです", _HINT
            )
    try:
        # Files of Notion and of Windows may begin with a byte order mark.
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = f"0x{data[error.start]:02x}"
        message = f"UTF-8 として読めません({line}行目に {byte} のバイト)"
        return "", Finding(Code.NOTE_ENCODING, "error", Span(path, line, line), message, _HINT)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        message = "テキストではありません(NUL 文字があります)"
        return "", Finding(Code.NOTE_BINARY, "error", Span(path, line, line), message, _HINT)
    if not text.strip():
        hint = "中身を書くか、ファイルを削除してください"
        return "", Finding(Code.NOTE_EMPTY, "error", whole, "ファイルが空です", hint)
    return text, None
