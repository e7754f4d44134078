"""The school today, and the words by which it is found."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from strandline.web.people.scope import ScopedManager


class School(models.Model):
    """
    A school that any run of the authority has held, by its URN.

    The columns are those of the latest run that held it; `latest` is that intake. `consortium` is the authority's own
    and no run touches it. Other rooms point at a school with `ForeignKey("schools.School", PROTECT)`: the column then
    holds the URN itself.
    """

    urn = models.PositiveIntegerField(primary_key=True)
    laestab = models.PositiveIntegerField(null=True)
    name = models.CharField(max_length=300)
    la = models.PositiveIntegerField()
    la_name = models.CharField(max_length=100, blank=True)
    phase = models.CharField(max_length=40, blank=True)
    sector = models.CharField(max_length=40, blank=True)
    legal_form = models.CharField(max_length=60, blank=True)
    maintained = models.BooleanField(default=False)
    status = models.CharField(max_length=40, blank=True)
    trust_uid = models.CharField(max_length=100, blank=True)
    trust_name = models.CharField(max_length=300, blank=True)
    diocese = models.CharField(max_length=100, blank=True)
    consortium = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    latest = models.ForeignKey("schools.Intake", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager["School"]()

    class Meta:
        ordering: ClassVar = ["name", "urn"]
        indexes: ClassVar = [
            models.Index(fields=["la", "name"], name="school_of_authority"),
            models.Index(fields=["la", "latest"], name="school_of_intake"),
            models.Index(fields=["trust_uid"], name="school_of_trust"),
            models.Index(fields=["diocese"], name="school_of_diocese"),
            models.Index(fields=["consortium"], name="school_of_consortium"),
        ]

    def __str__(self) -> str:
        return self.name


class Word(models.Model):
    """A word of any school's name or address, once."""

    text = models.CharField(max_length=60, primary_key=True)

    def __str__(self) -> str:
        return self.text


class WordGram(models.Model):
    """Three letters in a row of a word: what a mistyped word still shares with the right one."""

    gram = models.CharField(max_length=3)
    word = models.ForeignKey(Word, on_delete=models.CASCADE, db_index=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["gram", "word"], name="gram_of_word_once")]

    def __str__(self) -> str:
        return f"{self.gram} in {self.word_id}"


class SchoolTerm(models.Model):
    """A word by which a school is found: of its present or a former name, its numbers, its postcode."""

    SCHOOL_PATH = "school"

    word = models.CharField(max_length=60)
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="terms")

    objects = ScopedManager["SchoolTerm"]()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["word", "school"], name="term_of_school_once")]

    def __str__(self) -> str:
        return f"{self.word}: {self.school_id}"
