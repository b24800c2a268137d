"""What a finding says, in the language of the page."""

from xingyun.evidence.models import Finding
from xingyun.rulebook import Text
from xingyun.web.wording import tell


def words(finding: Finding) -> str:
    """What is odd."""
    return tell(Text(finding.zh, finding.en))


def repair(finding: Finding) -> str:
    """How its applicant mends it."""
    return tell(Text(finding.repair_zh, finding.repair_en))
