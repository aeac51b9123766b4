"""`/v2/research/video/query/`: one page of the videos that a query finds."""

from django.http import HttpRequest, HttpResponse

from research_api.access import authenticate
from research_api.answers import data_answer
from research_api.bodies import UnreadableBody, read_body
from research_api.edge import endpoint
from research_api.errors import invalid_params
from research_api.pages import fetch_page
from research_api.parsing import VideoRequest, parse_video_request


@endpoint()
def query_videos(request: HttpRequest, log_id: str) -> HttpResponse:
    client = authenticate(request)
    page = fetch_page(_read_request(request), client=client, key=log_id)
    return data_answer(page, log_id)


def _read_request(request: HttpRequest) -> VideoRequest:
    fields = ",".join(request.GET.getlist("fields"))
    try:
        return parse_video_request(fields, read_body(request))
    except UnreadableBody as refusal:
        raise invalid_params(str(refusal)) from refusal
