"""What is taken away, and the tests of which one has to notice.

A lock is a patch beside this file; a constraint is named by its model ("reviews.Report.one_report_in_hand"),
a unique field by its name there. Laws in test_patches see to it that none is forgotten.
"""

from tests.locks.broken import BROKEN
from tests.locks.excused import EXCUSED

AT_ONCE = "tests/locks/test_at_once.py"
REVIEWS = "tests/reviews/test_races.py"
REPORTS = "tests/reviews/test_report_races.py"
QUOTAS = "tests/reviews/test_quota_races.py"
APPLICATIONS = "tests/applications/test_races.py"
CONFIRMING = "tests/applications/test_confirming_races.py"
RESULTS = "tests/results/test_races.py"
ROUNDS = "tests/rounds/test_races.py"
ROSTERS = "tests/registry/test_roster_races.py"
AMENDING = "tests/reviews/test_amending_races.py"
ONE = f"{AT_ONCE}::test_of_several_at_once_one_does_it"

LOCKS: dict[str, tuple[str, ...]] = {
    "applications-confirming": (f"{CONFIRMING}::test_an_answer_against_another_letter",),
    "applications-creating": (f"{AMENDING}::test_nobody_begins_under_an_edition_that_is_just_replaced",),
    "applications-editing": (
        f"{APPLICATIONS}::test_both_of_two_claims_stand",
        f"{APPLICATIONS}::test_one_booklet_of_many_asked_for",
        f"{AMENDING}::test_an_edit_that_waits_for_an_amendment_goes_on_under_the_new_edition",
    ),
    "applications-handing-over": (
        "tests/reviews/test_transfer_races.py::test_a_draft_that_goes_at_the_same_moment_is_not_told_as_moved",
    ),
    "audit-appending": ("tests/audit/test_append.py::test_many_hands_at_once_make_one_whole_chain",),
    "audit-signing": (
        "tests/audit/test_races.py::test_who_signs_takes_the_streams_in_the_order_of_those_who_append",
    ),
    "jobs-asking": ("tests/jobs/test_races.py::test_what_is_asked_for_while_the_work_ends_is_not_lost",),
    "jobs-claiming": ("tests/jobs/test_races.py::test_two_workers_at_once_take_two_pieces",),
    "jobs-failing": ("tests/jobs/test_races.py::test_what_is_asked_for_while_the_work_ends_is_not_lost",),
    "papers-beginning-numbers": (
        "tests/papers/test_numbering.py::test_a_first_number_and_where_to_begin_exclude_each_other",
    ),
    "papers-taking-numbers": (
        "tests/papers/test_numbering.py::test_who_issues_at_the_same_moment_gets_the_next_one",
        "tests/papers/test_numbering.py::test_some_undone_at_the_same_moment_leave_no_gap",
    ),
    "registry-holding-administrators": (
        "tests/registry/test_seat_races.py::test_of_all_administrators_one_stays",
    ),
    "registry-holding-people": (
        "tests/registry/test_members.py::test_two_holders_who_take_each_other_out",
        "tests/registry/test_member_races.py::test_two_claims_ruled_at_once_one_after_another",
    ),
    "registry-roster-entry": (f"{ROSTERS}::test_two_mend_one_entry_and_one_of_them_is_told",),
    "registry-rosters": (f"{ROSTERS}::test_two_offices_bring_in_the_same_codes",),
    "results-certifying": (f"{RESULTS}::test_a_certificate_is_issued_once",),
    "results-counting": (f"{RESULTS}::test_two_counts_at_once_leave_one",),
    "results-holding-a-notice": (f"{RESULTS}::test_an_objection_and_the_announcement_exclude_each_other",),
    "results-numbering-titles": (
        f"{RESULTS}::test_two_lists_announced_at_once_number_their_titles_one_after_another",
    ),
    "reviews-amending-a-round": (
        f"{AMENDING}::test_of_two_amendments_at_once_one_is_made",
        f"{AMENDING}::test_nobody_begins_under_an_edition_that_is_just_replaced",
    ),
    "reviews-amending-applications": (
        f"{AMENDING}::test_an_edit_in_the_middle_of_an_amendment_is_not_counted_back",
    ),
    "reviews-holding-a-report": (
        f"{REPORTS}::test_sending_and_taking_back_to_the_draft_exclude_each_other",
        f"{REPORTS}::test_receiving_and_returning_whole_exclude_each_other",
    ),
    "reviews-holding-applications": (
        f"{REVIEWS}::test_a_report_and_a_revocation_of_what_is_on_it_exclude_each_other",
    ),
    "reviews-publishing-an-order": (f"{QUOTAS}::test_an_order_is_published_once_at_a_time",),
    "rounds-extending": (f"{ROUNDS}::test_two_extensions_at_once",),
    "rounds-places": (f"{ROUNDS}::test_places_are_settled_once",),
    "rounds-planning": (f"{ROUNDS}::test_two_rounds_planned_at_once_have_two_numbers",),
    "rounds-windows": (f"{ROUNDS}::test_two_windows_at_once",),
}

