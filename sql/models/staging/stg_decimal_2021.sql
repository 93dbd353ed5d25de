{{ edition_cells('decimal_2021') }}
