"""Broken and hostile uploads, built in code. Use: `for case in workbooks.REFUSED: case.upload()`."""
