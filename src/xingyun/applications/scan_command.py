"""`xingyun scan`: clamd looks at the files that were kept before it was set up."""

import argparse
from collections.abc import Sequence

from django.conf import settings

from xingyun.applications.models import Attachment
from xingyun.files import actions, scanner
from xingyun.files.models import File
from xingyun.files.states import Scan

TOLD_EVERY = 100


def run(argv: Sequence[str]) -> int:
    """0: nothing was found. 1: something was, or could not be looked at. 2: no scanner answers."""
    limit = _parser().parse_args(list(argv)).limit
    if not settings.CLAMD:
        print("没有设置 XINGYUN_CLAMD，不能扫描。")
        return 2
    if not scanner.answers(settings.CLAMD):
        print(f"clamd 没有应答（{settings.CLAMD}）。请先启动它，再运行一次。")
        return 2
    unseen = File.objects.filter(scan_state=Scan.OFF).order_by("id").values_list("pk", flat=True)
    ids = list(unseen[:limit] if limit else unseen)
    odd = 0
    for n, pk in enumerate(ids, 1):
        file = File.objects.get(pk=pk)
        state = actions.scan_kept(file=file)
        if state == Scan.WAITING:
            print(f"clamd 中断应答。已看 {n - 1} 个，共 {len(ids)} 个；看过的不用再看，恢复后再运行一次。")
            return 2
        if state != Scan.CLEAN:
            odd += 1
            print(_told(file, state), flush=True)
        if n % TOLD_EVERY == 0:
            print(f"已看 {n} 个，共 {len(ids)} 个", flush=True)
    print(f"看完 {len(ids)} 个文件，{odd} 个有问题。")
    return 1 if odd else 0


def _told(file: File, state: Scan) -> str:
    held = Attachment.objects.filter(file=file, removed_at=None).select_related("application").order_by("id")
    where = "；".join(f"{one.application.number}“{one.name}”" for one in held) or "没有申请在用"
    what = f"发现 {file.threat}，不再提供" if state == Scan.INFECTED else "clamd 看不了，照旧使用"
    return f"{file.sha256}  {what}：{where}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="xingyun scan", description="让 clamd 检查设置扫描以前收下的文件，从最早的开始"
    )
    parser.add_argument("--limit", type=_count, default=0, metavar="N", help="这一次最多看多少个；不写则看完")
    return parser


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError("1…")
    return count
