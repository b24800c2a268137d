"""Forms sent as nobody should: empty, or with something in every field that fits none of them."""

from dataclasses import dataclass

from playwright.sync_api import Page

FORM = "main form[method=post]"
# The form with something to fill in, not a button that stands alone.
SEND = """(text) => {
  const typed = (input) => !["hidden", "submit", "button"].includes(input.type) && !input.disabled;
  const forms = [...document.querySelectorAll("main form[method=post]")];
  const fields = (form) => [...form.elements].filter(typed);
  const at = forms.find((form) => fields(form).some((input) => !input.closest("details")));
  for (const input of fields(at)) {
    if (["checkbox", "radio"].includes(input.type)) input.checked = false;
    else if (input.options) input.selectedIndex = 0;
    else if (input.type !== "file") input.value = text;
  }
  HTMLFormElement.prototype.submit.call(at);
}"""
# Something on the page says what is wrong.
SAID = ".err, [role=alert], .say.bad, .say.wait, .msg.bad"


@dataclass(frozen=True, slots=True)
class Case:
    """Who sends which form of which page, with what in its fields."""

    visitor: str
    route: str
    subject: str = "-"
    text: str = ""

    def __str__(self) -> str:
        return f"{self.route} {self.subject} {self.text or 'empty'}"


def send(page: Page, case: Case) -> None:
    """Send the form; what comes back says what is wrong."""
    with page.expect_navigation() as coming:
        page.evaluate(SEND, case.text)
    answer = coming.value
    assert answer.status in (200, 403, 409, 422), answer.status
    said = page.locator(SAID).count() or "没有办成" in page.title()
    assert said, f"{answer.status}, but nothing says what is wrong"


CASES = [
    Case("nobody", "register"),
    Case("nobody", "register", text="x"),
    Case("nobody", "takeover_claim"),
    Case("nobody", "join", "invitation"),
    Case("nobody", "account_login"),
    Case("nobody", "account_login", text="x"),
    Case("nobody", "account_reset_password"),
    Case("nobody", "object", "notice"),
    Case("nobody", "object", "over"),
    Case("nobody", "objection"),
    Case("applicant", "account_change_password"),
    Case("applicant", "account_change_password", text="x"),
    Case("applicant", "account_reauthenticate"),
    Case("applicant", "application_contract_new", "draft"),
    Case("applicant", "application_contract_new", "draft", text="x"),
    Case("applicant", "application_invoice_new", "draft"),
    Case("applicant", "application_payment_new", "draft", text="x"),
    Case("applicant", "application_audited", "draft", text="x"),
    Case("applicant", "application_proof", "draft"),
    Case("applicant", "application_file", "draft"),
    Case("applicant", "application_withdraw", "submitted"),
    Case("applicant", "application_withdrawal", "reviewed"),
    Case("applicant", "application_progress", "returned"),
    Case("applicant", "takeover_answer", "takeover"),
    Case("newcomer", "registration_mend", "refused"),
]
