"""The comments' own addresses, and a page for each way to show them."""

from django.urls import include, path

urlpatterns = [
    path("comments/", include("django_comments_xtd.urls")),
    path("", include("django.contrib.flatpages.urls")),
]
