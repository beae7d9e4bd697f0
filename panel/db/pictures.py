"""Pictures that people uploaded: photos of employees, the logo of the business."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from panel.db.base import Moment, db


class Picture(db.Model):
    """One picture as it is served; `digest` (SHA-256 of the content) names it in its address."""

    __tablename__ = "pictures"

    id: Mapped[int] = mapped_column(primary_key=True)
    media_type: Mapped[str] = mapped_column(String(40))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Moment)
