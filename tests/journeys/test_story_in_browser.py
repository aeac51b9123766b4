"""The whole story through the real pages: web server, worker, broker, corpus and browser.

It is played in a house of its own (`portal.supervisor.scratch`), with the demonstration loaded, by
people who know nothing but what the pages say.
"""

import csv
import datetime as dt
import io
import json
import re
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from django.conf import settings

from portal.demonstration import PASSWORD
from portal.supervisor.scratch import scratch_house
from tests.browser import faults, overflow, sign_in

PATIENCE = 60_000  # milliseconds; the machine may be busy
NORA, CARL = "nora@university.example", "carl@university.example"
REVIEWERS = ["rita@carrel.example", "ravi@carrel.example", "romy@carrel.example"]

# A lab's day small enough to be used up in a test.
PREPARE = """
from lib import clock
from programmes.models import Programme
clock.install_movable_clock()
Programme.objects.update(research_requests_limit=12, research_records_limit=1200)
"""
NEXT_DAY = """
import datetime as dt
from lib import clock
from lib.time import next_midnight, now
clock.move_clock(next_midnight(now()) - now() + dt.timedelta(seconds=5))
"""


@pytest.fixture(scope="module")
def house():
    with scratch_house(
        purpose="journey",
        database_url=settings.DATABASE_URL,
        redis_url=settings.REDIS_URL,
        secret_key=settings.SECRET_KEY,
    ) as house:
        house.prepare()
        assert house.manage("load_demo") == 0
        assert house.manage("shell", "--verbosity", "0", "-c", PREPARE) == 0
        house.address = house.start_web()
        house.start_worker()
        yield house


@pytest.fixture
def visit(browser, house, request):
    """A window of one person's; each has an own one, and no page may complain."""
    windows = []
    pictures = request.config.getoption("--pictures")

    def visit(email=None, password=PASSWORD):
        context = browser.new_context(base_url=house.address, accept_downloads=True)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.pictures = pictures
        windows.append((context, page, complaints := []))
        page.on("console", lambda line: complaints.append(line.text))
        if email:
            sign_in(page, email, password)
        return page

    yield visit
    for context, _page, complaints in windows:
        context.close()
        assert complaints == []


def check(page, picture=""):
    """What every page of the story has to be; `make screens` keeps those that have a name."""
    assert faults(page) == [], page.url
    assert overflow(page) <= 0, page.url
    if picture and page.pictures:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.screenshot(path=f"{page.pictures}/{picture}.png")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def leave(page, name):
    """A button that saves, and then leads on to another page."""
    here = page.url
    press(page, name)
    page.wait_for_url(lambda url: url != here)
    page.wait_for_load_state()


def follow(page, name):
    page.get_by_role("link", name=name).first.click()


def test_the_story(visit, house):
    find_out(visit())
    nora = visit()
    sign_up(nora)
    carl = visit(CARL)
    application = apply(nora, carl)
    review([visit(each) for each in REVIEWERS], nora, application)
    join(carl)
    run = ask(carl)
    wait_for_midnight(carl, run, house)
    ids = take_result(carl)
    use_api(carl, house, ids)
    remove_carl(nora, carl, house)


def find_out(page):
    """Anybody asks whether they qualify."""
    page.goto("/eligibility/")
    page.select_option("[name=country]", "NL")
    page.check("[name=workplace][value=academic]")
    for criterion in ("expertise", "independence", "proposal", "non_commercial"):
        page.check(f"[name={criterion}][value=yes]")
    page.click("main form button[type=submit]")
    assert page.get_by_text("You work at a non-profit academic institution").first.is_visible()
    check(page)


def sign_up(page):
    """Nora makes an account; the link waits in the outbox."""
    page.goto("/accounts/signup/")
    page.fill("[name=name]", "Nora Nil")
    page.fill("[name=email]", NORA)
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    page.click("main form button[type=submit]")
    page.goto("/outbox/")
    page.locator("tr, li", has_text=NORA).first.get_by_role("link").first.click()
    page.locator("main a[href*=confirm-email]").first.click()
    page.click("main form button[type=submit]")
    sign_in(page, NORA, PASSWORD)


