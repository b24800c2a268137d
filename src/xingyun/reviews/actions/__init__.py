"""The only writers of reviews."""

from xingyun.reviews.actions.acceptance import DefectData, accept, refuse, reply, return_for_correction
from xingyun.reviews.actions.amending import announce_amendment, carry_out_amendments, withdraw_amendment
from xingyun.reviews.actions.answers import AnswersData, record_answers, start_answers, take_in_answers
from xingyun.reviews.actions.appealing import answer_appeal, appeal
from xingyun.reviews.actions.arriving import ArrivalData, record_arrival
from xingyun.reviews.actions.basing import publish_basis
from xingyun.reviews.actions.consenting import answer_withdrawal, ask_to_withdraw
from xingyun.reviews.actions.decisions import prepare, review, revoke, revoke_all, sign
from xingyun.reviews.actions.doubting import rule_finding
from xingyun.reviews.actions.drafting import draft_report
from xingyun.reviews.actions.handing_over import (
    ask_hand_over,
    make_hand_over,
    purge_hand_overs,
    take_hand_over,
)
from xingyun.reviews.actions.looking_up import LookUpData, record_look_up
from xingyun.reviews.actions.minutes import add_minutes
from xingyun.reviews.actions.noting import NoteData, Spot, pin_note, read_page, take_off_note
from xingyun.reviews.actions.opinions import add_opinion_page, keep_bound
from xingyun.reviews.actions.prolonging import change_window, extend_reporting
from xingyun.reviews.actions.reporting import (
    countersign_offline,
    countersign_online,
    receive,
    send_back,
    send_report,
)
from xingyun.reviews.actions.returning import return_report
from xingyun.reviews.actions.ruling import rule_row
from xingyun.reviews.actions.shifting import shift_row
from xingyun.reviews.actions.taking_up import take_up_again
from xingyun.reviews.actions.together import carry_out, prepare_together, resume
from xingyun.reviews.actions.transferring import (
    answer_transfer,
    ask_transfer,
    rule_transfer,
    take_back_transfer,
)
from xingyun.reviews.actions.writing_to_all import send_letter_again, write_to_all

__all__ = [
    "AnswersData",
    "ArrivalData",
    "DefectData",
    "LookUpData",
    "NoteData",
    "Spot",
    "accept",
    "add_minutes",
    "add_opinion_page",
    "announce_amendment",
    "answer_appeal",
    "answer_transfer",
    "answer_withdrawal",
    "appeal",
    "ask_hand_over",
    "ask_to_withdraw",
    "ask_transfer",
    "carry_out",
    "carry_out_amendments",
    "change_window",
    "countersign_offline",
    "countersign_online",
    "draft_report",
    "extend_reporting",
    "keep_bound",
    "make_hand_over",
    "pin_note",
    "prepare",
    "prepare_together",
    "publish_basis",
    "purge_hand_overs",
    "read_page",
    "receive",
    "record_answers",
    "record_arrival",
    "record_look_up",
    "refuse",
    "reply",
    "resume",
    "return_for_correction",
    "return_report",
    "review",
    "revoke",
    "revoke_all",
    "rule_finding",
    "rule_row",
    "rule_transfer",
    "send_back",
    "send_letter_again",
    "send_report",
    "shift_row",
    "sign",
    "start_answers",
    "take_back_transfer",
    "take_hand_over",
    "take_in_answers",
    "take_off_note",
    "take_up_again",
    "withdraw_amendment",
    "write_to_all",
]
