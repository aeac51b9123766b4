"""The second half: a query, the workers, midnight, the result, scripts, and a leaver."""

import datetime as dt
import hashlib
import json
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.core.files.storage import default_storage

from accounts.models import User
from lib import clock
from lib.errors import Refused
from lib.time import next_midnight, now
from organizations import actions as leading
from organizations.models import Membership, Organization
from portal.story.telling import expect_refusal, hold, show, show_quota, step, wait_until
from queries import actions as asking
from queries.definitions import parsed
from queries.estimates import estimate
from queries.models import Query, Result, Run
from queries.states import RunStatus
from quotas.checks import ledger_matches

# Six regions over two years: more than a day's quota gives.
_LARGE: dict[str, Any] = {
    "and": [
        {
            "operation": "IN",
            "field_name": "region_code",
            "field_values": ["US", "GB", "DE", "FR", "MX", "VN"],
        }
    ]
}
_SMALL: dict[str, Any] = {
    "and": [{"operation": "EQ", "field_name": "hashtag_name", "field_values": ["climate"]}]
}
_FIELDS = ["id", "create_time", "username", "region_code", "video_description", "hashtag_names"]


def write_query(lab: Organization, carl: User) -> Query:
    step("Carl writes a query and sees what it costs")
    expect_refusal(
        Refused,
        lambda: _write(lab, carl, {"and": [{"operation": "EQ", "field_name": "colour"}]}),
        "what the grammar does not know is refused with its place",
    )
    query = _write(lab, carl, _LARGE)
    cost = estimate(lab, parsed(query))
    show(f"{cost.records:,} records in {cost.requests:,} requests, over {cost.days} quota days")
    hold(cost.days == 2, "it needs more than one day's quota")
    show_quota(lab)
    return query


def run_over_midnight(lab: Organization, query: Query, carl: User) -> Run:
    step("The workers run it page by page; the quota ends; it goes on after 00:00 UTC")
    asking.submit_query(query, by=carl)
    run = Run.objects.get(query=query)
    wait_until(lambda: _status(run) == RunStatus.WAITING_FOR_QUOTA, "the run waits for quota")
    run.refresh_from_db()
    show(f"{run.page_count:,} pages and {run.record_count:,} records so far")
    show_quota(lab)
    hold(run.record_count == lab.programme.research_records_limit, "the day was used to the limit")
    clock.move_clock(next_midnight(now()) - now() + dt.timedelta(seconds=5))
    show("… 00:00 UTC …")
    wait_until(
        lambda: _status(run) == RunStatus.SUCCEEDED, "the run went on by itself and is complete"
    )
    run.refresh_from_db()
    show(f"{run.page_count:,} pages, {run.record_count:,} records")
    show_quota(lab)
    hold(run.record_count == run.total_count, "nothing is missing and nothing came twice")
    return run


def take_result(run: Run, carl: User) -> None:
    step("Carl takes the result and its manifest")
    result = Result.objects.get(run=run)
    with default_storage.open(result.json_lines_path) as lines:
        content = lines.read()
    records = [json.loads(line) for line in content.splitlines()]
    ids = [record["id"] for record in records]
    hold(ids == sorted(set(ids), reverse=True), "each record is there once, in order")
    digest = hashlib.sha256(content).hexdigest()
    hold(digest in json.dumps(result.manifest), "the manifest holds the hash of the file")
    asking.note_download(result, by=carl, kind="json_lines")
    show(f"manifest of result {result.pk}")
    show_quota(run.organization)


def use_api(address: str, lab: Organization, carl: User) -> str:
    step("A script asks through the wire API, on the same quota")
    seat = Membership.objects.get(organization=lab, user=carl)
    client, secret = leading.issue_client(seat, by=carl, name="story")
    form = {
        "client_key": client.client_key,
        "client_secret": secret,
        "grant_type": "client_credentials",
    }
    token: str = _post(f"{address}/v2/oauth/token/", urlencode(form))["access_token"]
    answer = _ask(address, token)["data"]
    show(f"{len(answer['videos'])} videos, has_more {answer['has_more']}")
    hold(len(answer["videos"]) == 100, "a page of a hundred videos arrived")
    show_quota(lab)
    return token


def remove_carl(address: str, lab: Organization, paula: User, carl: User, token: str) -> None:
    step("Paula removes Carl: his key and his runs end at the next request")
    query = _write(lab, carl, _LARGE)
    asking.submit_query(query, by=carl)
    run = Run.objects.get(query=query)
    leading.remove_membership(Membership.objects.get(organization=lab, user=carl), by=paula)
    expect_refusal(HTTPError, lambda: _ask(address, token), "his token is refused")
    wait_until(lambda: _status(run) == RunStatus.CANCELLED, "his run is cancelled")
    hold(not ledger_matches(lab), "the sum of the ledger equals the counters")
    show_quota(lab)


def _write(lab: Organization, by: User, definition: dict[str, Any]) -> Query:
    return asking.write_query(
        lab,
        by=by,
        name="Short videos in six countries",
        definition=definition,
        start_date="20240101",
        end_date="20251231",
        fields=_FIELDS,
    )


def _status(run: Run) -> str:
    return str(Run.objects.values_list("status", flat=True).get(pk=run.pk))


def _ask(address: str, token: str) -> dict[str, Any]:
    body = {"query": _SMALL, "start_date": "20240301", "end_date": "20240330", "max_count": 100}
    url = f"{address}/v2/research/video/query/?fields=id,create_time"
    return _post(url, json.dumps(body), token=token)


def _post(url: str, body: str, *, token: str = "") -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    request = Request(url, body.encode(), headers, method="POST")  # noqa: S310
    with urlopen(request, timeout=30) as answer:  # noqa: S310
        content: dict[str, Any] = json.load(answer)
    return content
