"""The pages that list posts: home, years and months, authors, categories, tags, series."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.paginator import EmptyPage
from django.db.models import CharField, Exists, Model, OuterRef, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.functional import Promise, cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.generic import ListView

from accounts.models import Author
from blog.entries import entries_of, posts_for_lists
from blog.feeds.links import FeedLink, feed_links, site_feed_links
from blog.languages import language_name
from blog.lead_picture import lead_sizes
from blog.metadata import plain_text
from blog.models import Byline, Category, Post, Series, Tag, TaggedPost
from blog.models.querysets import PostQuerySet
from blog.shortcuts import has_code
from blog.shown import POSTS as POSTS_SHOWN
from blog.shown import name_of, posts_in, posts_of
from images.models import Image
from site_settings.reading import site
from web.pagination import Keyed
from web.prepared import Given, Prepared
from web.shown import named, same_for_all, shows

# Characters; search engines cut a longer description.
DESCRIPTION_LENGTH = 160
FEW = 500


@method_decorator(same_for_all("page", "before"), name="dispatch")
class PostList(ListView):
    """A page of live posts, newest first. Subclasses set the posts' `subject` and the heading."""

    template_name = "blog/post_list.html"
    paginator_class: type[Keyed] = Keyed
    subject: Any = None
    # What the heading names, if the heading does not say so itself.
    kind: str | Promise = ""
    # The URL name of the page's feeds, if it has its own.
    feed = ""

    @property
    def heading(self) -> str:
        return str(self.subject)

    @property
    def title(self) -> str:
        """The heading with its kind and the site's name, so that equal headings differ."""
        heading = f"{self.kind}: {self.heading}" if self.kind else self.heading
        return f"{heading} – {site.name}"

    @property
    def language(self) -> str:
        """The language of the title and description; the posts may be in other languages."""
        return site.default_language

    @property
    def feeds(self) -> list[FeedLink]:
        own = feed_links(self.feed, self.title, **self.kwargs) if self.feed else ()
        return [*own, *site_feed_links()]

    @property
    def description(self) -> str:
        return _("%(heading)s: posts on %(site)s") % {
            "heading": self.heading,
            "site": site.name,
        }

    @property
    def shown(self) -> list[str]:
        """The names of what the page is about, and of its list of posts (`blog.shown`)."""
        name = name_of(self.subject)
        return [name, posts_of(name)]

    def narrow(self, posts: PostQuerySet) -> PostQuerySet:
        return posts

    def live(self, posts: PostQuerySet) -> PostQuerySet:
        """Return the posts that readers see here, in the order of the list."""
        return self.narrow(posts).live()

    def get_queryset(self) -> PostQuerySet:
        return self.live(posts_for_lists())

    def get_paginate_by(self, queryset: Any) -> int:
        return site.posts_per_page

    def get_paginator(self, queryset: Any, per_page: int, *_args: Any, **_more: Any) -> Keyed:
        alone = self.live(Post.objects.all())
        return self.paginator_class(queryset, per_page, alone=alone, every=posts_for_lists())

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """Paginate by the key of the last post of the page before, if given, else by page number."""
        if "before" not in self.request.GET:
            return super().paginate_queryset(queryset, page_size)
        paginator = self.get_paginator(queryset, page_size)
        asked = self.request.GET
        try:
            page = paginator.page_after(asked["before"], asked.get("page", "2"))
        except (EmptyPage, ValueError) as error:
            raise Http404 from error
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        number = context["page_obj"].number
        path = self.request.path if number == 1 else f"{self.request.path}?page={number}"
        entries = entries_of(context["object_list"])
        shows(self.request, *self.shown, *(name for one in entries for name in one["shown"]))
        return context | {
            "entries": entries,
            "subject": self.subject,
            "shows_code": any(has_code(one["whole"]) for one in entries),
            "heading": self.heading,
            "description": self.description,
            "canonical": self.request.build_absolute_uri(path),
            "feeds": self.feeds,
        }


