"""Requests that take turns: one after the other, but never behind what takes its time."""

from threading import Event, Thread

import pytest

from xingyun.config.turns import LARGE, Turns

LONG = 30.0  # seconds; nobody waits so long here


class Counted:
    """An application that is entered, and left once it may."""

    def __init__(self):
        self.entered, self.may_leave = [], Event()

    def __call__(self, environ, _start_response):
        self.entered.append(environ["name"])
        if environ.get("slow"):
            assert self.may_leave.wait(LONG)
        if environ.get("broken"):
            raise LookupError
        return [environ["name"].encode()]


@pytest.fixture
def inner():
    return Counted()


def begun(application, inner, **environ):
    """A request that is within the application by now."""
    thread = Thread(target=application, args=(environ, None))
    thread.start()
    while environ["name"] not in inner.entered:
        thread.join(0.001)
    return thread


def test_the_second_waits_for_the_first(inner):
    application = Turns(inner, patience=LONG)
    first = begun(application, inner, name="first", slow=True)
    second = Thread(target=application, args=({"name": "second"}, None))
    second.start()
    second.join(0.1)
    assert inner.entered == ["first"]
    inner.may_leave.set()
    for thread in (first, second):
        thread.join(LONG)
    assert inner.entered == ["first", "second"]


def test_who_has_waited_long_enough_goes_on(inner):
    application = Turns(inner, patience=0.01)
    first = begun(application, inner, name="first", slow=True)
    assert application({"name": "second"}, None) == [b"second"]
    inner.may_leave.set()
    first.join(LONG)


@pytest.mark.parametrize(
    "body",
    [{"CONTENT_LENGTH": str(LARGE + 1)}, {"CONTENT_LENGTH": "many"}, {"HTTP_TRANSFER_ENCODING": "chunked"}],
)
def test_a_file_on_its_way_neither_waits_nor_lets_others_wait(inner, body):
    application = Turns(inner, patience=LONG)
    page = begun(application, inner, name="page", slow=True)
    file = begun(application, inner, name="file", slow=True, **body)
    inner.may_leave.set()
    for thread in (page, file):
        thread.join(LONG)
    inner.may_leave.clear()
    file = begun(application, inner, name="another", slow=True, **body)
    assert application({"name": "quick", "CONTENT_LENGTH": str(LARGE)}, None) == [b"quick"]
    inner.may_leave.set()
    file.join(LONG)


def test_a_fault_ends_the_turn(inner):
    application = Turns(inner, patience=LONG)
    with pytest.raises(LookupError):
        application({"name": "first", "broken": True}, None)
    assert application({"name": "second", "CONTENT_LENGTH": ""}, None) == [b"second"]
