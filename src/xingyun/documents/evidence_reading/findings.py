"""What could not be read, or does not agree, in words that say what to do."""

from dataclasses import dataclass
from typing import Literal

from xingyun.documents.inspect import UnusableError

Level = Literal["error", "warning", "note"]

# code → (level, Chinese, English); an error means that the file, or a part of it, was not read.
MESSAGES: dict[str, tuple[Level, str, str]] = {
    "kind": (
        "error",
        "内容不是能读取的格式（看内容是 {found}）。请提供 PDF、OFD、XML、JPG 或 PNG。",
        "The content is of no kind that is read (it is {found}). Provide PDF, OFD, XML, JPG or PNG.",
    ),
    "damaged": (
        "error",
        "文件不完整或已损坏，读不出内容。请重新下载或导出。",
        "The file is incomplete or damaged and could not be read. Download or export it again.",
    ),
    "missing": (
        "error",
        "文件打不开：{why}。请核对路径和权限。",
        "The file can't be opened: {why}. Check its path and permissions.",
    ),
    "time": (
        "error",
        "{seconds} 秒内没有读完，第 {page} 页起未读。请拆分后再试。",
        "Reading did not end within {seconds} seconds; page {page} and on were not read. Split it.",
    ),
    "stopped": (
        "error",
        "读取占用的时间或内存超出上限，已停止。请换一种方式导出，或拆分后再试。",
        "Reading took more time or memory than allowed and was stopped. Export it otherwise or split it.",
    ),
    "page": (
        "error",
        "第 {page} 页读不出来，其余各页已读。请对照原件。",
        "Page {page} could not be read, the others were. Compare with the original.",
    ),
    "no_text": (
        "warning",
        "第 {pages} 页没有文字层（多半是扫描件或照片），只找了二维码，其余请人工核对。",
        "Pages {pages} have no text layer (scans or photographs): only QR codes were looked for.",
    ),
    "garbled": (
        "warning",
        "第 {pages} 页的文字层是乱码，未采用。请对照原件。",
        "The text layer of pages {pages} is garbled and was not used. Compare with the original.",
    ),
    "nothing": (
        "note",
        "没有认出发票、合同或审计报告。请对照原件填写。",
        "No invoice, contract or audit report was recognised. Fill in by hand.",
    ),
    "xml_entities": (
        "error",
        "XML 里有文档类型或实体声明，可能有害，未读取。请从税务平台重新下载。",
        "The XML declares a document type or entities, which may do harm; it was not read.",
    ),
    "xml_encoding": (
        "error",
        "XML 的编码 {found} 不受支持。请另存为 UTF-8。",
        "The XML's encoding {found} is not supported. Save it as UTF-8.",
    ),
    "xml_damaged": (
        "error",
        "XML 不完整或格式有误，读不出内容。请从税务平台重新下载。",
        "The XML is incomplete or malformed. Download it again from the tax platform.",
    ),
    "xml_kind": (
        "error",
        "XML 不是数电发票（根元素是 {found}）。请提供从税务平台下载的发票文件。",
        "The XML is no fully digital invoice (its root is {found}). Provide the file of the tax platform.",
    ),
    "archive_damaged": (
        "error",
        "压缩包（OFD 也是压缩包）不完整或已损坏。请重新下载。",
        "The archive (an OFD is one too) is incomplete or damaged. Download it again.",
    ),
    "archive_size": (
        "error",
        "解开后超过 {limit} MB，未继续读取。请拆分后再试。",
        "Unpacked it exceeds {limit} MB; reading stopped. Split it.",
    ),
    "archive_entries": (
        "error",
        "压缩包里有 {found} 个文件，上限 {limit} 个。请拆分后再试。",
        "The archive has {found} files, the limit is {limit}. Split it.",
    ),
    "archive_locked": (
        "error",
        "压缩包设有密码。请解开后逐个提供。",
        "The archive needs a password. Unpack it and provide the files.",
    ),
    "archive_nested": (
        "error",
        "压缩包里还有压缩包 {found}，未读取。请解开后提供。",
        "The archive holds another archive, {found}, which was not read. Unpack it.",
    ),
    "archive_part": (
        "warning",
        "压缩包里的 {found} 不是能读取的格式，已跳过。",
        "{found} in the archive is of no kind that is read and was skipped.",
    ),
    "ofd_damaged": (
        "error",
        "OFD 缺少必要的部分（{found}），读不出内容。请重新下载。",
        "The OFD lacks a necessary part ({found}). Download it again.",
    ),
    "ofd_part": (
        "note",
        "OFD 里的 {found} 格式有误，已跳过；其余来源照常采用。",
        "{found} in the OFD is malformed and was skipped; the other sources were used.",
    ),
    "differs": (
        "warning",
        "{field}在不同来源里不一致：{values}。请以原件为准。",
        "{field} differs between its sources: {values}. The original decides.",
    ),
    "sums": (
        "warning",
        "金额 {net} 加税额 {tax} 不等于价税合计 {gross}（单位：元）。请对照原件。",
        "Net {net} and tax {tax} do not add up to {gross} yuan. Compare with the original.",
    ),
    "many": (
        "error",
        "发票超过 {limit} 张，其余未列出。请拆分后再试。",
        "There are more than {limit} invoices; the rest is not listed. Split the file.",
    ),
    "uscc": (
        "warning",
        "{code} 的校验码不对：{why}",
        "The check digit of {code} is wrong: {why}",
    ),
}


@dataclass(frozen=True)
class Finding:
    """A code for programs, `zh` and `en` for people, the page (from 1) where there is one."""

    code: str
    level: Level
    zh: str
    en: str
    page: int | None = None


class UnreadableError(Exception):
    """The file, or the part of it that was asked for, can't be read; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.zh)


def finding(code: str, **facts: object) -> Finding:
    """The finding `code` with its facts filled in; a fact `page` is its page too."""
    level, zh, en = MESSAGES[code]
    page = facts.get("page")
    return Finding(
        code, level, zh.format(**facts), en.format(**facts), page if isinstance(page, int) else None
    )


def unreadable(code: str, **facts: object) -> UnreadableError:
    """The error to raise."""
    return UnreadableError(finding(code, **facts))


def unusable(error: UnusableError) -> Finding:
    """What `inspect` found, as a finding of this kind."""
    return Finding(error.code, "error", error.zh, error.en)


def worded(name: str, **facts: tuple[str, str]) -> Finding:
    """A finding whose facts differ by language: each is (Chinese, English)."""
    level, zh, en = MESSAGES[name]
    in_zh = {key: value[0] for key, value in facts.items()}
    in_en = {key: value[1] for key, value in facts.items()}
    return Finding(name, level, zh.format(**in_zh), en.format(**in_en))
