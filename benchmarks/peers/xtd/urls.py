"""The comments' own addresses, and the page below which they stand."""

from django.urls import include, path

urlpatterns = [
    path("comments/", include("django_comments_xtd.urls")),
    path("", include("django.contrib.flatpages.urls")),
]
