from django.apps import AppConfig


class PageCacheConfig(AppConfig):
    name = "pagecache"

    def ready(self) -> None:
        from pagecache import receivers  # noqa: F401
        from pagecache.process import memory_version
        from web.in_memory import register_version

        register_version(memory_version)
