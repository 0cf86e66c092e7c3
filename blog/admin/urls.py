"""What the editor in the admin asks for while one writes."""

from django.urls import path

from blog import editor

app_name = "desk"
urlpatterns = [path("preview/", editor.preview, name="preview")]
