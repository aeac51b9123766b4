"""Every other address under /v2/."""

from django.http import HttpRequest, HttpResponse

from research_api.edge import endpoint
from research_api.errors import not_found


@endpoint(takes_any_method=True)
def unknown(request: HttpRequest, log_id: str) -> HttpResponse:
    """JSON, because existing clients parse every answer as JSON."""
    raise not_found()
