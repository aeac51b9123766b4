"""Who asks: the client behind the request's token."""

from django.http import HttpRequest

from organizations.actions import authenticate_token
from organizations.models import Client
from research_api.errors import access_token_invalid


def authenticate(request: HttpRequest) -> Client:
    """The client, or one and the same 401 for a token that is missing, unknown or ended.

    Some clients write the scheme in small letters.
    """
    scheme, _, secret = request.headers.get("Authorization", "").strip().partition(" ")
    if scheme.lower() == "bearer" and (token := secret.strip()):
        client = authenticate_token(token)
        if client is not None:
            return client
    raise access_token_invalid()
