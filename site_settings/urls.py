from django.urls import path

from site_settings.desk import views

app_name = "site_settings"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("changes/", views.changes, name="changes"),
    path("changes/<int:pk>/take-back/", views.restore, name="take_back"),
    path("<slug:slug>/", views.group, name="group"),
]
