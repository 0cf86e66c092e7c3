"""The rules by which moderators keep people and patterns out."""
