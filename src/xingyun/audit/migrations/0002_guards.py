"""Entries and checkpoints can't be changed or removed."""

from django.db import migrations

from xingyun.audit.migrations import _guards


def install(apps, editor):
    for statement in _guards.install(editor.connection.vendor):
        editor.execute(statement, params=None)


def remove(apps, editor):
    for statement in _guards.remove(editor.connection.vendor):
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
