"""What several files ask a running server for."""

from tests.config.test_server import serve, staff

__all__ = ["serve", "staff"]
