"""What every table keeps to."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

ROOMS = [
    "clock", "audit", "accounts", "jobs", "files", "messages", "registry", "rounds", "papers", "evidence",
    "applications", "reviews", "results", "lists", "demo", "web",
]  # fmt: skip
OWN = [
    model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("xingyun.")
]
FIELDS = [(model, field) for model in OWN for field in model._meta.local_fields]


def room(model):
    return model.__module__.split(".")[1]


def forward_relations():
    """Every relation that a model of ours declares, many-to-many ones included."""
    for model in OWN:
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            if field.remote_field is not None:
                yield model, field


DECLARED = list(forward_relations())


def named(pair):
    return f"{pair[0]._meta.label}.{pair[1].name}"


@pytest.mark.parametrize("pair", DECLARED, ids=named)
def test_relations_point_down_and_have_no_way_back(pair):
    """Neither a linter nor a type checker sees `filter(application__state=…)` across a reverse relation."""
    model, field = pair
    assert field.remote_field.related_name == "+", "related_name must be '+'"
    target = field.remote_field.model
    if target.__module__.startswith("xingyun."):
        assert ROOMS.index(room(target)) <= ROOMS.index(room(model)), f"{room(model)} is below {room(target)}"


def test_no_column_rounds():
    """Money is whole fen: a decimal column summed on SQLite is wrong."""
    assert [
        named(pair) for pair in FIELDS if isinstance(pair[1], models.FloatField | models.DecimalField)
    ] == []


def test_no_column_reads_the_wall_clock():
    """The clock room gives the time."""
    marks = ("auto_now", "auto_now_add")
    assert [named(pair) for pair in FIELDS if any(getattr(pair[1], mark, False) for mark in marks)] == []


def test_no_model_saves_in_its_own_way():
    own = [f"{model.__name__}.{name}" for model in OWN for name in ("save", "delete") if name in vars(model)]
    assert own == []


def test_there_are_models_to_look_at():
    assert {"audit.Entry", "jobs.Job", "registry.Authority"} <= {model._meta.label for model in OWN}
    assert any(named(pair) == "audit.Entry.stream" for pair in DECLARED)


@pytest.mark.django_db
def test_migrations_and_models_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
