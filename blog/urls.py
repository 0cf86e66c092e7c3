"""The blog's addresses. They are permanent: when a post moves, its old address redirects."""

from __future__ import annotations

from django.urls import URLPattern, path

from blog import converters, sitemaps
from blog.views import archive, listings, posts
from blog.views.feeds import PostFeed
from feeds import FORMATS

converters.register()


def listing(route: str, page: type[listings.PostList], *, name: str) -> list[URLPattern]:
    """Return the URLs of a listing. Feeds come first: a category's path would match them too."""
    feeds = [
        path(
            route + kind.suffix,
            PostFeed.as_view(listing=page, format=kind),
            name=f"{name}_{kind.name}",
        )
        for kind in FORMATS
    ]
    return [*feeds, path(route, page.as_view(), name=name)]


app_name = "blog"
urlpatterns = [
    *listing("", listings.Home, name="home"),
    path("about/", archive.about, name="about"),
    path("archive/", archive.archive, name="archive"),
    path("<year:year>/", listings.Period.as_view(), name="year"),
    path("<year:year>/<month:month>/", listings.Period.as_view(), name="month"),
    path("<year:year>/<month:month>/<uslug:slug>/", posts.post_detail, name="post"),
    path("preview/<uuid:uid>/", posts.preview, name="preview"),
    *listing("authors/<uslug:slug>/", listings.ByAuthor, name="author"),
    *listing("categories/<category:slug>/", listings.ByCategory, name="category"),
    *listing("tags/<uslug:slug>/", listings.ByTag, name="tag"),
    *listing("series/<uslug:slug>/", listings.BySeries, name="series"),
    *listing("languages/<language:code>/", listings.ByLanguage, name="language"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap, name="sitemap"),
]
