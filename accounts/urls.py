from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("profile/", views.profile, name="profile"),
    # Comes before allauth's own URL of the same address, which `reverse` still finds.
    path("signup/", views.SignUp.as_view(), name="sign_up"),
]
