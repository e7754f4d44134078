"""What is sent in the background: a mail server that does not answer stops no publication."""

from __future__ import annotations

from django.core.mail import EmailMessage, get_connection
from django_tasks import task


@task()
def tell(addresses: list[str], *, subject: str, text: str) -> int:
    """One message each: nobody learns who else was told. Gives how many were sent."""
    messages = [EmailMessage(subject, text, None, [address]) for address in addresses]
    return get_connection().send_messages(messages) or 0
