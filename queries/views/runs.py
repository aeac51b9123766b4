"""One run: how far it is, stopping it, and what it brought."""

from uuid import UUID

import msgspec
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts.requests import SignedInRequest
from queries import actions, permissions
from queries.models import Result, Run
from queries.views.loading import load_run, share_links
from quotas.buckets import RECORDS_PER_REQUEST

_FILES = {
    "csv": ("csv_path", "text/csv; charset=utf-8", "csv"),
    "json-lines": ("json_lines_path", "application/jsonl", "jsonl"),
}

FILE_KINDS = (*_FILES, "manifest")


@require_safe
@login_required
def run_page(request: SignedInRequest, organization_id: UUID, run_id: UUID) -> HttpResponse:
    """The page, or for htmx the part of it that moves."""
    run = load_run(request, organization_id, run_id)
    result = getattr(run, "result", None)
    context = {
        "organization": run.organization,
        "lab_tab": "queries",
        "run": run,
        "result": result,
        "pages_expected": _pages_expected(run),
        "can_cancel": not run.is_finished and permissions.can_cancel_run(run, request.user),
        "can_download": result and permissions.can_download_result(result, request.user),
        "share_links": share_links(run.organization, request.user) if result else [],
    }
    template = "queries/parts/progress.html" if request.htmx else "queries/run.html"
    return render(request, template, context)


def _pages_expected(run: Run) -> int | None:
    """Those stored and those to come; pages that the quota cut make it more than it began with."""
    if run.total_count is None:
        return None
    to_come = -(-(run.total_count - run.cursor) // RECORDS_PER_REQUEST)
    return max(1, run.page_count + to_come)


@require_POST
@login_required
def cancel(request: SignedInRequest, organization_id: UUID, run_id: UUID) -> HttpResponse:
    actions.cancel_run(load_run(request, organization_id, run_id), by=request.user)
    messages.success(request, _("The run is cancelled."))
    return redirect("queries:run", organization_id, run_id)


@require_GET
@login_required
def download(
    request: SignedInRequest, organization_id: UUID, run_id: UUID, kind: str
) -> HttpResponseBase:
    """A file of the result, as an attachment; each download is recorded before it begins."""
    run = load_run(request, organization_id, run_id)
    result = getattr(run, "result", None)
    if result is None or kind not in FILE_KINDS:
        raise Http404
    actions.note_download(result, by=request.user, kind=kind)
    return file_of(result, kind)


def file_of(result: Result, kind: str) -> HttpResponseBase:
    """One of the files as an attachment; who may have it was checked by the caller."""
    response = _manifest(result) if kind == "manifest" else _file(result, kind)
    response["Cache-Control"] = "private, no-store"
    return response


def _manifest(result: Result) -> HttpResponse:
    text = msgspec.json.format(msgspec.json.encode(result.manifest), indent=2)
    name = f"carrel-{result.run_id}-manifest.json"
    return HttpResponse(
        text,
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _file(result: Result, kind: str) -> FileResponse:
    column, content_type, suffix = _FILES[kind]
    return FileResponse(
        default_storage.open(getattr(result, column)),
        as_attachment=True,
        filename=f"carrel-{result.run_id}.{suffix}",
        content_type=content_type,
    )
