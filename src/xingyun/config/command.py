"""`xingyun`: the one entrance. Its own commands first, Django's behind them."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from xingyun.config.typed import SettingError

# name → (where it lives, whether it needs the database and the settings, what it does)
COMMANDS = {
    "serve": ("xingyun.config.serve:run", True, "启动网站和任务进程"),
    "worker": ("xingyun.jobs.worker:run", True, "只执行排队的任务"),
    "offices": ("xingyun.rounds.command:run", True, "开始使用：发布第一版规则，给人员开账号、设席位"),
    "backup": ("xingyun.config.backup:run", True, "不停机备份"),
    "restore": ("xingyun.config.restore:run", True, "恢复备份，或只查验"),
    "audit": ("xingyun.audit.command:run", True, "查验操作记录，导出存证锚"),
    "scan": ("xingyun.applications.scan_command:run", True, "用 clamd 扫描以前收下的文件"),
    "rulebook": ("xingyun.rulebook.command:main", False, "检查、试算、解释、比较规则书"),
    "evidence": ("xingyun.evidence.command:run", False, "读出发票、合同、审计报告"),
    "demo": ("xingyun.demo.command:run", True, "演练：虚构数据、账号、往后拨时间、各种文书的样张"),
}
HELP = frozenset({"help", "--help", "-h"})


def main() -> None:
    """Run the command that is named; exit with its code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xingyun.config.settings")
    words = sys.argv[1:]
    if not words or (len(words) == 1 and words[0] in HELP):
        print(overview())
        return
    try:
        code = _run(words)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough (`… | head`); what is left goes nowhere, and quietly.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except SettingError as error:
        print(error, file=sys.stderr)
        code = 2
    sys.exit(code)


def overview() -> str:
    """Every command with what it does, as the entrance says it when it is asked for nothing else."""
    commands = {name: told for name, (_place, _needs, told) in COMMANDS.items()}
    listed = {"migrate": "建立或升级数据库的表", **commands}
    lines = [f"  {name:9} {told}" for name, told in listed.items()]
    rest = "其余是 Django 的命令：xingyun help --commands 列出，xingyun help 命令 说明。"
    return "\n".join(
        ["星云。用法：xingyun 命令 …", "", *lines, "", "每个命令的用法：xingyun 命令 --help", rest]
    )


def _run(words: Sequence[str]) -> int:
    if words[0] not in COMMANDS:
        from xingyun.config.faults import told

        with told(own=False):
            from django.core.management import execute_from_command_line

            execute_from_command_line(sys.argv)
        return 0
    place, needs_django, _told = COMMANDS[words[0]]
    module, _colon, function = place.partition(":")
    if not needs_django:
        return int(getattr(import_module(module), function)(words[1:]))
    import django

    from xingyun.config.faults import told

    django.setup()
    with told(own=True):
        return int(getattr(import_module(module), function)(words[1:]))


if __name__ == "__main__":
    main()
