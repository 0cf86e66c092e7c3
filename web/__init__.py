"""Shared by all apps that answer requests; imports none of them."""
