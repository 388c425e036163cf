"""Statistics for leaders: one screen of an office and a span, with the same span of the year before, the offices
beside it, and the records behind every figure.

`periods` which days · `kinds` the key figures, each with its definition · `counting` what is counted, for any number of
offices with the same few queries · `comparison` the offices beside each other · `drawing` charts · `pages` the page.
The document (`reports.documents.year_statistics`) prints the same figures.
"""
