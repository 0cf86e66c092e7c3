"""The URLs that the Markdown editor requests."""

from django.urls import path

from blog import editor

app_name = "desk"
urlpatterns = [path("preview/", editor.preview, name="preview")]
