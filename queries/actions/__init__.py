"""Everything that a person does to queries, runs and shares. What workers do stands in `runs`."""

from queries.actions.queries import (
    approve_query,
    cancel_run,
    check_fields,
    note_download,
    refuse_query,
    repeat_query,
    submit_query,
    write_query,
)
from queries.actions.shares import (
    copy_shared_query,
    note_shared_download,
    revoke_share,
    share_query,
    share_result,
)

__all__ = [
    "approve_query",
    "cancel_run",
    "check_fields",
    "copy_shared_query",
    "note_download",
    "note_shared_download",
    "refuse_query",
    "repeat_query",
    "revoke_share",
    "share_query",
    "share_result",
    "submit_query",
    "write_query",
]
