"""Every look at a sound rulebook for what is probably not meant so, of the same form as the checks."""

from xingyun.rulebook.checks import bands, documents
from xingyun.rulebook.checks.warnings import contradictions, days, demands, languages, order, readings, unused

WARNINGS = (
    unused.entries,
    languages.lists,
    readings.left_to_reviewers,
    readings.replaced_seals,
    readings.other_year,
    days.named,
    demands.materials,
    demands.conditions,
    demands.fields,
    contradictions.conditions,
    bands.gaps,
    bands.dips,
    documents.expired,
    order.minimums,
    order.thresholds,
    order.domains,
    order.deadlines,
    order.applications,
)
