"""Who is told what at each step. Messages name no person; they belong to the transaction of the act."""

from datetime import datetime

from xingyun.applications.models import Application
from xingyun.messages import actions as messages
from xingyun.registry.queries import members_of, people_of
from xingyun.reviews.models import Report


def tell_applicant(*, application: Application, step: str, subject: str, body: str, now: datetime) -> None:
    """Tell the people of the enterprise; `step` makes it one message a step."""
    messages.send(
        to=members_of(application.enterprise_id),
        subject=subject,
        body=body,
        link=f"/enterprise/applications/{application.uid}/",
        about=application.stream,
        dedupe_key=f"{application.stream}:{step}",
        now=now,
        office=application.holder_id,
    )


def tell_desk(
    *,
    application: Application,
    authority_id: int,
    roles: tuple[str, ...],
    step: str,
    subject: str,
    now: datetime,
) -> None:
    """Tell colleagues in an office that an application waits for them."""
    messages.send(
        to=people_of(authority_id, *roles),
        subject=subject,
        body=f"{application.number} {application.enterprise.name}",
        link=f"/officials/applications/{application.uid}/",
        about=application.stream,
        dedupe_key=f"{application.stream}:{step}",
        now=now,
    )


def tell_report(
    *,
    report: Report,
    authority_id: int,
    roles: tuple[str, ...],
    step: str,
    subject: str,
    body: str,
    now: datetime,
) -> None:
    """Tell an office about a report."""
    messages.send(
        to=people_of(authority_id, *roles),
        subject=subject,
        body=body,
        link=f"/officials/reports/{report.uid}/",
        about=report.stream,
        dedupe_key=f"{report.stream}:{step}",
        now=now,
    )
