{{ edition_cells('standard_2021') }}