class Home(PostList):
    template_name = "blog/home.html"

    @property
    def heading(self) -> str:
        return site.name

    @property
    def title(self) -> str:
        return self.heading

    @property
    def shown(self) -> list[str]:
        return [POSTS_SHOWN]

    @property
    def description(self) -> str:
        ours = _("The newest posts on %(site)s, and what readers say to them.")
        return site.description or ours % {"site": site.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the lead image of the first post, which the first page shows large."""
        context = super().get_context_data(**kwargs)
        leads = context["entries"][:1] if context["page_obj"].number == 1 else []
        keys = [entry["lead_image"] for entry in leads if entry["lead_image"]]
        shows(self.request, *(named(Image, key) for key in keys))
        image = Image.objects.filter(pk__in=keys).first() if keys else None
        return context | {"lead_image": image, "lead_sizes": lead_sizes(image) if image else ""}


class Period(PostList):
    """The posts of one year or one month, in the site's time zone."""

    template_name = "blog/period.html"
    allow_empty = False
    month: int | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.year = int(kwargs["year"])
        self.month = int(kwargs["month"]) if "month" in kwargs else None

    @property
    def heading(self) -> str:
        if self.month is None:
            return str(self.year)
        return date_format(date(self.year, self.month, 1), "YEAR_MONTH_FORMAT")

    @property
    def shown(self) -> list[str]:
        return [posts_in(f"{self.year}-{self.month:02}" if self.month else self.year)]

    def narrow(self, posts: PostQuerySet) -> PostQuerySet:
        return posts.in_period(*period(self.year, self.month))


def period(year: int, month: int | None) -> tuple[datetime, datetime]:
    """Return the start of a year or month in the site's time zone, and the start of the next."""
    zone = timezone.get_current_timezone()
    start = datetime(year, month or 1, 1, tzinfo=zone)
    following = (year + 1, 1) if month in {None, 12} else (year, start.month + 1)
    return start, datetime(*following, 1, tzinfo=zone)


class BySlug(PostList):
    """The posts of one object that has a slug."""

    model: type[Model]
    slug_field = "slug"

    @cached_property
    def subject(self) -> Any:
        return get_object_or_404(self.model, **{self.slug_field: self.kwargs["slug"]})

    @property
    def description(self) -> str:
        return getattr(self.subject, "description", "") or super().description


def _by_slug(model: type[Model], rows: type[Model], field: str) -> Prepared[Any]:
    """Return the query for an object. `rows` join posts with objects, and name theirs in `field`."""
    theirs = rows._default_manager.filter(**{field: OuterRef("pk")}).order_by()
    found = model._default_manager.annotate(has_many=Exists(theirs[FEW : FEW + 1]))
    return Prepared(found.filter(slug=Given("slug", CharField())))


class ByFewOrMany(PostList):
    """The posts of one object that may have few of them or many, newest first.

    Of many, the newest are found by going through the newest of all posts. With few that would go
    through all posts: these are read and sorted instead.
    """

    # The query for the object, with `has_many` (`_by_slug`).
    by_slug: Prepared[Any]

    @cached_property
    def subject(self) -> Any:
        subject = self.by_slug.first(slug=self.kwargs["slug"])
        if subject is None:
            raise Http404
        return subject

    def live(self, posts: PostQuerySet) -> PostQuerySet:
        return super().live(posts) if self.subject.has_many else self.narrow(posts).live_of_few()


class ByAuthor(ByFewOrMany):
    template_name = "blog/author_detail.html"
    feed = "author"
    by_slug = _by_slug(Author, Byline, "author")

    @property
    def description(self) -> str:
        about = plain_text(self.subject.biography_html)
        return Truncator(about).chars(DESCRIPTION_LENGTH) or super().description

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        prefetch_related_objects([self.subject], "links")
        return super().get_context_data(**kwargs)

    def narrow(self, posts: PostQuerySet) -> PostQuerySet:
        return posts.by_author(self.subject)


class ByTag(ByFewOrMany):
    kind = _lazy("Tag")
    feed = "tag"
    by_slug = _by_slug(Tag, TaggedPost, "tag")

    def narrow(self, posts: PostQuerySet) -> PostQuerySet:
        return posts.tagged(self.subject)


class ByCategory(BySlug):
    template_name = "blog/category_detail.html"
    kind = _lazy("Category")
    feed = "category"
    model = Category
    slug_field = "path"

    def narrow(self, posts: PostQuerySet) -> PostQuerySet:
        return posts.in_category(self.subject)


class InSeries(Keyed):
    order = ("series_position", "published_at", "pk")


class BySeries(BySlug):
    paginator_class = InSeries
    template_name = "blog/series_detail.html"
    kind = _lazy("Series")
    feed = "series"
    model = Series

    def narrow(self, posts: PostQuerySet) -> PostQuerySet:
        return posts.in_series(self.subject)


class ByLanguage(PostList):
    kind = _lazy("Language")
    feed = "language"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.subject = code = kwargs["code"]
        is_ours = code in dict(settings.LANGUAGES)
        if not is_ours and not Post.objects.live().in_language(code).exists():
            raise Http404

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer 301 to the canonical tag if the address spells it differently."""
        written = reverse("blog:language", args=[self.subject])
        if request.path != written:
            query = request.META["QUERY_STRING"]
            return HttpResponsePermanentRedirect(written + (query and f"?{query}"))
        return super().get(request, *args, **kwargs)

    @property
    def heading(self) -> str:
        return language_name(self.subject)

    @property
    def language(self) -> str:
        return self.subject

    @property
    def shown(self) -> list[str]:
        return [posts_in(self.subject.lower())]

    def narrow(self, posts: PostQuerySet) -> PostQuerySet:
        return posts.in_language(self.subject)
