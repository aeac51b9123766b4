"""The scanner for harmful software: a server of the test's own speaks its protocol."""

import socketserver
import struct
import threading

import pytest
from django.test import Client

from applications import actions, tasks
from applications.attachments import scanner
from applications.attachments.scanner import ScannerFailed, find_harm
from applications.models import Attachment, ScanVerdict
from audit.models import Entry
from lib.errors import Refused
from tests.factories import files
from tests.factories.applications import make_draft
from tests.factories.files import LETTERS, upload

HARMFUL = b"X5O!-what-the-test-calls-harmful"


class Daemon(socketserver.BaseRequestHandler):
    """Speaks INSTREAM as clamd does; `behaviour` of the server changes the answer."""

    def handle(self):
        assert self._read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack(">I", self._read(4))[0]:
            content += self._read(length)
        self.server.seen.append(content)
        found = "Test.Harm FOUND" if HARMFUL in content else "OK"
        answer = self.server.behaviour or f"stream: {found}\0"
        self.request.sendall(answer.encode())

    def _read(self, length):
        read = b""
        while len(read) < length:
            read += self.request.recv(length - len(read))
        return read


@pytest.fixture
def daemon(settings):
    """A running scanner that Carrel is told of."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Daemon) as server:
        server.seen, server.behaviour = [], ""
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        settings.CLAMAV_URL = server.server_address
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def nobody_listens(settings):
    with socketserver.TCPServer(("127.0.0.1", 0), Daemon) as server:
        address = server.server_address
    settings.CLAMAV_URL = address
    return address


def attach(paula, content=b"A letter", name="letter.txt"):
    draft = make_draft(paula)
    return actions.attach_file(draft, question=LETTERS, upload=upload(name, content), by=paula)


def submit(attachment):
    application = attachment.application
    application.refresh_from_db()
    return actions.submit_application(application, by=application.applicant)


def status_for(person, attachment):
    client = Client()
    client.force_login(person)
    answer = client.get(attachment.get_absolute_url())
    list(answer)
    return answer.status_code


def test_a_clean_file_opens_for_reviewers_once_it_is_scanned(daemon, paula, rita):
    attachment = attach(paula, files.pdf(), "letter.pdf")
    submit(attachment)
    before = status_for(rita, attachment)

    tasks.scan_attachment(attachment_id=str(attachment.pk))

    attachment.refresh_from_db()
    assert (before, status_for(rita, attachment)) == (409, 200)
    assert attachment.scan_verdict == ScanVerdict.CLEAN
    assert attachment.scanned_at is not None
    assert daemon.seen == [files.pdf()]


def test_the_applicant_may_open_what_still_waits(daemon, paula):
    assert status_for(paula, attach(paula)) == 200


def test_a_harmful_file_opens_for_nobody_and_counts_as_no_answer(daemon, paula, rita):
    attachment = attach(paula, HARMFUL)
    submit(attachment)

    tasks.scan_attachment(attachment_id=str(attachment.pk))

    assert [status_for(each, attachment) for each in (paula, rita)] == [409, 409]
    assert not Attachment.objects.fit().exists()
    entry = Entry.objects.get(event="attachment.scanned")
    assert entry.details["found"] == "Test.Harm"
    assert entry.actor_id is None


def test_no_version_names_a_file_that_was_found_harmful_before(daemon, paula):
    attachment = attach(paula, HARMFUL)
    tasks.scan_attachment(attachment_id=str(attachment.pk))

    assert submit(attachment).latest_version.attachments == []


def test_a_file_of_many_pieces_arrives_whole(daemon):
    content = bytes(range(256)) * 1000

    assert find_harm(files.upload("a.bin", content), daemon.server_address) == ""
    assert daemon.seen == [content]


def test_a_scanner_that_is_down_leaves_the_file_waiting_for_the_sweep(
    nobody_listens, paula, settings
):
    attachment = attach(paula)

    tasks.scan_attachment(attachment_id=str(attachment.pk))

    attachment.refresh_from_db()
    assert attachment.scan_verdict == ScanVerdict.WAITING


def test_the_sweep_finds_what_waits(daemon, paula):
    attachment = attach(paula)

    tasks.scan_attachments()
    tasks.scan_attachments()

    attachment.refresh_from_db()
    assert attachment.scan_verdict == ScanVerdict.CLEAN
    assert len(daemon.seen) == 1


@pytest.mark.parametrize("answer", ["INSTREAM size limit exceeded. ERROR\0", "nonsense", "\0"])
def test_an_answer_without_a_verdict_is_none(daemon, answer):
    daemon.behaviour = answer

    with pytest.raises(ScannerFailed):
        find_harm(files.upload("a.txt", b"x"), daemon.server_address)


def test_a_scanner_that_says_nothing_is_given_up(monkeypatch):
    monkeypatch.setattr(scanner, "TIMEOUT_SECONDS", 0.2)
    with socketserver.TCPServer(("127.0.0.1", 0), Daemon) as silent, pytest.raises(ScannerFailed):
        find_harm(files.upload("a.txt", b"x"), silent.server_address)


def test_without_a_scanner_nothing_waits_for_one(daemon, paula, settings):
    attachment = attach(paula)
    settings.CLAMAV_URL = None

    tasks.scan_attachments()

    attachment.refresh_from_db()
    assert attachment.scan_verdict == ScanVerdict.NOT_SCANNED


def test_a_waiting_file_says_so_to_the_reviewer(daemon, paula, rita):
    attachment = attach(paula)
    submit(attachment)

    with pytest.raises(Refused, match="still being checked"):
        actions.open_attachment(attachment, by=rita)
