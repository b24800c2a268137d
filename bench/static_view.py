"""The measure of all pages: a Django that answers a fixed text and does nothing else, for a WSGI server."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def fixed(_request: HttpRequest) -> HttpResponse:
    """A short page."""
    return HttpResponse("<!doctype html><title>static</title><p>static</p>")


urlpatterns = [path("", fixed)]
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="of no use", MIDDLEWARE=[])
application = get_wsgi_application()
