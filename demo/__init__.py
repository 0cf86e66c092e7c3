"""Posts and replies by the thousand, to try and to measure the site with. See `manage.py demo_data`."""
