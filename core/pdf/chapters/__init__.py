"""Volumes of hundreds of pages: laid out in chapters by processes of their own, joined to one file.

    cutting   which blocks make a chapter, and which wait for page numbers
    wire      how parent and child talk over a pipe
    press     the child: HTML in, a PDF without fonts out
    crew      the parent's side of the children
    volume    the order of work: chapters, contents and indexes, page numbers, fonts
    joining   one file of the pieces

Where a volume is cut follows from its blocks alone, and nothing in the file depends on which child did what when: the
same data give the same bytes with one process and with four. See docs/adr/0015-volumes-in-chapters.md.
"""
