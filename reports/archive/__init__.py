"""归档包: every document of an office and a year as one zip file with an index and checksums.

`contents` what belongs into it · `papers` which letters of the year are final · `names` names of files · `index` the
目录 as PDF and workbook · `packing` the zip file, streamed · `services` the job · `checking` is a package untouched.
"""
