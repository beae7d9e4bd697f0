"""Do the keys of this installation open what its database holds?"""

from collections.abc import Sequence

from sqlalchemy import select

from panel.db.base import db
from panel.db.tables import Credential, MailSettings, OutlookSettings
from panel.services.sealing import Unreadable, opens


def check(keys: Sequence[str]) -> None:
    """Stop a start that could only fail later, calendar by calendar. Raises Unreadable.

    So a database restored without its keys is noticed while somebody is looking.
    """
    secrets = select(OutlookSettings.client_secret).where(
        OutlookSettings.client_secret.is_not(None)
    )
    passwords = select(MailSettings.password).where(MailSettings.password.is_not(None))
    sealed = [
        blob
        for query in (select(Credential.sealed), secrets, passwords)
        for blob in db.session.scalars(query)
    ]
    lost = sum(not opens(keys, blob) for blob in sealed if blob is not None)
    db.session.rollback()
    if lost:
        raise Unreadable(
            f"The keys in TOKEN_KEYS do not open {lost} of {len(sealed)} stored secrets. "
            "Put the keys back that they were made with (the file token_keys in DATA_DIR)."
        )
