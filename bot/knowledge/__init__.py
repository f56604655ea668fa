"""Files into Documents and Findings. No SQL, no index: what staff wrote, cleaned, split and reviewed."""

from bot.knowledge.authors import git_authors
from bot.knowledge.file_options import excepted
from bot.knowledge.folder import EVERYTHING, Folder, Noticed
from bot.knowledge.holdings import Holdings
from bot.knowledge.options import (
    RetentionUnknown,
    read_application_rules,
    read_folder_options,
    read_retention,
    read_workdays,
)
from bot.knowledge.passes import KnowledgeFolderMissing, Told, read_folder
from bot.knowledge.readers import UnreadableFile
from bot.knowledge.review import Reviewing
from bot.knowledge.tables import field_glossary

__all__ = [
    "EVERYTHING",
    "Folder",
    "Holdings",
    "KnowledgeFolderMissing",
    "Noticed",
    "RetentionUnknown",
    "Reviewing",
    "Told",
    "UnreadableFile",
    "excepted",
    "field_glossary",
    "git_authors",
    "read_application_rules",
    "read_folder",
    "read_folder_options",
    "read_retention",
    "read_workdays",
]
