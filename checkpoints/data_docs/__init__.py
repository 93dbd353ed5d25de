"""Great Expectations Data Docs that open from disk, in Chinese or English.

Great Expectations' own pages load their styles and scripts from the network and put table cells
into the page unescaped. Its site builder lets a site name its own renderers and views, so these
pages are made here instead: one template engine that escapes everything, no file beside the page,
no script but the language switch of the site, and a content security policy that forbids any other.
"""
