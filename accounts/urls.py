from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("profile/", views.profile, name="profile"),
    # Before allauth's own of the same address, which is still the one that is reversed.
    path("signup/", views.SignUp.as_view(), name="sign_up"),
]
