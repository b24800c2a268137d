"""What the tools are given: every question that pages offer, each once."""

from tests.attacks.walk import Question, walk
from tests.attacks.weak import weak
from tests.rehearsal.session import Person


def test_a_link_with_a_question_and_a_form_that_asks_the_same_are_one() -> None:
    with weak() as url:
        assert [(one.method, one.url) for one in walk(Person(url, "nobody"), "/")] == [
            ("GET", f"{url}/find?q=1")
        ]


def test_identifiers_make_no_other_question() -> None:
    one, other = (
        Question("POST", f"http://x/cases/{uid}/decide/", f"csrfmiddlewaretoken=a&n={n}")
        for n, uid in enumerate(
            ("0d3b1c1e-9a62-4c3a-8f63-0f1f3a7be001", "5a77e0c2-7a0f-45a9-9c7e-2f0e39d0a002")
        )
    )
    assert one.shape == other.shape
    assert one.shape != Question("POST", one.url, "n=1&reason=x").shape
