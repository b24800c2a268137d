"""What a run demands: tests that touch the database are marked, and where asked for, nothing is skipped."""

import os

import pytest

ON_THE_DATABASE = frozenset({"db", "transactional_db", "django_db_setup"})
# What a page looks like and what its scripts do is the same on every database.
ANYWHERE = ("tests/web/browser/", "tests/web/pages/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything that touches the database, so that one run more can put it on another."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & ON_THE_DATABASE:
            item.add_marker("database")
        if any(folder in item.path.as_posix() for folder in ANYWHERE):
            item.add_marker("anywhere")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where XINGYUN_FAIL_ON_SKIP is set, a skipped test is a failed run: something could not be had."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("XINGYUN_FAIL_ON_SKIP") and skipped and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line(f"{len(skipped)} skipped; here that is a failure", red=True)
