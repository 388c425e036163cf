"""文稿: composed from the records, owned by the office, frozen when approved.

`passages` what a manuscript consists of · `tokens` figures inside edited text · `merging` composing again without
losing an edit · `problems` what to look at before submitting · `services` every write · `printing` the composition
of a manuscript.
"""
