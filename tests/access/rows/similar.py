from tests.access.table import EVERYBODY, SEES_TOWN, Row

MEMBERS = "owner colleague stranger"
TYPED = {"subject": "关于夜间公交的提案", "background": "末班车太早。"}


def of(kind, name):
    return lambda world: [kind, world[name].pk]


ROWS = [
    Row("similar_lookup", args=lambda world: ["proposals"], method="POST", data=TYPED, ok=MEMBERS, rest=403),
    Row("similar_lookup", args=lambda world: ["opinions"], method="POST", query="?own=x", ok=MEMBERS, rest=403),
    Row("similar_lookup", args=lambda world: ["members"], method="POST", gone=EVERYBODY),
    Row("similar_of", args=of("proposals", "proposal.submitted"), ok=SEES_TOWN, no="owner"),
    Row("similar_of", args=of("proposals", "proposal.draft"), gone=EVERYBODY),
    Row("similar_of", args=of("opinions", "opinion.accepted"), ok=SEES_TOWN, no="owner"),
    Row("similar_of", args=of("members", "proposal.submitted"), gone=EVERYBODY),
]
