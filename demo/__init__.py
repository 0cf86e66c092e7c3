"""Posts and replies by the thousand, for trying and measuring the site: `manage.py demo_data`."""
