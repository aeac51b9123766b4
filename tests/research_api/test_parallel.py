"""Many scripts of one lab at once, over real HTTP."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from quotas import checks, usage
from tests.factories.organizations import make_organization
from tests.research_api.conftest import CATS, QUERY_URL, Script

REQUESTS_LEFT = 12


@pytest.mark.django_db(transaction=True)
def test_parallel_scripts_get_exactly_what_the_day_holds(client, live_server, paula, corpus):
    lab = make_organization(paula, requests=REQUESTS_LEFT + 1)
    script = Script(client, lab.principal)
    search_id = script.ask(CATS).data["search_id"]
    url = f"{live_server.url}{QUERY_URL}?fields=id"
    body = json.dumps(CATS | {"search_id": search_id, "cursor": 20})
    headers = {"Authorization": f"Bearer {script.token}"}

    def ask(_number):
        answer = requests.post(url, body, headers=headers, timeout=60)
        return answer.json()["error"]["code"]

    with ThreadPoolExecutor(8) as threads:
        codes = Counter(threads.map(ask, range(3 * REQUESTS_LEFT)))

    assert codes.pop("ok") == REQUESTS_LEFT
    assert set(codes) <= {"daily_quota_limit_exceeded", "rate_limit_exceeded"}
    assert usage.today(lab).requests_used == REQUESTS_LEFT + 1
    assert checks.ledger_matches(lab) == []