ANSWERS = {
    "contact": {
        "full_name": "Nora Nil",
        "role": "faculty",
        "profile_url": "https://university.example/nil",
        "institution": "University of Example",
        "works_in": "Netherlands",
        "department_url": "https://university.example/sociology",
        "team_name": "Nil Lab",
    },
    "expertise": {"expertise": "Sociology of sleep", "publications": "Nil (2025), Asleep."},
    "project": {
        "project_title": "Sleep in short videos",
        "topics": ["society"],
        "summary": "Who talks about sleep, and when.",
        "design": "A keyword sample.",
        "research_questions": "When do people talk about sleep?",
    },
    "public": {"public_summary": "When do people talk about sleep in short videos?"},
    "period": {
        "starts_on": dt.date.today().isoformat(),
        "access_days": "273",
        "period_reason": "One year of data.",
    },
    "funding": {"is_funded": "no", "has_conflict": "no", "shares_data": "no"},
    "security": {"security_plan": "An encrypted disk in a locked room."},
}


def apply(page, carl):
    """Section by section; Carl confirms what is said of him; what is missing is said."""
    page.goto("/apply/")
    page.click("main form button[type=submit]")
    overview = re.search(r".*/apply/[0-9a-f-]{36}/", page.url).group()
    for section, answers in ANSWERS.items():
        page.goto(f"{overview}{section}/")
        for key, answer in answers.items():
            fill(page, key, answer)
        check(page)
        leave(page, "Save and continue")
    page.goto(f"{overview}collaborators/")
    page.fill("[name=name]", "Carl Claes")
    page.fill("[name=email]", CARL)
    page.fill("[name=expertise]", "Computational social science")
    page.locator("main form button[type=submit]", has_text="Add").first.click()
    confirm_details(carl)
    page.goto(overview)
    assert page.get_by_text("accept the terms").first.is_visible()
    page.goto(f"{overview}terms/")
    for key in ("terms_accepted", "compliance_certified", "security_accepted"):
        page.check(f"[name={key}]")
    leave(page, "Save and look it over")
    page.goto(overview)
    check(page)
    press_folded(page, "Submit the application")
    assert page.get_by_text("Being checked for completeness").first.is_visible()
    return overview


def confirm_details(page):
    """Carl follows the link of the mail that waits for him."""
    page.goto("/outbox/")
    page.locator("tr, li", has_text=CARL).first.get_by_role("link").first.click()
    page.locator("main a[href*='/apply/listed/']").first.click()
    check(page)
    press(page, "It is right: confirm")


def fill(page, key, answer):
    """Answer one question, whatever it is asked with."""
    field = page.locator(f"main [name={key}]").first
    tag, kind = field.evaluate("field => [field.tagName, field.type]")
    if key == "institution" and kind == "radio":
        page.get_by_label(answer).first.check()
    elif kind in ("radio", "checkbox"):
        for value in answer if isinstance(answer, list) else [answer]:
            page.check(f"[name={key}][value={value}]")
    elif tag == "SELECT":
        option = field.locator("option", has_text=answer)
        label = option.first.inner_text() if option.count() else None
        field.select_option(label=label) if label else field.select_option(answer)
    else:
        field.fill(answer)


def review(reviewers, nora, overview):
    """Changes are asked for and made; two review, blind to each other; the lab is there."""
    leader = reviewers[0]
    open_newest_file(leader)
    check(leader, "review")
    act(leader, "request_changes", comment="Which languages do you read?")
    nora.goto(overview)
    assert nora.get_by_text("Which languages do you read?").first.is_visible()
    nora.goto(f"{overview}project/")
    nora.fill("[name=design]", "A keyword sample in English, German and Dutch.")
    leave(nora, "Save and continue")
    nora.goto(overview)
    press_folded(nora, "Submit the application")
    open_newest_file(leader)
    press(leader, "Pass the screening")
    assert sum(give_review(page) for page in reviewers) == 2
    open_newest_file(leader)
    act(leader, "approve", comment="Clear now.")
    nora.goto("/")
    follow(nora, "Nil Lab")
    assert nora.get_by_role("heading", name="Nil Lab").is_visible()
    check(nora)


def open_newest_file(page):
    page.goto("/staff/")
    follow(page, "Sleep in short videos")


def give_review(page):
    """Whoever was asked recommends it; answers whether this one was."""
    open_newest_file(page)
    if not page.locator("#give_review").count():
        return False
    for met in page.locator("#give_review [name*=verdict_][value=MET]").all():
        met.evaluate("radio => { radio.checked = true }")
    page.locator("#give_review [name$=recommendation][value=APPROVED]").evaluate(
        "radio => { radio.checked = true }"
    )
    act(page, "give_review", comment="The design fits the questions.")
    return True


def act(page, key, comment):
    """Fill in one of the acts that the file offers, and do it."""
    page.locator(f"#{key} > summary").click()
    form = page.locator(f"#{key} form")
    form.locator("[name$=comment]").fill(comment)
    form.locator("button[type=submit]").last.click()
    page.wait_for_load_state()


