"""The changes to replies, one file for each kind. All code that changes a reply calls these."""
