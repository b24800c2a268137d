"""Every check of a whole rulebook, each a function from the document to the contradictions it finds."""

from xingyun.rulebook.checks import bands, conditions, form, levels, numbers, points, rest

EVERY = (
    levels.not_empty,
    levels.ranks,
    levels.ladder,
    levels.deciders,
    levels.quota_sums,
    levels.quota_acts,
    levels.authorities,
    levels.reports,
    form.roles,
    form.fields,
    form.answers,
    form.whens,
    rest.windows,
    rest.deadlines,
    conditions.strengths,
    conditions.outside,
    rest.spends,
    rest.materials,
    rest.notice,
    numbers.items,
    bands.bands,
    points.thresholds,
    points.bonuses,
    rest.questions,
)
