"""What is known of the folder's files, and a token for each generation."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ORDERED = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "files",
        sa.Column("path", ORDERED, nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("basis", sa.String(length=64), nullable=False),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.Column("cards", sa.JSON(), nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_files")),
    )
    # The generations until now go without: an index built before does not name a token either, and is built anew.
    op.add_column("generations", sa.Column("token", sa.String(length=32), nullable=False, server_default=""))
    with op.batch_alter_table("generations") as generations:
        generations.alter_column("token", server_default=None)
