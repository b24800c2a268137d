"""Tables of answers by other bodies: taken in, columns matched, recorded row by row."""

from xingyun.reviews.actions.answers.handing_in import KIND, AnswersData, start_answers, take_in_answers
from xingyun.reviews.actions.answers.recording import record_answers

__all__ = ["KIND", "AnswersData", "record_answers", "start_answers", "take_in_answers"]
