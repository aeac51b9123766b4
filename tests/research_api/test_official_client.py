"""The vendor's own package, unedited, re-pointed as docs/clients.md says."""

import re
from pathlib import Path

import pytest
import requests

from corpus.language import parse
from queries import searches
from quotas import usage
from tests.factories.organizations import make_client, make_organization
from tests.research_api.conftest import CAT_COUNT, CATS

DOCS = Path(__file__).parents[2] / "docs" / "clients.md"


def documented(name):
    """The block of Python that the docs mark with this name."""
    (code,) = re.findall(
        rf"<!-- {re.escape(name)} -->\n```python\n(.*?)```", DOCS.read_text(), re.S
    )
    return compile(code, str(DOCS), "exec")


@pytest.fixture
def _repointed(live_server, monkeypatch):
    monkeypatch.setenv("CARREL_URL", live_server.url)
    monkeypatch.setattr(requests.Session, "request", requests.Session.request)
    exec(documented("recipe: requests"), {})


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_repointed")
def test_the_official_package_fetches_what_the_browser_finds(paula, corpus):
    lab = make_organization(paula)
    client, secret = make_client(lab.principal)
    names = {"client_key": client.client_key, "client_secret": secret}

    exec(documented("example: TikTokResearchApi"), names)

    query = parse(CATS["query"], start_date="20240101", end_date="20240130")
    search = searches.open_search(organization=lab, query=query)
    pages = (searches.read_records(search, cursor=at, count=100) for at in range(0, 300, 100))
    found = [record for page in pages for record in page]
    for record in found:
        del record["favorites_count"]  # newer than the package's list of fields
    assert names["videos"] == found
    assert len(found) == CAT_COUNT
    assert usage.today(lab).records_used == CAT_COUNT
