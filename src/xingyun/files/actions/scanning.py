"""Which files may be used: those that a virus scanner has seen, where one is set up."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from xingyun.clock import machine_now
from xingyun.files import scanner, storage
from xingyun.files.models import File
from xingyun.files.states import UNSEEN, Scan
from xingyun.jobs import actions as jobs

KIND = "files.scan"
FAILED_AGAIN = timedelta(hours=1)  # after which a file that could not be scanned is tried once more
AT_ONCE = 50  # files that are asked for again in one look; the next look takes the next ones


class InfectedError(Exception):
    """The content is a threat; `threat` is the scanner's name for it."""

    def __init__(self, threat: str) -> None:
        self.threat = threat
        super().__init__(threat)


def expected() -> Scan:
    """The state in which content from outside begins."""
    return Scan.WAITING if settings.CLAMD else Scan.OFF


def have_scanned(*, file: File, now: datetime) -> None:
    """Ask for the scan of a file that waits for one. Part of the caller's transaction, if there is one."""
    if file.scan_state == Scan.WAITING:
        jobs.enqueue(kind=KIND, key=str(file.pk), payload={"file": file.pk}, now=now)


def scan(*, file: File) -> File:
    """Have a waiting file looked at here and now; it keeps waiting while the scanner does not answer.

    Call it outside a transaction: it reads the whole file. Done twice, or by two at once, it says the same.
    """
    if file.scan_state not in UNSEEN:
        return file
    state, threat = _verdict(file)
    if state != Scan.WAITING:
        columns = {"scan_state": state, "threat": threat, "scanned_at": machine_now()}
        File.objects.filter(pk=file.pk, scan_state__in=UNSEEN).update(**columns)
        file.refresh_from_db(fields=list(columns))
    return file


def scan_kept(*, file: File) -> Scan:
    """Have a file looked at that was kept before there was a scanner; returns what came of it.

    It stays in use unless something is found: `waiting` and `failed` mean that it is as unseen as before.
    """
    state, threat = _verdict(file)
    if state in (Scan.CLEAN, Scan.INFECTED):
        columns = {"scan_state": state, "threat": threat, "scanned_at": machine_now()}
        File.objects.filter(pk=file.pk, scan_state=Scan.OFF).update(**columns)
        file.refresh_from_db(fields=list(columns))
    return state


def ask_again() -> int:
    """Once the scanner answers, ask for the scan of all that waits, oldest first; returns how many."""
    unseen = Q(scan_state=Scan.WAITING) | Q(
        scan_state=Scan.FAILED, scanned_at__lt=machine_now() - FAILED_AGAIN
    )
    files = File.objects.filter(unseen).order_by("id")[:AT_ONCE]
    if not files or (settings.CLAMD and not scanner.answers(settings.CLAMD)):
        return 0
    for file in files:
        jobs.enqueue(kind=KIND, key=str(file.pk), payload={"file": file.pk}, now=file.created_at)
    return len(files)


def _verdict(file: File) -> tuple[Scan, str]:
    if not settings.CLAMD:
        # The scanner was taken away while this one waited.
        return Scan.OFF, ""
    try:
        threat = scanner.threat_in(storage.place(file.sha256), settings.CLAMD)
    except scanner.ScannerDownError:
        return Scan.WAITING, ""
    except scanner.ScannerFaultError as error:
        return Scan.FAILED, str(error)[:100]
    return (Scan.INFECTED, threat) if threat else (Scan.CLEAN, "")
