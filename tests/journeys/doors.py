"""Doors that stay closed: a foreign district, another enterprise, a visitor."""

from tests.journeys.applicants import Applicant
from tests.journeys.house import House
from tests.journeys.people import People, Person

OWN = ["", "form/", "ledger/", "evidence/", "checklist/", "booklet/", "booklet/file/", "submit/", "receipt/"]
OWN += ["receipt/file/", "progress/", "withdraw/", "certificate/"]


def before_acceptance(
    people: People, house: House, first: Applicant, *, neighbour: str, foreign: str
) -> None:
    """The application as handed in."""
    uid = first.application.strip("/").rsplit("/", 1)[1]
    desk = f"/officials/applications/{uid}/"
    strangers = [people.as_(neighbour), people.visitor(), people.as_(f"{foreign}-jb")]
    for person in strangers:
        for path in OWN:
            person.closed(first.application + path)
        _posts(person, house, [first.application + "submit/", first.application + "withdraw/"])
    for person in (people.as_(neighbour), people.visitor(), people.as_(f"{foreign}-jb"), first.me):
        for path in ("", "decisions/", "record/", "papers/booklet/"):
            person.closed(desk + path)
        _posts(person, house, [desk + "accept/", desk + "refuse/", desk + "decisions/prepare/"])
    registrations = house.sql("SELECT uid FROM registry_enterprise WHERE uscc = " + f"'{first.who.uscc}'")
    enterprise = str(registrations[0][0])
    for person in strangers:
        person.closed(f"/officials/registrations/{enterprise}/")
        person.at_ease()
    first.me.at_ease()


def after_the_announcement(
    people: People, house: House, first: Applicant, *, neighbour: str, foreign: str
) -> None:
    """Report, minutes, notice desk and record of the same journey."""
    report = house.sql("SELECT uid FROM reviews_report ORDER BY id")[0][0]
    minutes = house.sql("SELECT id FROM reviews_minutes ORDER BY id")[0][0]
    notice = house.sql("SELECT uid FROM results_notice")[0][0]
    for person in (people.as_(neighbour), people.visitor(), people.as_(f"{foreign}-jb")):
        person.closed(f"/officials/reports/{report}/")
        person.closed(f"/officials/reports/{report}/papers/paper/")
        person.closed(f"/officials/minutes/{minutes}/")
        person.closed(f"/officials/notices/{notice}/")
        person.closed("/officials/record/")
        person.closed(f"{first.application}certificate/")
        person.at_ease()


def _posts(person: Person, house: House, paths: list[str]) -> None:
    """A POST with a valid token is refused as well; nothing has changed by it."""
    before = house.sql("SELECT count(*) FROM audit_entry")
    token = next((c["value"] for c in person.context.cookies() if c["name"] == "csrftoken"), "")
    for path in paths:
        answer = person.context.request.post(
            path, headers={"X-CSRFToken": token, "Referer": house.url}, form={}, max_redirects=0
        )
        closed = answer.status in (403, 404) or "/accounts/login/" in answer.headers.get("location", "")
        assert closed, f"{person.name} posted to {path}: {answer.status}"
    assert house.sql("SELECT count(*) FROM audit_entry") == before
