"""Every address of the product."""

from django.urls import include, path

urlpatterns = [
    path("", include("xingyun.web.urls")),
    path("", include("xingyun.web.public.urls")),
    path("accounts/", include("xingyun.web.accounts.urls")),
    path("enterprise/", include("xingyun.web.enterprise.urls")),
    path("officials/", include("xingyun.web.officials.urls")),
]

handler400 = "xingyun.web.errors.bad_request"
handler403 = "xingyun.web.errors.forbidden"
handler404 = "xingyun.web.errors.not_found"
handler500 = "xingyun.web.errors.fault"
