"""Addresses of the app."""

from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("account/", views.account, name="account"),
    path("join/<str:token>/", views.join, name="join"),
    path("people/", views.people_index, name="people_index"),
    path("people/invitations/<slug:code>/withdraw/", views.invitation_withdraw, name="invitation_withdraw"),
    path("people/regions/<slug:region>/", views.region_people, name="region_people"),
    path("people/regions/<slug:region>/invite/", views.region_invite, name="region_invite"),
    path("people/regions/<slug:region>/posts/<slug:code>/end/", views.post_end, name="post_end"),
    path("people/<slug:partnership>/", views.people, name="people"),
    path("people/<slug:partnership>/invite/", views.invite, name="invite"),
    path("people/<slug:partnership>/members/<slug:code>/role/", views.membership_role, name="membership_role"),
    path("people/<slug:partnership>/members/<slug:code>/end/", views.membership_end, name="membership_end"),
]
