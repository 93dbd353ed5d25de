"""Read annual reports as published into the ``raw`` tables, as faithful transcripts."""
