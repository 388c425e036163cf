"""Tables of supervision, elections, publication and exchange."""

from supervision.models.elections import Ballot, Election, Nomination
from supervision.models.exchange import Exchange, ExternalKey
from supervision.models.key_cases import KeyCase, KeyFile, KeyRecord, KeyTask
from supervision.models.lookback import LookBackCase, LookBackRound
from supervision.models.publication import Publication

__all__ = [
    "Ballot", "Election", "Exchange", "ExternalKey", "KeyCase", "KeyFile", "KeyRecord", "KeyTask", "LookBackCase",
    "LookBackRound", "Nomination", "Publication",
]  # fmt: skip
