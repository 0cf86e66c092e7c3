"""Old addresses of posts are redirects now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("blog", "0006_what_follows_from_names_and_titles")]
    operations = [migrations.DeleteModel("PostAddress")]
