"""The site: pages that open from disk, in Chinese and English, without a network.

A module that makes pages has a function ``pages(site: Site) -> Iterator[Page | Task]`` and is named
in :data:`checkpoints.site.build.MAKERS`.
"""
