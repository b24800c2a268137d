"""Setting a rehearsal's clock: anchored once, moved forward only."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from xingyun.clock.models import Anchor
from xingyun.clock.queries import OFFSET, ZONE, machine_now, now, wall

MICROSECOND = timedelta(microseconds=1)


class ClockError(ValueError):
    """The clock can't be set so; the message says why."""


def anchor(*, at: datetime) -> None:
    """Let this system live at `at` (aware) from now on. Once, in a rehearsal only; raises ClockError."""
    _rehearsing()
    machine = machine_now()
    try:
        with transaction.atomic():
            Anchor.objects.create(
                pk=1, offset_us=(at - wall()) // MICROSECOND, anchored_at=machine, moved_at=machine
            )
    except IntegrityError as error:
        raise ClockError("时钟已经设定过，只能用 xingyun demo clock --to 往后拨。") from error
    _tell()


def move_forward(*, to: datetime) -> None:
    """Move the rehearsal's time on to `to` (aware); backwards raises ClockError."""
    _rehearsing()
    OFFSET.forget()
    if to <= now():
        here = now().astimezone(ZONE)
        raise ClockError(f"时钟只能往后拨：现在是 {here:%Y-%m-%d %H:%M:%S}，要拨到的时间已经过去。")
    offset = (to - wall()) // MICROSECOND
    # Two moves at once: the farther one stays.
    moved = Anchor.objects.filter(pk=1, offset_us__lt=offset).update(offset_us=offset, moved_at=machine_now())
    if not moved and not Anchor.objects.filter(pk=1).exists():
        raise ClockError("时钟还没有设定；先运行 xingyun demo seed。")
    _tell()


def _rehearsing() -> None:
    if not settings.REHEARSAL:
        raise ClockError("只有演练（XINGYUN_REHEARSAL=1）才能拨动时钟；正式系统只用真实时间。")


def _tell() -> None:
    OFFSET.forget()
    transaction.on_commit(OFFSET.forget)
