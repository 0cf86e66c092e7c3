from django.db import migrations

import blog.fields
import blog.languages


class Migration(migrations.Migration):
    dependencies = [("blog", "0010_what_the_way_to_the_rest_of_a_post_is_called")]

    operations = [
        migrations.AlterField(
            model_name="post",
            name="language",
            field=blog.fields.LanguageField(
                default=blog.languages.site_language, max_length=35, verbose_name="language"
            ),
        ),
    ]
