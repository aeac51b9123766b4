"""An ORCID of the tests' own, which speaks real HTTP, and records in the shape of the real one."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

JOSIAH = "0000-0002-1825-0097"


def source(name, *, by_client=False, for_person=False):
    """Who wrote an entry; a client may have written it in the person's name."""
    person = {"uri": f"https://orcid.org/{JOSIAH}", "path": JOSIAH, "host": "orcid.org"}
    client = {"uri": "https://orcid.org/client/APP-1", "path": "APP-1", "host": "orcid.org"}
    return {
        "source-orcid": None if by_client else person,
        "source-client-id": client if by_client else None,
        "source-name": {"value": name},
        "assertion-origin-orcid": person if for_person else None,
        "assertion-origin-client-id": None,
        "assertion-origin-name": {"value": "Josiah Carberry"} if for_person else None,
    }


def employment(organization, written_by, *, ror="", start=("1930", "02", "29"), end=None):
    """One group as the public API gives it, with a day that no calendar has."""
    known = {"disambiguated-organization-identifier": ror, "disambiguation-source": "ROR"}
    summary = {
        "created-date": {"value": 1386356790112},
        "last-modified-date": {"value": 1405895110316},
        "source": written_by,
        "put-code": 4288,
        "department-name": "Psychoceramics",
        "role-title": "Professor",
        "start-date": _date(start),
        "end-date": _date(end),
        "organization": {
            "name": organization,
            "address": {"city": "Providence", "region": "RI", "country": "US"},
            "disambiguated-organization": known if ror else None,
        },
        "url": None,
        "external-ids": None,
        "display-index": "0",
        "visibility": "public",
        "path": f"/{JOSIAH}/employment/4288",
    }
    return {
        "last-modified-date": {"value": 1405895110316},
        "external-ids": {"external-id": []},
        "summaries": [{"employment-summary": summary}],
    }


def _date(parts):
    if parts is None:
        return None
    year, month, day = (*parts, None, None)[:3]
    values = {"year": year, "month": month, "day": day}
    return {name: {"value": value} if value else None for name, value in values.items()}


class FakeOrcid:
    """What the server says, which a test may change, and what it was asked."""

    def __init__(self):
        self.employments = []
        self.works_count = 3
        self.status = 200
        self.body = None
        self.location = ""
        self.asked = []
        self.url = ""

    def answer(self, path):
        self.asked.append(path)
        if self.body is not None:
            return self.body
        if path.endswith("/employments"):
            told = {"affiliation-group": self.employments, "path": path}
        elif path.endswith("/works"):
            told = {"group": [{"work-summary": []}] * self.works_count, "path": path}
        else:
            told = {"orcid-identifier": {"path": JOSIAH, "uri": f"https://orcid.org/{JOSIAH}"}}
            told["person"] = {"emails": {"email": [{"email": "josiah@uva.nl", "verified": True}]}}
        return json.dumps(told).encode()

    def token(self, form):
        self.asked.append("/oauth/token")
        return json.dumps(
            {"access_token": "t", "token_type": "bearer", "orcid": JOSIAH, "name": "Josiah"}
        ).encode()


def _handler(fake):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self._send(fake.answer(urlsplit(self.path).path))

        def do_POST(self):
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._send(fake.token(form))

        def _send(self, body):
            self.send_response(fake.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            if fake.location:
                self.send_header("Location", fake.location)
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:  # whoever asked has heard enough
                return

        def log_message(self, *args):
            """The tests' output is not a log."""

    return Handler


@pytest.fixture
def orcid(settings):
    """A running server that the settings name as ORCID."""
    fake = FakeOrcid()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(fake))
    fake.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    settings.ORCID_API_URL = fake.url
    settings.ORCID_CLIENT_ID = "APP-1"
    settings.SOCIALACCOUNT_PROVIDERS = {
        "orcid": {"APPS": [{"client_id": "APP-1", "secret": "secret"}]}
    }
    yield fake
    server.shutdown()
    thread.join()
    server.server_close()
