"""A provider is asked to confirm online a contract that does not say cloud, and answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings

from xingyun.applications import actions
from xingyun.applications.models import Application
from xingyun.demo.applying import Applicant
from xingyun.evidence.actions import Answer
from xingyun.evidence.models import Confirmation
from xingyun.evidence.queries import contracts

# Networks that belong to nobody (RFC 5737): the applicant's and its provider's.
ASKED_FROM, ANSWERED_FROM = "192.0.2.18", "198.51.100.7"
SERVICES = "服务商公有云：云服务器、云数据库和对象存储，业务系统部署在其上并由其运维。"


def ask(applicant: Applicant, application: Application, now: datetime) -> None:
    """The first contract's provider is mailed a link."""
    contract = contracts(application.dossier)[0]
    with _mail():
        actions.ask_confirmation(
            application=application,
            contract=contract.uid,
            services=SERVICES,
            address=f"contracts{applicant.who.n:02d}@example.com",
            network=ASKED_FROM,
            actor=applicant.actor,
            now=now,
        )


def confirm(application: Application, now: datetime) -> None:
    """The provider that was asked confirms."""
    answer = Answer(
        confirmed=True, person="程可心", post="客户经理", phone="0531-66600188", network=ANSWERED_FROM
    )
    asked = Confirmation.objects.get(dossier=application.dossier_id)
    actions.answer_confirmation(confirmation=asked, answer=answer, now=now)


@contextmanager
def _mail() -> Iterator[None]:
    """Where no mail is set up, the letter is written all the same and stays in the outbox."""
    before = settings.MAIL_URL
    settings.MAIL_URL = before or "file:///"
    try:
        yield
    finally:
        settings.MAIL_URL = before
