"""`xingyun evidence`: what files say, each value with its source; how far reading again is. As JSON."""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from xingyun.documents.evidence_reading import Limits, read_apart
from xingyun.documents.evidence_reading.contracts import CLOUD_WORDS
from xingyun.documents.evidence_reading.findings import worded
from xingyun.rulebook import uscc


def run(arguments: Sequence[str]) -> int:
    """0: all files were read. 1: one, or a part of one, was not; the finding says why. 2: not understood."""
    options = _parser().parse_args(arguments)
    return int(options.act(options))


def _read(options: argparse.Namespace) -> int:
    limits = replace(Limits(), seconds=options.seconds)
    words = tuple(options.word) if options.word else CLOUD_WORDS
    answers = []
    for file in options.files:
        answer = read_apart(file, wanted=options.wanted, words=words, limits=limits)
        check_codes(answer)
        answers.append({"file": str(file), **answer})
    print(json.dumps({"files": answers}, ensure_ascii=False, indent=1))
    return 0 if all(answer["read"] for answer in answers) else 1


def _how_far(_options: argparse.Namespace) -> int:
    """Say how many files the present readers have read; reading files needs no database, this does."""
    import django

    django.setup()
    from xingyun.evidence.queries import how_far

    print(json.dumps(how_far()._asdict()))
    return 0


def check_codes(answer: dict[str, Any]) -> None:
    """Add a finding for every credit code of 18 signs whose check digits are wrong."""
    for part in answer["parts"]:
        check_codes(part)
    for invoice in answer["invoices"]:
        said = [invoice["fields"].get(name) for name in ("seller_tax_id", "buyer_tax_id")]
        invoice["findings"] += _wrong(field["value"] for field in said if field)
    if answer["contract"]:
        answer["findings"] += _wrong(party["uscc"] for party in answer["contract"]["parties"])


def _wrong(codes: Iterator[str]) -> list[dict[str, str]]:
    found = []
    for code in sorted(set(codes)):
        fault = uscc.fault(code) if len(code) == uscc.LENGTH else None
        if fault:
            said = worded("uscc", code=(code, code), why=(fault.text.zh, fault.text.en))
            found.append({"code": said.code, "level": said.level, "zh": said.zh, "en": said.en})
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="xingyun evidence", description="读取佐证材料")
    acts = parser.add_subparsers(required=True, metavar="read|progress")
    reading = acts.add_parser(
        "read",
        help="读出发票、合同、审计报告里的内容",
        description="读出 PDF、OFD、XML、JPG、PNG 或压缩包里的发票、合同、审计报告，以 JSON 输出，注明出处。",
    )
    reading.set_defaults(act=_read)
    reading.add_argument("files", nargs="+", type=Path, metavar="FILE")
    reading.add_argument(
        "--as",
        dest="wanted",
        choices=["auto", "invoice", "contract", "audit"],
        default="auto",
        help="按哪一类读；不写则由内容判断",
    )
    reading.add_argument("--word", action="append", help="合同里算作写明上云的词，可写多次；不写则用内置词表")
    reading.add_argument("--seconds", type=_seconds, default=Limits().seconds, help="每个文件最多读多少秒")
    progress = acts.add_parser(
        "progress",
        help="升级后重读材料做到哪里了",
        description="文件数：已由现行版本读过（read）、已排队（waiting）、尚未排队（older），以 JSON 输出。",
    )
    progress.set_defaults(act=_how_far)
    return parser


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 1 <= seconds <= 3600:
        raise argparse.ArgumentTypeError("1–3600")
    return seconds
