"""Queries and runs of a lab, made by the actions that people use."""

from queries import actions
from queries.runs import turn

FIELDS = ["id", "create_time", "username", "region_code", "video_description"]


def make_query(organization, by, *, submit=True, name="Sourdough", fields=FIELDS, **definition):
    """A query, submitted unless told otherwise; `keyword="bread"` asks for that keyword.

    Other keywords: any field of the language, `start_date` and `end_date`.
    """
    start_date = definition.pop("start_date", "20240101")
    end_date = definition.pop("end_date", "20240131")
    conditions = [
        {"operation": "IN", "field_name": field, "field_values": _listed(values)}
        for field, values in (definition or {"keyword": "bread"}).items()
    ]
    query = actions.write_query(
        organization,
        by=by,
        name=name,
        definition={"and": conditions},
        start_date=start_date,
        end_date=end_date,
        fields=fields,
    )
    return actions.submit_query(query, by=by) if submit else query


def make_run(organization, by, **definition):
    """A run that waits for a worker, of a query that its lab's rule approved."""
    return make_query(organization, by, **definition).runs.get()


def take_turns(run, *, worker="worker"):
    """Work on a run here, turn by turn, until it ends or waits."""
    while True:
        before = (run.attempt, run.status)
        turn.take_turn(run.pk, worker=worker, seconds=60)
        run.refresh_from_db()
        if run.is_finished or (run.attempt, run.status) == before or run.status != "RUNNING":
            return run


def _listed(values):
    return values if isinstance(values, list) else [values]
