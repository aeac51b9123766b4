"""What the sandbox answers: a count, some records and two costs."""

import json
from dataclasses import dataclass
from typing import Any

from corpus import language, synthetic
from corpus.codebook import project
from programmes.models import Programme
from queries.sandbox.cost import Cost, cost_of

SAMPLE_SIZE = 5
# The same records each time, so that a reviewer sees what the applicant saw.
_SAMPLE_SEED = 1


@dataclass(frozen=True)
class Answer:
    """`found` is the cost of what the invented corpus holds, `expected` that of the applicant's
    own number. `rows` are the sample as a table, `sample` as the interface returns it."""

    programme: Programme
    query: language.Query
    fields: list[str]
    found: Cost
    expected: Cost | None
    sample: list[dict[str, Any]]

    @property
    def definition(self) -> str:
        return json.dumps(self.query.to_json()["query"], indent=2, ensure_ascii=False)

    @property
    def first_record(self) -> str:
        return json.dumps(self.sample[0], indent=2, ensure_ascii=False) if self.sample else ""

    @property
    def rows(self) -> list[list[str]]:
        return [[_shown(record.get(name)) for name in self.fields] for record in self.sample]


def ask_sandbox(
    query: language.Query, *, fields: list[str], programme: Programme, records_expected: int | None
) -> Answer:
    """Count the query in the invented corpus and draw a few of its records."""
    engine = synthetic.engine()
    drawn = engine.sample(query, seed=_SAMPLE_SEED, count=SAMPLE_SIZE)
    return Answer(
        programme=programme,
        query=query,
        fields=fields,
        found=cost_of(engine.count(query), programme),
        expected=None if records_expected is None else cost_of(records_expected, programme),
        sample=[project(record, fields) for record in drawn],
    )


def _shown(value: object) -> str:
    """A value in a cell; what is absent is empty, as it has no key on the wire."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
