/** Words of the test of a hotspot map against the weeks that followed. */
export const id = {
  title: 'Apakah peta kemarin menangkap kejadian hari ini?',
  lead: 'Peta dibuat dari hari-hari yang lalu, lalu diuji dengan pekan-pekan sesudahnya, di samping peta sederhana “tempat yang sama seperti sebelumnya”.',
  offline: 'Data tidak dapat dibaca.',
  offlineHint: 'Tidak ada yang berubah. Periksa sambungan, lalu coba lagi.',
  forecast: 'Peta yang diuji',
  forecast_count: 'Jumlah',
  forecast_density: 'Kepadatan',
  forecast_window: 'Uji eksak (jendela)',
  from: 'Dibuat dari',
  from_period: 'Periode',
  from_baseline: 'Periode pembanding',
  weeks: 'Pekan sesudahnya, paling banyak',
  span: 'Peta dari {{training}}; diuji dengan {{weeks}} pekan, {{test}}.',
  noBaseline: 'Belum ada periode pembanding.',
  noBaselineHint: 'Pilih periode pembanding pada pita tahapan, atau buat peta dari periode.',
  nothingYet: 'Belum ada pekan utuh yang berlalu sesudahnya.',
  nothingYetHint: 'Buat peta dari periode pembanding, atau geser periode ke hari yang lebih lama.',
  none: 'Tidak ada kejadian di pekan-pekan sesudahnya.',
  noneHint: 'Perbanyak pekan atau longgarkan saringan.',
  sameMap: 'Peta jumlah adalah peta sederhana itu sendiri: tidak ada bedanya.',
  verdictBetter:
    'Di paling banyak 5 % luas wilayah, peta ini menangkap {{map}} dari {{events}} kejadian sesudahnya; tempat yang sama seperti sebelumnya {{naive}}. Beda sebesar ini jarang terjadi karena kebetulan saja (p {{p}}).',
  verdictWorse:
    'Di paling banyak 5 % luas wilayah, peta ini menangkap {{map}} dari {{events}} kejadian sesudahnya, kalah dari tempat yang sama seperti sebelumnya: {{naive}} (p {{p}}).',
  verdictSame:
    'Di paling banyak 5 % luas wilayah, peta ini menangkap {{map}} dari {{events}} kejadian sesudahnya; tempat yang sama seperti sebelumnya {{naive}}. Bedanya bisa kebetulan.',
  verdictCount: 'Di paling banyak 5 % luas wilayah, peta ini menangkap {{map}} dari {{events}} kejadian sesudahnya.',
  verdictTooLarge:
    'Tempatnya terlalu besar untuk paling banyak 5 % luas wilayah: pilih tingkat yang lebih rinci atau kisi.',
  few: 'Hanya {{events}} kejadian sesudahnya: angkanya kasar.',
  watched: 'Luas, paling banyak',
  map: 'Peta ini',
  naive: 'Tempat yang sama',
  hits: 'Tertangkap',
  pai: 'PAI {{pai}} · PEI {{pei}}',
  interval: '{{from}}–{{to}}',
  tooLarge: 'tempat terlalu besar',
  places: '{{n}} tempat, {{area}} luas',
  weekly: 'Tertangkap per pekan di paling banyak 5 % luas',
  weekLabel: 'Pekan {{week}}: peta ini {{map}}, tempat yang sama {{naive}}, dari {{events}} kejadian',
  noEvents: 'tanpa kejadian',
  foundAt:
    '{{share}} luas: tertangkap {{rate}} ({{from}}–{{to}}), PAI {{pai}}, PEI {{pei}}; tempat yang sama PAI {{naive}}.',
  foundAlone: '{{share}} luas: tertangkap {{rate}} ({{from}}–{{to}}), PAI {{pai}}, PEI {{pei}}.',
  method:
    'Tertangkap (hit rate): bagian kejadian di tempat yang ditandai, dengan selang Wilson {{confidence}}. Tiap peta memakai sebanyak tempatnya yang muat, sehingga luas keduanya dapat berbeda. PAI: bagian itu dibagi bagian luasnya; 1 berarti tidak lebih baik daripada kebetulan. PEI: PAI dibanding peta terbaik yang mungkin. p: uji McNemar eksak atas kejadian yang hanya ditangkap salah satu peta. Tempat yang sama nilainya diurut agar tidak menguntungkan peta.',
};
