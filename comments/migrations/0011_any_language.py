from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0010_one_spelling_of_a_mailbox")]

    operations = [
        migrations.AlterField(
            model_name="comment",
            name="language",
            field=models.CharField(max_length=35, verbose_name="language"),
        ),
    ]
