"""The circumstances in which a rule holds, in words."""

from xingyun.rulebook.book import Rulebook
from xingyun.rulebook.schema.shared import When
from xingyun.rulebook.text import Text, join


def circumstances(book: Rulebook, when: When) -> Text:
    """Only for those levels, models, contracts, answers."""
    found = [join([book.level(k).name for k in when.levels])] if when.levels else []
    found += [join([book.deployment(k).name for k in when.deployments])] if when.deployments else []
    found += [Text("有合同没有写明云服务", "a contract does not say cloud")] if when.contracts else []
    if when.field:
        field = book.form.field(when.field)
        chosen = join([o.name for o in field.options if o.key in when.is_])
        found.append(Text("“{f}”是{c}", "“{f}” is {c}").fill(f=field.name, c=chosen))
    return Text("限{c}", "only in this case: {c}").fill(c=join(found, "且", " and "))
