"""`xingyun audit verify | export`: for the auditor, without a page."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from xingyun import clock
from xingyun.audit import actions, anchor, verify
from xingyun.audit.verify import Finding


def run(arguments: Sequence[str]) -> int:
    """0: whole, or exported. 1: something does not fit. 2: a file can't be used."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.act(options)
    except (anchor.AnchorError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="xingyun audit", description="查验操作记录是否被改动")
    acts = parser.add_subparsers(required=True)
    checking = acts.add_parser("verify", help="逐条查验；有出入时以 1 结束")
    checking.add_argument("--anchor", type=Path, help="以前导出、存放在别处的存证锚")
    checking.add_argument("--format", choices=["text", "json"], default="text")
    checking.set_defaults(act=_verify)
    exporting = acts.add_parser("export", help="导出存证锚；请存放到另一台机器或打印存档")
    exporting.add_argument("file", type=Path)
    exporting.set_defaults(act=_export)
    return parser


def _verify(options: argparse.Namespace) -> int:
    findings = verify.verify(options.anchor)
    shown = _as_json(findings) if options.format == "json" else _as_text(findings)
    return 1 if shown else 0


def _as_text(findings: Iterator[Finding]) -> int:
    count = 0
    for finding in findings:
        count += 1
        print(f"{finding.kind:10} {finding.stream or '-'} #{finding.seq} {finding.text}", flush=True)
    size = verify.size()
    result = f"发现 {count} 处出入" if count else "记录完整"
    print(f"{result}：{size['streams']} 条链，{size['entries']} 条记录，{size['checkpoints']} 个检查点")
    return count


def _as_json(findings: Iterator[Finding]) -> int:
    found = [
        {"kind": item.kind, "stream": item.stream, "seq": item.seq, "text": item.text} for item in findings
    ]
    print(json.dumps({"whole": not found, **verify.size(), "findings": found}, ensure_ascii=False, indent=1))
    return len(found)


def _export(options: argparse.Namespace) -> int:
    now = clock.now()
    actions.checkpoint(now=now)
    count = anchor.write(options.file, now)
    print(f"已写出 {options.file}：{count} 条链。请存放到这台机器之外。")
    return 0
