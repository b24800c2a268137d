"""The pages of this audience."""

from django.urls import path

from xingyun.web.enterprise import registration

urlpatterns = [
    path("register/", registration.register, name="register"),
    path("register/letter/", registration.letter, name="register_letter"),
    path("registered/<slug:authority>/", registration.registered, name="registered"),
]
