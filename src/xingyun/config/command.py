"""`xingyun`: the one entrance. Its own commands first, Django's behind them."""

import os
import sys
from importlib import import_module

# name → (where it lives, whether it needs the database and the settings)
COMMANDS = {
    "serve": ("xingyun.config.serve:run", True),
    "worker": ("xingyun.jobs.worker:run", True),
    "demo": ("xingyun.demo.command:run", True),
    "audit": ("xingyun.audit.command:run", True),
    "evidence": ("xingyun.evidence.command:run", False),
    "rulebook": ("xingyun.rulebook.command:main", False),
    "scan": ("xingyun.applications.scan_command:run", True),
    "backup": ("xingyun.config.backup:run", True),
    "restore": ("xingyun.config.restore:run", True),
}


def main() -> None:
    """Run the command that is named; exit with its code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xingyun.config.settings")
    name = sys.argv[1] if len(sys.argv) > 1 else "help"
    if name not in COMMANDS:
        _django()
        return
    module, needs_django = COMMANDS[name]
    if needs_django:
        import django

        django.setup()
    place, _colon, function = module.partition(":")
    try:
        code = getattr(import_module(place), function)(sys.argv[2:])
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough (`… | head`); what is left goes nowhere, and quietly.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)


def _django() -> None:
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
