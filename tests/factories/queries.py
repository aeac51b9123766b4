"""Queries and runs of a lab, made by the actions that people use, and the videos they find.

There are 2,350 videos about bread in January 2024, and 40 about cheese that hold what breaks
spreadsheets and parsers.
"""

from queries import actions
from queries.runs import page, turn
from queries.runs.lease import claim_run

BREAD_COUNT = 2_350
CHEESE_COUNT = 40
AWKWARD = [
    '=HYPERLINK("http://x.example","cheese")',
    "+cheese",
    "-2+3 cheese",
    "@SUM(cheese)",
    "\tcheese",
    "\rcheese",
    "cheese\x07 rings",
    "cheese \u202eesrever\u202c",
    'cheese, "quoted"\nand broken',
    "جبن cheese 芝士 🧀",
]
JANUARY_2024 = 1_704_067_200
FIELDS = ["id", "create_time", "username", "region_code", "video_description"]


def make_videos():
    """Every video of the corpus that these tests ask, as an import takes them."""
    for number in range(BREAD_COUNT + CHEESE_COUNT):
        is_bread = number < BREAD_COUNT
        caption = f"bread {number} #baking" if is_bread else AWKWARD[number % len(AWKWARD)]
        yield {
            "id": 7_300_000_000_000_000_000 + number,
            "create_time": JANUARY_2024 + number * 60,
            "username": f"baker{number % 50}",
            "region_code": "NL" if is_bread else "FR",
            "video_description": caption,
            "hashtag_names": ["baking"],
            "view_count": number,
            "is_stem_verified": number % 2 == 0,
        }


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


def fetch_pages(run, count, *, worker="worker"):
    """Claim the run and fetch some pages, as a worker does that dies afterwards."""
    held = claim_run(run.pk, worker=worker)
    search = turn.search_of(held)
    for _page in range(count):
        page.fetch_page(held, search)
    return held


def _listed(values):
    return values if isinstance(values, list) else [values]
