import django.core.validators
import django.db.models.deletion
import summitry.foundation.clock
import summitry.foundation.i18n.field
import summitry.foundation.i18n.text
import summitry.mailing.models.letter
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_initial"),
        ("editions", "0001_initial"),
        ("foundation", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mailing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("operational", "Needed in order to take part"),
                            ("news", "News; can be unsubscribed from"),
                        ],
                        default="operational",
                        max_length=12,
                    ),
                ),
                ("audience", models.CharField(blank=True, max_length=60)),
                ("filters", models.JSONField(blank=True, default=dict)),
                ("notice", models.CharField(blank=True, max_length=40)),
                (
                    "subject",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=200
                    ),
                ),
                (
                    "body",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=20000
                    ),
                ),
                ("sender_name", models.CharField(blank=True, max_length=100)),
                ("reply_to", models.EmailField(blank=True, max_length=254)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("held", "Held in the outbox"),
                            ("scheduled", "Scheduled"),
                            ("released", "Released, leaves shortly"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("recalled", "Recalled"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "pace",
                    models.PositiveSmallIntegerField(
                        default=60,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(600),
                        ],
                    ),
                ),
                ("confirmed", models.JSONField(blank=True, default=list)),
                ("release_at", models.DateTimeField(blank=True, null=True)),
                ("next_batch_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("by_system", models.BooleanField(default=False)),
                ("released_by", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(default=summitry.foundation.clock.now)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="mailings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mailings",
                        to="editions.edition",
                    ),
                ),
            ],
            options={
                "ordering": ("-created_at", "-id"),
                "indexes": [
                    models.Index(fields=["edition", "state"], name="mailing_mai_edition_047ab6_idx"),
                    models.Index(fields=["state", "release_at"], name="mailing_mai_state_f92fd3_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pace__gte", 1)), name="mailing_pace_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["scheduled", "released"]), _negated=True),
                            ("release_at__isnull", False),
                            _connector="OR",
                        ),
                        name="mailing_knows_when_it_leaves",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=400)),
                (
                    "token",
                    models.CharField(
                        default=summitry.mailing.models.letter.new_token,
                        editable=False,
                        max_length=24,
                        unique=True,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("address", models.EmailField(max_length=254)),
                ("lang", models.CharField(max_length=20)),
                ("subject", models.CharField(max_length=1000)),
                ("text", models.TextField()),
                ("html", models.TextField()),
                ("sealed", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("claimed", "Being handed over"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("bounced", "Came back"),
                            ("suppressed", "Left out"),
                            ("recalled", "Recalled"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("not_before", models.DateTimeField(blank=True, null=True)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, max_length=500)),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="letters",
                        to="directory.person",
                    ),
                ),
                (
                    "mailing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="mailing.mailing",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [
                    models.Index(fields=["mailing", "state"], name="mailing_let_mailing_05b6fd_idx"),
                    models.Index(fields=["state", "claimed_at"], name="mailing_let_state_aab4ef_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("mailing", "key"), name="letter_once_per_recipient")
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeWording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        choices=[
                            ("speaker_page", "A speaker’s own page"),
                            ("forum_submitted", "A forum was submitted"),
                            ("forum_returned", "A forum was returned"),
                            ("forum_signed", "A forum was signed off"),
                            ("deadline_reminder", "Reminder of a deadline"),
                            ("speaker_reminder", "Reminder of what a speaker owes"),
                            ("schedule_changed", "The schedule changed"),
                            ("sign_in", "A link to sign in"),
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sent", "Sent at once"),
                            ("held", "Held in the outbox until somebody releases it"),
                            ("off", "Not written"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "subject",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=200
                    ),
                ),
                (
                    "body",
                    summitry.foundation.i18n.field.TranslatedField(
                        blank=True, default=summitry.foundation.i18n.text.Text, max_length=20000
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice_wordings",
                        to="editions.edition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "key"), name="notice_wording_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Suppression",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.EmailField(max_length=254)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("bounced", "A letter came back"),
                            ("unsubscribed", "Unsubscribed from news"),
                        ],
                        max_length=12,
                    ),
                ),
                ("detail", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(default=summitry.foundation.clock.now)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suppressions",
                        to="editions.edition",
                    ),
                ),
            ],
            options={
                "ordering": ("-created_at", "-id"),
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "address", "reason"), name="suppression_once")
                ],
            },
        ),
    ]