def press_folded(page, name):
    """A button that asks once more before it does something for good."""
    page.locator("summary", has_text=name).click()
    page.locator("details[open]").get_by_role("button", name=name).click()


def join(page):
    """Carl, listed in the application, was cleared with it and accepts."""
    page.goto("/")
    page.get_by_role("link", name=re.compile(r"Answer the invitation \(Nil Lab\)")).click()
    check(page)
    press(page, "Accept the terms and join")


def ask(page):
    """Carl writes a query by form, sees its cost, and runs it."""
    page.goto("/")
    follow(page, "Nil Lab")
    follow(page, "Queries")
    page.goto(page.url + "new/")
    page.fill("[name=name]", "A winter in the United States")
    page.fill("[name=hashtag]", "health")
    page.fill("[name=region]", "XX")
    page.fill("[name=start_date]", "2024-01-01")
    page.fill("[name=end_date]", "2024-02-15")
    press(page, "Save and look at it")
    assert page.get_by_text("Must be one of the region codes").first.is_visible()
    assert page.input_value("[name=hashtag]") == "health"
    page.fill("[name=hashtag]", "")
    page.fill("[name=region]", "US")
    check(page)
    press(page, "Estimate the cost")
    page.get_by_text("quota days and ends on").first.wait_for()
    press(page, "Save and look at it")
    check(page)
    press(page, "Run it")
    page.wait_for_url("**/run/**")
    return page.url


def wait_for_midnight(page, run, house):
    """The quota of the day is used up; after 00:00 UTC the run goes on by itself."""
    page.goto(run)
    page.get_by_text("quota of this day is used up").first.wait_for()
    check(page, "run")
    assert page.get_by_text("12 requests, 1,200 records").first.is_visible()
    assert house.manage("shell", "--verbosity", "0", "-c", NEXT_DAY) == 0
    page.get_by_role("link", name="Download CSV").wait_for()


def take_result(page):
    """CSV, JSON Lines and manifest agree."""
    check(page)
    rows = list(csv.DictReader(io.StringIO(download(page, "Download CSV"))))
    records = [json.loads(line) for line in download(page, "Download JSON Lines").splitlines()]
    manifest = json.loads(download(page, "Download the manifest"))
    ids = [record["id"] for record in records]
    assert [int(row["id"]) for row in rows] == ids
    assert ids == sorted(set(ids), reverse=True)
    assert len(ids) > 1_200
    assert str(len(ids)) in json.dumps(manifest)
    return ids


def download(page, name):
    with page.expect_download() as waiting:
        follow(page, name)
    return waiting.value.path().read_text(encoding="utf-8-sig")


def use_api(page, house, ids):
    """A script with Carl's key gets the newest of the same videos."""
    page.goto("/")
    follow(page, "Nil Lab")
    check(page, "lab")
    follow(page, "API clients")
    press(page, "Make a client")
    key, secret = page.locator("section[aria-labelledby=secret] pre").all_inner_texts()
    check(page)
    form = {"client_key": key, "client_secret": secret, "grant_type": "client_credentials"}
    page.token = post(house, "/v2/oauth/token/", urlencode(form))["access_token"]
    videos = post(house, VIDEOS, WIRE_QUERY, page.token)["data"]["videos"]
    assert [video["id"] for video in videos] == ids[: len(videos)]
    assert len(videos) == 100


VIDEOS = "/v2/research/video/query/?fields=id"
WIRE_QUERY = json.dumps(
    {
        "query": {
            "and": [
                {"operation": "EQ", "field_name": "region_code", "field_values": ["US"]},
            ]
        },
        "start_date": "20240117",
        "end_date": "20240215",
        "max_count": 100,
    }
)


def post(house, path, body, token=""):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    request = Request(house.address + path, body.encode(), headers, method="POST")
    with urlopen(request, timeout=60) as answer:
        return json.load(answer)


def remove_carl(nora, carl, house):
    """Nora removes Carl: the lab's pages and his token end at the next request."""
    nora.goto("/")
    follow(nora, "Nil Lab")
    lab = nora.url
    follow(nora, "Members")
    nora.get_by_role("link", name=re.compile("Remove Carl")).click()
    check(nora)
    press(nora, "Remove")
    assert carl.request.get(lab).status == 404
    with pytest.raises(HTTPError, match="401"):
        post(house, VIDEOS, WIRE_QUERY, carl.token)