CONSTRAINTS: dict[str, tuple[str, ...]] = {
    "accounts.User.username": (f"{ONE}[taking_one_username]",),
    "applications.Application.one_application_a_round": (
        f"{APPLICATIONS}::test_one_application_of_many_begun",
    ),
    "applications.Counter.one_counter": (f"{APPLICATIONS}::test_numbers_are_given_once",),
    "applications.Awaited.awaited_once": (f"{AT_ONCE}::test_a_file_waits_once_for_its_scan",),
    "audit.Checkpoint.n": ("tests/audit/test_races.py",),
    "audit.Stream.name": ("tests/audit/test_append.py::test_many_hands_at_once_make_one_whole_chain",),
    "evidence.Dossier.one_dossier": (f"{AT_ONCE}::test_a_ledger_is_begun_once",),
    "evidence.Reading.one_reading_a_version": (f"{AT_ONCE}::test_a_content_is_read_once",),
    "files.File.sha256": ("tests/files/test_store.py::test_the_same_content_from_many_hands_is_one_file",),
    "jobs.Beat.kind": ("tests/jobs/test_jobs.py::test_of_many_workers_one_starts_what_repeats",),
    "jobs.Job.one_open_job": ("tests/jobs/test_jobs.py::test_many_who_ask_at_once_get_the_same_job",),
    "lists.Definition.definition_named_once": (f"{ONE}[keeping_one_definition]",),
    "lists.View.office_view_named_once": ("tests/lists/test_races.py::test_the_same_name_is_given_once",),
    "lists.View.own_view_named_once": (f"{ONE}[keeping_ones_own_view]",),
    "outbox.Message.dedupe_key": (f"{AT_ONCE}::test_a_message_arrives_once_and_so_does_its_letter",),
    "outbox.Outbox.dedupe_key": (f"{AT_ONCE}::test_a_message_arrives_once_and_so_does_its_letter",),
    "papers.Paper.paper_number_once": (f"{RESULTS}::test_a_typed_number_is_given_once",),
    "papers.Series.authority": (f"{AT_ONCE}::test_an_office_has_one_series",),
    "papers.Series.prefix": (f"{ONE}[numbering_under_one_prefix]",),
    "papers.Wording.wording_version_once": (f"{ONE}[wording_one_paper]",),
    "registry.Deputy.deputy_named_once": (f"{ONE}[naming_one_deputy]",),
    "registry.Enterprise.uscc": (f"{ONE}[registering_one_enterprise]",),
    "registry.Membership.one_live_seat": (f"{ONE}[taking_one_seat]",),
    "registry.Provider.uscc": (f"{AT_ONCE}::test_a_provider_is_known_once",),
    "registry.RosterColumns.columns_known_once": (f"{ROSTERS}::test_two_tables_with_the_same_headings",),
    "registry.Snapshot.one_snapshot_a_year": (f"{ONE}[releasing_one_count]",),
    "results.SanctionCase.one_open_case_an_applicant": (f"{ONE}[telling_one_of_the_blacklist]",),
    "results.SanctionCase.one_open_provider_case": (f"{ONE}[telling_one_provider_of_the_blacklist]",),
    "reviews.Appeal.one_appeal_a_refusal": (f"{ONE}[appealing]",),
    "reviews.Circular.uid": (f"{ONE}[writing_once_to_all]",),
    "reviews.HandOver.one_hand_over_in_hand": (
        f"{AT_ONCE}::test_a_bundle_that_is_asked_for_twice_is_made_once",
    ),
    "reviews.Minutes.minutes_once": (f"{ONE}[entering_one_meeting]",),
    "reviews.PageRead.page_read_once_a_person": (f"{AT_ONCE}::test_a_page_is_read_once",),
    "reviews.Shift.shifts_one_by_one": (f"{QUOTAS}::test_two_shifts_at_once_the_second_is_told",),
    "reviews.Transfer.one_open_transfer": (f"{ONE}[handing_one_file_over]",),
    "reviews.WithdrawalRequest.one_open_withdrawal": (
        "tests/reviews/test_withdrawing.py::test_two_people_ask_at_the_same_moment_one_request_is_made",
    ),
    "rounds.Edition.digest": (f"{ONE}[releasing_one_rulebook]",),
    "rounds.QuotaLine.places_within_cap": (
        "tests/rounds/test_rounds.py::test_a_place_too_many_is_refused_by_the_action_and_by_the_database",
    ),
    "rounds.Round.one_open_round_a_programme": (f"{ONE}[opening_two_rounds]",),
}

# The others keep apart what nobody contends for: each is noticed by the row that it alone refuses.
ROWS = "tests/locks/test_constraints.py"
NETS: dict[str, tuple[str, ...]] = {
    **{name: (f"{ROWS}::test_a_row_that_cannot_be_is_refused[{name}]",) for name in BROKEN},
    **{
        name: (f"{ROWS}::test_a_second_row_like_it_is_refused[{name}]",)
        for names in EXCUSED.values()
        for name in names
    },
}
