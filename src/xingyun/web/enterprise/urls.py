"""The pages of this audience."""

from django.urls import URLPattern, include, path

from xingyun.web.enterprise import (
    again,
    appealing,
    audited,
    booklet,
    checklist,
    evidence,
    form,
    home,
    joining,
    ledger,
    ledger_entry,
    looking,
    mending,
    people,
    progress,
    registration,
    replies,
    row_proof,
    submitting,
    takeover,
    withdrawing,
)
from xingyun.web.enterprise.ledger_entry import CONTRACT, INVOICE, PAYMENT, Kind


def ledger_rows(plural: str, kind: Kind) -> list[URLPattern]:
    """Where rows of one kind are entered, changed, taken out."""
    given, name = {"kind": kind}, f"application_{kind.name}"
    return [
        path(f"ledger/{plural}/", ledger_entry.enter, given, name=f"{name}_new"),
        path(f"ledger/{plural}/<uuid:row>/", ledger_entry.enter, given, name=name),
        path(f"ledger/{plural}/<uuid:row>/remove/", ledger_entry.remove, given, name=f"{name}_remove"),
    ]


APPLICATION: list[URLPattern] = [
    path("", progress.enter, name="application"),
    path("form/", form.begin, name="application_form_begin"),
    path("form/<slug:section>/", form.section, name="application_form"),
    path("again/", again.again, name="application_again"),
    path("save/", form.save, name="application_save"),
    path("ledger/", ledger.ledger, name="application_ledger"),
    *ledger_rows("contracts", CONTRACT),
    *ledger_rows("invoices", INVOICE),
    *ledger_rows("payments", PAYMENT),
    path("ledger/audited/", audited.audited, name="application_audited"),
    path("ledger/rows/<uuid:row>/", row_proof.row_proof, name="application_row_proof"),
    path("ledger/rows/pages/<int:page>/remove/", row_proof.unprove, name="application_row_unprove"),
    path("evidence/", evidence.evidence, name="application_evidence"),
    path("evidence/attach/", evidence.attach, name="application_attach"),
    path("evidence/absent/", evidence.absent, name="application_absent"),
    path("evidence/<uuid:row>/", looking.look, name="application_file"),
    path("evidence/<uuid:row>/download/", evidence.download, name="application_file_download"),
    path("evidence/<uuid:row>/pages/<int:page>/", evidence.page, name="application_file_page"),
    path("evidence/<uuid:row>/move/", evidence.move, name="application_file_move"),
    path("evidence/<uuid:row>/remove/", evidence.remove, name="application_file_remove"),
    path("checklist/", checklist.checklist, name="application_checklist"),
    path("checklist/claim/", checklist.claim, name="application_claim"),
    path("checklist/<slug:domain>/", checklist.proof, name="application_proof"),
    path("checklist/pages/<int:page>/remove/", checklist.unprove, name="application_unprove"),
    path("booklet/", booklet.booklet, name="application_booklet"),
    path("booklet/make/", booklet.make, name="application_booklet_make"),
    path("booklet/file/", booklet.book, name="application_booklet_file"),
    path("booklet/pages/<int:page>/", booklet.page, name="application_booklet_page"),
    path("booklet/scan/", booklet.add_scan, name="application_scan"),
    path("booklet/scan/file/", booklet.scan, name="application_scan_file"),
    path("submit/", submitting.submit, name="application_submit"),
    path("receipt/", submitting.receipt, name="application_receipt"),
    path("receipt/file/", submitting.receipt_paper, name="application_receipt_file"),
    path("withdraw/", withdrawing.withdraw, name="application_withdraw"),
    path("withdraw/sealed/", withdrawing.sealed, name="application_withdrawal"),
    path("withdraw/sealed/letter/", withdrawing.letter, name="application_withdrawal_letter"),
    path("withdraw/sealed/file/", withdrawing.letter_file, name="application_withdrawal_file"),
    path("appeal/", appealing.appeal, name="application_appeal"),
    path("appeal/file/", appealing.appeal_file, name="application_appeal_file"),
    path("clock/", progress.clock_of, name="application_clock"),
    path("progress/", progress.progress, name="application_progress"),
    path("returns/<int:defect>/reply/", replies.reply, name="application_reply"),
    path("certificate/", progress.certificate, name="application_certificate"),
]

urlpatterns = [
    path("", home.home, name="enterprise_home"),
    path("new/", home.begin, name="application_new"),
    path("messages/", home.inbox, name="enterprise_messages"),
    path("messages/read/", home.read, name="enterprise_messages_read"),
    path("register/", registration.register, name="register"),
    path("register/takeover/", takeover.claim, name="takeover_claim"),
    path("register/letter/", registration.letter, name="register_letter"),
    path("registered/<slug:authority>/", registration.registered, name="registered"),
    path("join/<str:token>/", joining.join, name="join"),
    path("join/<str:token>/now/", joining.join_now, name="join_now"),
    path("people/", people.index, name="enterprise_people"),
    path("people/<uuid:uid>/invite/", people.invite, name="enterprise_invite"),
    path("people/<uuid:uid>/invitations/<int:invitation>/", people.uninvite, name="enterprise_uninvite"),
    path("people/<uuid:uid>/<int:member>/role/", people.give_role, name="enterprise_role"),
    path("people/<uuid:uid>/<int:member>/remove/", people.remove, name="enterprise_remove"),
    path("people/<uuid:uid>/<int:member>/password/", people.give_password, name="enterprise_password"),
    path("mend/<uuid:uid>/", mending.mend, name="registration_mend"),
    path("takeovers/", takeover.mine, name="takeovers"),
    path("takeovers/<uuid:uid>/", takeover.answer, name="takeover_answer"),
    path("applications/<uuid:uid>/", include(APPLICATION)),
]
