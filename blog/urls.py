"""The blog's addresses. They are stable: a post that moves leaves a redirect behind."""

from __future__ import annotations

from django.urls import path
from django.views.generic import TemplateView

from blog import converters
from blog.views import listings, posts

converters.register()

app_name = "blog"
urlpatterns = [
    path("", listings.Home.as_view(), name="home"),
    path("about/", TemplateView.as_view(template_name="blog/about.html"), name="about"),
    path("<year:year>/", listings.Period.as_view(), name="year"),
    path("<year:year>/<month:month>/", listings.Period.as_view(), name="month"),
    path("<year:year>/<month:month>/<uslug:slug>/", posts.post_detail, name="post"),
    path("preview/<uuid:uid>/", posts.preview, name="preview"),
    path("authors/<uslug:slug>/", listings.ByAuthor.as_view(), name="author"),
    path("categories/<category:slug>/", listings.ByCategory.as_view(), name="category"),
    path("tags/<uslug:slug>/", listings.ByTag.as_view(), name="tag"),
    path("series/<uslug:slug>/", listings.BySeries.as_view(), name="series"),
    path("languages/<slug:code>/", listings.ByLanguage.as_view(), name="language"),
]
