"""Fictional annual reports, made from consistent figures and, where asked, with planted faults.

The chain is figures -> printed texts -> report -> text or PDF; each step is one module, so a test
can enter anywhere: change a printed text, drop a row, render again.
"""
