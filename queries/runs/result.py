"""From the stored pages of a complete run to its result."""

import tempfile
from contextlib import ExitStack
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.db import OperationalError, transaction

from queries.emails import tell_run_succeeded
from queries.models import Result, Run
from queries.runs.ending import end_run
from queries.runs.files import ResultFiles, store_file
from queries.runs.lease import give_back, renew_lease
from queries.runs.manifest import make_manifest
from queries.states import RunStatus

_PAGES_A_RENEWAL = 100


@dataclass(frozen=True)
class StoredFiles:
    """Where both files of a result lie, and their SHA-256."""

    csv_path: str
    csv_hash: str
    json_lines_path: str
    json_lines_hash: str


def finish_run(run: Run) -> None:
    """Write the files, then make the result known in one transaction; else leave no file."""
    with ExitStack() as undo:
        files = write_files(run, undo)
        try:
            _publish(run, files)
        except OperationalError:
            # The commit may have gone through though its answer was lost with the connection:
            # two stray files are better than a result without its files.
            undo.pop_all()
            raise
        undo.pop_all()


def write_files(run: Run, undo: ExitStack) -> StoredFiles:
    with tempfile.TemporaryFile() as csv_file, tempfile.TemporaryFile() as json_lines:
        files = ResultFiles(csv_file, json_lines, run.query.fields)
        pages = run.pages.values_list("number", "records")
        for number, records in pages.iterator(chunk_size=10):
            files.add(bytes(records))
            if number % _PAGES_A_RENEWAL == 0:
                renew_lease(run)
        folder = f"results/{run.organization_id}"
        csv_path, csv_hash = store_file(csv_file, folder=folder, suffix="csv")
        undo.callback(default_storage.delete, csv_path)
        lines_path, lines_hash = store_file(json_lines, folder=folder, suffix="jsonl")
        undo.callback(default_storage.delete, lines_path)
        return StoredFiles(csv_path, csv_hash, lines_path, lines_hash)


@transaction.atomic
def _publish(run: Run, files: StoredFiles) -> None:
    """The run succeeds, its starter is told, and the pages keep only their count and hash."""
    give_back(run)
    Result.objects.create(
        organization_id=run.organization_id,
        run=run,
        manifest=make_manifest(run, files),
        record_count=run.record_count,
        csv_path=files.csv_path,
        json_lines_path=files.json_lines_path,
    )
    end_run(run, RunStatus.SUCCEEDED)
    tell_run_succeeded(run)
