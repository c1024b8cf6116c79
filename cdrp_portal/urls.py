"""Every address of the portal: nouns, slugs, one thing an address."""

from django.contrib import admin
from django.urls import include, path

from cdrp_portal import views

urlpatterns = [
    path("", views.home, name="home"),
    # What anybody may read
    path("who-sees-what/", views.who_sees_what, name="who_sees_what"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("cookies/", views.cookies, name="cookies"),
    path("criteria/", include("hallmarks.urls")),
    # Who people are
    path("accounts/", include("accounts.sign_in_urls")),
    path("", include("accounts.urls")),
    # The work
    path("case-studies/", include("casestudies.urls")),
    path("", include("assessments.urls")),
    path("", include("sharing.urls")),
    path("", include("reviews.urls")),
    path("", include("reports.urls")),
    # Behind the scenes
    path("admin/", admin.site.urls),
    path("healthz", views.health, name="health"),
]

handler400 = "cdrp_portal.views.bad_request"
handler403 = "cdrp_portal.views.forbidden"
handler404 = "cdrp_portal.views.not_found"
handler500 = "cdrp_portal.views.server_error"
