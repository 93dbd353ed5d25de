{{ edition_cells('trial_2019_hubei') }}
