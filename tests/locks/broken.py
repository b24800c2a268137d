"""Rows that a check of the database has to refuse, by the check; and what a row of its table needs to fit.

Each says in one line what can't be: a place too many, a signatory who signs alone.
"""

from typing import Any

from tests.locks.rows import LATER, NOW

Values = dict[str, Any]

FITTING: dict[str, Values] = {
    "applications.ClaimPage": {"last": 9_999},
    "applications.RowPage": {"last": 9_999},
    "clock.Anchor": {"id": 1},
    "evidence.Confirmation": {"state": "asked"},
    "evidence.Finding": {"status": "open"},
    "evidence.Invoice": {"net_fen": 90, "tax_fen": 10, "gross_fen": 100},
    "registry.Deputy": {"last_day": LATER.date()},
    "registry.Sanction": {"enterprise": 1},
    "registry.Takeover": {"state": "open"},
    "results.Notice": {"closes": LATER},
    "results.SanctionCase": {"enterprise": 1},
    "reviews.BulkRow": {"message": ""},
    "rounds.Window": {"closes": LATER},
}

BROKEN: dict[str, tuple[Values, ...]] = {
    "applications.ClaimPage.pages_in_order": ({"first": 0}, {"first": 3, "last": 2}),
    "applications.RowPage.row_pages_in_order": ({"first": 0}, {"first": 3, "last": 2}),
    "audit.Stream.signed_what_is_there": ({"seq": 1, "signed_seq": 2},),
    "clock.Anchor.one_clock": ({"id": 2},),
    "evidence.Confirmation.confirmation_answered_by_somebody": tuple(
        {"state": state, "ended_at": NOW, missing: ""}
        for state in ("confirmed", "declined")
        for missing in ("person", "post", "phone", "answered_from")
    ),
    "evidence.Confirmation.confirmation_declined_with_reason": (
        {"state": "declined", "ended_at": NOW, "reason": ""},
    ),
    "evidence.Confirmation.confirmation_open_or_ended": ({"ended_at": NOW}, {"state": "lapsed"}),
    "evidence.Contract.contract_amount_not_negative": ({"amount_fen": -1},),
    "evidence.Dossier.audited_not_negative": ({"audited_fen": -1},),
    "evidence.Finding.finding_of_another_is_across": ({"other": 1},),
    "evidence.Finding.finding_ruled_with_reason": (
        {"status": "dismissed", "decided_at": NOW, "decided_by": 1, "reason": ""},
        {"status": "dismissed", "decided_at": NOW},
        {"status": "dismissed", "decided_by": 1},
        {"decided_at": NOW},
        {"decided_by": 1},
    ),
    "evidence.Invoice.invoice_adds_up": ({"gross_fen": 101},),
    "evidence.Invoice.invoice_own_part_of_it": ({"own_fen": 0}, {"own_fen": 101}),
    "evidence.Payment.payment_is_of_something": ({"amount_fen": 0},),
    "evidence.Payment.payment_own_part_of_it": (
        {"amount_fen": 100, "own_fen": 0},
        {"amount_fen": 100, "own_fen": 101},
    ),
    "files.Upload.offset_within_length": ({"length": 1, "offset": 2},),
    "jobs.Job.lease_while_running": ({"state": "running"}, {"state": "queued", "lease_until": NOW}),
    "jobs.Job.progress_in_total": ({"progress": 2, "total": 1},),
    "lists.Export.contacts_exported_with_reason": ({"contacts": True, "reason": ""},),
    "lists.Export.export_expires_once_made": ({"ended_at": NOW}, {"expires_at": NOW}),
    "papers.DocumentNumber.numbers_begin_at_one": ({"n": 0},),
    "papers.Series.series_has_a_prefix": ({"prefix": ""},),
    "registry.Deputy.deputy_ends_after_it_begins": ({"first_day": LATER.date(), "last_day": NOW.date()},),
    "registry.Deputy.deputy_is_another": ({"principal": 1, "deputy": 1},),
    "registry.Deputy.deputy_named_with_reason": ({"reason": ""},),
    "registry.Membership.seat_ends_not_before": ({"valid_from": LATER.date(), "valid_to": NOW.date()},),
    "registry.RosterImport.roster_import_ends_begun": ({"ended_at": NOW},),
    "registry.RosterRuling.claim_ruled_with_reason": ({"reason": ""},),
    "registry.Sanction.sanction_names_one": ({"provider": 1}, {"enterprise": None}),
    "registry.Takeover.takeover_ruled_with_reason": (
        {"state": "upheld", "ruled_at": NOW, "ruling": ""},
        {"state": "upheld"},
    ),
    "results.Notice.notice_closes_later": ({"opens": LATER}, {"opens": NOW, "closes": NOW}),
    "results.SanctionCase.case_decided_by_another": ({"noticed_by": 1, "decided_by": 1, "decided_at": NOW},),
    "results.SanctionCase.case_names_one": ({"provider": 1}, {"enterprise": None}),
    "results.SanctionCase.sanction_was_decided": ({"sanction": 1},),
    "results.Statistics.public_figures_are_of_all": ({"public": True, "authority": 1},),
    "reviews.AnswerSheet.answers_end_begun": ({"ended_at": NOW},),
    "reviews.Appeal.appeal_decided_whole": (
        {"upheld": True, "decided_at": NOW},
        {"upheld": True, "decided_by": 1},
        {"decided_at": NOW, "decided_by": 1},
    ),
    "reviews.Arrival.corrected_with_a_reason": ({"supersedes": 1, "reason": ""},),
    "reviews.Arrival.something_arrived": ({"copies": 0}, {"pages": 0}),
    "reviews.BulkRow.bulk_row_has_one_end": (
        {"tried_at": NOW},
        {"decision": 1},
        {"decision": 1, "tried_at": NOW, "message": "no place left"},
        {"message": "no place left"},
    ),
    "reviews.Decision.only_grants_hold_places": ({"outcome": "rejected", "quota_line": 1},),
    "reviews.Decision.reviewer_is_another": ({"prepared_by": 1, "reviewed_by": 1},),
    "reviews.Decision.signatory_is_a_third": (
        {"needs_review": True, "prepared_by": 1, "signed_by": 3},
        {"needs_review": True, "prepared_by": 1, "reviewed_by": 2, "signed_by": 2},
        {"prepared_by": 1, "reviewed_by": 2, "signed_by": 2},
    ),
    "reviews.Decision.signatory_is_another": ({"prepared_by": 1, "signed_by": 1},),
    "reviews.Decision.signed_on_minutes": ({"needs_minutes": True, "signed_by": 3},),
    "reviews.HandOver.hand_over_expires_once_made": ({"ended_at": NOW}, {"expires_at": NOW}),
    "reviews.Note.note_pinned_whole": (
        {"file": 1},
        {"file": 1, "page": 0, "x": 1, "y": 1},
        {"file": 1, "page": 1, "x": 1001, "y": 1},
        {"file": 1, "page": 1, "x": 1, "y": 1001},
        {"page": 1, "x": 1, "y": 1},
    ),
    "reviews.Report.countersigned_by_another": ({"prepared_by": 1, "countersigned_by": 1},),
    "reviews.Report.offline_needs_its_paper": (
        {"offline": True, "scan": 1},
        {"offline": True, "dated_on": NOW.date()},
        {"offline": True, "scan": 1, "dated_on": NOW.date(), "number": ""},
        {"offline": True, "scan": 1, "dated_on": NOW.date(), "signatories": ""},
    ),
    "reviews.Shift.shifted_with_a_reason": ({"reason": ""},),
    "reviews.Transfer.transfer_ruled_with_reason": (
        {"ruled_to": 1, "ruled_by": 1, "ruling": ""},
        {"ruled_to": 1},
    ),
    "reviews.Transfer.transferred_elsewhere": ({"source": 1, "target": 1},),
    "reviews.WithdrawalRequest.withdrawal_decided_whole": (
        {"agreed": True, "decided_at": NOW},
        {"agreed": True, "decided_by": 1},
        {"decided_at": NOW, "decided_by": 1},
    ),
    "rounds.Amendment.amended_by_another": ({"before": 1, "after": 1},),
    "rounds.Amendment.effected_or_withdrawn": ({"effected_at": NOW, "withdrawn_at": NOW},),
    "rounds.Extension.extended_with_a_reason": ({"reason": ""},),
    "rounds.QuotaLine.places_within_cap": ({"used": 2, "cap": 1},),
    "rounds.Window.window_closes_later": ({"opens": LATER}, {"opens": NOW, "closes": NOW}),
}

# What a row that a unique constraint speaks of needs beside the constraint's own condition.
BESIDE: dict[str, Values] = {
    "evidence.Confirmation.confirmed_once": {"ended_at": NOW},
    "results.SanctionCase.one_open_provider_case": {"enterprise": None},
    "results.SanctionCase.sanction": {"decided_at": NOW},
    "rounds.Amendment.an_edition_is_left_once": {"effected_at": NOW},
}
