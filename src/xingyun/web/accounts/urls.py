"""Signing in and out, changing one's password. No page makes accounts by itself."""

from allauth.account import views
from django.urls import path

from xingyun.web.accounts.views import address, forgotten, new_password

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/forgotten/", forgotten, name="account_reset_password"),
    path("password/new/<str:token>/", new_password, name="account_new_password"),
    path("email/<str:token>/", address, name="account_address"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
]
