{{ edition_cells('trial_2019') }}
