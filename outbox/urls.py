from django.urls import path

from outbox import views

app_name = "outbox"
urlpatterns = [path("test-mail/", views.test_mail, name="test_mail")]
