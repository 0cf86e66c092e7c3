"""The URLs of the comments and of the flat page."""

from django.urls import include, path

urlpatterns = [
    path("comments/", include("django_comments_xtd.urls")),
    path("", include("django.contrib.flatpages.urls")),
]
